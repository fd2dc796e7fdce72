import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { resolverInputOf } from '../../../src/requirements/resolver/resolver-input.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { CORPUS } from '../corpus.js'

function textFor(text: string): string {
  const question = resolverInputOf(requirementsOf(text), '3.10.8')
  return 'refused' in question ? `refused: ${question.refused}` : question.text
}

describe('what a tool is given is written anew, line by line', () => {
  test.each([
    ['', ''],
    ['# nothing\n\n', ''],
    ['NumPy >= 1.0 , <2  # comment', 'NumPy>=1.0,<2\n'],
    ['\n\na\n\\\n\nb == 1.*', '\n\na\n\n\nb==1.*\n'],
    ['a[Two,one]==1 \\\n  ; python_version<"3.99"\nb', 'a[one,two]==1\n\nb\n'],
    ['a==1 --hash=sha256:00 --hash=sha256:11', 'a==1\n'],
    ['--require-hashes\n--prefer-binary\n--no-binary a\n--only-binary=:none:\na', '\n\n\n\na\n'],
    ['a --config-settings=x=y --config-settings=--evil=x', 'a\n'],
    ['a===1.0-weird+LOCAL', 'a===1.0-weird+LOCAL\n'],
  ])('%j', (text, given) => {
    expect(textFor(text)).toBe(given)
  })
})

describe('markers are decided for the target where they can be', () => {
  test.each([
    ['a; sys_platform == "win32"', 'a\n'],
    ['a; sys_platform == "linux"', ''],
    ['a; python_version < "3.10"', ''],
    ['a; platform_release == "x"', 'a ; platform_release == "x"\n'],
    [
      'a; sys_platform == "win32" and platform_version != "x"',
      'a ; sys_platform == "win32" and platform_version != "x"\n',
    ],
  ])('%j', (text, given) => {
    expect(textFor(text)).toBe(given)
  })
})

describe('a file that would make a tool read, ask or run something else is given to none', () => {
  test.each([
    ['-e .', 'line 1 names a path'],
    ['-e git+https://host/repository#egg=a', 'line 1 names a URL'],
    ['a\n./local', 'line 2 names a path'],
    ['/etc/passwd', 'line 1 names a path'],
    ['../evil-1.0.zip', 'line 1 names a path'],
    ['file:///etc/evil.tar.gz', 'line 1 names a URL'],
    ['https://host/evil-1.0.tar.gz', 'line 1 names a URL'],
    ['evil @ https://host/evil-1.0.tar.gz', 'line 1 names a URL'],
    ['evil @ file:///tmp/evil-1.0-py3-none-any.whl', 'line 1 names a URL'],
    ['-r other.txt', 'line 1 holds the option --requirement'],
    ['--requirement=/etc/passwd', 'line 1 holds the option --requirement'],
    ['-c https://host/constraints.txt', 'line 1 holds the option --constraint'],
    ['--no-index', 'line 1 holds the option --no-index'],
    ['-f /tmp/wheels', 'line 1 holds the option --find-links'],
    ['--find-links=//host/share', 'line 1 holds the option --find-links'],
    ['--index-url https://${TOKEN}@host/simple', 'line 1 holds an environment variable'],
    ['a===${TOKEN}', 'line 1 holds an environment variable'],
    ['a; sys_platform == "${TOKEN}"', 'line 1 holds an environment variable'],
    ['a===1"2', 'line 1 holds an odd version'],
    ['--target=/etc', 'line 1 is not understood'],
    ['a; import os', 'line 1 is not understood'],
  ])('%j', (text, refused) => {
    expect(textFor(text)).toBe(`refused: ${refused}`)
  })
})

test('a line that asks for pre-releases is passed on by other means', () => {
  expect(resolverInputOf(requirementsOf('--pre\na'), '3.10.8')).toMatchObject({ text: '\na\n', preReleases: true })
  expect(resolverInputOf(requirementsOf('a'), '3.10.8')).toMatchObject({ preReleases: false })
})

test.each([
  ['-i https://pypi.org/simple', undefined],
  ['a\n--index-url=https://PyPI.org/simple/', undefined],
  ['-i https://host/simple', 1],
  ['a\n--pypi-url https://host/simple', 2],
  ['a\n--extra-index-url=https://pypi.org/simple', 2],
  ['-i https://pypi.org/simple.evil', 1],
  ['--trusted-host host', 1],
])('no tool is sent to an index, and another one is noted: %j', (text, otherIndexLine) => {
  const question = resolverInputOf(requirementsOf(text), '3.10.8')
  expect(question).toMatchObject({ otherIndexLine, text: expect.not.stringContaining('http') })
})

test('some requirements can be left out', () => {
  const requirements = requirementsOf('a\nb\nc')
  expect(resolverInputOf(requirements, '3.10.8', new Set(requirements.entries.slice(1, 2)))).toMatchObject({
    text: 'a\n\nc\n',
  })
})

/** Names, extras, specifiers and markers in plain letters, a requirement on each line. */
const HARMLESS =
  /^(?:[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[a-z0-9,._-]+\])?(?:[=<>!~]{1,3}[A-Za-z0-9.*+!_-]+,?)*(?: ; [^\n$]+)?)?$/

test('whatever the file, nothing else than names and versions is given to a tool', () => {
  const pieces = fc.constantFrom(
    ...CORPUS.map(({ text }) => text),
    '-r x',
    ' -e .',
    '${X}',
    '\\\n',
    '\n',
    ' #',
    ';',
    '@',
    '==1',
    'a',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 4 }), parts => {
      const given = textFor(parts.join(''))
      if (given.startsWith('refused: ')) return
      for (const line of given.split('\n')) expect(line).toMatch(HARMLESS)
    }),
    { numRuns: 2000 },
  )
})
