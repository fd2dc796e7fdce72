import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { asFarAsKnown, asPipSays } from '../__tests__/requirements/pip-comparison.js'
import { text } from '../__tests__/requirements/random-text.js'
import { isUrl } from '../src/requirements/grammar/direct-reference.js'
import { requirementsOf } from '../src/requirements/requirements.js'
import type { Check } from './part.js'
import { askParser, NEWEST } from './pip-parser.js'

const RUNS = 5_000

/** Whether pip, asked about random files, says what the action says of them. */
export const randomFiles: Check = {
  name: 'random-files',
  check: () => {
    const seed = Number(process.env['ORACLE_SEED'] ?? Date.now() % 2 ** 31)
    const texts = fc.sample(text, { numRuns: RUNS, seed }).filter(isComparable)
    const verdicts = askParser(
      NEWEST,
      texts.map(each => ({ 'requirements.txt': each })),
    )
    return texts.flatMap((each, index) => {
      const { entries } = requirementsOf(each)
      const [ours, theirs] = [asPipSays(entries), asFarAsKnown(verdicts[index], entries)]
      if (isDeepStrictEqual(ours, theirs)) return []
      const [file, here, there] = [each, ours, theirs].map(what => JSON.stringify(what))
      return [`${file} is ${there}, not ${here} (ORACLE_SEED=${seed})`]
    })
  },
}

/** Whether the text alone decides: what is no UTF-8, what pip looks for on its disk and the names of features do not. */
function isComparable(file: string): boolean {
  if (!file.isWellFormed() || file.includes('--use-feature')) return false
  return requirementsOf(file).entries.every(entry => {
    if (entry.kind === 'requirement') return entry.url === undefined || isUrl(entry.url)
    return entry.kind !== 'path-or-url' && !/-[rc]/.test(entry.text)
  })
}
