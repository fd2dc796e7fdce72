import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../../src/requirements/grammar/entry.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { between } from '../between.js'

function only(text: string): Entry {
  const [entry, ...others] = requirementsOf(text).entries
  if (entry === undefined || others.length > 0) throw new Error(`not one entry: ${JSON.stringify(text)}`)
  return entry
}

test('a requirement knows where it and its name stand', () => {
  const [first, second] = requirementsOf('# c\n  NumPy [x] == 1.0  # c\n\n\tpandas').entries
  expect(first).toMatchObject({
    kind: 'requirement',
    text: 'NumPy [x] == 1.0',
    span: { start: { line: 2, column: 3 }, end: { line: 2, column: 19 } },
    name: 'NumPy',
    nameSpan: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
  })
  expect(second).toMatchObject({ nameSpan: { start: { line: 4, column: 2 }, end: { line: 4, column: 8 } } })
})

test('a continued requirement spans its lines, and an option stands where it stands', () => {
  const text = 'numpy \\\n  --hash=sha256:ab \\\n  -C a=b # c'
  const entry = only(text)
  expect(entry.span).toEqual({ start: { line: 1, column: 1 }, end: { line: 3, column: 9 } })
  expect(entry).toMatchObject({
    options: [
      { name: '--hash', value: 'sha256:ab', span: { start: { line: 2, column: 3 }, end: { line: 2, column: 19 } } },
      { name: '--config-settings', value: 'a=b', span: { start: { line: 3, column: 3 }, end: { line: 3, column: 9 } } },
    ],
  })
})

test('words that pip passes over are told', () => {
  const entry = only('numpy --hash=sha256:ab pandas')
  expect(entry).toMatchObject({ ignored: [{ start: { line: 1, column: 24 }, end: { line: 1, column: 30 } }] })
  expect(only('--pre a  b --pre c')).toMatchObject({
    ignored: [
      { start: { column: 7 }, end: { column: 11 } },
      { start: { column: 18 }, end: { column: 19 } },
    ],
  })
  expect(only('-- --pre b')).toMatchObject({ options: [], ignored: [{ start: { column: 4 }, end: { column: 11 } }] })
  expect(only('--pre --')).toMatchObject({ options: [{ name: '--pre' }], ignored: [] })
  expect(only('-e ./a -e ./b')).toMatchObject({ target: './a', options: [], ignored: [{ start: { column: 8 } }] })
})

test('lines end at LF, whatever else ends a line for pip', () => {
  expect(requirementsOf('a\u2028b\fc\nd').entries.map(({ span }) => span.start)).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 3 },
    { line: 1, column: 5 },
    { line: 2, column: 1 },
  ])
})

describe('an invalid line says what is wrong and where', () => {
  test.each([
    ['numpy=1.0', '=', '"=" is not a version operator, write "==" (column 6)'],
    ['numpy>=1.*', '1.*', '".*" can only be used with "==" and "!=", not with ">=" (column 8)'],
    [
      'numpy==1.0a1.*',
      '1.0a1.*',
      '".*" cannot follow a pre-release, post-release, development or local version (column 8)',
    ],
    ['numpy==abc', 'abc', '"abc" is not a version by PEP 440 (column 8)'],
    ['numpy==a.*', 'a.*', '"a.*" is not a version by PEP 440 (column 8)'],
    ['numpy>=', '', 'a version is missing after ">=" (column 8)'],
    ['numpy>=1+x', '1+x', 'a local version (after "+") can only be used with "==" and "!=", not with ">=" (column 8)'],
    ['numpy~=1', '1', '"~=" needs at least two numbers, such as "~=1.0" (column 8)'],
    ['numpy===1,x', '1,x', '"x" is not a version specifier (column 9)'],
    ['numpy 1.0', '1.0', 'expected a version specifier, a marker after ";" or the end, but found "1.0" (column 7)'],
    ['numpy>1 <2', '<2', 'expected a comma, a marker after ";" or the end, but found "<2" (column 9)'],
    ['numpy (>1', '(', '"(" is never closed (column 7)'],
    ['numpy (>1 x)', 'x', 'expected a comma or ")" in the version specifier, but found "x" (column 11)'],
    ['numpy[a', '[', '"[" is never closed (column 6)'],
    ['numpy[a b]', 'b', 'expected the name of an extra, a comma or "]", but found "b" (column 9)'],
    ['numpy[a,]', ']', 'an extra is missing after the comma (column 9)'],
    ['==1', '==1', 'expected the name of a package, but found "==1" (column 1)'],
    ['😀', '😀', 'expected the name of a package, but found "😀" (column 1)'],
    ['pip @', '', 'expected a URL after "@", but found the end (column 6)'],
    ['pip @ a b', 'b', 'expected the end or a marker after the URL, but found "b" (column 9)'],
    ['a; os_nam == "x"', 'os_nam', '"os_nam" is not a marker variable; a text needs quotes (column 4)'],
    [
      'a; os_name is "x"',
      'is',
      'expected one of ==, !=, <, <=, >, >=, ~=, ===, in, not in, but found "is" (column 12)',
    ],
    ['a; os_name == "x', '"', 'the " is never closed (column 15)'],
    ['a; (os_name == "x"', '(', '"(" is never closed (column 4)'],
    ['a; (os_name == "x" b)', 'b', 'expected "and", "or" or ")", but found "b" (column 20)'],
    ['a; os_name == "x" b', 'b', 'expected "and", "or" or the end of the marker, but found "b" (column 19)'],
    ['a; os_name == 3', '3', 'expected a marker variable or a quoted text, but found "3" (column 15)'],
    [
      'a --hash=x',
      '--hash=x',
      '--hash needs an algorithm and a digest, such as sha256:…; pip takes sha256, sha384 and sha512 (column 3)',
    ],
    ['a -C x', '-C x', '--config-settings needs KEY=VALUE (column 3)'],
    ['--no-binary -x', '--no-binary -x', '--no-binary needs names of packages, :all: or :none: (column 1)'],
    ['--wat', '--wat', 'pip knows no option "--wat" in a requirements file (column 1)'],
    ['-x', '-x', 'pip knows no option "-x" in a requirements file (column 1)'],
    ['--requir x', '--requir', '"--requir" could mean --requirement or --require-hashes (column 1)'],
    ['--pre=1', '--pre=1', '--pre takes no value (column 1)'],
    ['-r', '-r', '--requirement needs a value (column 1)'],
    ['-i "x', '"', 'the " is never closed (column 4)'],
    ["-i 'x", "'", "the ' is never closed (column 4)"],
    [
      '-e https://x',
      'https://x',
      '-e takes a local path or a URL of a version control system, such as git+https://… (column 4)',
    ],
    ['-e git+https://x', 'git+https://x', 'the URL must name the package, with "#egg=NAME" at its end (column 4)'],
    ["-e ''", "-e ''", '-e needs a path or a URL (column 1)'],
    ['a -e b', '-e b', '-e must stand at the start of a line of its own (column 3)'],
    ['x.whl', 'x.whl', 'the file name of a wheel must be name-version-python-abi-platform.whl (column 1)'],
    ['https://x#egg=-', 'https://x#egg=-', 'the name after "#egg=" is not the name of a package (column 1)'],
    ['a \\\n  >1 \\\n  x', 'x', 'expected a comma, a marker after ";" or the end, but found "x" (column 3)'],
  ])('%j', (text, wrong, message) => {
    const entry = only(text)
    if (entry.kind !== 'invalid') throw new Error(`valid: ${text}`)
    expect(entry.message).toBe(message)
    expect(between(text, entry.at)).toBe(wrong)
  })

  test('parentheses may be nested, but not without end', () => {
    const nested = (depth: number): Entry => only(`a; ${'('.repeat(depth)}os_name == "x"${')'.repeat(depth)}`)
    expect(nested(100)).toMatchObject({ kind: 'requirement' })
    expect(nested(101)).toMatchObject({ kind: 'invalid', message: 'more than 100 parentheses are nested (column 104)' })
  })
})

test('a marker becomes a tree', () => {
  const comparison = (left: object, operator: string, right: object): object => ({
    kind: 'comparison',
    left,
    operator,
    right,
  })
  const variable = (name: string): object => ({ kind: 'variable', name })
  const literal = (value: string): object => ({ kind: 'literal', value })
  expect(only('a; os.name == "x" or (extra in \'y\' and ("z" not in extra)) and python_version~="3.9"')).toMatchObject({
    marker: {
      kind: 'or',
      terms: [
        comparison(variable('os_name'), '==', literal('x')),
        {
          kind: 'and',
          terms: [
            comparison(variable('extra'), 'in', literal('y')),
            comparison(literal('z'), 'not in', variable('extra')),
            comparison(variable('python_version'), '~=', literal('3.9')),
          ],
        },
      ],
    },
  })
})
