// pip runs on Python's ideas of white space and line ends, which are not JavaScript's: U+001C to U+001F and U+0085 are
// white space to Python alone, U+FEFF to JavaScript alone.
// https://docs.python.org/3/library/stdtypes.html#str.isspace, #str.splitlines

/** Ends of lines as Python's `str.splitlines` knows them; files with others than LF are rare, and take longer. */
const ODD_LINE_END = /[\v\f\r\u001c-\u001e\u0085\u2028\u2029]/ // eslint-disable-line no-control-regex
const LINE_END = /\r\n|[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/g // eslint-disable-line no-control-regex

/** Tells whether the character at `index` is white space to Python; false beyond the ends of the text. */
export function isSpaceAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Returns the index of the first character from `start` on that is not white space; `end` if there is none. */
export function skipSpace(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isSpaceAt(text, index)) index++
  return index
}

/** Returns the index after the last character before `end` that is not white space; `start` if there is none. */
export function skipSpaceBack(text: string, start: number, end: number): number {
  let index = end
  while (index > start && isSpaceAt(text, index - 1)) index--
  return index
}

/** Holds a line of a text: its text lies from `start` to `end`, its terminator from `end` to `next`. */
export type PhysicalLine = { readonly start: number; readonly end: number; readonly next: number }

/** Returns the lines of `text` as Python's `str.splitlines` finds them: none follows a terminator at the very end. */
export function* physicalLines(text: string): Generator<PhysicalLine> {
  let start = 0
  if (ODD_LINE_END.test(text)) {
    for (const match of text.matchAll(LINE_END)) {
      const next = match.index + match[0].length
      yield { start, end: match.index, next }
      start = next
    }
  } else {
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield { start, end, next: end + 1 }
      start = end + 1
    }
  }
  if (start < text.length) yield { start, end: text.length, next: text.length }
}
