/**
 * Limits the bytes of an answer, unpacked, unless its request allows more: some copies of the longest requirements file.
 * @internal
 */
export const usualLength = 4 * 1024 * 1024

/**
 * Limits the values that an answer may hold, as JSON: a page of a list of thousands of images has a third of them, and so has what a
 * sandbox says of 10,000 packages. Parsed, each can take a hundred bytes, and some time: 8 MiB of `[],` would take a second.
 * @internal
 */
export const mostValues = 250_000

/**
 * Reads an answer to its end. That every answer is short enough to be parsed by anybody is seen to here, before anybody
 * has it.
 * @param longest bytes that it may have.
 * @throws {Error} where it is longer than any that is meant, or holds more values.
 */
export async function readBody(body: AsyncIterable<Uint8Array>, longest = usualLength): Promise<string> {
  const chunks: Uint8Array[] = []
  const count = valueCounter()
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > longest) throw new Error(`the answer is longer than ${longest / 1024 / 1024} MiB`)
    if (count(chunk) > mostValues) throw new Error(`the answer holds more than ${mostValues} values`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const [quote, backslash, comma, colon, bracket, brace] = Buffer.from('"\\,:[{')

/** Counts what begins a value in JSON, texts left out, from one piece to the next. Of anything else it counts something. */
function valueCounter(): (chunk: Uint8Array) => number {
  let count = 0
  let inText = false
  let escaped = false
  return chunk => {
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index]
      if (escaped) escaped = false
      else if (inText) {
        if (byte === quote) inText = false
        else escaped = byte === backslash
      } else if (byte === quote) inText = true
      else if (byte === comma || byte === colon || byte === bracket || byte === brace) count++
    }
    return count
  }
}
