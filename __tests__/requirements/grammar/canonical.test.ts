import { describe, expect, test } from '@jest/globals'
import { noRequirements, requirementsOf } from '../../../src/requirements/requirements.js'
import { packagingSaid } from '../packaging-said.js'
import { DIFFERENT, EQUAL } from '../spellings.js'

describe('equal requirements are equal', () => {
  test.each(EQUAL)('%s, %s', (one, other) => {
    expect(requirementsOf(one).canonical).toBe(requirementsOf(other).canonical)
    expect(requirementsOf(one).entries).toMatchObject([{ kind: 'requirement' }])
  })
})

describe('different requirements are different', () => {
  test.each(DIFFERENT)('%s, %s', (one, other) => {
    expect(requirementsOf(one).sha256 === requirementsOf(other).sha256).toBe(false)
    expect(requirementsOf(`${one}\n${other}`).entries).toMatchObject([{ kind: 'requirement' }, { kind: 'requirement' }])
  })
})

test.each([...EQUAL, ...DIFFERENT])('packaging says the same of %s, %s', (one, other) => {
  const same = requirementsOf(one).sha256 === requirementsOf(other).sha256
  expect(same).toBe(packagingSaid.equal[`${one} / ${other}`])
})

describe('files that mean the same', () => {
  const text = 'numpy==1.0 # pinned\n\nPandas>=2\n--pre\n'
  test.each([
    ['comments', 'numpy==1.0\nPandas>=2\n# all\n--pre'],
    ['blank lines', '\n\nnumpy==1.0\n\nPandas>=2\n--pre'],
    ['order', '--pre\nPandas>=2\nnumpy==1.0'],
    ['white space', '  numpy  ==  1.0\n\tPandas >= 2\n--pre  '],
    ['continuation lines', 'numpy \\\n==1.0\nPandas>=\\\n2\n--pre'],
    ['line ends', 'numpy==1.0\r\nPandas>=2\r--pre\r\n'],
    ['a byte order mark', '\ufeffnumpy==1.0\nPandas>=2\n--pre'],
    ['names', 'NumPy==1.0\npandas>=2\n--pre'],
    ['repetition', 'numpy==1.0\nnumpy==1.0\nPandas>=2\n--pre\n--pre'],
  ])('despite %s', (_, other) => {
    expect(requirementsOf(other).sha256).toBe(requirementsOf(text).sha256)
  })
})

describe('what counts besides names and versions', () => {
  test.each([
    ['an option', 'numpy', 'numpy\n--pre'],
    ["an option's value", '-i https://a.example', '-i https://b.example'],
    ['a hash', 'numpy==1', 'numpy==1 --hash=sha256:ab'],
    ['a setting', 'numpy -Ca=b', 'numpy -Ca=c'],
    ['a URL', 'https://example.org/a.zip', 'https://example.org/b.zip'],
    ['editable', './local', '-e ./local'],
    ['an invalid line', 'numpy', 'numpy\n???'],
    ['an invalid line like a valid one', 'numpy --hash=sha256:ab', 'numpy\t--hash=sha256:ab'],
  ])('%s', (_, one, other) => {
    expect(requirementsOf(one).sha256).not.toBe(requirementsOf(other).sha256)
  })
})

test.each([
  ['--index-url', '-i https://a.example', '--index-u=https://a.example'],
  ['--hash', 'a --hash sha256:x --hash=sha256:y', 'a \\\n --hash=sha256:y \\\n --hash=sha256:x'],
  ['--config-settings', 'a -C "k=v w"', "a --config-settings='k=v w'"],
  ['-e', '-e ./local', '--editable "./local"'],
  ['invalid lines', 'a   ??', 'a ??'],
])('spellings of %s are no difference', (_, one, other) => {
  expect(requirementsOf(one).canonical).toBe(requirementsOf(other).canonical)
})

test('the canonical form is one sorted line an entry', () => {
  const text = '# c\nPandas [b, A]>=2.0,<3 ; os.name=="nt" # c\n-i https://a.example\nnumpy == 1.0.0\nx y\n./local\n'
  expect(requirementsOf(text).canonical.split('\n')).toEqual([
    '! x y',
    '--index-url=https://a.example',
    './local',
    'numpy==1',
    'pandas[a,b]<3,>=2; os_name == "nt"',
  ])
})

test('the digest is that of the canonical form', () => {
  expect(requirementsOf('Requests\n')).toMatchObject({
    text: 'Requests',
    canonical: 'requests',
    // printf requests | sha256sum
    sha256: 'ec72420df5dfbdce4111f715c96338df3b7cb75f58e478d2449c9720e560de8c',
  })
  expect(noRequirements).toMatchObject({
    text: '',
    entries: [],
    canonical: '',
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
})
