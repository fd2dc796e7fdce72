import { beforeAll, describe, expect, test } from '@jest/globals'
import { codeOf, reasonOf, toldReasons, type Unreadable } from '../unreadable-files.js'
import { built, expectAnnotation, expectEnd, expectFailure, failureOf, kindsOf, play, wanted } from './harness.js'

let reasons: ReadonlyMap<string, string>
beforeAll(async () => {
  reasons = await toldReasons(play)
})

test('a file that is missing, one outside the workspace and a folder are told apart', () => {
  expect(reasons.size).toBe(6)
  for (const kind of ['file', 'include']) {
    const told = [...reasons].filter(([key]) => key.endsWith(kind)).map(([, reason]) => reason)
    expect([kind, new Set(told).size, told.includes('')]).toEqual([kind, 3, false])
  }
})

const sent = (body: string): string => JSON.parse(body).properties.requirementsFileContent

describe('included files', () => {
  test('are inlined where they are named, relative to who names them', async () => {
    const step = await play({
      inputs: { 'requirements-file': 'python/requirements.txt' },
      files: {
        'python/requirements.txt': '# top\n-r base/all.txt  # shared\npandas==2.2.2\n--requirement=plotting.txt\n',
        'python/base/all.txt': '\ufeffnumpy\r\n-r ../../more.txt\r\nscipy\r\n\r\n',
        'python/plotting.txt': 'plotly',
        'more.txt': 'holidays>=0.48\n# end\n',
      },
    })
    expectEnd(step, built)
    const lines = sent(step.puts[0]!.body).split('\n')
    expect(lines.filter(line => line !== '' && !line.startsWith('#'))).toEqual([
      'numpy',
      'holidays>=0.48',
      'scipy',
      'pandas==2.2.2',
      'plotly',
    ])
    expect(lines.filter(line => line.startsWith('#'))).toEqual(['# top', '# shared', '# end'])
    expect(lines.join('\n')).not.toMatch(/^\s*(-r|--requirement)/m)
  })

  test('make the same image as one file that says the same', async () => {
    const files = { 'requirements.txt': '-r a.txt\n-r b.txt', 'a.txt': 'scikit-learn==1.4.2', 'b.txt': 'pandas==2.2.2' }
    const step = await play({
      prepare: ({ cluster }) => void cluster.images.set('forecasting', wanted),
      files,
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false' } })
    const alone = await play({ inputs: { wait: 'false' } })
    expect(step.outputs['requirements-sha256']).toBe(alone.outputs['requirements-sha256'])
    expect(step.outputs['requirements-sha256']).toMatch(/^[\da-f]{64}$/)
  })

  test.concurrent.each<[string, Record<string, string>, object, Unreadable | RegExp]>([
    ['missing', { 'requirements.txt': 'pandas\n-r none.txt' }, { file: 'requirements.txt', line: 2 }, 'missing'],
    [
      'missing, deeper',
      { 'requirements.txt': '-r sub/a.txt', 'sub/a.txt': '# a\n\n -r b.txt\n-r c.txt', 'sub/b.txt': '', 'b.txt': '' },
      { file: 'sub/a.txt', line: 4 },
      'missing',
    ],
    [
      'in a circle',
      { 'requirements.txt': 'x\n-r a.txt', 'a.txt': 'y\nz\n-r requirements.txt' },
      { file: 'a.txt', line: 3 },
      /requirements\.txt → a\.txt → requirements\.txt/,
    ],
    [
      'that include themselves',
      { 'requirements.txt': '-r ./requirements.txt' },
      { file: 'requirements.txt', line: 1 },
      /requirements\.txt/,
    ],
    [
      'from the network',
      { 'requirements.txt': '-r https://evil.example/r.txt' },
      { file: 'requirements.txt', line: 1 },
      /https:\/\/evil\.example\/r\.txt/,
    ],
    [
      'above the workspace',
      { 'requirements.txt': '\n-r ../../etc/passwd' },
      { file: 'requirements.txt', line: 2 },
      'outside',
    ],
    [
      'by an absolute path',
      { 'requirements.txt': '-r /proc/self/environ' },
      { file: 'requirements.txt', line: 1 },
      'outside',
    ],
    [
      'that are folders',
      { 'requirements.txt': '-r sub', 'sub/x': '' },
      { file: 'requirements.txt', line: 1 },
      'irregular',
    ],
  ])('%s are an error at that line, and nothing is asked of anybody', async (_, files, place, why) => {
    const step = await play({ files })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(kindsOf(step).filter(kind => kind.startsWith('error'))).toEqual(['error findings', 'error include'])
    expect(step.annotations.find(({ title }) => title === 'include')).toMatchObject(place)
    if (typeof why === 'string') expect(reasonOf(step)).toBe(reasons.get(`${why} include`))
    else expectAnnotation(step, 'error include', [why])
    expectAnnotation(step, 'error findings', [/\b1\b/])
    expect(step.world.requests).toEqual([])
  })
})

describe('a requirements file', () => {
  const many = (length: number) => `${'# a comment of some length\n'.repeat(length / 27)}pandas`
  test.concurrent.each<[string, Unreadable | RegExp, string, Record<string, string | Uint8Array>]>([
    ['that is missing', 'missing', 'none.txt', {}],
    ['above the workspace', 'outside', '../../secret', {}],
    ['by an absolute path', 'outside', '/proc/self/environ', {}],
    ['in .git', /\.git(?!\/config)/, '.git/config', { '.git/config': 'x' }],
    ['that is a folder', 'irregular', 'sub', { 'sub/x': '' }],
    ['that is larger than 1 MiB', /1 MiB/, 'big.txt', { 'big.txt': many(1024 * 1024 + 100) }],
    ['that is not UTF-8', /UTF-8/, 'a.txt', { 'a.txt': Buffer.from('pandas\n# caf\xe9', 'latin1') }],
    ['in UTF-16 without a mark', /UTF-16/, 'a.txt', { 'a.txt': Buffer.from('pandas', 'utf16le') }],
  ])('%s is an error, and nothing is asked of anybody', async (_, why, path, files) => {
    const step = await play({ inputs: { 'requirements-file': path }, files })
    expectFailure(step, codeOf(why), [path], { changed: 'false' })
    if (typeof why === 'string') expect(reasonOf(step)).toBe(reasons.get(`${why} file`))
    else expect(failureOf(step).message).toMatch(why)
    expect(step.world.requests).toEqual([])
  })

  test.concurrent.each(['./python/../requirements.txt', 'python//..//requirements.txt'])(
    'a path that leads back into it is read: %s',
    async path => {
      const step = await play({ inputs: { 'requirements-file': path }, files: { 'python/x': '' } })
      expectEnd(step, built)
    },
  )

  test('of just less than 1 MiB is sent whole', async () => {
    const text = many(1024 * 1024 - 100)
    const step = await play({ files: { 'requirements.txt': text } })
    expectEnd(step, built)
    expect(sent(step.puts[0]!.body)).toBe(text)
  })

  test('that grows beyond 1 MiB by what it includes is an error', async () => {
    const files = { 'requirements.txt': '-r a.txt\n-r b.txt', 'a.txt': many(700_000), 'b.txt': many(700_000) }
    const step = await play({ files })
    expectFailure(step, 'requirements-unreadable', ['1 MiB'])
    expect(step.world.requests).toEqual([])
  })
})

describe('a file that is made to take long or much', () => {
  const mebibyte = 1024 * 1024
  test.each<[string, Record<string, string>, number, RegExp]>([
    ['1 MiB of lines that are wrong', { 'requirements.txt': '=\n'.repeat(mebibyte / 2) }, 1, /\b10001\b/],
    ['a double dash and 125,000 words', { 'requirements.txt': `--${' a'.repeat(125_000)}` }, 0, /./],
    [
      'one file of a long line, included 999 times',
      { 'requirements.txt': '-r b.txt\n'.repeat(999), 'b.txt': `-r c.txt${' a'.repeat(300_000)}` },
      1,
      /\b1000\b/,
    ],
    [
      '300 files of half a MiB',
      {
        'requirements.txt': Array.from({ length: 300 }, (_, n) => `-r ${n}.txt`).join('\n'),
        ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.txt`, '#'.repeat(mebibyte / 2)])),
      },
      1,
      /\b1 MiB\b/,
    ],
  ])('%s: the end is told, with outputs and summary', async (_, files, exitCode, fact) => {
    const step = await play({ files, inputs: { wait: 'false' } })
    expectEnd(step, { exitCode, outputs: { changed: exitCode === 0 ? 'true' : 'false' } })
    expect(step.log).toMatch(fact)
    expect(step.summary).toMatch(exitCode === 0 ? /^### (?!❌)/ : /^### ❌/)
  })
})
