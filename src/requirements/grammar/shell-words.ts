import { ParseError } from './parse-error.js'

/** Holds a word of a command line, without its quotes and escapes, and where it stands in the logical line. */
export type Word = { readonly value: string; readonly start: number; readonly end: number }

/**
 * Splits options into words as Python's `shlex.split` does, which pip uses: quotes of both kinds, and a backslash that
 * takes the next character as it is. A backslash in an unquoted Windows path is therefore lost, as it is with pip.
 *
 * @param base index of `text` in the logical line
 * @throws ParseError where a quote is not closed, or nothing follows a backslash
 */
export function shellWords(text: string, base: number): readonly Word[] {
  const words: Word[] = []
  let value: string | undefined
  let start = 0
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    if (character === ' ' || character === '\t' || character === '\r' || character === '\n') {
      if (value !== undefined) words.push({ value, start: base + start, end: base + index })
      value = undefined
      index++
      continue
    }
    if (value === undefined) {
      value = ''
      start = index
    }
    if (character === '\\') {
      if (index + 1 === text.length) throw new ParseError('Nothing follows the backslash.', base + index)
      value += text.charAt(index + 1)
      index += 2
    } else if (character === "'") {
      const close = text.indexOf("'", index + 1)
      if (close === -1) throw new ParseError("The ' is never closed.", base + index)
      value += text.slice(index + 1, close)
      index = close + 1
    } else if (character === '"') {
      const close = closingDoubleQuote(text, index)
      if (close === -1) throw new ParseError('The " is never closed.', base + index)
      // Between double quotes a backslash only escapes the quote and itself.
      value += text.slice(index + 1, close).replace(/\\(["\\])/g, '$1')
      index = close + 1
    } else {
      value += character
      index++
    }
  }
  if (value !== undefined) words.push({ value, start: base + start, end: base + text.length })
  return words
}

function closingDoubleQuote(text: string, open: number): number {
  for (let index = open + 1; index < text.length; index++) {
    const character = text[index]
    if (character === '"') return index
    if (character === '\\') index++
  }
  return -1
}

/** Writes a value so that it is read back as it is, at the end of a line and anywhere else in one. */
export function shellQuoted(value: string): string {
  if (/^[\w!%*+,./:;<=>?@[\]^{|}~$()&-]*$/.test(value)) return value
  // A `#` after white space starts a comment, in quotes too: pip removes comments before it looks at quotes.
  return `'${value.replace(/'/g, `'\\''`).replace(/(?<=[\s\u001f])#/g, `'\\#'`)}'`
}
