import { describe, expect, test } from '@jest/globals'
import type { PythonTarget } from '../../../src/requirements/evaluate/python-target.js'
import type { DependencyFile } from '../../../src/requirements/formats/dependency-file.js'
import { readPylock } from '../../../src/requirements/formats/pylock.js'
import { PYLOCKS } from './cases.js'
import { formatsSaid } from './formats-said.js'
import { briefly, PYTHON_3_11, textsOf, UNKNOWN_PYTHON } from './read.js'

function read(title: string, target: PythonTarget = PYTHON_3_11): DependencyFile {
  const { text, extras, groups } = PYLOCKS[title]!
  return readPylock(text, 'pylock.toml', { extras, dependencyGroups: groups }, target)
}

function errorsOf({ problems }: DependencyFile): readonly unknown[] {
  return problems.filter(({ severity }) => severity === 'error')
}

describe('what is installed, as packaging selects it', () => {
  test.each(Object.keys(PYLOCKS))('%s', title => {
    const file = read(title)
    const said = formatsSaid.pylock[title]
    if (said !== undefined && 'error' in said) expect(errorsOf(file)).toHaveLength(1)
    else expect({ lines: textsOf(file), problems: file.problems }).toEqual({ lines: said, problems: [] })
  })
})

test('a line has the place of the name', () => {
  const { lines } = read('nothing chosen')
  expect(lines[0]).toEqual({
    text: 'numpy==1.26.4',
    origin: { file: 'pylock.toml', line: 10, column: 9, endColumn: 14 },
  })
})

test('what only the image decides stays as a marker', () => {
  expect(textsOf(read('an extra', UNKNOWN_PYTHON))).toEqual([
    'numpy==1.26.4 ; python_full_version < "3.12"',
    'numpy==2.5.5 ; python_full_version >= "3.12"',
    'six==1.17.0',
    'tqdm==4.70.1',
    'pluggy==1.7.0',
  ])
})

const HEAD = 'lock-version = "1.0"\ncreated-by = "x"\n'
const SDIST = 'sdist = { url = "https://h/x-1.tar.gz", hashes = { sha256 = "00" } }\n'
const WHEEL = 'wheels = [{ url = "https://h/x-1-py3-none-any.whl", hashes = { sha256 = "00" } }]\n'

describe('what is wrong', () => {
  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    ['another Python', PYLOCKS['another Python']!.text, ['error requires-python 3'], []],
    ['other environments', PYLOCKS['other environments']!.text, ['error file-format 3'], []],
    ['another version', PYLOCKS['another version of the format']!.text, ['error file-format 1'], []],
    ['no packages', HEAD, ['error file-format 1'], []],
    ['not TOML', '[[packages', ['error file-format 1'], []],
    ['a package twice', PYLOCKS['a package twice']!.text, ['warning no-wheel 4', 'error file-format 8'], ['six==1']],
    ['a source alone', `${HEAD}[[packages]]\nname = "x"\nversion = "1"\n${SDIST}`, ['warning no-wheel 4'], ['x==1']],
    ['wheels for others alone', PYLOCKS['wheels for others alone']!.text, ['error no-wheel 4'], ['six==1']],
    [
      'another index',
      `${HEAD}[[packages]]\nname = "x"\nversion = "1"\nindex = "https://u:p@h/simple"\n${WHEEL}`,
      ['error other-index 4'],
      ['x==1'],
    ],
    ['a directory', `${HEAD}[[packages]]\nname = "x"\ndirectory = { path = "." }\n`, ['error direct-reference 4'], []],
    [
      'a commit',
      `${HEAD}[[packages]]\nname = "x"\nvcs = { type = "git", url = "https://h/x", commit-id = "00" }\n`,
      [],
      ['x @ git+https://h/x@00'],
    ],
    [
      'an archive',
      `${HEAD}[[packages]]\nname = "x"\narchive = { url = "https://h/x.zip", hashes = { sha256 = "00" } }\n`,
      [],
      ['x @ https://h/x.zip'],
    ],
    [
      'an archive on disk',
      `${HEAD}[[packages]]\nname = "x"\narchive = { path = "x.zip" }\n`,
      ['error direct-reference 4'],
      [],
    ],
    [
      'two sources',
      `${HEAD}[[packages]]\nname = "x"\nversion = "1"\ndirectory = { path = "." }\n${SDIST}`,
      ['error file-format 3'],
      [],
    ],
    ['no name', `${HEAD}[[packages]]\nversion = "1"\n${WHEEL}`, ['error file-format 3'], []],
    ['no version', `${HEAD}[[packages]]\nname = "x"\n${WHEEL}`, ['error file-format 4'], []],
    [
      'a version that is none',
      `${HEAD}[[packages]]\nname = "x"\nversion = "1\\n-r x"\n${WHEEL}`,
      ['error file-format 4'],
      [],
    ],
    ['a name that is none', `${HEAD}[[packages]]\nname = "x\\n-r x"\nversion = "1"\n${WHEEL}`, ['error syntax 4'], []],
    [
      'a URL with a line end',
      `${HEAD}[[packages]]\nname = "x"\narchive = { url = "https://h/x\\n-r x" }\n`,
      ['error syntax 4'],
      [],
    ],
    ['no marker', `${HEAD}[[packages]]\nname = "x"\nversion = "1"\nmarker = "???"\n${WHEEL}`, ['error syntax 6'], []],
    [
      'extras as a text',
      `${HEAD}[[packages]]\nname = "x"\nversion = "1"\nmarker = "extras == 'x'"\n${WHEEL}`,
      ['error syntax 6'],
      [],
    ],
    [
      'wrong things of a package that is not wanted',
      `${HEAD}[[packages]]\nname = "x"\nmarker = "os_name == 'posix'"\ndirectory = { path = "." }\n`,
      [],
      [],
    ],
    ['a package that is none', `${HEAD}packages = [\n1]\n`, ['error file-format 4'], []],
  ])('%s', (_, text, problems, lines) => {
    const file = readPylock(text, 'pylock.toml', { extras: [], dependencyGroups: [] }, PYTHON_3_11)
    expect({ problems: file.problems.map(briefly), lines: textsOf(file) }).toEqual({ problems, lines })
    // An index and a URL can hold a password.
    expect(JSON.stringify(file.problems)).not.toContain('u:p@')
  })
})
