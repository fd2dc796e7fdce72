import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { accessQuery, namesParameter, verificationProgram, verificationQuery } from '../../src/verification/program.js'

const harness = String.raw`
import json, sys

class Frame:
    def __init__(self, rows, columns):
        self.rows = [dict(zip(columns, row)) for row in rows]

class pd:
    DataFrame = Frame

sys.path.insert(0, sys.argv[1])
scope = {"df": {"name": json.loads(sys.argv[2])}, "pd": pd}
exec(sys.stdin.read(), scope)
json.dump(scope["result"].rows, sys.stdout)
`

/** Distributions as pip leaves them: the files of each, with their content. */
const distributions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'simple-1.0': { 'simple/__init__.py': '', 'simple/inner/__init__.py': 'raise RuntimeError("nobody imports me")' },
  'scikit_learn-1.4.2': {
    'sklearn/__init__.py': '',
    'sklearn/__pycache__/__init__.cpython-310.pyc': '',
    '../../Scripts/learn.py': '',
  },
  'six-1.17.0': { 'six.py': '', 'six.happy': '', '__pycache__/six.cpython-310.pyc': '' },
  'google_cloud_storage-2.0': {
    'google/cloud/storage/__init__.py': '',
    'google/cloud/_other/__init__.py': '',
  },
  'untidy-3.0': {
    'untidy/__init__.py': '',
    'tests/__init__.py': 'raise RuntimeError("nobody imports me")',
    'setup.py': 'raise SystemExit("nobody imports me")',
    '_private.py': 'raise RuntimeError("nobody imports me")',
    'un-tidy/__init__.py': 'raise RuntimeError("nobody imports me")',
  },
  'broken-1.0': { 'broken/__init__.py': 'raise ImportError("DLL load failed\\nwhile importing")' },
  'leaving-1.0': { 'leaving.py': 'raise SystemExit(3)' },
  'wordy-1.0': { 'wordy.py': 'raise ValueError("x" * 10_000)' },
  'meta-7.0': {},
}

const IS_TOO_OLD = 'import sys; sys.exit(sys.version_info < (3, 9))'
const python = ['python3', 'python'].find(name => spawnSync(name, ['-c', IS_TOO_OLD]).status === 0)
const why = python === undefined ? ' (skipped: there is no Python 3.9 or newer on the PATH)' : ''

;(python === undefined ? describe.skip : describe)(`the program that tries packages in a sandbox${why}`, () => {
  let site = ''

  beforeAll(() => {
    site = mkdtempSync(path.join(tmpdir(), 'program-test-'))
    for (const [name, files] of Object.entries(distributions)) install(name, files)
    // As older tools leave them: without a list of files.
    install('ancient-0.1', { 'ancient_module.py': '' }, 'top_level.txt', 'ancient_module\n')
  })
  afterAll(() => rmSync(site, { recursive: true, force: true, maxRetries: 10 }))

  function install(
    name: string,
    files: Readonly<Record<string, string>>,
    list = 'RECORD',
    content = Object.keys(files)
      .map(file => `${file},,\n`)
      .join(''),
  ): void {
    const [project, version] = name.split('-')
    const info = path.join(site, `${name}.dist-info`)
    mkdirSync(info)
    writeFileSync(path.join(info, 'METADATA'), `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`)
    writeFileSync(path.join(info, list), content)
    for (const [file, text] of Object.entries(files)) {
      if (file.startsWith('..')) continue
      mkdirSync(path.dirname(path.join(site, file)), { recursive: true })
      writeFileSync(path.join(site, file), text)
    }
  }

  function tried(...names: string[]): Record<string, string>[] {
    // Whatever else is installed, and whatever the environment says, does not count.
    const alone = ['-I', '-S', '-X', 'utf8', '-c', harness, site, JSON.stringify(names)]
    const { stdout, stderr } = spawnSync(python!, alone, { input: verificationProgram, encoding: 'utf8' })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }

  test.each([
    ['simple', '1.0', 'simple'],
    ['scikit-learn', '1.4.2', 'sklearn'],
    ['six', '1.17.0', 'six'],
    ['google-cloud-storage', '2.0', 'google.cloud._other, google.cloud.storage'],
    ['untidy', '3.0', 'untidy'],
    ['ancient', '0.1', 'ancient_module'],
    ['meta', '7.0', ''],
  ])('imports what %s says it has', (name, version, modules) => {
    expect(tried(name)).toEqual([
      { name, version, modules, problem: '', python: expect.stringMatching(/^3\.\d+\.\d+/) },
    ])
  })

  test.each([
    ['broken', '1.0', 'cannot be imported: ImportError: DLL load failed\nwhile importing'],
    ['leaving', '1.0', 'cannot be imported: SystemExit: 3'],
    ['no-such-package', '', 'is not installed'],
  ])('tells what is wrong with %s', (name, version, problem) => {
    expect(tried(name)).toMatchObject([{ name, version, problem }])
  })

  test('tells no more than a part of a long error', () => {
    expect(tried('wordy')[0]!['problem']!.length).toBeLessThan(600)
  })

  test('goes on after a package that is broken, and tells of Python for an empty name', () => {
    expect(tried('', 'broken', 'six')).toMatchObject([
      { name: '', version: '', problem: '' },
      { name: 'broken' },
      { name: 'six', problem: '' },
    ])
  })

  test('takes names for nothing but names', () => {
    const names = ['"; import os', "'''", '../six', 'six\n', '__import__("os")', '${}', 'x'.repeat(10_000)]
    const rows = tried(...names)
    expect(rows.map(({ name }) => name)).toEqual(names)
    expect(rows.every(({ problem }) => problem !== '')).toBe(true)
  })
})

describe('the query', () => {
  test('declares what it is given, and holds the program between marks that are not in it', () => {
    expect(verificationQuery).toContain('declare query_parameters(packages:dynamic);')
    expect(verificationQuery.split('```')).toHaveLength(3)
    expect(verificationQuery).toContain(verificationProgram)
    expect(accessQuery).not.toContain('python')
  })

  test('gets names as a literal that nothing leaves', () => {
    const { packages } = namesParameter(['pandas', `")]; .drop table x //`, '\u2028'])
    expect(packages.startsWith('dynamic(')).toBe(true)
    expect(JSON.parse(packages.slice('dynamic('.length, -1))).toEqual(['', 'pandas', `")]; .drop table x //`, '\u2028'])
  })
})
