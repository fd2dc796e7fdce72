/** Holds the text of UTF-16, or why there is none. */
export type Utf16 =
  | { readonly kind: 'text'; readonly text: string }
  /**
   * `no-mark`: UTF-16 that does not say so at its start; `mixed`: UTF-16 after UTF-8; `malformed`: a byte order mark, and
   * then something else, such as ASCII that was appended. `line` is the first that is wrong.
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
  // An odd byte at the end, or half a pair, becomes U+FFFD.
  if (!isWhole(bytes, encoding))
    return { kind: 'malformed', line: text.slice(0, text.indexOf('\ufffd')).split('\n').length }
  const appended = text.split('\n').findIndex(isAsciiInPairs)
  return appended === -1 ? { kind: 'text', text } : { kind: 'malformed', line: appended + 1 }
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
