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
    ['numpy=1.0', '=', ['"="', '"=="']],
    ['numpy>=1.*', '1.*', ['".*"', '"=="', '"!="', '">="']],
    ['numpy==1.0a1.*', '1.0a1.*', ['".*"']],
    ['numpy==abc', 'abc', ['"abc"']],
    ['numpy==a.*', 'a.*', ['"a.*"']],
    ['numpy>=', '', ['">="']],
    ['numpy>=1+x', '1+x', ['"+"', '"=="', '"!="', '">="']],
    ['numpy~=1', '1', ['"~="', '"~=1.0"']],
    ['numpy===1,x', '1,x', ['"x"']],
    ['numpy 1.0', '1.0', ['";"', '"1.0"']],
    ['numpy>1 <2', '<2', ['";"', '"<2"']],
    ['numpy (>1', '(', ['"("']],
    ['numpy (>1 x)', 'x', ['")"', '"x"']],
    ['numpy[a', '[', ['"["']],
    ['numpy[a b]', 'b', ['"]"', '"b"']],
    ['numpy[a,]', ']', []],
    ['==1', '==1', ['"==1"']],
    ['😀', '😀', ['"😀"']],
    ['pip @', '', ['"@"']],
    ['pip @ a b', 'b', ['"b"']],
    ['a; os_nam == "x"', 'os_nam', ['"os_nam"']],
    ['a; os_name is "x"', 'is', ['"is"']],
    ['a; os_name == "x', '"', []],
    ['a; (os_name == "x"', '(', ['"("']],
    ['a; (os_name == "x" b)', 'b', ['"and"', '"or"', '")"', '"b"']],
    ['a; os_name == "x" b', 'b', ['"and"', '"or"', '"b"']],
    ['a; os_name == 3', '3', ['"3"']],
    ['a --hash=x', '--hash=x', ['--hash']],
    ['a -C x', '-C x', ['--config-settings']],
    ['--no-binary -x', '--no-binary -x', ['--no-binary']],
    ['--wat', '--wat', ['"--wat"']],
    ['-x', '-x', ['"-x"']],
    ['--requir x', '--requir', ['"--requir"', '--requirement', '--require-hashes']],
    ['--pre=1', '--pre=1', ['--pre']],
    ['-r', '-r', ['--requirement']],
    ['-i "x', '"', []],
    ["-i 'x", "'", []],
    ['-e https://x', 'https://x', []],
    ['-e git+https://x', 'git+https://x', ['"#egg=NAME"']],
    ["-e ''", "-e ''", []],
    ['a -e b', '-e b', []],
    ['x.whl', 'x.whl', []],
    ['https://x#egg=-', 'https://x#egg=-', ['"#egg="']],
    ['a \\\n  >1 \\\n  x', 'x', ['";"', '"x"']],
  ])('%j', (text, wrong, facts) => {
    const entry = only(text)
    if (entry.kind !== 'invalid') throw new Error(`valid: ${text}`)
    for (const fact of facts) expect(`${entry.problem} ${entry.remedy}`).toContain(fact)
    expect(between(text, entry.at)).toBe(wrong)
  })

  test('parentheses may be nested, but not without end', () => {
    const nested = (depth: number): Entry => only(`a; ${'('.repeat(depth)}os_name == "x"${')'.repeat(depth)}`)
    expect(nested(100)).toMatchObject({ kind: 'requirement' })
    expect(nested(101)).toMatchObject({ kind: 'invalid', at: { start: { column: 104 } } })
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
