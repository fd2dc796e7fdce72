import { quoted } from '../grammar/parse-error.js'
import { entriesOf } from '../grammar/requirement-text.js'

/** Tells what may be meant by a line that pip rejects. */
export type Hint = {
  readonly kind: 'missing-comma' | 'quoted-version' | 'quoted-line' | 'comment-without-space'
  /** A sentence. */
  readonly text: string
  /** The line as it may be meant, which pip reads. */
  readonly corrected: string
}

/** Longer lines are not looked at. */
const LONGEST = 1000

const COMMENT = /(?<=[^\s#])#.*$/
const OPERATOR = /(?<=[A-Za-z0-9.*+!_\])-])\s*(?:===|~=|==|!=|<=|>=|<|>)/g
const QUOTED_VERSION = /(===|~=|==|!=|<=|>=|<|>)\s*(["'])([^"'\s]*)\2/g
const QUOTED_LINE = /^(["'])([^"']*)\1,?$/

/** Corrections of a line, each with its sentence. */
const CORRECTIONS: readonly {
  readonly kind: Hint['kind']
  readonly correct: (line: string) => string
  readonly say: (corrected: string) => string
}[] = [
  {
    kind: 'quoted-version',
    correct: line => upToMarker(line, text => text.replace(QUOTED_VERSION, '$1$3')),
    say: corrected => `A version has no quotes: write ${corrected}.`,
  },
  {
    kind: 'quoted-line',
    correct: line => line.replace(QUOTED_LINE, '$2'),
    say: corrected => `A requirements file has no quotes: write ${corrected}.`,
  },
  {
    kind: 'missing-comma',
    correct: line => upToMarker(line, withCommas),
    say: corrected => `Put a comma between two conditions: write ${corrected}.`,
  },
  {
    kind: 'comment-without-space',
    correct: line => line.replace(COMMENT, comment => `  ${comment}`),
    say: corrected => `Put a space before "#", which starts a comment only then: write ${corrected}.`,
  },
]

/**
 * Guesses what is meant by a line that pip rejects. Undefined where nothing is plain.
 *
 * @param line a logical line, without its passwords
 */
export function hintFor(line: string): Hint | undefined {
  const text = line.trim()
  if (text.length > LONGEST) return undefined
  for (const { kind, correct, say } of CORRECTIONS) {
    const corrected = correct(text)
    if (corrected !== text && isRequirement(corrected)) return { kind, text: say(quoted(corrected, 100)), corrected }
  }
  return undefined
}

/** Rewrites what stands before the marker. */
function upToMarker(line: string, rewrite: (text: string) => string): string {
  const semicolon = line.indexOf(';')
  return semicolon === -1 ? rewrite(line) : rewrite(line.slice(0, semicolon)) + line.slice(semicolon)
}

/** A comma before each operator but the first. */
function withCommas(text: string): string {
  let count = 0
  return text.replace(OPERATOR, operator => (count++ === 0 ? operator : `,${operator.trim()}`))
}

function isRequirement(line: string): boolean {
  const [entry, ...more] = entriesOf(line)
  return entry?.kind === 'requirement' && entry.url === undefined && entry.options.length === 0 && more.length === 0
}
