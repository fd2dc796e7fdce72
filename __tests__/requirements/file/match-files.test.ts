import { expect, test } from '@jest/globals'
import { matchFiles, TooManyFiles } from '../../../src/requirements/file/match-files.js'
import { memoryFiles } from '../memory-files.js'

const names = ['a.kql', 'b.txt', 'q/a.kql', 'q/b.kql', 'q/deep/er/c.kql', '.git/x.kql', 'q/.hidden.kql']
const files = memoryFiles(Object.fromEntries(names.map(name => [name, ''])))

test.each([
  ['*.kql', ['a.kql']],
  ['q/*.kql', ['q/a.kql', 'q/b.kql']],
  ['**/*.kql', ['a.kql', 'q/a.kql', 'q/b.kql', 'q/deep/er/c.kql']],
  ['q/**', ['q/a.kql', 'q/b.kql', 'q/deep/er/c.kql']],
  ['**/er/*.kql', ['q/deep/er/c.kql']],
  ['?/?.kql', ['q/a.kql', 'q/b.kql']],
  ['*b*', ['b.txt']],
  ['*.k*l', ['a.kql']],
  ['q', []],
  ['x/*', []],
])('%s', async (pattern, expected) => {
  expect(await matchFiles(pattern.split('/'), '/ws', files)).toEqual(expected)
})

test('a pattern of stars alone takes no time', async () => {
  const long = memoryFiles({ [`${'a'.repeat(200)}b`]: '' })
  expect(await matchFiles(['*a'.repeat(100)], '/ws', long)).toEqual([])
})

test('what never ends is given up', async () => {
  const endless = { ...files, list: () => Promise.resolve([{ name: 'x', isDirectory: true }]) }
  await expect(matchFiles(['**', '*.kql'], '/ws', endless)).rejects.toThrow(TooManyFiles)
})
