import { describe, expect, test } from '@jest/globals'
import { cutLongLines } from '../../../src/programs/process-tree.js'
import type { RequirementEntry } from '../../../src/requirements/grammar/entry.js'
import { blamedLines } from '../../../src/requirements/resolver/pip-errors.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { noResult } from '../../../src/requirements/resolver/resolver.js'
import { pipConflict, missingIn, missingVerdict, pipResolved } from '../../../src/requirements/resolver/pip-output.js'
import { uvComplaint, uvResolved } from '../../../src/requirements/resolver/uv-output.js'

/** What is wrong by uv's wording alone. */
const uvDiagnostic = (...said: Parameters<typeof uvComplaint>) => uvComplaint(...said)?.diagnostic

/** A quarter of what a tool may write: of a longer text, the steps are in proportion, for its lines are cut at 1 MiB. */
const SIZE = 2 * 1024 * 1024

const requirements = requirementsOf(Array.from({ length: 10_000 }, (_, index) => `a==1.${index}`).join('\n'))
const entries = requirements.entries.filter((entry): entry is RequirementEntry => entry.kind === 'requirement')

const heading = 'No solution found when resolving dependencies:\n'
const none = 'Could not find a version that satisfies the requirement '
const passedOver = 'Skipping link: No sources permitted for '
const missing = missingIn(`${none}a (from versions: none)`, '3.10.8')
if (missing === undefined) throw new Error('not understood')
const verdict = (details: string) => missingVerdict(missing, '', `Fetched page x\n${details}`, entries, '3.10.8')

type Reading = (text: string) => unknown
const uvFails: Reading = text => uvDiagnostic(text, entries, '3.10.8')
const uvEnds: Reading = text => [uvResolved(text, text, entries), noResult('uv', { code: 2, output: '', errors: text })]
const pipFails: Reading = text => [pipConflict(text, entries), missingIn(text, '3.10.8'), verdict(text)]
const report = JSON.stringify({ version: '1', install: [] })
const pipEnds: Reading = text => [pipResolved(report, text, entries), blamedLines(text, requirements)]

/** What a text starts with, and what fills it. */
const TEXTS: Readonly<Record<string, readonly [start: string, piece: string]>> = {
  nothing: ['', ' '],
  lines: ['', '\n'],
  'spaces after a heading': [heading, ' '],
  'headings without an end': ['', heading.trim()],
  'punctuation in a name': [`${heading}Because you require a`, '-'],
  'braces that are never closed': [`${heading}Because you require `, 'a{ '],
  'brackets that are never closed': [`${heading}Because you require `, 'a[ '],
  'one name again and again': [`${heading}Because you require `, 'a and '],
  'one name, in many versions': [`${heading}Because you require `, 'a==1.7 and '],
  'dependencies and versions': [heading, ' depends on a and there is no version of a '],
  'blank lines': [heading, '\r\n \t'],
  'warnings of yanked ones': ['', 'warning: `a==1` is yanked (reason: "" '],
  'lines of warnings of yanked ones': ['', 'warning: `a==1` is yanked (reason: "x")\n'],
  'a package with a long comment': ['a==1 ', ' '],
  packages: ['', 'a==1  # via -r requirements.txt\n'],
  carets: ['', '^'],
  conflicts: ['', 'Cannot install a '],
  'a conflict of many': ['Cannot install ', 'a and '],
  'a chain without an end': ['The conflict is caused by:', '\n  a'],
  'chains of spaces': ['The conflict is caused by:', '\n   '],
  'requirements without versions': ['', none],
  'sources without an end': [none, 'a (from b'],
  versions: [`${none}a (from versions: `, '1.0, '],
  'versions again and again': [`${none}a (from versions: `, 'versions: 1, '],
  'links that are passed over': ['', passedOver],
  'links without an end': ['', `${passedOver}a: https://x/`],
  'links that require a Python over several lines': [
    '',
    `${passedOver}a: https://x/a-1.zip (from x) (requires-python:\n`,
  ],
  'sources of links': [`${passedOver}a: https://x/a-1.zip`, ' (from '],
  'colons of links': [passedOver, ': https:'],
  'pages that were not reached': ['', 'Could not fetch URL '],
  'what is collected': ['', 'Collecting a (line 1'],
  'yanked versions': ['', "is a yanked version: 'a' candidate (version 1 "],
  'a yanked version before many lines': ["is a yanked version: 'a' candidate (version 1 x", '\n'],
  'packages not found': ['', 'No matching distribution found for a (line 1)\n'],
  'packages not built': ['', 'Could not build wheels for a '],
  'what depends on others': ['', 'a 1 depends on '],
}

describe.each([
  ['uv fails', uvFails],
  ['uv ends', uvEnds],
  ['pip fails', pipFails],
  ['pip ends', pipEnds],
])('what is said when %s is read in proportion to its length', (_, read) => {
  // Were there a step for each pair of characters, it would be 10^12 of them, and the test would not come to an end.
  test.each(Object.entries(TEXTS))('%s', (__, [start, piece]) => {
    const text = cutLongLines(start + piece.repeat(Math.floor((SIZE - start.length) / piece.length)))
    expect(() => read(text)).not.toThrow()
    expect(() => read(`${text}\n`)).not.toThrow()
  })
})
