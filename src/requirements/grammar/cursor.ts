import { quoted, ParseError } from './parse-error.js'

/** Holds a part of a logical line that is being read, and how far. */
export type Cursor = {
  readonly text: string
  /** Index of `text` in the logical line. */
  readonly base: number
  /** Index in `text` of the next character. */
  index: number
}

// Only these two separate tokens in `packaging`, whatever else Python calls white space.
const BLANKS = /[ \t]+/y

/** Reads what the sticky expression `pattern` matches here; undefined, and nothing is read, where it does not. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.index
  const match = pattern.exec(cursor.text)
  if (match === null) return undefined
  cursor.index += match[0].length
  return match[0]
}

/** Reads `token` if it comes next. */
export function takeToken(cursor: Cursor, token: string): boolean {
  if (!cursor.text.startsWith(token, cursor.index)) return false
  cursor.index += token.length
  return true
}

/** Skips spaces and tabs, if there are any. */
export function skipBlanks(cursor: Cursor): void {
  take(cursor, BLANKS)
}

/** Tells whether everything has been read. */
export function atEnd(cursor: Cursor): boolean {
  return cursor.index >= cursor.text.length
}

/** Reads the second of two `brackets`, of which the first stands at the index `open` of the logical line. */
export function takeClosing(cursor: Cursor, brackets: '()' | '[]', open: number, expected: string): void {
  if (takeToken(cursor, brackets.charAt(1))) return
  if (!atEnd(cursor)) throw unexpected(cursor, expected)
  throw new ParseError(`"${brackets.charAt(0)}" is never closed.`, open, open + 1, `Add "${brackets.charAt(1)}".`)
}

/** Makes the error for what comes next: `Expected …, but found …`. */
export function unexpected(cursor: Cursor, expected: string): ParseError {
  const start = cursor.base + cursor.index
  const found = take(cursor, /[^\s,;()[\]]+|[^]/y)
  const problem = `Expected ${expected}, but found ${found === undefined ? 'the end' : quoted(found)}.`
  return new ParseError(problem, start, cursor.base + cursor.index)
}
