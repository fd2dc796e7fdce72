import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { stringify } from 'smol-toml'
import { isTable, parseToml, type TomlDocument, type TomlPath } from '../../../src/requirements/formats/toml.js'
import { readPylock } from '../../../src/requirements/formats/pylock.js'
import { readPyproject } from '../../../src/requirements/formats/pyproject.js'
import { readUvLock } from '../../../src/requirements/formats/uv-lock.js'
import { PYTHON_3_11 } from './read.js'

function parsed(text: string): TomlDocument {
  const document = parseToml(text, 'x.toml')
  if (document.kind === 'invalid') throw new Error(document.problem.problem)
  return document
}

/** Each string of a document with its path. */
function* strings(value: unknown, path: TomlPath = []): Generator<readonly [TomlPath, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, [...path, index])
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* strings(item, [...path, key])
}

const EVERYTHING = `# comment = "x"
title = "one" # "no"
"quo.ted".'li"teral' = 'two'
"esc\\u0061ped \\"x\\"" = "three"
a.b.c = "four"
a.b.d = ["five", 'six', [ "seven", ], # "no"
  "eight",
]
date = 1979-05-27 07:32:00 # "no"
empty = ""
inline = { x = "nine", y.z = "ten", deep = [{ w = "eleven" }] }

[table."x.y".z]
k = "twelve"

[[list]]
k = "thirteen"
[list.sub]
k = "fourteen"
[[list.more]]
k = "fifteen"
[[list]]
k = "sixteen"
[[list.more]]
k = "seventeen"
[[list.more]]
k = 'eighteen'
[table]
number = -1_000.5e3
k = "nineteen"
`

test('every string is found where it stands', () => {
  const { root, originOf } = parsed(EVERYTHING)
  const lines = EVERYTHING.split('\n')
  const found = [...strings(root)]
  expect(found).toHaveLength(20)
  for (const [path, value] of found) {
    const { line, column = 0, endColumn, verbatim } = originOf(path, value)
    expect([value, lines[line - 1]?.slice(column - 1, (endColumn ?? 0) - 1), verbatim]).toEqual([value, value, true])
  }
})

test.each([
  ['an escape', 'k = "a\\u0062"', { line: 1, column: 6, endColumn: 13 }],
  ['several lines', 'k = """\na\nb"""', { line: 1, column: 8 }],
  ['quotes at the end', 'k = """a""""', { line: 1, column: 8, endColumn: 10 }],
  ['an escaped quote in a long text', 'k = """a\\"""b"""', { line: 1, column: 8, endColumn: 14 }],
  ['a literal with a backslash at its end', "k = 'a\\'", { line: 1, column: 6, endColumn: 8 }],
])('%s', (_, text, place) => {
  const { root, originOf } = parsed(`${text}\nlast = "x"\n`)
  expect(originOf(['k'])).toEqual({ file: 'x.toml', ...place })
  expect(originOf(['last'], 'x')).toMatchObject({ verbatim: true })
  expect(root['last']).toBe('x')
})

test.each([
  [['table', 'absent'], '\n[table]'],
  [['list', 1, 'absent'], '\n[[list]]\nk = "sixteen"'],
  [['absent'], ''],
])('of %j, the table', (path, header) => {
  const line = EVERYTHING.slice(0, EVERYTHING.indexOf(header) + 1).split('\n').length
  expect(parsed(EVERYTHING).originOf(path)).toMatchObject({ line })
})

test('whatever the library writes', () => {
  const value = fc.letrec(tie => ({
    any: fc.oneof({ maxDepth: 4 }, fc.string({ unit: 'grapheme' }), fc.integer(), tie('list'), tie('table')),
    list: fc.array(fc.oneof(fc.string(), tie('table')), { maxLength: 3 }),
    table: fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: false }),
  }))
  fc.assert(
    fc.property(value.table, table => {
      const text = stringify(table)
      const { root, originOf } = parsed(text)
      const lines = text.split('\n')
      for (const [path, found] of strings(root)) {
        const { line, column = 0, endColumn = 0, verbatim } = originOf(path, found)
        const written = lines[line - 1]?.slice(column - 1, endColumn - 1) ?? ''
        if (verbatim) expect(written).toBe(found)
        else expect(JSON.stringify(found)).not.toBe(`"${found}"`)
      }
    }),
    { numRuns: 200 },
  )
})

test('what is not TOML has a line', () => {
  const document = parseToml('[project]\nname = "x\n', 'x.toml')
  expect(document).toMatchObject({
    kind: 'invalid',
    problem: { id: 'file-format', place: { file: 'x.toml', line: 2 } },
  })
})

describe('hostile documents', () => {
  const MIB = 1024 * 1024
  const times = (text: string, length = MIB): string => text.repeat(length / text.length)
  test.each([
    ['nested arrays', `a = ${times('[', MIB / 2)}${times(']', MIB / 2)}`],
    ['nested tables', `a = ${times('{a=', MIB / 2)}1${times('}', MIB / 4)}`],
    ['a deep key', `${times('a.')}a = 1`],
    [
      'a deep header with many keys',
      `[${times('a.', MIB / 2)}a]\n${Array.from({ length: 50_000 }, (_, at) => `k${at}=1\n`).join('')}`,
    ],
    ['headers', Array.from({ length: 80_000 }, (_, at) => `[t${at}]\n`).join('')],
    ['tables of a list', times('[[packages]]\n')],
    ['a long text', `a = "${times('\\\\')}"`],
    ['quotes', `a = '''${times('"')}'''`],
    ['escaped quotes', `a = """${times('\\"')}"""`],
    ['white space', `a = [${times(' \n')}]`],
    ['comments', `a = 1\n${times('#\n', 8 * MIB)}`],
    ['no end', `a = "${times('x')}`],
    ['strings', `[project]\ndependencies = [${times('"a",')}]`],
    ['prototypes', '[__proto__]\nx = 1\n[constructor.prototype]\ny = 1\n[project.__proto__]\ndependencies = ["six"]\n'],
    ['prototypes of extras', '[project.optional-dependencies]\n__proto__ = ["six"]\nconstructor = ["six"]\n'],
  ])(
    '%s',
    (_, text) => {
      const selection = { extras: ['toString'], dependencyGroups: ['valueOf'] }
      for (const read of text.length < 1000 || text.startsWith('[[')
        ? [readPyproject, readPylock, readUvLock]
        : [readPyproject]) {
        const { problems } = read(text, 'x.toml', selection, PYTHON_3_11)
        expect(problems.length).toBeGreaterThan(0)
      }
      expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x')
      expect(Object.hasOwn(Object.prototype, 'y')).toBe(false)
      expect(isTable({})).toBe(true)
    },
    20_000,
  )
})
