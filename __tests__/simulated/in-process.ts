import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEventClock, type EventClock } from '../../bench/simulation/event-clock.js'
import type { Clock } from '../../src/clock.js'
import { randomFrom } from '../../bench/simulation/random.js'
import { inputEnv, readActionFile, stepInputs } from '../../emulator/github/action-file.js'
import { createService } from '../../emulator/service.js'
import { chanceFrom } from '../../emulator/chance.js'
import { outputsKept, runVariables, summaryShown } from '../../emulator/github/runner-env.js'
import { push, type WorkflowEvent } from '../../emulator/github/events.js'
import { githubSchema } from '../../emulator/github/github-api.js'
import { idTokenEnv } from '../../emulator/github/id-tokens.js'
import { projectRoot } from '../../emulator/github/project.js'
import type { StepOptions, StepResult } from '../../emulator/github/runner.js'
import { followText, type LogLine } from '../../emulator/github/step-output.js'
import type { World, WorldOptions } from '../../emulator/world.js'
import { Stopped } from '../../src/failure.js'
import { keepComment } from '../../src/github/sticky-comment.js'
import { sanitizeLine } from '../../src/github/sanitize.js'
import { runnerLog } from '../../src/github/log.js'
import { workflowRunFrom } from '../../src/github/workflow-run.js'
import { run } from '../../src/main.js'
import * as formats from '../../src/requirements/formats/read-dependency-file.js'
import { NoResponseError, type Send } from '../../src/network/transport.js'
import type { Programs } from '../../src/programs/programs.js'
import type { Tools } from '../../src/requirements/resolver/resolver.js'
import { memoryFiles } from '../requirements/memory-files.js'
import { connect } from '../simulation/connection.js'
import { withStdoutCaptured } from './capture-stdout.js'

/** One step in a world of its own, in this process and on simulated time. */
export type PlayOptions = Pick<StepOptions, 'inputs' | 'event' | 'files' | 'env'> & {
  readonly world?: Omit<WorldOptions, 'speed'>
  /** Sets up what is there before the step starts. */
  readonly prepare?: (world: World) => void
  /** What resolves the requirements, if anything does. */
  readonly tools?: (clock: Clock, send: Send) => Tools
  /** Cancels the step once this is true of its world, and of what it has printed. */
  readonly cancelWhen?: (world: World, lines: readonly LogLine[]) => boolean
}

/** When all worlds begin. */
const epoch = Date.UTC(2026, 10, 26, 8)

// Files are read before time begins, which does not stand still meanwhile.
const action = await readActionFile(join(projectRoot, 'action.yml'))

const never = new AbortController().signal

/** Runs the action as a step in a world where builds take as long as real ones. */
export async function runInProcess(
  options: PlayOptions,
): Promise<{ readonly world: World; readonly step: StepResult }> {
  const { world: worldOptions, prepare, inputs = {}, files = {}, env, event = push, tools, cancelWhen } = options
  const { idTokenPermission = true, ...settings } = worldOptions ?? {}
  const clock = createEventClock(epoch)
  const chance = chanceFrom(randomFrom(1))
  const worldClock = { now: clock.time, sleep: (ms: number) => clock.sleep(ms, never) }
  const times = { buildSeconds: 360, switchSeconds: 1000, deleteSeconds: 60 }
  const service = createService({ clock: worldClock, chance, signed: false, ...times, ...settings })
  const world = Object.assign(service, { clock: worldClock, refusedConnects: [] as string[] })
  prepare?.(world)
  // What preparing has asked for is not the step's doing.
  world.requests.splice(0)

  const cancellation = createCancellation(clock, () => cancelWhen?.(world, output.lines) ?? false)
  const output = followText(clock.now, cancellation.check)
  const written: Record<string, string> = {}
  let summary = ''
  const send: Send = (request, signal) => {
    const { host } = new URL(request.url)
    if (service.isKnown(host)) return line(request, signal).finally(cancellation.check)
    world.refusedConnects.push(`${host}:443`)
    throw new NoResponseError('the proxy answered HTTP 502')
  }
  const line = connect({ service, clock, random: chance.random }, 'step', cancellation.check)

  const given = inputEnv(
    action,
    { ...stepInputs(world, 'forecasting'), ...(tools ? {} : { resolve: 'false' }), ...inputs },
    world.api.token,
  )
  const variables = { ...runVariables(event), ...(idTokenPermission ? idTokenEnv(service.github) : {}), ...env }
  const workflow = await workflowOf(event, variables)
  if (inputs['comment'] !== undefined) await githubSchema()
  const step = (): Promise<number> =>
    run({
      input: name => (given[`INPUT_${name.toUpperCase()}`] ?? '').trim(),
      workflow,
      files: memoryFiles(files),
      programs: () => Promise.resolve(noPrograms),
      tools: () =>
        tools ? Promise.resolve(tools(clock, send)) : Promise.reject(new Error('nothing is resolved here')),
      formats: () => Promise.resolve(formats),
      commenter: () => Promise.resolve(keepComment),
      send,
      clock,
      random: chance.random,
      newId: chance.newId,
      log: runnerLog,
      setOutputs(outputs) {
        for (const [name, value] of Object.entries(outputs))
          if (value !== undefined) written[name] = sanitizeLine(value)
      },
      writeSummary: markdown => Promise.resolve(void (summary += `${markdown}\n`)),
      cancelled: cancellation.signal,
    })
  const started = clock.now()
  const exitCode = await withStdoutCaptured(
    text => output.write('stdout', Buffer.from(text)),
    () => clock.elapse(step()),
  )
  const ended = clock.now()
  output.end('stdout')
  const result: StepResult = {
    ...output.result(),
    ...outputsKept(written, output.masks),
    exitCode,
    summary: summaryShown(Buffer.from(summary)),
    durationMs: ended - started,
    endedAfterCancelMs: cancellation.at() === undefined ? undefined : ended - cancellation.at()!,
    signal: null,
    state: {},
    exportedEnv: {},
    addedPath: '',
  }
  return { world, step: result }
}

/** Looks whether it is time to cancel whenever something was printed, sent or answered. */
function createCancellation(clock: EventClock, isTime: () => boolean) {
  const controller = new AbortController()
  let at: number | undefined
  return {
    signal: controller.signal,
    at: () => at,
    check: (): void => {
      if (at !== undefined || !isTime()) return
      at = clock.now()
      controller.abort(new Stopped('cancelled'))
    },
  }
}

/** Only the payload of another event than a push tells something; it is read from a file. */
async function workflowOf(event: WorkflowEvent, variables: StepOptions['env']) {
  const env = { ...variables, GITHUB_WORKSPACE: '/ws' }
  if (event === push) return workflowRunFrom(env)
  const folder = await mkdtemp(join(tmpdir(), 'kusto-event-'))
  try {
    const file = join(folder, 'event.json')
    await writeFile(file, JSON.stringify(event.payload))
    return workflowRunFrom({ ...env, GITHUB_EVENT_PATH: file })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const noPrograms: Programs = {
  environment: () => Promise.resolve({}),
  find: () => Promise.resolve(undefined),
  neutralDirectory: '/',
  run: () => Promise.reject(new Error('there is no program here')),
}
