import { atEnd, type Cursor, skipBlanks, take, takeClosing, takeToken } from './cursor.js'
import { quoted, ParseError } from './parse-error.js'
import { canonicalVersion, isVersion } from './version.js'
import { skipSpace } from './python-whitespace.js'

/** Lists the operators of version specifiers: https://peps.python.org/pep-0440/#version-specifiers */
export type SpecifierOperator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>'

/** Holds one clause of a version specifier, such as `>=1.0`; the version is as written. */
export type Specifier = { readonly operator: SpecifierOperator; readonly version: string }

/** Holds no specifiers; one list for all requirements without any. */
export const noSpecifiers: readonly Specifier[] = []

const OPERATOR = /===|~=|==|!=|<=|>=|<|>/y
const VERSION_RUN = /[^\s;),]+/y
// A byte order mark is white space to JavaScript, not to Python; with the unit separator it is the other way round.
const ARBITRARY = /(?:[^\s\u001f;)]|\ufeff)+/y

/**
 * Reads the clauses of a version specifier, in parentheses or without, none included.
 *
 * @throws ParseError where a clause is not one by PEP 440
 */
export function takeSpecifiers(cursor: Cursor): readonly Specifier[] {
  const open = cursor.base + cursor.index
  const parenthesised = takeToken(cursor, '(')
  skipBlanks(cursor)
  const specifiers: Specifier[] = []
  while (takeClause(cursor, specifiers)) {
    skipBlanks(cursor)
    // A comma may end the list: pip takes `numpy>=1,`.
    if (!takeToken(cursor, ',')) break
    skipBlanks(cursor)
  }
  skipBlanks(cursor)
  if (parenthesised) takeClosing(cursor, '()', open, 'a comma or ")" in the version specifier')
  // An array that has grown keeps room for sixteen more.
  return specifiers.length === 0 ? noSpecifiers : specifiers.slice()
}

/** Returns the clauses of a version specifier that stands alone; undefined where it is not one. */
export function specifiersOf(text: string): readonly Specifier[] | undefined {
  const cursor: Cursor = { text, base: 0, index: 0 }
  try {
    const specifiers = takeSpecifiers(cursor)
    return atEnd(cursor) ? specifiers : undefined
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Returns one text for all clauses, in any order, that are equal one by one. */
export function canonicalSpecifiers(specifiers: readonly Specifier[]): string {
  return specifiers.map(canonicalSpecifier).sort().join()
}

/** Returns one text for all clauses that are equal by the rules of `packaging`'s `Specifier.__eq__`. */
export function canonicalSpecifier({ operator, version }: Specifier): string {
  if (operator === '===' || version.endsWith('.*')) return operator + version
  return operator + (canonicalVersion(version, operator === '~=' ? 'kept' : 'stripped') ?? version)
}

/** Reads one clause into `specifiers`, if one comes next. */
function takeClause(cursor: Cursor, specifiers: Specifier[]): boolean {
  const start = cursor.base + cursor.index
  const operator = take(cursor, OPERATOR) as SpecifierOperator | undefined
  if (operator === undefined) {
    if (!takeToken(cursor, '=')) return false
    throw new ParseError('"=" is not a version operator.', start, start + 1, 'Write "==".')
  }
  cursor.index = skipSpace(cursor.text, cursor.index, cursor.text.length)
  const at = cursor.base + cursor.index
  if (operator === '===') {
    takeArbitrary(cursor, specifiers)
    return true
  }
  const version = take(cursor, VERSION_RUN) ?? ''
  const problem = checkVersion(operator, version)
  if (problem !== undefined) throw new ParseError(problem, at, at + Math.max(version.length, 1))
  specifiers.push({ operator, version })
  return true
}

/**
 * Reads what follows `===`. It compares texts and may hold anything, commas too; `packaging` reads it so, but then splits
 * it at the commas nevertheless, and each further part must be a clause. Since 26.4 a comma at its end continues the list.
 */
function takeArbitrary(cursor: Cursor, specifiers: Specifier[]): void {
  const at = cursor.base + cursor.index
  const text = take(cursor, ARBITRARY) ?? ''
  if (text.endsWith(',')) cursor.index--
  const [version = '', ...parts] = text.split(',')
  if (version === '') throw new ParseError('A version is missing after "===".', at, at + 1)
  specifiers.push({ operator: '===', version })
  for (const part of parts) {
    if (part === '') continue
    const inner: Cursor = { text: part, base: at, index: 0 }
    if (!takeClause(inner, specifiers) || !atEnd(inner)) {
      throw new ParseError(`${quoted(part)} is not a version specifier.`, at, cursor.base + cursor.index)
    }
  }
}

/** Says what is wrong with a version after an operator; undefined where nothing is. */
function checkVersion(operator: SpecifierOperator, version: string): string | undefined {
  if (version === '') return `A version is missing after "${operator}".`
  const equality = operator === '==' || operator === '!='
  if (version.endsWith('.*')) {
    if (!equality) return `".*" can follow only "==" and "!=", not "${operator}".`
    const prefix = version.slice(0, -2)
    if (/^v?(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*$/i.test(prefix)) return undefined
    return isVersion(prefix)
      ? '".*" cannot follow a pre-release, post-release, development or local version.'
      : `${quoted(version)} is not a valid version (PEP 440).`
  }
  if (!isVersion(version)) return `${quoted(version)} is not a valid version (PEP 440).`
  if (version.includes('+') && !equality) {
    return `A local version (after "+") can follow only "==" and "!=", not "${operator}".`
  }
  if (operator === '~=' && !/^v?(?:[0-9]+!)?[0-9]+\.[0-9]/i.test(version)) {
    return `"~=" needs at least two numbers, such as "~=${version}.0".`
  }
  return undefined
}
