import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { nodePrograms } from '../../../src/programs/node-programs.js'
import { nodeTools } from '../../../src/requirements/resolver/node-tools.js'
import { NoResponseError, type Send } from '../../../src/network/transport.js'
import { until } from '../../until.js'
import type { Tools } from '../../../src/requirements/resolver/resolver.js'

/** A machine of the test's own: a directory of programs, one for temporary files, and a workspace. */
export type Machine = {
  readonly root: string
  readonly workspace: string
  /** Where temporary directories are made. */
  readonly temporary: string
  /** Puts a shell script on the search path. */
  readonly program: (name: string, script: string) => Promise<void>
  /** This machine's tools as the step would have them, with more variables. */
  readonly tools: (environment?: Readonly<Record<string, string>>, send?: Send) => Tools
  readonly left: () => Promise<readonly string[]>
  readonly remove: () => Promise<void>
}

/** An index of which nothing is known. */
export const unknownIndex: Tools['indexReader'] = () => () => Promise.resolve({ kind: 'unknown', why: 'no index' })

const noAnswer: Send = () => Promise.reject(new NoResponseError('nobody is there'))

export async function newMachine(searchPath = '/usr/bin:/bin'): Promise<Machine> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'resolution-test-')))
  const [programs, temporary, workspace, home] = ['programs', 'temporary', 'workspace', 'home'].map(name =>
    path.join(root, name),
  ) as [string, string, string, string]
  for (const directory of [programs, temporary, workspace, home]) await mkdir(directory)
  return {
    root,
    workspace,
    temporary,
    program: async (name, script) => {
      const file = path.join(programs, name)
      await writeFile(file, `#!/bin/sh\n${script}\n`)
      await chmod(file, 0o755)
    },
    tools: (environment, send = noAnswer) =>
      nodeTools(
        nodePrograms({
          variables: {
            PATH: [programs, searchPath].join(path.delimiter),
            HOME: home,
            SYSTEMROOT: process.env['SYSTEMROOT'],
            PYENV_ROOT: process.env['PYENV_ROOT'],
            ...environment,
          },
          workspace,
          withheld: () => undefined,
        }),
        environment?.['RUNNER_TEMP'] ?? temporary,
        send,
      ),
    left: () => readdir(temporary),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 10 }),
  }
}

/** Waits until a file is there and is not empty. */
export async function contentOf(file: string): Promise<string> {
  let content = ''
  await until(async () => (content = await readFile(file, 'utf8').catch(() => '')).endsWith('\n'))
  return content.trim()
}

/** Whether a process is running, and has not merely ended without anybody having asked how. */
async function isRunning(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (status !== '') return !/\) [ZX] /.test(status)
  try {
    process.kill(Number(pid), 0)
    return process.platform !== 'linux'
  } catch {
    return false
  }
}

/** Waits until a process is gone. */
export async function gone(pid: string): Promise<void> {
  await until(async () => !(await isRunning(pid)))
}
