import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verificationProgram } from '../../src/verification/import-query.js'

/** Runs the program once for each site, with what a sandbox has: a frame of names, and extension modules of Windows. */
const harness = String.raw`
import json, sys
from importlib import machinery

class Frame:
    def __init__(self, rows, columns):
        self.rows = [dict(zip(columns, row)) for row in rows]

class pd:
    DataFrame = Frame

root = sys.argv[1]
suffixes = [".cp311-win_amd64.pyd", ".cp39-win_amd64.pyd", ".pyd"]

def hook(folder):
    if not folder.startswith(root):
        raise ImportError
    loaders = [(machinery.SourceFileLoader, [suffix]) for suffix in suffixes + [".py"]]
    return machinery.FileFinder(folder, *loaders)

def run(site, names):
    sys.path[:] = [site] + path
    scope = {"df": {"name": names}, "pd": pd}
    exec(program, scope)
    for module in set(sys.modules) - known:
        del sys.modules[module]
    return scope["result"].rows

sys.dont_write_bytecode = True
sys.path_hooks.insert(0, hook)
machinery.EXTENSION_SUFFIXES[:] = suffixes
answer, sys.stdout = sys.stdout, sys.stderr
path = list(sys.path)
program, asked = json.load(sys.stdin)
program, known = compile(program, "program", "exec"), set(sys.modules)
run(root, [])
known = set(sys.modules)
json.dump([run(*each) for each in asked], answer)
`

/** What the program says of a package. */
export type Row = Readonly<Record<'name' | 'version' | 'modules' | 'problem' | 'python', string>>

/** Files by their path in a site, with their content. */
export type Files = Readonly<Record<string, string>>

const isTooOld = 'import sys; sys.exit(sys.version_info < (3, 9))'
const python = ['python3', 'python'].find(name => spawnSync(name, ['-c', isTooOld]).status === 0)

/** Why the tests are skipped on this machine; empty where they are not. */
export const skipped: string = python === undefined ? ' (skipped: there is no Python 3.9 or newer on the PATH)' : ''

/** Makes an empty folder that sites are made in; to be removed by who asks. */
export function makeRoot(): string {
  return mkdtempSync(path.join(tmpdir(), 'program-test-'))
}

/** Adds to the files of a distribution what pip leaves beside them. @param info the name of the folder of that. */
export function wheel(name: string, version: string, files: Files, info = `${name}-${version}.dist-info`): Files {
  const record = Object.keys(files).map(file => `${file},sha256=AbC,12\n`)
  return { ...files, [`${info}/METADATA`]: metadata(name, version), [`${info}/RECORD`]: record.join('') }
}

/** The file that says what a distribution is. */
export function metadata(name: string, version: string): string {
  return `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: of nothing\n`
}

/** Writes files into a site, without those that would lie outside of it. */
export function install(site: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    const local = file.replaceAll('\\', '/')
    if (local.startsWith('..')) continue
    mkdirSync(path.dirname(path.join(site, local)), { recursive: true })
    writeFileSync(path.join(site, local), content)
  }
}

/** Runs the program in each site under root, one after the other, in a Python that has nothing but its own library. */
export function tried(root: string, asked: readonly (readonly [site: string, names: readonly string[]])[]): Row[][] {
  const { stdout, stderr } = spawnSync(python!, ['-I', '-S', '-c', harness, root], {
    input: JSON.stringify([verificationProgram, asked]),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
