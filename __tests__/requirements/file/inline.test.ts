import { describe, expect, test } from '@jest/globals'
import { ReadFailure } from '../../../src/requirements/file/read-failure.js'
import { placeOf, readRequirements, requirementsOf } from '../../../src/requirements/requirements.js'
import { failureOf, unreadOf } from '../failing.js'
import { memoryFiles } from '../memory-files.js'
import { pipSaid, type Tree } from '../pip-said.js'
import { TREES } from '../trees.js'

async function read(tree: Tree, links: Readonly<Record<string, string>> = {}): ReturnType<typeof readRequirements> {
  return await readRequirements('requirements.txt', memoryFiles(tree, links))
}

describe('the text of one file', () => {
  test.each([
    ['one line', 'Requests\n', 'Requests'],
    ['no line end', 'Requests', 'Requests'],
    ['a byte order mark', '\ufeffRequests\n', 'Requests'],
    ['CRLF', 'a\r\nb\r\n', 'a\nb'],
    ['CR', 'a\rb\r', 'a\nb'],
    ['blank lines at the end', 'a\n\n \t\n\n', 'a'],
    ['blank lines elsewhere', '\n\na\n\nb', '\n\na\n\nb'],
    ['white space in lines', '  a  \n\tb\t\n', '  a  \n\tb\t'],
    ['comments', '# x\na # y\n# z\n', '# x\na # y\n# z'],
    ['nothing', '', ''],
    ['blank lines alone', '\n \n', ''],
  ])('%s', async (_, written, text) => {
    const requirements = await read({ 'requirements.txt': written })
    expect(requirements.text).toBe(text)
    expect(requirements.origins).toHaveLength(text === '' ? 0 : text.split('\n').length)
    expect(requirements).toMatchObject({ files: ['requirements.txt'], sha256: requirementsOf(written).sha256 })
  })
})

test('included files stand in place of the lines that name them, and lines know where they come from', async () => {
  const requirements = await read({
    'requirements.txt': '# main\n-r base/all.txt  # the base\nnumpy\n',
    'base/all.txt': 'pandas\n-r deep/more.txt\nscipy\n',
    'base/deep/more.txt': '\npolars==1\n',
  })
  expect(requirements.text).toBe('# main\n# the base\npandas\n\npolars==1\nscipy\nnumpy')
  expect(requirements.origins.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'requirements.txt:1',
    'requirements.txt:2',
    'base/all.txt:1',
    'base/deep/more.txt:1',
    'base/deep/more.txt:2',
    'base/all.txt:3',
    'requirements.txt:3',
  ])
  expect(requirements.files).toEqual(['requirements.txt', 'base/all.txt', 'base/deep/more.txt'])
  const polars = requirements.entries[1]
  expect(polars === undefined ? undefined : placeOf(requirements, polars.span)).toEqual({
    file: 'base/deep/more.txt',
    line: 2,
    column: 1,
    endColumn: 10,
  })
})

describe('a tree of files', () => {
  test.each(TREES)('%s', async (title, tree, names) => {
    expect(namesIn(await read(tree))).toEqual(names)
    const said = pipSaid[title]
    if (typeof said !== 'object') throw new Error(JSON.stringify(said))
    expect(said.map(({ name }) => name ?? '')).toEqual(names)
  })
})

function namesIn({ entries }: Awaited<ReturnType<typeof read>>): readonly string[] {
  return entries.flatMap(entry => {
    if (entry.kind === 'requirement' || entry.kind === 'path-or-url') return [entry.normalizedName ?? '']
    if (entry.kind === 'invalid') throw new Error(entry.problem)
    return []
  })
}

describe('lines that stay as they are', () => {
  test.each(['-c other.txt', '--constraint=other.txt', '-r', 'a -r other.txt', '-e ./x -r other.txt', '${X}', '???'])(
    '%s',
    async line => {
      expect((await read({ 'requirements.txt': line })).text).toBe(line)
    },
  )
})

describe('a path is followed, but not out of the workspace', () => {
  test('by a link within it: places are those of the file, further paths relative to the link', async () => {
    const requirements = await read(
      { 'real/main.txt': '-r next.txt', 'next.txt': 'a' },
      { 'requirements.txt': 'real/main.txt' },
    )
    expect(requirements).toMatchObject({ text: 'a', files: ['real/main.txt', 'next.txt'] })
  })

  test('absolute, within the workspace', async () => {
    const files = memoryFiles({ 'x/y.txt': 'a' })
    expect(await readRequirements('/ws/x/y.txt', files)).toMatchObject({ text: 'a', files: ['x/y.txt'] })
  })

  test.each(['../secret', '/etc/passwd', '/etc/../etc/passwd', '/wsx/y', 'x/../../secret', '//etc/passwd'])(
    '%s is not even looked up',
    async path => {
      const files = memoryFiles({})
      const failure = await failureOf(readRequirements(path, files))
      expect(failure.fault).toBe('outside-workspace')
      expect(files.asked).toEqual(['/ws'])
    },
  )

  test.each([
    ['.git/config', {}],
    ['sub/.GIT/config', {}],
    ['innocent.txt', { 'innocent.txt': '.git/config' }],
  ])('%s of the repository itself is refused', async (path, links) => {
    const files = memoryFiles({ '.git/config': 'a', 'sub/.GIT/config': 'a' }, links)
    const failure = await failureOf(readRequirements(path, files))
    expect(failure).toMatchObject({ fault: 'in-git-directory' })
  })
})

describe('on Windows', () => {
  const root = 'D:\\a\\repo'

  test('paths have both kinds of slashes, names one', async () => {
    const files = memoryFiles(
      { 'reqs\\main.txt': '-r sub/x.txt\n-r "sub\\y.txt"', 'reqs/sub/x.txt': 'a', 'reqs/sub/y.txt': 'b' },
      {},
      root,
    )
    const requirements = await readRequirements('reqs/main.txt', files)
    expect(requirements).toMatchObject({ text: 'a\nb', files: ['reqs/main.txt', 'reqs/sub/x.txt', 'reqs/sub/y.txt'] })
  })

  test('an absolute path may differ in case', async () => {
    const files = memoryFiles({}, { 'd:\\A\\REPO\\x.txt': 'x.txt' }, root)
    expect((await failureOf(readRequirements('d:\\A\\REPO\\x.txt', files))).fault).toBe('not-found')
  })

  test.each([
    '..\\secret',
    'C:\\secret',
    'C:secret',
    '\\secret',
    '\\\\host\\share\\x',
    '//host/share/x',
    '\\\\.\\pipe\\x',
    '\\\\?\\C:\\x',
  ])('%s is not even looked up', async path => {
    const files = memoryFiles({}, {}, root)
    expect((await failureOf(readRequirements(path, files))).fault).toBe('outside-workspace')
    expect(files.asked).toEqual([root])
  })
})

describe('a file that cannot be included fails at the line that names it', () => {
  const place = { file: 'requirements.txt', line: 2, column: 1 }

  test.each([
    ['missing', '-r absent.txt', 'not-found', '"absent.txt" does not exist'],
    ['outside', '-r ../secret', 'outside-workspace', 'lies outside the workspace'],
    ['outside, absolute', '-r /etc/passwd', 'outside-workspace', 'lies outside the workspace'],
    ['outside, through a link', '-r link.txt', 'outside-workspace', 'symbolic links are resolved'],
    ['in .git', '-r .git/config', 'in-git-directory', '.git directory'],
    ['remote', '-r https://example.org/x.txt', 'remote', 'is a URL'],
    ['remote, in capitals', '-r HTTP://example.org/x.txt', 'remote', 'is a URL'],
    ['a file: URL', '-r file:///ws/x.txt', 'remote', 'is a URL'],
    ['itself', '-r requirements.txt', 'cycle', 'requirements.txt → requirements.txt'],
    ['two at once', '-r x.txt -r x.txt', 'not-alone', 'shares its line'],
    ['with an option', '-r x.txt --pre', 'not-alone', 'shares its line'],
    ['with another word', '-r x.txt y.txt', 'not-alone', 'shares its line'],
    ['UTF-16', '-r utf16.txt', 'utf-16', 'UTF-16'],
    ['Latin-1', '-r latin1.txt', 'not-utf8', 'is not valid UTF-8 (line 2)'],
    ['too large', '-r large.txt', 'too-large', 'is larger than 1 MiB'],
  ])('%s', async (_, line, fault, message) => {
    const contents = {
      'requirements.txt': `# c\n${line} # c`,
      'x.txt': 'a',
      '.git/config': 'a',
      'utf16.txt': Buffer.from('ab', 'utf16le'),
      'latin1.txt': Buffer.from('a\n\u00e9', 'latin1'),
      'large.txt': 'x'.repeat(1024 * 1024 + 1),
    }
    const failure = await unreadOf(
      readRequirements('requirements.txt', memoryFiles(contents, { 'link.txt': '/etc/passwd' })),
    )
    expect(failure.fault).toBe(fault)
    expect(failure.message).toContain(message)
    expect(failure.remedy).not.toBe('')
    expect(failure.places).toEqual([{ ...place, endColumn: line.length + 1 }])
  })

  test('all that cannot be included are told, and the rest is read', async () => {
    const requirements = await read({
      'requirements.txt': '-r no.txt\nnumpy\n-r x.txt # x\n-r https://example.org/x',
      'x.txt': '-r ../../secret\npandas',
    })
    expect(requirements.text).toBe('numpy\n# x\npandas')
    expect(requirements.unread.map(({ fault, places }) => [fault, places[0]?.file, places[0]?.line])).toEqual([
      ['not-found', 'requirements.txt', 1],
      ['outside-workspace', 'x.txt', 1],
      ['remote', 'requirements.txt', 4],
    ])
  })

  test.each(['-r no.txt\n', '-r http://x.org\n', '-r x --pre\n'])('%j, again and again, is stopped', async line => {
    const failure = await failureOf(read({ 'requirements.txt': line.repeat(1001) }))
    expect(failure).toMatchObject({ fault: 'too-many', places: [{ line: 1001 }] })
  })

  test('a circle of several files is told in full', async () => {
    const failure = await unreadOf(
      read(
        { 'requirements.txt': '-r x.txt', 'x.txt': 'a\n-r y.txt', 'y.txt': '\n\n-r link.txt' },
        { 'link.txt': 'x.txt' },
      ),
    )
    expect(failure).toMatchObject({ fault: 'cycle', places: [{ file: 'y.txt', line: 3 }] })
    expect(failure.message).toContain('x.txt → y.txt → x.txt')
  })
})

describe('limits', () => {
  const MIB = 1024 * 1024

  test('a file may have 1 MiB, and the whole may', async () => {
    const half = `${'x'.repeat(MIB / 2 - 1)}\n`
    expect((await read({ 'requirements.txt': `${half}${half}` })).text).toHaveLength(MIB - 1)
    expect((await read({ 'requirements.txt': '-r x.txt\n-r x.txt', 'x.txt': half })).text).toHaveLength(MIB - 1)
  })

  test('the whole is limited in bytes, where each file is small enough', async () => {
    const failure = await failureOf(
      read({ 'requirements.txt': '-r x.txt\n-r x.txt', 'x.txt': `# ${'é'.repeat(MIB / 4)}` }),
    )
    expect(failure).toMatchObject({ fault: 'too-large-together', places: [{ file: 'x.txt', line: 1 }] })
  })

  test('all that is read is limited together, as it is read, be it text or not', async () => {
    const wide = Array.from({ length: 300 }, (_, n) => `-r ${n}.txt`).join('\n')
    const latin1 = Buffer.from('\u00e9'.repeat(MIB / 2), 'latin1')
    for (const content of ['#'.repeat(MIB / 2), latin1]) {
      const tree = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.txt`, content]))
      const files = memoryFiles({ ...tree, 'requirements.txt': wide })
      const failure = await failureOf(readRequirements('requirements.txt', files))
      expect(failure).toMatchObject({ fault: 'too-large-together', places: [{ file: 'requirements.txt', line: 2 }] })
      expect(files.opened).toEqual(['/ws/requirements.txt', '/ws/0.txt', '/ws/1.txt'])
    }
  })

  test.each([
    ['text', '# a\n'.repeat(100), []],
    ['no text', Buffer.from('\u00e9', 'latin1'), Array.from({ length: 999 }, () => 'not-utf8')],
    ['a line that includes wrongly', `-r x.txt${' a'.repeat(500_000)}`, ['too-many']],
  ])('a file that is included 999 times is read once, be it %s', async (_, content, faults) => {
    const files = memoryFiles({ 'requirements.txt': '-r b.txt\n'.repeat(999), 'b.txt': content })
    const outcome = await readRequirements('requirements.txt', files).catch((error: unknown) => ({ unread: [error] }))
    expect(outcome.unread.map(error => (error instanceof ReadFailure ? error.fault : error))).toEqual(faults)
    expect(files.opened).toEqual(['/ws/requirements.txt', '/ws/b.txt'])
  })

  test('a long circle is told without its middle', async () => {
    const tree = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${n}.txt`, `-r ${(n + 1) % 500}.txt`]))
    const failure = await unreadOf(read({ ...tree, 'requirements.txt': '-r 0.txt' }))
    expect(failure.message).toContain(': 0.txt → 1.txt → 2.txt → 3.txt → 4.txt → 5.txt → … → 495.txt → ')
    expect(failure.message).toContain(' → 499.txt → 0.txt.')
  })

  test('a path that is too long for any system is not even looked up', async () => {
    const files = memoryFiles({ 'requirements.txt': `-r ${'a/'.repeat(200_000)}` })
    expect((await unreadOf(readRequirements('requirements.txt', files))).fault).toBe('not-found')
    expect(files.asked).toHaveLength(2)
  })

  test('a chain of a thousand files is followed', async () => {
    const tree = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`${n}.txt`, `-r ${n + 1}.txt`]))
    const files = { ...tree, 'requirements.txt': '-r 1.txt', '1000.txt': 'a' }
    expect(namesIn(await read(files))).toEqual(['a'])
  })

  test('files that double with every level are stopped', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 64 }, (_, n) => [`${n}.txt`, `-r ${n + 1}.txt\n-r ${n + 1}.txt`]),
    )
    const failure = await failureOf(read({ ...tree, 'requirements.txt': '-r 0.txt', '64.txt': '' }))
    expect(failure).toMatchObject({ fault: 'too-many' })
  })
})

describe('others have their turn while it lasts', () => {
  const trees: Readonly<Record<string, Tree>> = {
    lines: { 'requirements.txt': 'a\n'.repeat(100_000) },
    'lines of an included file': { 'requirements.txt': '-r x.txt', 'x.txt': '=\n'.repeat(100_000) },
    inclusions: { 'requirements.txt': '-r x.txt\n'.repeat(1000), 'x.txt': '' },
  }

  test.each(Object.keys(trees))('%s', async name => {
    let turns = 0
    await readRequirements('requirements.txt', memoryFiles(trees[name] ?? {}), () => {
      turns++
      return Promise.resolve()
    })
    expect(turns).toBeGreaterThan(20)
  })

  test.each(Object.keys(trees))('%s: it ends as soon as the run does', async name => {
    let turns = 0
    const stopped = readRequirements('requirements.txt', memoryFiles(trees[name] ?? {}), () =>
      ++turns === 3 ? Promise.reject(new Error('stopped')) : Promise.resolve(),
    )
    await expect(stopped).rejects.toThrow('stopped')
    expect(turns).toBe(3)
  })

  test('a file of ordinary length is read in one go', async () => {
    const files = memoryFiles({ 'requirements.txt': 'a==1\n'.repeat(1000) })
    await readRequirements('requirements.txt', files, () => Promise.reject(new Error('not asked')))
  })
})

test.each(['utf16le', 'swapped'])(
  'UTF-16 with a byte order mark is read, here and where it is included: %s',
  async order => {
    const encoded = (text: string): Uint8Array => {
      const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
      return order === 'swapped' ? bytes.swap16() : bytes
    }
    const tree = { 'requirements.txt': encoded('-r more.txt\r\nb==2\r\n'), 'more.txt': encoded('ü==1\r\n') }
    expect(await readRequirements('requirements.txt', memoryFiles(tree))).toMatchObject({
      text: 'ü==1\nb==2',
      origins: [
        { file: 'more.txt', line: 1 },
        { file: 'requirements.txt', line: 2 },
      ],
    })
  },
)

describe('the file that the input names', () => {
  test.each([
    ['absent.txt', 'not-found'],
    ['utf16.txt', 'utf-16'],
    ['utf16be.txt', 'utf-16'],
    ['latin1.txt', 'not-utf8'],
    ['surrogate.txt', 'not-utf8'],
    ['large.txt', 'too-large'],
  ])('%s', async (path, fault) => {
    const files = memoryFiles({
      'utf16.txt': Buffer.from('ab', 'utf16le'),
      'utf16be.txt': Buffer.from('ab', 'utf16le').swap16(),
      'latin1.txt': Buffer.from('a\nb\n\u00e9\nc', 'latin1'),
      'surrogate.txt': Uint8Array.of(0xed, 0xa0, 0x80),
      'large.txt': 'x'.repeat(1024 * 1024 + 1),
    })
    const failure = await failureOf(readRequirements(path, files))
    expect(failure).toMatchObject({ fault, places: [] })
    expect(failure.headline).toContain(path)
    expect(failure.remedy).not.toBe('')
  })

  test('needs a workspace', async () => {
    const files = { ...memoryFiles({}), root: '/absent' }
    expect((await failureOf(readRequirements('x', files))).code).toBe('workspace-not-found')
  })
})
