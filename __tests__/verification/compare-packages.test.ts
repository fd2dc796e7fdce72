import { describe, expect, test } from '@jest/globals'
import { type PythonTarget, pythonTargetOf } from '../../src/requirements/evaluate/python-target.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { comparePackagesFound, wantedOn } from '../../src/verification/compare-packages.js'

const target: PythonTarget = pythonTargetOf({ languageVersion: '3.10.8' })

/** What is judged of a requirements file where the sandbox tells these versions, and these troubles after a `!`. */
function judged(text: string, sandbox: Readonly<Record<string, string>>, python = '3.10.8') {
  const rows = Object.entries(sandbox).map(([name, said]) => {
    const [version, problem] = said.split('!')
    return { name, version, problem, modules: '', python }
  })
  const wanted = wantedOn(requirementsOf(text), target)
  return comparePackagesFound(wanted, target.pythonVersion, [{ name: '', version: '', problem: '', python }, ...rows])
}

const problemsOf = (text: string, sandbox: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(judged(text, sandbox).map(({ name, problem }) => [name, problem]))

describe('what is wanted', () => {
  test.each([
    ['pandas==2.2.2', ['pandas']],
    ['Scikit_Learn', ['scikit-learn']],
    ['a; python_version < "3.9"', []],
    ['a; python_version >= "3.9"', ['a']],
    ['a; sys_platform == "linux"', []],
    ['a; platform_release == "10"', []],
    ['a @ https://example.com/a.whl', ['a']],
    ['-e ./local', []],
    ['--index-url https://example.com', []],
    ['a==1\na<2', ['a']],
    ['', []],
  ])('%s', (text, names) => {
    expect([...wantedOn(requirementsOf(text), target).keys()]).toEqual(names)
  })
})

describe('a package', () => {
  test.each([
    ['a==1.0', '1.0', ''],
    ['a==1.0', '1', ''],
    ['a==1.0', '1.0.0+local', ''],
    ['a==1.0', '1.0.1', 'has the wrong version'],
    ['a==1.*', '1.7', ''],
    ['a~=1.4', '2.0', 'has the wrong version'],
    ['a>=1,<2', '1.9', ''],
    ['a>=1,<2', '2.1', 'has the wrong version'],
    ['a', '0.0.1', ''],
    ['a @ https://example.com/a.whl', '3', ''],
    ['a>=1\na<2', '2.5', 'has the wrong version'],
    ['a==1.0', 'no version at all', ''],
    ['a==1.0', '', 'reports no version'],
    ['a==1.0', '!is not installed', 'is not installed'],
    ['a==1.0', '1.0!cannot be imported: x', 'cannot be imported: x'],
  ])('%s, found %s: %s', (text, found, problem) => {
    expect(problemsOf(text, { a: found })['a']).toBe(problem)
  })

  test('of which nothing is said was not checked', () => {
    expect(problemsOf('a\nb', { a: '1' })).toMatchObject({ a: '', b: 'was not checked' })
  })

  test('that nobody asked for is not judged', () => {
    expect(problemsOf('a', { a: '1', b: '!is not installed' })).toEqual({ Python: '', a: '' })
  })

  test('is shown as the file has it', () => {
    expect(judged('a[x]>=1; python_version>="3"\na<2', { a: '1.5' })[1]).toEqual({
      name: 'a',
      wanted: '[x]>=1; python_version >= "3" + <2',
      found: '1.5',
      problem: '',
    })
  })
})

describe('Python', () => {
  test.each([
    ['3.10.8', ''],
    ['3.11.7', 'has the wrong version'],
    ['', 'did not answer'],
  ])('%s: %s', (python, problem) => {
    expect(judged('', {}, python)).toEqual([{ name: 'Python', wanted: '3.10.8', found: python, problem }])
  })

  test('is of any version where it is not known which one is wanted', () => {
    const rows = [{ name: '', python: '3.12.1' }]
    expect(comparePackagesFound(new Map(), undefined, rows)).toEqual([
      { name: 'Python', wanted: '*', found: '3.12.1', problem: '' },
    ])
  })

  test('that says nothing at all did not answer', () => {
    expect(comparePackagesFound(new Map(), undefined, [])).toMatchObject([
      { name: 'Python', problem: 'did not answer' },
    ])
    expect(comparePackagesFound(new Map(), undefined, [{ name: '', python: 310 }])).toMatchObject([
      { problem: 'did not answer' },
    ])
  })
})
