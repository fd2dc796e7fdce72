import { atEnd, type Cursor, skipBlanks, take, takeClosing, takeToken, unexpected } from './cursor.js'
import { normalizedName } from './named-requirement.js'
import { quoted, ParseError } from './parse-error.js'

/** Holds an environment marker: https://peps.python.org/pep-0508/#environment-markers */
export type Marker = MarkerComparison | Combination

/** Holds `left operator right`, for example `sys_platform == "win32"`. */
export type MarkerComparison = {
  readonly kind: 'comparison'
  readonly left: Operand
  readonly operator: MarkerOperator
  readonly right: Operand
}

/** Two or more markers joined by one word; a combination never holds one of its own kind. */
type Combination = { readonly kind: 'and' | 'or'; readonly terms: readonly Marker[] }

/** A variable by its current name (`os.name` is `os_name`), or a literal without its quotes. */
type Operand =
  | { readonly kind: 'variable'; readonly name: MarkerVariable }
  | { readonly kind: 'literal'; readonly value: string }

/** Lists the operators of comparisons in markers. */
export type MarkerOperator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>' | 'in' | 'not in'

/** Lists the variables of markers. */
export type MarkerVariable = (typeof VARIABLES)[number]

const VARIABLES = [
  'python_version',
  'python_full_version',
  'os_name',
  'sys_platform',
  'platform_release',
  'platform_system',
  'platform_version',
  'platform_machine',
  'platform_python_implementation',
  'implementation_name',
  'implementation_version',
  'extra',
  'extras',
  'dependency_groups',
] as const

// Spellings from before PEP 508 that `packaging` still takes.
const FORMER_NAMES: Readonly<Record<string, MarkerVariable>> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.version': 'platform_version',
  'platform.machine': 'platform_machine',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
}

const VARIABLE_BY_NAME: ReadonlyMap<string, MarkerVariable> = new Map([
  ...VARIABLES.map(name => [name, name] as const),
  ...Object.entries(FORMER_NAMES),
])

const WORD = /[A-Za-z_][A-Za-z0-9_.]*/y
const OPERATOR = /===|~=|==|!=|<=|>=|<|>/y

// Python's own recursion limit stops pip at a few hundred; nobody writes ten.
const DEPTH_LIMIT = 100

/**
 * Parses the text after the semicolon.
 *
 * @param base index of `text` in the logical line
 * @throws ParseError where it is not a marker by PEP 508
 */
export function parseMarker(text: string, base: number): Marker {
  const cursor: Cursor = { text, base, index: 0 }
  const marker = takeDisjunction(cursor, 0)
  if (!atEnd(cursor)) throw unexpected(cursor, '"and", "or" or the end of the marker')
  return marker
}

/** Returns the marker in one spelling, without parentheses that change nothing. The order of the clauses is kept. */
export function canonicalMarker(marker: Marker): string {
  if (marker.kind === 'comparison') return canonicalComparison(marker)
  const terms = marker.terms.map(term =>
    marker.kind === 'and' && term.kind === 'or' ? `(${canonicalMarker(term)})` : canonicalMarker(term),
  )
  return terms.join(` ${marker.kind} `)
}

function canonicalComparison({ left, operator, right }: MarkerComparison): string {
  const namesExtra = isExtra(left) || isExtra(right)
  const print = (operand: Operand): string => {
    if (operand.kind === 'variable') return operand.name
    const value = namesExtra ? normalizedName(operand.value) : operand.value
    return value.includes('"') ? `'${value}'` : `"${value}"`
  }
  return `${print(left)} ${operator} ${print(right)}`
}

/** Names of extras are compared in their normalised form: https://peps.python.org/pep-0685/ */
function isExtra(operand: Operand): boolean {
  return operand.kind === 'variable' && ['extra', 'extras', 'dependency_groups'].includes(operand.name)
}

function takeDisjunction(cursor: Cursor, depth: number): Marker {
  const terms = [takeConjunction(cursor, depth)]
  while (takeWord(cursor, 'or')) terms.push(takeConjunction(cursor, depth))
  return combined('or', terms)
}

function takeConjunction(cursor: Cursor, depth: number): Marker {
  const terms = [takeAtom(cursor, depth)]
  while (takeWord(cursor, 'and')) terms.push(takeAtom(cursor, depth))
  return combined('and', terms)
}

/** Joins terms; nested combinations of the same kind, which parentheses can make, are flattened. */
function combined(kind: 'and' | 'or', terms: readonly Marker[]): Marker {
  const [only] = terms
  if (only !== undefined && terms.length === 1) return only
  return { kind, terms: terms.flatMap(term => (term.kind === kind ? term.terms : [term])) }
}

function takeAtom(cursor: Cursor, depth: number): Marker {
  skipBlanks(cursor)
  const open = cursor.base + cursor.index
  if (!takeToken(cursor, '(')) return takeComparison(cursor)
  if (depth === DEPTH_LIMIT) throw new ParseError(`More than ${DEPTH_LIMIT} parentheses are nested.`, open)

  const marker = takeDisjunction(cursor, depth + 1)
  skipBlanks(cursor)
  takeClosing(cursor, '()', open, '"and", "or" or ")"')
  skipBlanks(cursor)
  return marker
}

function takeComparison(cursor: Cursor): MarkerComparison {
  const left = takeOperand(cursor)
  skipBlanks(cursor)
  const operator = takeOperator(cursor)
  skipBlanks(cursor)
  const right = takeOperand(cursor)
  skipBlanks(cursor)
  return { kind: 'comparison', left, operator, right }
}

function takeOperand(cursor: Cursor): Operand {
  const start = cursor.index
  const at = cursor.base + start
  const quote = cursor.text[start]
  if (quote === '"' || quote === "'") {
    const close = cursor.text.indexOf(quote, start + 1)
    if (close === -1) throw new ParseError(`The ${quote} is never closed.`, at)
    cursor.index = close + 1
    return { kind: 'literal', value: cursor.text.slice(start + 1, close) }
  }
  const word = take(cursor, WORD)
  if (word === undefined) throw unexpected(cursor, 'a marker variable or a quoted text')
  const name = VARIABLE_BY_NAME.get(word)
  if (name !== undefined) return { kind: 'variable', name }
  const problem = `${quoted(word)} is not a marker variable.`
  throw new ParseError(problem, at, at + word.length, 'Write a text between quotes.')
}

function takeOperator(cursor: Cursor): MarkerOperator {
  const symbol = take(cursor, OPERATOR)
  if (symbol !== undefined) return symbol as MarkerOperator
  if (takeWord(cursor, 'in')) return 'in'
  const beforeNot = cursor.index
  if (takeWord(cursor, 'not')) {
    skipBlanks(cursor)
    if (takeWord(cursor, 'in')) return 'not in'
    cursor.index = beforeNot
  }
  throw unexpected(cursor, 'one of ==, !=, <, <=, >, >=, ~=, ===, in, not in')
}

/** Reads `word` if it comes next and ends there. */
function takeWord(cursor: Cursor, word: string): boolean {
  const start = cursor.index
  if (take(cursor, WORD) === word) return true
  cursor.index = start
  return false
}
