import { constants } from 'node:fs'
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { systemClock } from '../../clock.js'
import { toolEnvironment } from './environment.js'
import { runProgram } from './process-tree.js'
import type { Directory, Tools } from './tools.js'

/** This machine. `environment` is that of the step. */
export function nodeTools(environment: Readonly<Record<string, string | undefined>>): Tools {
  const kept = toolEnvironment(environment)
  return {
    clock: systemClock,
    environment: kept,
    find: program => findProgram(program, kept['PATH'] ?? ''),
    run: runProgram,
    withDirectory: use => withDirectory(environment['RUNNER_TEMP'], use),
  }
}

async function findProgram(program: string, searchPath: string): Promise<string | undefined> {
  // Without a shell, Windows starts only what is an executable file, not a script.
  const file = process.platform === 'win32' ? `${program}.exe` : program
  for (const directory of searchPath.split(path.delimiter)) {
    if (directory === '') continue
    const candidate = path.join(directory, file)
    if (await isExecutable(candidate)) return candidate
  }
  return undefined
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

async function readUpTo(file: string, limit: number): Promise<string | undefined> {
  return (await stat(file)).size > limit ? undefined : readFile(file, 'utf8')
}

async function withDirectory<Result>(
  runnerTemp: string | undefined,
  use: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const base = runnerTemp !== undefined && path.isAbsolute(runnerTemp) ? runnerTemp : tmpdir()
  const directory = await mkdtemp(path.join(base, 'requirements-'))
  try {
    return await use({
      path: directory,
      write: (name, text) => writeFile(path.join(directory, name), text),
      read: (name, limit) => readUpTo(path.join(directory, name), limit).catch(() => undefined),
    })
  } finally {
    // A file that a killed tool still holds on Windows is left to the runner, which empties its directory itself.
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}
