import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const onWindows = process.platform === 'win32'
const folder = path.resolve(import.meta.dirname, '../environments')

/** A virtual environment of Python's, in build/environments/. */
export type Environment = {
  /** Where its programs are. */
  readonly programs: string
  readonly python: string
}

/**
 * Makes a virtual environment that holds these packages, each given with its version, unless it is there from before.
 * Nothing is built: only wheels are taken.
 */
export function environmentWith(...packages: readonly [string, ...string[]]): Environment {
  const root = path.join(folder, packages.join('+').replaceAll('==', '-'))
  const programs = path.join(root, onWindows ? 'Scripts' : 'bin')
  const python = path.join(programs, onWindows ? 'python.exe' : 'python')
  const complete = path.join(root, 'complete')
  if (!existsSync(complete)) {
    rmSync(root, { recursive: true, force: true })
    run(onWindows ? 'python' : 'python3', ['-m', 'venv', root])
    const options = ['--quiet', '--disable-pip-version-check', '--only-binary', ':all:']
    run(python, ['-m', 'pip', 'install', ...options, ...packages])
    writeFileSync(complete, '')
  }
  return { programs, python }
}

/** Runs a program in Python, which reads the question from standard input and writes its answer, both as JSON. */
export function askPython({ python }: Environment, program: string, question: unknown): unknown {
  return JSON.parse(run(python, ['-W', 'ignore', '-c', program], JSON.stringify(question)))
}

function run(program: string, args: readonly string[], input = ''): string {
  const env = { ...process.env, PYTHONUTF8: '1' }
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}
