import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * Where a program is that comes as a Python package: on the search path, or else in build/, where pip puts it once.
 * @returns the directory, empty for the search path; undefined where it is not to be had.
 */
export function provide(program: string, version: string): string | undefined {
  if (spawnSync(program, ['--version']).status === 0) return ''
  const target = path.resolve(import.meta.dirname, '..', program)
  const directory = path.join(target, 'bin')
  if (!existsSync(directory)) {
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', target]
    spawnSync(python, [...install, `${program}==${version}`], { stdio: 'ignore', timeout: 120_000 })
  }
  return spawnSync(path.join(directory, program), ['--version']).status === 0 ? directory : undefined
}

/** The name that Python goes by. */
export const python: string = process.platform === 'win32' ? 'python' : 'python3'
