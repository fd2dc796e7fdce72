import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { python } from '../../../scripts/provide.js'

/** Why tests with a real tool are skipped; part of their names, to be seen. */
export const NO_UV = 'needs uv 0.5 or newer on the PATH'
export const NO_PIP = 'needs python3 with pip 23 or newer on the PATH'

/** The version of uv on the search path, if it is one that is used. */
export function uvVersion(): string | undefined {
  const version = versionOf('uv', ['--version'], /^uv ([0-9]+\.[0-9]+\.[0-9]+)/)
  return version === undefined || /^0\.[0-4]\./.test(version) ? undefined : version
}

/** The version of pip of the Python on the search path, if it is one that is used. */
export function pipVersion(): string | undefined {
  const version = versionOf(python, ['-m', 'pip', '--version'], /^pip ([0-9]+\.[0-9.]+) /)
  return version === undefined || Number.parseInt(version, 10) < 23 ? undefined : version
}

/** The search path with the directory of Python's own executable first: the scripts of pyenv take half a second. */
export function pythonFirst(): string {
  const executable = versionOf(python, ['-c', 'import sys; print(sys.executable)'], /^(.+)/)
  const searchPath = process.env['PATH'] ?? ''
  return executable === undefined ? searchPath : [path.dirname(executable), searchPath].join(path.delimiter)
}

function versionOf(program: string, args: readonly string[], pattern: RegExp): string | undefined {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8' })
  return pattern.exec(stdout ?? '')?.[1]
}
