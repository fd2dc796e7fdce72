import { describe, expect, test } from '@jest/globals'
import { mostValues, readBody, usualLength } from '../../src/network/body.js'

/** The text in pieces of so many bytes, and how many of them were asked for. */
function pieces(
  text: string,
  size: number,
): { readonly body: AsyncIterable<Uint8Array>; readonly asked: () => number } {
  const bytes = Buffer.from(text)
  let asked = 0
  async function* body(): AsyncGenerator<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) {
      asked++
      yield bytes.subarray(start, start + size)
    }
  }
  return { body: body(), asked: () => asked }
}

const read = (text: string, size = 65_536, longest?: number) => readBody(pieces(text, size).body, longest)

describe('an answer is read', () => {
  test.each(['', 'Grüße, 世界', '{"value":[]}', '<html>'])('as it is: %j', async text => {
    for (const size of [1, 2, 3, 1000]) expect(await read(text, size)).toBe(text)
  })

  test('up to its length, and no further', async () => {
    const longest = 1024 * 1024
    expect(await read('x'.repeat(longest), 1000, longest)).toHaveLength(longest)
    await expect(read('x'.repeat(longest + 1), 1000, longest)).rejects.toThrow('the answer is longer than 1 MiB')
    const endless = pieces('x'.repeat(3 * usualLength), usualLength / 4)
    await expect(readBody(endless.body)).rejects.toThrow('the answer is longer than 4 MiB')
    expect(endless.asked()).toBe(5)
  })

  test('up to so many values, and no further', async () => {
    const list = (values: number) => `[${'0,'.repeat(values - 1)}0]`
    expect(await read(list(mostValues))).toHaveLength(2 * mostValues + 1)
    await expect(read(list(mostValues + 1))).rejects.toThrow('the answer holds more than 250000 values')
    const endless = pieces('[],'.repeat(usualLength / 3), 3000)
    await expect(readBody(endless.body)).rejects.toThrow('values')
    expect(endless.asked()).toBeLessThan(200)
  })
})

describe('of what stands in a text, nothing is counted', () => {
  const many = '[{:,'.repeat(mostValues / 2)
  test.each([
    ['a text', JSON.stringify({ value: many })],
    ['a text with quotes', JSON.stringify({ value: `"${many}"` })],
    ['a text with backslashes', JSON.stringify({ value: `\\${many}\\` })],
    ['several texts', JSON.stringify([many.slice(1), '\\"', many.slice(1)])],
  ])('%s', async (_, text) => {
    expect(await read(text, 65_536)).toBe(text)
    expect(await read(text, 61)).toBe(text)
  })

  test.each([
    ['after a text', `["x",${'[],'.repeat(mostValues)}0]`],
    ['after a text that ends in a backslash', `["\\\\",${'[],'.repeat(mostValues)}0]`],
    ['between texts', `[${'"",'.repeat(mostValues)}0]`],
    ['names of values', `{${'"a":0,'.repeat(mostValues / 2)}"b":0}`],
  ])('but what stands outside: %s', async (_, text) => {
    for (const size of [65_536, 61]) await expect(read(text, size)).rejects.toThrow('values')
  })
})
