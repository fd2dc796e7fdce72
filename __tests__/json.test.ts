import { describe, expect, test } from '@jest/globals'
import { isCut, longestText, longestWord, textIn, tokenIn, wordIn } from '../src/json.js'

describe.each([
  ['a text', textIn, longestText],
  ['a word', wordIn, longestWord],
])('%s', (_, read, most) => {
  test('is itself up to its length', () => {
    for (const text of ['x', 'x'.repeat(most)]) {
      expect(read(text)).toBe(text)
      expect(isCut(text, most)).toBe(false)
    }
  })

  test.each([
    ['letters', 'x'],
    ['pairs of surrogates', '😀'],
  ])('of more than that is cut, and known to be: %s', (__, piece) => {
    const cut = read(piece.repeat(most + 1))!
    expect(cut).toHaveLength(most + 1)
    expect(cut.endsWith('…')).toBe(true)
    expect(isCut(cut, most)).toBe(true)
    expect(cut.isWellFormed()).toBe(true)
  })

  test.each([[undefined], [null], [''], [1], [['x']], [{ x: 'y' }]])('%j is none', value => {
    expect(read(value)).toBeUndefined()
  })
})

test.each<[unknown, boolean]>([
  ['eyJ0.eyJ1.x-_', true],
  ['gho_16C7e42F292c6912E7710c838347Ae178B4a', true],
  ['a+b/c=', true],
  ['x'.repeat(32_768), true],
  ['x'.repeat(32_769), false],
  ['', false],
  ['a b', false],
  ['a\nb', false],
  ['ä', false],
  [12, false],
  [undefined, false],
])('%# a token: %s', (value, is) => {
  expect(tokenIn(value)).toBe(is ? value : undefined)
})
