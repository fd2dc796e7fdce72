import { expect, test } from '@jest/globals'
import type { DependencyFile } from '../../../src/requirements/formats/dependency-file.js'
import { readDependencyFile } from '../../../src/requirements/formats/read-dependency-file.js'
import { failureOf } from '../failing.js'
import { memoryFiles } from '../memory-files.js'
import { briefly, PYTHON_3_11, textsOf } from './read.js'

const MIB = 1024 * 1024
const head = 'lock-version = "1.0"\ncreated-by = "x"\n'

async function read(kind: 'pyproject' | 'pylock', text: string): Promise<DependencyFile> {
  const files = memoryFiles({ 'a/x.toml': text })
  const tools = () => Promise.reject(new Error('not asked'))
  const { signal } = new AbortController()
  const selection = { extras: [], dependencyGroups: [] }
  return readDependencyFile(kind, 'a/x.toml', selection, PYTHON_3_11, { files, tools, signal })
}

test('a lock file may be larger than what is sent', async () => {
  const comment = `# ${'x'.repeat(1000)}\n`.repeat(3000)
  const text = `${head}${comment}[[packages]]\nname = "six"\nversion = "1"\nsdist = { url = "https://h/six-1.tar.gz" }\n`
  expect(textsOf(await read('pylock', text))).toEqual(['six==1'])
})

test.each([
  ['pylock', 8],
  ['pyproject', 1],
] as const)('%s of more than %d MiB is not read', async (kind, limit) => {
  const failure = await failureOf(read(kind, `#${'x'.repeat(limit * MIB)}`))
  expect(failure.fault).toBe('too-large')
  expect(failure.headline).toContain(`${limit} MiB`)
})

test('of many problems thousands are listed, and a last one says how many more there are', async () => {
  const { problems } = await read('pylock', `${head}${'[[packages]]\n'.repeat(10_005)}`)
  expect(problems).toHaveLength(10_001)
  expect(briefly(problems.at(-1)!)).toBe('error file-format 10003')
  expect(problems.at(-1)?.problem).toMatch(/\b5 more\b/)
})

test.each([
  ['values', `x = [${'1,'.repeat(250_000)}]\n`],
  ['dots', `${'a.'.repeat(500_001)}a = 1\n`],
])('too many %s are not read at all', async (_, text) => {
  expect((await read('pylock', `${head}${text}`)).problems.map(briefly)).toEqual(['error file-format 1'])
})
