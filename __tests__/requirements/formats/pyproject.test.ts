import { describe, expect, test } from '@jest/globals'
import { placeWithin } from '../../../src/requirements/file/origin.js'
import type { DependencyFile } from '../../../src/requirements/formats/dependency-file.js'
import { readPyproject } from '../../../src/requirements/formats/pyproject.js'
import { GROUPS } from './cases.js'
import { formatsSaid } from './formats-said.js'
import { briefly, PYTHON_3_11, textsOf } from './read.js'

type Chosen = { readonly extras?: readonly string[]; readonly groups?: readonly string[] }

function read(text: string, { extras = [], groups = [] }: Chosen = {}): DependencyFile {
  return readPyproject(text, 'pyproject.toml', { extras, dependencyGroups: groups }, PYTHON_3_11)
}

const PROJECT = `[project]
name = "My_App"
version = "1.0"
requires-python = ">=3.10"
dependencies = [
    "numpy>=1.26",  # the base
    'colorama; sys_platform == "win32"', "six",
    "my-app[plot]",
]

[project.optional-dependencies]
plot = ["matplotlib>=3"]
test = ["my.app[Plot]; python_version < '3.12'", "pytest"]
all = ["my-app[plot,test] ; sys_platform != 'darwin'", "my-app"]

[dependency-groups]
dev = ["ruff", {include-group = "docs"}]
docs = ["sphinx", "my-app[test]"]
`

test('dependencies stand as they are, with their places', () => {
  const { lines, problems } = read(PROJECT)
  expect(problems).toEqual([])
  const at = (line: number, column: number, endColumn: number) => ({
    file: 'pyproject.toml',
    line,
    column,
    endColumn,
    verbatim: true,
  })
  expect(lines).toEqual([
    { text: 'numpy>=1.26', origin: at(6, 6, 17) },
    { text: 'colorama; sys_platform == "win32"', origin: at(7, 6, 39) },
    { text: 'six', origin: at(7, 43, 46) },
    { text: 'matplotlib>=3', origin: at(12, 10, 23) },
  ])
})

const BASE = ['numpy>=1.26', 'colorama; sys_platform == "win32"', 'six', 'matplotlib>=3']

test.each([
  ['an extra', { extras: ['PLOT'] }, []],
  [
    'an extra that asks for another one, under a condition',
    { extras: ['test'] },
    ['matplotlib>=3 ; python_version < "3.12"', 'pytest'],
  ],
  [
    'conditions on the way add up',
    { extras: ['all'] },
    [
      'matplotlib>=3 ; sys_platform != "darwin"',
      'matplotlib>=3 ; sys_platform != "darwin" and python_version < "3.12"',
      'pytest ; sys_platform != "darwin"',
    ],
  ],
  ['groups', { groups: ['Dev'] }, ['ruff', 'sphinx', 'matplotlib>=3 ; python_version < "3.12"', 'pytest']],
])('%s', (_, chosen, more) => {
  const file = read(PROJECT, chosen)
  expect(file.problems).toEqual([])
  expect(textsOf(file)).toEqual([...BASE, ...more])
})

test('a line that is not in the file as it is has the place of what asks for it', () => {
  const { lines } = read(PROJECT, { extras: ['test'] })
  expect(lines[4]?.origin).toEqual({ file: 'pyproject.toml', line: 12, column: 10, endColumn: 23 })
})

describe('dependency groups, as packaging reads them', () => {
  test.each(Object.entries(GROUPS))('%s', (title, { text, groups }) => {
    const file = read(text, { groups })
    const said = formatsSaid.groups[title]
    if (said !== undefined && 'error' in said) expect(file.problems).toHaveLength(1)
    // Each is read once.
    else expect({ lines: textsOf(file), problems: file.problems }).toEqual({ lines: [...new Set(said)], problems: [] })
  })
})

describe('what is wrong', () => {
  test.each<readonly [string, string, Chosen, readonly string[]]>([
    ['no project', '[tool.ruff]\nline-length = 100\n', {}, ['error file-format 1']],
    ['Poetry alone', '[build-system]\nrequires = []\n[tool.poetry]\nname = "x"\n', {}, ['error file-format 3']],
    [
      'dynamic dependencies',
      '[project]\nname = "x"\ndynamic = ["version", "dependencies"]\n',
      {},
      ['error file-format 3'],
    ],
    [
      'dynamic extras',
      '[project]\nname = "x"\ndynamic = ["optional-dependencies"]\n',
      { extras: ['a'] },
      ['error file-format 3'],
    ],
    ['dynamic extras, none of them chosen', '[project]\nname = "x"\ndynamic = ["optional-dependencies"]\n', {}, []],
    ['no extras', '[project]\nname = "x"\n', { extras: ['a'] }, ['error unknown-extra 1']],
    [
      'an unknown extra',
      '[project]\nname = "x"\n[project.optional-dependencies]\nb = []\n',
      { extras: ['a'] },
      ['error unknown-extra 3'],
    ],
    [
      'an unknown extra of the project itself',
      '[project]\nname = "x"\ndependencies = [\n"x[a]"]\n[project.optional-dependencies]\nb = []\n',
      {},
      ['error unknown-extra 4'],
    ],
    ['an unknown group', '[dependency-groups]\nb = []\n', { groups: ['a'] }, ['error unknown-dependency-group 1']],
    ['a cycle of groups', GROUPS['a cycle']!.text, { groups: ['a'] }, ['error file-format 3']],
    ['a text for a list', '[project]\ndependencies = "six"\n', {}, ['error file-format 2']],
    ['a number for a requirement', '[project]\ndependencies = [\n"six",\n1]\n', {}, ['error syntax 4']],
    ['no requirement', '[project]\ndependencies = [\n"six",\n"???"]\n', {}, ['error syntax 4']],
    ['an option', '[project]\ndependencies = ["-r x.txt"]\n', {}, ['error syntax 2']],
    ['an option behind a name', '[project]\ndependencies = ["six --hash=sha256:00"]\n', {}, ['error syntax 2']],
    ['a comment', '[project]\ndependencies = ["six # x"]\n', {}, ['error syntax 2']],
    ['a path', '[project]\ndependencies = ["./six"]\n', {}, ['error syntax 2']],
    ['two lines', '[project]\ndependencies = ["six\\n--index-url=https://evil.example"]\n', {}, ['error syntax 2']],
    ['two lines by Unicode', '[project]\ndependencies = ["six\\u2028pandas"]\n', {}, ['error syntax 2']],
    ['a line that goes on', '[project]\ndependencies = ["six \\\\", "pandas"]\n', {}, ['error syntax 2']],
    ['a variable', '[project]\ndependencies = ["x @ https://h/${TOKEN}"]\n', {}, ['error syntax 2']],
    ['nothing', '[project]\ndependencies = [" "]\n', {}, ['error syntax 2']],
    ['another Python', '[project]\nname = "x"\nrequires-python = ">=3.12"\n', {}, ['warning requires-python 3']],
    [
      'a source for uv alone',
      '[project]\ndependencies = ["Torch>=2"]\n[tool.uv.sources]\ntorch = { index = "pytorch" }\n',
      {},
      ['warning direct-reference 2'],
    ],
    ['not TOML', '[project\n', {}, ['error file-format 1']],
  ])('%s', (_, text, chosen, expected) => {
    expect(read(text, chosen).problems.map(briefly)).toEqual(expected)
  })
})

test.each([
  ['extras', { extras: ['a0'] }],
  ['groups', { groups: ['a0'] }],
])('%s that include each other many times over end soon', (_, chosen) => {
  const many = Array.from({ length: 5000 }, (__, at) => at)
  const text = `[project]
name = "x"
[project.optional-dependencies]
${many.map(at => `a${at} = ["x[a${at + 1}]; os_name != '${at}'", "x[a${at + 1}]; os_name == '${at}'"]`).join('\n')}
[dependency-groups]
${many.map(at => `a${at} = [{include-group = "a${at + 1}"}, {include-group = "a${at + 2}"}]`).join('\n')}
`
  expect(read(text, chosen).problems.map(({ id }) => id)).toContain('file-format')
})

test.each([
  [
    { file: 'f', line: 3, column: 10, endColumn: 21, verbatim: true },
    { file: 'f', line: 3, column: 15, endColumn: 21 },
  ],
  [
    { file: 'f', line: 3, column: 10, endColumn: 15 },
    { file: 'f', line: 3, column: 10, endColumn: 15 },
  ],
  [
    { file: 'f', line: 3, column: 10 },
    { file: 'f', line: 3, column: 10 },
  ],
  [
    { file: 'f', line: 3 },
    { file: 'f', line: 3, column: 6, endColumn: 12 },
  ],
])('of %j, a stretch of the text', (origin, place) => {
  expect(placeWithin(origin, 6, 12)).toEqual(place)
})

const MANY = Array.from({ length: 30_000 }, (_, at) => at)

test.each([
  [
    'a marker',
    `dependencies = ["x[${MANY.map(at => `e${at}`).join()}]; ${MANY.map(() => "os_name=='nt'").join(' or ')}"]`,
  ],
  ['lists', `optional-dependencies.a = [${MANY.map(at => `"x[a]; os_name == '${at % 1000}'"`).join()}]`],
])('%s of a hundred thousand characters times as many extras ends soon', (_, more) => {
  const extras = MANY.map(at => `e${at} = ["six"]`).join('\n')
  const optional = more.startsWith('optional') ? '' : `[project.optional-dependencies]\n${extras}`
  const file = read(`[project]\nname = "x"\n${more}\n${optional}`, { extras: optional === '' ? ['a'] : [] })
  expect(file.problems.map(({ id }) => id)).toEqual(['file-format'])
})
