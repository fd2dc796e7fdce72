/** The few ASN.1 types of a certificate, in DER. */

/** One value of the given tag around the contents. */
export function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

export const sequence = (...contents: Uint8Array[]): Buffer => der(0x30, ...contents)
export const set = (...contents: Uint8Array[]): Buffer => der(0x31, ...contents)
export const octetString = (content: Uint8Array): Buffer => der(0x04, content)
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text))
export const explicit = (tag: number, content: Uint8Array): Buffer => der(0xa0 + tag, content)
export const truth: Uint8Array = der(0x01, Buffer.of(0xff))

/** A bit string; `unusedBits` are the zero bits at the end of its last byte. */
export const bitString = (content: Uint8Array, unusedBits = 0): Buffer => der(0x03, Buffer.of(unusedBits), content)

/** A positive integer from its big-endian bytes. */
export const integer = (...bytes: number[]): Buffer =>
  der(0x02, Buffer.of(0, ...bytes).subarray(bytes[0]! < 0x80 ? 1 : 0))

/** An object identifier, for example `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** A time of the years 1950 to 2049, to the second. */
export function utcTime(time: Date): Buffer {
  return der(0x17, Buffer.from(`${time.toISOString().replace(/\D/g, '').slice(2, 14)}Z`))
}

function base128(number: number): number[] {
  const bytes = [number & 0x7f]
  for (let rest = number >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  if (length < 0x100) return Buffer.of(0x81, length)
  return Buffer.of(0x82, length >> 8, length & 0xff)
}
