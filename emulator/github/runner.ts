import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { drivenEnv } from '../clock.js'
import { inputEnv, readActionFile } from './action-file.js'
import { commandFile, type CommandFile, outputsKept, parseCommandFile, runnerEnv, summaryShown } from './runner-env.js'
import { push, type WorkflowEvent } from './events.js'
import { actionRuntime, projectRoot } from './project.js'
import type { Releases } from './releases.js'
import { followOutput, type LogLine, type OutputFollower, type StepOutput } from './step-output.js'
import type { StartedWorld } from '../world.js'

/** Describes one step to run. */
export type StepOptions = {
  /** Runs the step with this world around it. */
  readonly world?: StartedWorld
  /** The step's `with`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** What started the workflow; a push unless told otherwise. */
  readonly event?: WorkflowEvent
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** A folder copied into the workspace before the files are written. */
  readonly workspaceFrom?: string
  /** Puts uv on the search path, and behind it an index with these projects; without, there is no program there. */
  readonly uv?: Releases
  /** Further variables; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Debug logging, as a rerun with it has. */
  readonly debug?: boolean
  /** The script to run instead of the one that `action.yml` names. */
  readonly main?: string
  /** Cancels the step, as a person would, once this is true; asked after each line and every 10 ms. */
  readonly cancelWhen?: (soFar: Pick<StepOutput, 'lines' | 'log'>) => boolean
  /** Lets the whole time limit of the step pass, once this is true; asked as often. */
  readonly timeOutWhen?: (soFar: Pick<StepOutput, 'lines' | 'log'>) => boolean
  /** The signals of a cancellation and the milliseconds before each; by default those of GitHub's runner. */
  readonly cancelSignals?: readonly CancelSignal[]
  /** Whether signals are sent as messages, which the process takes for signals; so it is on Windows. */
  readonly signalsByMessage?: boolean
  /** Real seconds after which the process is killed and the run rejected; 240 by default, which only what hangs needs. */
  readonly limitSeconds?: number
  /** What is wrong with the process's output: nobody reads it any more, or it goes to a disk that is full (Linux). */
  readonly output?: 'closed' | 'full'
  /** Called with each line as it comes, masks applied. */
  readonly onLine?: (line: LogLine) => void
}

type CancelSignal = { readonly signal: NodeJS.Signals; readonly afterMs: number }

/** Says what became of a step. */
export type StepResult = StepOutput & {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly outputs: Readonly<Record<string, string>>
  /** Outputs that the runner dropped, for they contain a mask. */
  readonly droppedOutputs: readonly string[]
  readonly summary: string
  /** What the step left for later steps in its `GITHUB_STATE` and `GITHUB_ENV` files. */
  readonly state: Readonly<Record<string, string>>
  readonly exportedEnv: Readonly<Record<string, string>>
  /** What it put on the search path of later steps. */
  readonly addedPath: string
  readonly durationMs: number
  /** How long the process lived after the first signal of a cancellation. */
  readonly endedAfterCancelMs: number | undefined
}

/** GitHub's runner interrupts first, asks to terminate 7.5 s later, and kills after 2.5 s more. */
const runnerSignals: readonly CancelSignal[] = [
  { signal: 'SIGINT', afterMs: 0 },
  { signal: 'SIGTERM', afterMs: 7500 },
  { signal: 'SIGKILL', afterMs: 10_000 },
]

/** Runs the action as one step of a job, in a process and a workspace of its own. */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  // As the process will see it: the system's folder for such may be a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kusto-step-')))
  try {
    const workspace = join(folder, 'workspace')
    await fillWorkspace(workspace, options)
    await fillSearchPath(join(folder, 'bin'), options.uv)
    const action = await readActionFile(join(projectRoot, 'action.yml'))
    const env = {
      ...(await runnerEnv(folder, workspace, options.event ?? push)),
      ...(options.debug ? { RUNNER_DEBUG: '1' } : {}),
      ...inputEnv(action, options.inputs ?? {}, options.world?.api.token ?? ''),
      ...options.world?.env,
      ...(options.world ? drivenEnv(options.world.clock) : {}),
      ...options.env,
    }
    const started = performance.now()
    // Of the environment of this process nothing is passed on, so that no secret of it can be either.
    const driven = options.world !== undefined && options.world.clock.speed !== 1
    const preloads = [
      ...(isByMessage(options) ? ['./signals.js'] : []),
      ...(options.timeOutWhen ? ['../time-leap.js'] : []),
    ]
    const imports = preloads.map(file => `--import=${new URL(file, import.meta.url).href}`)
    const pipe = options.output === 'full' ? openSync('/dev/full', 'w') : 'pipe'
    const child = spawn(actionRuntime(), [...imports, options.main ?? action.main], {
      cwd: workspace,
      env,
      stdio: ['ignore', pipe, pipe, ...(preloads.length > 0 || driven ? ['ipc' as const] : [])],
    })
    if (driven) options.world?.clock.drive(child)
    if (pipe !== 'pipe') closeSync(pipe)
    if (options.output === 'closed') for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    const output = followOutput(child, options.onLine)
    const end = await supervise(child, output, options)
    return {
      ...end,
      durationMs: performance.now() - started,
      ...output.result(),
      ...(await readCommandFiles(folder, output)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

function isByMessage({ signalsByMessage }: StepOptions): boolean {
  return signalsByMessage ?? process.platform === 'win32'
}

/** Waits for the end of the process; cancels it, or has it time out, when it is time, and kills it when it takes too long. */
function supervise(child: ChildProcess, output: OutputFollower, options: StepOptions) {
  const { cancelWhen, timeOutWhen, cancelSignals = runnerSignals, limitSeconds = 240 } = options
  return new Promise<Pick<StepResult, 'exitCode' | 'signal' | 'endedAfterCancelMs'>>((resolve, reject) => {
    const timers: NodeJS.Timeout[] = []
    let cancelledAt: number | undefined
    let tooLate = false
    const once = (isTime: StepOptions['cancelWhen'], act: () => void): void => {
      if (isTime === undefined) return
      let acted = false
      const look = (): void => {
        if (acted || !isTime({ lines: output.lines, log: output.log() })) return
        acted = true
        act()
      }
      timers.push(setInterval(look, 10))
      child.stdout?.on('data', look)
    }
    once(cancelWhen, () => {
      cancelledAt = performance.now()
      for (const { signal, afterMs } of cancelSignals) {
        if (afterMs === 0) send(child, signal, options)
        else timers.push(setTimeout(() => send(child, signal, options), afterMs))
      }
    })
    once(timeOutWhen && (soFar => child.connected && timeOutWhen(soFar)), () =>
      child.send(Number(options.inputs?.['timeout-minutes'] ?? 90) * 60_000),
    )
    const limit = (): void => {
      tooLate = true
      child.kill('SIGKILL')
    }
    timers.push(setTimeout(limit, limitSeconds * 1000))
    child.once('error', reject)
    child.once('close', (exitCode, signal) => {
      for (const timer of timers) clearTimeout(timer)
      if (tooLate) return reject(new Error(`the step did not end within ${limitSeconds} s; its log:\n${output.log()}`))
      const endedAfterCancelMs = cancelledAt === undefined ? undefined : performance.now() - cancelledAt
      resolve({ exitCode, signal, endedAfterCancelMs })
    })
  })
}

function send(child: ChildProcess, signal: NodeJS.Signals, options: StepOptions): void {
  if (isByMessage(options) && child.connected && signal !== 'SIGKILL') child.send(signal)
  else child.kill(signal)
}

async function fillWorkspace(workspace: string, { workspaceFrom, files = {} }: StepOptions): Promise<void> {
  await mkdir(workspace, { recursive: true })
  if (workspaceFrom !== undefined) await cp(workspaceFrom, workspace, { recursive: true })
  await writeFiles(workspace, files)
}

/** Writes files into a folder, by their paths there. */
export async function writeFiles(folder: string, files: NonNullable<StepOptions['files']>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/** Makes a folder for the search path that holds a uv, if any, which finds these releases on its index. */
export async function fillSearchPath(bin: string, uv: Releases | undefined): Promise<void> {
  await mkdir(bin)
  if (uv === undefined) return
  const releases = join(bin, 'releases.json')
  await writeFile(releases, JSON.stringify(uv))
  const program = [actionRuntime(), join(projectRoot, 'build/emulator/github/uv.js'), releases]
  const script = `#!/bin/sh\nexec ${program.map(word => `'${word}'`).join(' ')} "$@"\n`
  await writeFile(join(bin, 'uv'), script, { mode: 0o755 })
}

async function readCommandFiles(folder: string, { masks }: OutputFollower) {
  const text = (name: CommandFile): Promise<string> => readFile(commandFile(folder, name), 'utf8')
  const read = async (name: CommandFile): Promise<Record<string, string>> => parseCommandFile(await text(name))
  return {
    ...outputsKept(await read('GITHUB_OUTPUT'), masks),
    summary: summaryShown(await readFile(commandFile(folder, 'GITHUB_STEP_SUMMARY'))),
    state: await read('GITHUB_STATE'),
    exportedEnv: await read('GITHUB_ENV'),
    addedPath: await text('GITHUB_PATH'),
  }
}
