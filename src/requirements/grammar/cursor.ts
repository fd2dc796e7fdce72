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

/** Makes the error for what comes next: `Expected …, but found …`. */
export function unexpected(cursor: Cursor, expected: string): ParseError {
  const start = cursor.base + cursor.index
  const found = take(cursor, /[^\s,;()[\]]+|[^]/y)
  return new ParseError(
    `Expected ${expected}, but found ${found === undefined ? 'the end' : quoted(found)}.`,
    start,
    cursor.base + cursor.index,
  )
}
