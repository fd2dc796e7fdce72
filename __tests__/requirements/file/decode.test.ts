import { describe, expect, test } from '@jest/globals'
import { decode } from '../../../src/requirements/file/decode.js'
import { ENCODINGS } from '../formats/cases.js'
import { formatsSaid } from '../formats/formats-said.js'

describe('what Windows PowerShell writes', () => {
  test.each([
    ['UTF-16 LE with a mark', 'text', undefined],
    ['UTF-16 BE with a mark', 'text', undefined],
    ['UTF-16 LE with a mark, beyond the plane', 'text', undefined],
    ['a mark alone', 'text', undefined],
    ['UTF-16 LE without a mark', 'no-mark', 1],
    ['UTF-16 BE without a mark', 'no-mark', 1],
    ['UTF-16 LE after UTF-8', 'mixed', 3],
    ['UTF-16 LE with a mark, half a character missing', 'malformed', 2],
    ['UTF-16 LE with a mark, half a pair', 'malformed', 2],
    ['ASCII after UTF-16 LE', 'malformed', 2],
    ['UTF-16 LE of Chinese', 'text', undefined],
  ])('%s', (title, kind, line) => {
    const decoded = decode(Uint8Array.from(ENCODINGS[title] ?? []))
    expect(decoded).toMatchObject(kind === 'text' ? { kind } : { kind: 'utf-16', why: kind, line })
    const said = formatsSaid.encodings[title]
    // Where pip reads a text, it is the same one; zeros in it are what is refused here.
    if (decoded.kind === 'text') expect(decoded.text.split(/\r?\n/).slice(0, -1)).toEqual(said)
    else expect(JSON.stringify(said)).toMatch(/UnicodeDecodeError|\\u0000|\p{Script=Han}/u)
  })
})

test.each([
  ['nothing', 'text', []],
  ['ASCII', 'text', [...Buffer.from('numpy\n')]],
  ['UTF-8 with a mark', 'text', [0xef, 0xbb, 0xbf, ...Buffer.from('ü\n')]],
  ['Latin-1', 'not-utf-8', [0xfc, 0x0a]],
])('%s is not UTF-16', (_, kind, bytes) => {
  expect(decode(Uint8Array.from(bytes)).kind).toBe(kind)
})
