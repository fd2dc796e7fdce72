import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/**
 * Run once before all tests: where no uv is on the search path, has pip put one into build/. Where that does not work
 * either, the tests that need a real uv are skipped, and say so.
 */
export default function provideUv(): void {
  if (spawnSync('uv', ['--version']).status === 0) return
  const target = path.resolve(import.meta.dirname, '../uv')
  if (!existsSync(path.join(target, 'bin'))) {
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', target, 'uv==0.13.9']
    spawnSync('python3', install, { stdio: 'ignore', timeout: 120_000 })
  }
  process.env['PATH'] = [path.join(target, 'bin'), process.env['PATH']].join(path.delimiter)
}
