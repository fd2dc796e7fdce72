import { isUtf8 } from 'node:buffer'
import { skipSpaceBack } from '../grammar/python-whitespace.js'

/** Holds a file's bytes as text, or why they are none. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'utf-16' }
  | { readonly kind: 'not-utf-8'; readonly line: number }

const LINE_FEED = 0x0a

/** Decodes strict UTF-8. A byte order mark of UTF-8 stays, see {@link withUnixLineEnds}. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { kind: 'utf-16' }
  if (!isUtf8(bytes)) return { kind: 'not-utf-8', line: firstLineNotUtf8(bytes) }
  return { kind: 'text', text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
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
