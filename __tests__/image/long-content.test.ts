import { describe, expect, test } from '@jest/globals'
import { contentOf, type DesiredImage, differences, imageFrom, isUnchanged, mostLines } from '../../src/model/image.js'
import { longestText, longestWord } from '../../src/json.js'
import { requirementsOf } from '../../src/requirements/requirements.js'

const desiring = (text: string): DesiredImage => ({
  language: 'Python',
  foundation: { languageVersion: '3.10.8' },
  requirements: requirementsOf(text),
})
const showing = (requirementsFileContent: string, more: object = {}) =>
  imageFrom({
    id: 'x',
    properties: { language: 'PYTHON', languageVersion: '3.10.8', requirementsFileContent, ...more },
  })!

describe('content that is longer than any file', () => {
  const start = 'pandas\n#'
  const longest = start + 'x'.repeat(longestText - start.length)

  test('is the same up to 1 MiB', () => {
    expect(differences(desiring('pandas'), showing(longest))).toEqual([])
    expect(differences(desiring(longest), showing(longest))).toEqual([])
    expect(isUnchanged(showing(longest), showing(longest))).toBe(true)
  })

  test('is cut, and then the same as nothing, whatever it begins with', () => {
    for (const wanted of ['pandas', longest]) {
      expect(differences(desiring(wanted), showing(`${longest}x`))).toEqual(['requirements'])
    }
    expect(isUnchanged(showing(`${longest}x`), showing(`${longest}x`))).toBe(false)
    expect(contentOf(showing(`${longest}x`).requirementsText).whole).toBe(false)
  })
})

describe.each(['\n', '\r\n', '\u2028'])('content of many lines that end in %j', lineEnd => {
  const comments = (lines: number) => `pandas${lineEnd}` + `#${lineEnd}`.repeat(lines - 1)

  test('is compared line by line up to a number of them', () => {
    expect(differences(desiring('pandas'), showing(comments(mostLines)))).toEqual([])
  })

  test('and letter by letter beyond it', () => {
    const many = comments(mostLines + 1)
    expect(differences(desiring('pandas'), showing(many))).toEqual(['requirements'])
    expect(contentOf(many)).toEqual({ text: comments(mostLines), whole: false })
    expect(isUnchanged(showing(many), showing(many))).toBe(true)
  })
})

test('content of many lines that is just what was sent is the same', () => {
  const many = 'pandas\n'.repeat(mostLines * 2).trimEnd()
  expect(differences(desiring(many), showing(many))).toEqual([])
})

test('no image has a name or an id that was cut', () => {
  const long = 'x'.repeat(longestWord)
  expect(imageFrom({ id: long, name: long, properties: {} })).toMatchObject({ id: long, name: long })
  expect(imageFrom({ id: `${long}x`, properties: {} })).toBeUndefined()
  expect(imageFrom({ id: 'x', name: `a/${long}`, properties: {} })).toBeUndefined()
})

test('a state that was cut is none that ends', () => {
  expect(showing('', { provisioningState: `Succeeded${' '.repeat(longestWord)}` }).state).toMatch(/^Succeeded +…$/)
})

test('that there is still no image is no change', () => {
  expect(isUnchanged(undefined, undefined)).toBe(true)
  expect(isUnchanged(undefined, showing(''))).toBe(false)
})
