import { isUtf8 } from 'node:buffer'
import { skipSpaceBack } from '../grammar/python-whitespace.js'

/** Holds a file's bytes as text, or why they are none. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  /**
   * `no-mark`: UTF-16 that does not say so at its start; `mixed`: UTF-16 after UTF-8; `malformed`: a byte order mark, and
   * then something else, such as ASCII that was appended. `line` is the first that is wrong.
   */
  | { readonly kind: 'utf-16'; readonly why: 'no-mark' | 'mixed' | 'malformed'; readonly line: number }
  | { readonly kind: 'not-utf-8'; readonly line: number }

const LINE_FEED = 0x0a

/**
 * Decodes strict UTF-8, or UTF-16 with a byte order mark, which Windows PowerShell 5 writes, as pip and uv do. A byte order
 * mark of UTF-8 stays, see {@link withUnixLineEnds}. UTF-32 is malformed: pip reads it, uv does not, and nobody writes it.
 */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return utf16(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return utf16(bytes, 'utf-16be')

  const half = firstHalfOfAscii(bytes)
  if (half !== -1) return { kind: 'utf-16', why: half < 2 ? 'no-mark' : 'mixed', line: lineAt(bytes, half) }
  if (!isUtf8(bytes)) return { kind: 'not-utf-8', line: firstLineNotUtf8(bytes) }
  return { kind: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
}

/** Finds the first zero that is half of an ASCII character of UTF-16, by the next one: a single zero may be anything. */
function firstHalfOfAscii(bytes: Uint8Array): number {
  let zero = bytes.indexOf(0)
  while (zero !== -1 && (bytes[zero + 1] === 0 || bytes[zero + 2] !== 0)) zero = bytes.indexOf(0, zero + 1)
  return zero
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  // An odd byte at the end, or half a pair, becomes U+FFFD.
  if (!isWhole(bytes, encoding))
    return { kind: 'utf-16', why: 'malformed', line: text.slice(0, text.indexOf('\ufffd')).split('\n').length }
  const appended = text.split('\n').findIndex(isAsciiInPairs)
  return appended === -1 ? { kind: 'text', text } : { kind: 'utf-16', why: 'malformed', line: appended + 1 }
}

/** Tells whether a line, unless it is a comment, is ASCII taken for UTF-16, such as what another shell has appended. */
function isAsciiInPairs(line: string): boolean {
  return (
    line.length > 1 && !line.startsWith('#') && /^[\u0900-\u7e7e]+$/.test(line) && Array.from(line).every(isAsciiPair)
  )
}

function isAsciiPair(character: string): boolean {
  const code = character.charCodeAt(0)
  return [code >> 8, code & 0xff].every(
    byte => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d,
  )
}

function isWhole(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function lineAt(bytes: Uint8Array, index: number): number {
  let line = 1
  for (let feed = bytes.indexOf(LINE_FEED); feed !== -1 && feed < index; feed = bytes.indexOf(LINE_FEED, feed + 1))
    line++
  return line
}

function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start)
    const end = feed === -1 ? bytes.length : feed
    // No byte of a longer sequence is a line feed, so lines can be judged one by one.
    if (!isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
  return line
}

/** Drops a byte order mark, and makes LF of CRLF and CR. */
export function withUnixLineEnds(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
}

/** Drops the blank lines at the end and the last line's terminator; white space after its text stays. */
export function withoutBlankEnd(text: string): string {
  const end = skipSpaceBack(text, 0, text.length)
  const feed = text.indexOf('\n', end)
  if (end === 0) return ''
  return feed === -1 ? text : text.slice(0, feed)
}
