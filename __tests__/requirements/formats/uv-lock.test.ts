import { describe, expect, test } from '@jest/globals'
import { parse } from 'smol-toml'
import type { PythonTarget } from '../../../src/requirements/evaluate/python-target.js'
import type { DependencyFile } from '../../../src/requirements/formats/dependency-file.js'
import { readUvExport, uvExportFailed, uvExportOf, uvMissing } from '../../../src/requirements/formats/uv-export.js'
import { readUvLock, type UvLock } from '../../../src/requirements/formats/uv-lock.js'
import { UV_LOCKS } from './cases.js'
import { formatsSaid } from './formats-said.js'
import { briefly, PYTHON_3_11, textsOf, UNKNOWN_PYTHON } from './read.js'

const NOTHING = { extras: [], dependencyGroups: [] }

function lockOf(text: string, target: PythonTarget = PYTHON_3_11): UvLock {
  const { lock, problems } = readUvLock(text, 'uv.lock', NOTHING, target)
  if (lock === undefined) throw new Error(problems[0]?.problem)
  return lock
}

const releases = Object.keys(formatsSaid.uvExport)

function exported(title: string, release: string, target: PythonTarget = PYTHON_3_11): DependencyFile {
  const said = formatsSaid.uvExport[release]?.[title]
  if (said === undefined || 'error' in said) throw new Error(JSON.stringify(said))
  return readUvExport(`${said.join('\n')}\n`, lockOf(UV_LOCKS[title]!.text, target), target)
}

describe('what uv exports, for the target', () => {
  const base = ['colorama==0.4.6', 'numpy==1.26.4']
  test.each([
    ['nothing chosen', base],
    ['an extra and a group, spelled in another way', [...base, 'pluggy==1.7.0']],
    ['all of it', ['colorama==0.4.6', 'iniconfig==2.3.1', 'numpy==1.26.4', 'pluggy==1.7.0', 'six==1.17.0']],
  ])('%s', (title, expected) => {
    for (const release of releases) {
      const file = exported(title, release)
      expect({ lines: textsOf(file), problems: file.problems }).toEqual({ lines: expected, problems: [] })
    }
  })

  test('whose Python is not known', () => {
    expect(textsOf(exported('nothing chosen', releases[0]!, UNKNOWN_PYTHON))).toEqual([
      'colorama==0.4.6',
      'numpy==1.26.4 ; python_full_version < "3.12"',
      'numpy==2.5.5 ; python_full_version >= "3.12"',
    ])
  })

  test('with the place in the lock file', () => {
    const { lines } = exported('nothing chosen', releases[0]!, UNKNOWN_PYTHON)
    const written = UV_LOCKS['nothing chosen']!.text.split('\n')
    expect(lines.map(({ origin }) => [written[origin.line - 1], written[origin.line]])).toEqual([
      ['name = "colorama"', 'version = "0.4.6"'],
      ['name = "numpy"', 'version = "1.26.4"'],
      ['name = "numpy"', 'version = "2.5.5"'],
    ])
    expect(lines[0]?.origin).toMatchObject({ file: 'uv.lock', column: 9, endColumn: 17 })
  })

  test.each(releases)('what the image cannot have, by uv %s', release => {
    const file = exported('other sources', release)
    const written = UV_LOCKS['other sources']!.text.split('\n')
    expect(file.problems.map(({ id, severity, place }) => `${severity} ${id} ${written[place.line - 1]}`)).toEqual([
      'error direct-reference name = "local-foo"',
      'warning no-wheel name = "docopt"',
      'error other-index name = "torch"',
    ])
    expect(textsOf(file)).toEqual([
      'docopt==0.6.2',
      'iniconfig @ https://files.pythonhosted.org/packages/00/00/iniconfig-2.1.0-py3-none-any.whl',
      'local-bar @ git+https://git.example/bar@1a3fa9d07f2b1d15754b83ac625c30084d15fc43',
      'torch==2.9.1+cpu',
    ])
  })
})

test('uv is asked in the words that it knows, and given nothing of the project but its name', () => {
  const { text } = UV_LOCKS['nothing chosen']!
  const { args, files } = uvExportOf(lockOf(text), {
    extras: ['Big_Thing', 'plot'],
    dependencyGroups: ['lint.x'],
  })
  expect(args.join(' ')).toBe(
    'export --frozen --no-hashes --no-emit-project --no-default-groups --no-header --no-config --extra big-thing --extra plot --group lint-x',
  )
  expect(Object.keys(files).sort()).toEqual(['pyproject.toml', 'uv.lock'])
  expect(files['uv.lock']).toBe(text)
  expect(parse(files['pyproject.toml']!)).toEqual({
    project: { name: 'demo-app', version: '0' },
    tool: { uv: { workspace: { members: [] } } },
  })
})

const PROJECT = '[[package]]\nname = "x"\nsource = { virtual = "." }\n'

describe('where uv is not asked', () => {
  test.each<readonly [string, string, Partial<typeof NOTHING> | object, readonly string[]]>([
    ['an unknown extra', UV_LOCKS['nothing chosen']!.text, { extras: ['x'] }, ['error unknown-extra 18']],
    [
      'an unknown group',
      UV_LOCKS['nothing chosen']!.text,
      { dependencyGroups: ['x'] },
      ['error unknown-dependency-group 18'],
    ],
    ['several packages', `version = 1\n\n[manifest]\nmembers = ["a", "x"]\n${PROJECT}`, {}, ['error file-format 4']],
    ['another version', `version = 2\n${PROJECT}`, {}, ['error file-format 1']],
    [
      'no project',
      'version = 1\n[[package]]\nname = "x"\nsource = { registry = "https://pypi.org/simple" }\n',
      {},
      ['error file-format 1'],
    ],
    ['a name that is none', `version = 1\n${PROJECT.replace('"x"', `'x"'`)}`, {}, ['error file-format 1']],
    ['an option for a name', `version = 1\n${PROJECT.replace('"x"', '"--x"')}`, {}, ['error file-format 1']],
    ['not TOML', '[[package]', {}, ['error file-format 1']],
  ])('%s', (_, text, chosen, expected) => {
    const { lock, problems } = readUvLock(text, 'uv.lock', { ...NOTHING, ...chosen }, PYTHON_3_11)
    expect({ lock, problems: problems.map(briefly) }).toEqual({ lock: undefined, problems: expected })
  })
})

test('a lock for another Python', () => {
  const { problems } = readUvExport('', lockOf(`version = 1\nrequires-python = ">=3.12"\n${PROJECT}`), PYTHON_3_11)
  expect(problems.map(briefly)).toEqual(['error requires-python 2'])
})

test.each([
  ['an option', '-i https://evil.example\n', ['error syntax 1']],
  ['a text', 'Resolved 3 packages\n', ['error syntax 1']],
  ['a variable', 'x @ https://h/${TOKEN}\n', ['error syntax 1']],
  ['a path that the lock file does not know', './x\n', ['error direct-reference 1']],
  ['nothing', '', []],
])('uv prints %s', (_, output, expected) => {
  const file = readUvExport(
    output,
    lockOf(`version = 1\n[[package]]\nname = "r"\nsource = { virtual = "." }\n`),
    PYTHON_3_11,
  )
  expect({ problems: file.problems.map(briefly), lines: textsOf(file) }).toEqual({ problems: expected, lines: [] })
})

test('uv is missing, too old, or fails', () => {
  expect(uvMissing('uv.lock').remedy).toMatch(/setup-uv.*uv export/)
  const old = uvExportFailed("error: unexpected argument '--no-default-groups' found", 'uv.lock')
  expect(old.remedy).toContain('0.5.23')
  const failed = uvExportFailed('error: Extras `a` and `b` are\n  incompatible: https://u:p@h/', 'uv.lock')
  expect(failed.problem).toContain('incompatible')
  expect(failed.problem).not.toContain('u:p')
  expect([old, failed].map(briefly)).toEqual(['error file-format 1', 'error file-format 1'])
})
