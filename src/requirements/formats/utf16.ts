/** Bytes of UTF-16 as text, or why they are none. */
export type Utf16 =
  | { readonly kind: 'text'; readonly text: string }
  /**
   * `no-mark`: UTF-16 that does not say so at its start; `mixed`: UTF-16 after UTF-8; `malformed`: a byte order mark, and
   * then something else. `line` is the first that is wrong.
   */
  | { readonly kind: 'no-mark' | 'mixed' | 'malformed'; readonly line: number }

const LINE_FEED = 0x0a

/**
 * Decodes UTF-16 with a byte order mark, which Windows PowerShell 5 writes, as pip and uv do. Undefined where nothing
 * hints at UTF-16. UTF-32 is malformed: pip reads it, uv does not, and nobody writes it.
 */
export function decodeUtf16(bytes: Uint8Array): Utf16 | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be')

  // No text of UTF-8 that means anything to pip holds a zero; in UTF-16 it is half of each ASCII character.
  const zero = bytes.indexOf(0)
  if (zero === -1) return undefined
  if (zero < 2) return { kind: 'no-mark', line: 1 }
  return { kind: 'mixed', line: lineAt(bytes, zero) }
}

function decoded(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Utf16 {
  const text = new TextDecoder(encoding).decode(bytes)
  // An odd byte at the end and half a pair become U+FFFD, and of something else in ASCII appended, every line end is gone.
  const fault = text.search(/[\0\ufffd]/)
  return fault === -1 ? { kind: 'text', text } : { kind: 'malformed', line: text.slice(0, fault).split('\n').length }
}

function lineAt(bytes: Uint8Array, index: number): number {
  let line = 1
  for (let feed = bytes.indexOf(LINE_FEED); feed !== -1 && feed < index; feed = bytes.indexOf(LINE_FEED, feed + 1))
    line++
  return line
}
