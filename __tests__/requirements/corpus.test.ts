import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../src/requirements/grammar/entry.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { type Case, CORPUS } from './corpus.js'
import { asFarAsKnown, asPipSays } from './pip-comparison.js'
import { pipSaid } from './pip-said.js'

describe('each line of the corpus is what it is', () => {
  test.each(CORPUS.map(example => [JSON.stringify(example.text), example] as const))('%s', (_, { text, kinds }) => {
    expect(requirementsOf(text).entries.map(({ kind }) => kind)).toEqual(kinds)
  })
})

const comparable = CORPUS.filter(({ incomparable }) => incomparable === undefined)
describe('the newest pip, with the newest packaging, says the same', () => {
  test.each(comparable.map(({ text }) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
    expect(asPipSays(requirementsOf(text).entries)).toEqual(asFarAsKnown(pipSaid[text], requirementsOf(text).entries))
  })
})

test('the corpus holds dozens of each kind', () => {
  const count = (kind: Entry['kind']): number => comparable.filter(({ kinds }: Case) => kinds.includes(kind)).length
  expect(count('requirement')).toBeGreaterThan(90)
  expect(count('invalid')).toBeGreaterThan(90)
  expect(count('option')).toBeGreaterThan(24)
  expect(count('path-or-url')).toBeGreaterThan(20)
})
