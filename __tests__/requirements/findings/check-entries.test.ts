import { describe, expect, test } from '@jest/globals'
import { findingIds } from '../../../src/requirements/findings/finding.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { brief, checked, checkedFiles, CUSTOM_BASE, PYTHON_3_10, PYTHON_3_11, findingsOf } from './checked.js'

const DIGEST = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Texts, and what is found in them besides what is not pinned. */
const TABLE: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  nothing: [
    ['', []],
    ['# only a comment\n\n', []],
    ['numpy==1.26.4\npandas===2.2.2\n', []],
    ['Prophet [extra] == 1.1.5 ; python_version >= "3.9"  # pinned', []],
  ],
  syntax: [
    ['numpy=1.26.4', ['error syntax 1:6-7']],
    ['numpy==', ['error syntax 1:8-8']],
    ['a==1\n  b == x  # comment', ['error syntax 2:8-9']],
    [
      '<<<<<<< HEAD\na==1\n=======\na==1\n>>>>>>> main',
      ['error syntax 1:1-8', 'error syntax 3:1-8', 'warning duplicate 4:1-2', 'error syntax 5:1-8'],
    ],
    ['numpy==1.0 \\\n  ; os_nam == "nt"', ['error syntax 2:5-11']],
    ['--unknown', ['error syntax 1:1-10']],
    ['a==1 --global-option=x', ['error syntax 1:6-23']],
    ['https://example.org/pip.zip#egg=pip[extra]', ['error syntax 1:1-43']],
    ['naïve==1', ['error syntax 1:3-9']],
  ],
  'unsupported-option': [
    ['-i https://example.org/simple', ['error unsupported-option 1:1-30']],
    ['-i https://pypi.org/simple', ['warning unsupported-option 1:1-27']],
    ['--extra-index-url https://pypi.org/simple', ['error unsupported-option 1:1-42']],
    ['--index-url=https://example.org/simple', ['error unsupported-option 1:1-39']],
    ['--extra-index-url https://u:p@example.org', ['error unsupported-option 1:1-42']],
    ['--no-index', ['error unsupported-option 1:1-11']],
    ['a==1\n\n  -f https://example.org/links # links', ['error unsupported-option 3:3-31']],
    ['--find-links ./wheels', ['error unsupported-option 1:1-22']],
    ['--trusted-host example.org', ['error unsupported-option 1:1-27']],
    ['-c https://example.org/constraints.txt', ['error unsupported-option 1:1-39']],
    ['-c constraints.txt', ['error unsupported-option 1:1-19']],
    ['-e ./local', ['error unsupported-option 1:1-11']],
    ['-e git+https://example.org/pip.git#egg=pip', ['error unsupported-option 1:1-43']],
    ['./local', ['error unsupported-option 1:1-8']],
    ['wheels/pip-1.0.zip', ['error unsupported-option 1:1-19']],
    ['C:\\wheels\\pip-1.0-py3-none-any.whl', ['error unsupported-option 1:1-35']],
    ['file:///srv/pip.zip', ['error unsupported-option 1:1-20']],
    ['git+file:///srv/pip.git', ['error unsupported-option 1:1-24']],
    ['pip @ file:///srv/pip.zip', ['error unsupported-option 1:1-26']],
    ['pip @ pip.zip', ['error unsupported-option 1:1-14']],
    ['--pre --no-index', ['warning unsupported-option 1:1-6', 'error unsupported-option 1:7-17']],
    ['--only-binary :all:', ['warning unsupported-option 1:1-20']],
    ['--no-binary numpy', ['warning unsupported-option 1:1-18']],
    ['--prefer-binary', ['warning unsupported-option 1:1-16']],
    ['--use-feature=fast-deps', ['warning unsupported-option 1:1-24']],
    ['a==1 --config-settings=a=b', ['warning unsupported-option 1:6-27']],
    ['a==1 --pre', ['warning unsupported-option 1:6-11']],
    ['a==1 -i https://example.org', ['error unsupported-option 1:6-28']],
    ['a==1 -r other.txt', ['error unsupported-option 1:6-18']],
    ['--pre numpy pandas', ['warning unsupported-option 1:1-6', 'warning unsupported-option 1:7-19']],
    ['--pre \\\n--no-index', ['warning unsupported-option 1:1-6', 'error unsupported-option 2:1-11']],
  ],
  'direct-reference': [
    ['https://example.org/pip-1.0.zip', ['warning direct-reference 1:1-32']],
    ['pip @ https://example.org/pip-1.0.zip', ['warning direct-reference 1:1-38']],
    ['git+https://example.org/pip.git@main#egg=pip', ['warning direct-reference 1:1-45']],
    ['a @ https://example.org/a.zip ; os_name == "nt"', ['warning direct-reference 1:1-48']],
  ],
  hash: [
    [`a==1 --hash=sha256:${DIGEST}`, ['warning hash 1:6-84']],
    [`a==1 \\\n    --hash=sha256:${DIGEST} \\\n    --hash=sha256:${DIGEST}`, ['warning hash 2:5-83']],
    ['a==1\n--hash=sha256:00', ['warning hash 2:1-17']],
    ['--require-hashes', ['warning hash 1:1-17']],
    ['--no-require-hashes', ['warning hash 1:1-20']],
  ],
  'marker-excludes': [
    ['a==1; sys_platform == "linux"', ['warning marker-excludes 1:7-30']],
    ['a==1 ; python_version < "3.9" # old', ['warning marker-excludes 1:8-30']],
    ['a==1; os_name == "a b"   --hash=sha256:ab', ['warning marker-excludes 1:7-23', 'warning hash 1:26-42']],
    ['a==1; \\\n  sys_platform == "linux"', ['warning marker-excludes 1:1-6']],
    [
      'https://example.org/a.zip ; os_name == "posix"',
      ['warning direct-reference 1:1-47', 'warning marker-excludes 1:1-47'],
    ],
    ['a; sys_platform == "linux"', ['warning marker-excludes 1:4-27']],
    ['a==1; platform_release == "10" or extra == ""', []],
    ['a==1; python_version >= "3.10" and sys_platform == "win32"', []],
  ],
}

describe.each(Object.entries(TABLE))('%s', (_, cases) => {
  test.each(cases)('%j', async (text, expected) => {
    expect((await checked(text)).map(brief)).toEqual(expected)
  })
})

describe('unpinned', () => {
  test.each([
    ['numpy', ['notice unpinned 1:1-6']],
    ['  numpy[extra]>=1,<2', ['notice unpinned 1:3-8']],
    ['numpy==1.*', ['notice unpinned 1:1-6']],
    ['numpy~=1.26.4', ['notice unpinned 1:1-6']],
    ['numpy>=1,==1.26.4', []],
    ['numpy===1.26.4', []],
    ['numpy @ https://example.org/numpy.zip', []],
    ['numpy; sys_platform == "linux"', []],
  ])('%j', async (text, expected) => {
    const findings = await checked(text, PYTHON_3_10, true)
    expect(findings.filter(({ id }) => id === 'unpinned').map(brief)).toEqual(expected)
  })
})

describe('managed-image-conflict', () => {
  const conflicts = ['notice managed-image-conflict 1:1-6']
  test.each([
    ['numpy==1.25.0', conflicts],
    ['NumPy==2.*', ['notice managed-image-conflict 1:1-6']],
    ['numpy<1.26', conflicts],
    ['numpy==1.26.4', []],
    ['numpy==1.26.4.0', []],
    ['numpy>=1.26', []],
    ['numpy', []],
    ['scipy==1.0', ['notice managed-image-conflict 1:1-6']],
    ['prophet==1.0', []],
    ['numpy==1.25.0; sys_platform == "linux"', []],
  ])('%j', async (text, expected) => {
    const found = await checked(text, PYTHON_3_11)
    expect(found.filter(({ id }) => id === 'managed-image-conflict').map(brief)).toEqual(expected)
  })

  test('not where the contents are not known', async () => {
    expect(await checked('numpy==1.25.0', PYTHON_3_10)).toEqual([])
    expect(await checked('numpy==1.25.0', CUSTOM_BASE)).toEqual([])
  })
})

describe('texts say what to do', () => {
  test.each([
    ['numpy=1', '"=" is not', 'Write "==".'],
    ['-c c.txt', '--constraint', 'Pin the versions'],
    ['a==1 --pre', '--pre', 'Remove it.'],
    ['a @ https://x.org/a.zip', 'URL', 'Name "a" and a version'],
    ['a==1; python_version < "3.9"', 'CPython 3.10.8 on Windows, so "a"', 'Correct the marker'],
  ])('%j', async (text, problem, remedy) => {
    expect(await checked(text)).toMatchObject([
      { problem: expect.stringContaining(problem), remedy: expect.stringContaining(remedy) },
    ])
  })

  test('of what is not pinned, and of the managed image', async () => {
    expect(await checked('numpy<1.26', PYTHON_3_11, true)).toMatchObject([
      { problem: expect.stringContaining('"numpy"'), remedy: expect.stringContaining('"=="') },
      {
        problem: expect.stringMatching(/Python3_11_7 holds numpy 1\.26\.4, which "<1\.26"/),
        remedy: expect.stringContaining('"==1.26.4"'),
      },
    ])
  })

  test('without the passwords of URLs', async () => {
    const text = [
      '-i https://user:secret@x.org',
      'a @ https://user:secret@x.org/a.zip?sig=secret',
      'a @ https://user:secret@x.org/b.zip?sig=secret',
      'https://secret@x.org/a.zip#egg=a',
      '-e git+https://secret@x.org/a.git#egg=a',
    ].join('\n')
    const findings = await checked(text)
    expect(findings.length).toBeGreaterThan(6)
    expect(JSON.stringify(findings)).not.toContain('secret')
  })
})

describe('places', () => {
  test('are in the file and line that a finding comes from', async () => {
    const findings = await checkedFiles({
      'requirements.txt': 'a==1\n-r sub/more.txt\n\nb=2\nA==2\n',
      'sub/more.txt': '# more\n  b[x\n-r ../last.txt\nA==1',
      'last.txt': '--no-index\r\nc==1 \\\r\n  --hash=sha256:ab',
    })
    expect(findings.map(brief)).toEqual([
      'error syntax sub/more.txt:2:4-5',
      'error unsupported-option last.txt:1:1-11',
      'warning hash last.txt:3:3-19',
      'warning duplicate sub/more.txt:4:1-2',
      'error syntax 4:2-3',
      'error duplicate 5:1-2',
    ])
    expect(findings.at(-1)?.problem).toContain('"==1" in requirements.txt, line 1')
  })

  test('are in the text itself where it comes from no file', () => {
    expect(findingsOf(requirementsOf('a==1\nb='), PYTHON_3_10).map(brief)).toEqual(['error syntax :2:2-3'])
    expect(findingsOf(requirementsOf('a==1\na==2'), PYTHON_3_10)[0]?.problem).toContain(' in line 1.')
  })

  test('end on the first line of what is continued, before the backslash', async () => {
    expect((await checked('./local \\\\\\\n ; os_name == "nt"')).map(brief)).toEqual(['error unsupported-option 1:1-8'])
  })
})

test('every id that a text alone can show is in these tables', () => {
  const shown = [...Object.keys(TABLE), 'unpinned', 'managed-image-conflict', 'duplicate']
  const formats = ['file-format', 'unknown-extra', 'unknown-dependency-group', 'requires-python', 'other-index']
  const resolved = ['not-found', 'no-wheel', 'invalid-metadata', 'conflict', 'yanked', 'base-conflict']
  const elsewhere = ['include', ...formats, ...resolved]
  expect(new Set([...shown, ...elsewhere])).toEqual(new Set(['nothing', ...findingIds]))
})
