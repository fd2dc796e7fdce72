import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { differences } from '../../oracle/differences.js'
import { parts } from '../../oracle/parts.js'
import { recordedText } from '../../oracle/recorded-text.js'
import { recordedFile } from '../recorded.js'

const recordings = parts.flatMap(part =>
  'ask' in part ? { name: part.name, file: part.file ?? recordedFile(part.name) } : [],
)

test('each part of the oracle that is recorded has its file, and no other file is there', () => {
  const folder = path.dirname(recordedFile('x'))
  const files = readdirSync(folder).map(name => path.join(folder, name))
  expect(files.sort()).toEqual(recordings.flatMap(({ file }) => (path.dirname(file) === folder ? file : [])).sort())
})

test.each(recordings)('$name is as the oracle writes it', ({ file }) => {
  const text = readFileSync(file, 'utf8')
  expect(text).toBe(recordedText(JSON.parse(text)))
})

describe('what is recorded is written', () => {
  test('in a line where that is short enough, and else in a line for each of its parts', () => {
    const short = { a: [1, 'b', null], c: {}, d: [] }
    expect(recordedText(short)).toBe('{ "a": [1, "b", null], "c": {}, "d": [] }\n')
    const long = { a: 'x'.repeat(100), b: { c: 'y'.repeat(10) } }
    expect(recordedText(long)).toBe(`{\n  "a": "${'x'.repeat(100)}",\n  "b": { "c": "yyyyyyyyyy" }\n}\n`)
  })
})

test.each([
  ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  ['a value', { a: [1, 2] }, { a: [1, 3] }, ['a › 1: recorded is 2, said is 3']],
  ['one more', { a: [1] }, { a: [1, 2] }, ['a › 1: recorded is nothing, said is 2']],
  ['one less', { a: 1, b: { c: 2 } }, { a: 1 }, ['b: recorded is {"c":2}, said is nothing']],
  ['its kind', { a: [] }, { a: 'x' }, ['a: recorded is [], said is "x"']],
])('a difference is told with the way to it: %s', (_, before, now, told) => {
  expect(differences(before, now)).toEqual(told)
})
