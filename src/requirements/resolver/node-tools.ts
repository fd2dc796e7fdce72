import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock } from '../../clock.js'
import type { Programs } from '../../programs/programs.js'
import { toolVariable } from './tool-variables.js'
import type { Directory, Tools } from './tools.js'

/** This machine. @param runnerTemp the runner's directory for files that nobody needs after the job. */
export function nodeTools({ environment, find, run }: Programs, runnerTemp: string | undefined): Tools {
  return {
    clock: systemClock,
    environment: () => environment(toolVariable),
    find,
    run,
    withDirectory: use => withDirectory(runnerTemp, use),
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
