import type { Means } from '../azure/look.js'
import type { Target } from '../azure/target.js'
import type { Clock } from '../clock.js'
import { Stopped } from '../failure.js'
import type { Log } from '../github/log.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { DesiredImage } from '../image/image.js'
import type { InputName, Inputs } from '../inputs.js'
import type { Send } from '../network/transport.js'
import type { Record } from '../record.js'
import type { WorkspaceFiles } from '../requirements/workspace-files.js'

/** Everything outside of the program that a run touches. */
export type World = {
  /** The text of an input, trimmed; empty where it was not given. */
  readonly input: (name: InputName) => string
  readonly workflow: WorkflowRun
  readonly files: WorkspaceFiles
  readonly send: Send
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly setOutputs: (outputs: Readonly<{ [name: string]: string | undefined }>) => void
  readonly writeSummary: (markdown: string) => Promise<void>
  /** Aborted with a {@link Stopped} when the runner asks the process to end. */
  readonly cancelled: AbortSignal
}

/** Does a phase of the run: a group in the log, a bar in the summary's chart. */
export type Phase = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** What the steps that deal with the image share. */
export type Scene = {
  readonly inputs: Inputs
  readonly record: Record
  readonly world: World
  readonly target: Target
  readonly desired: DesiredImage
  readonly means: Means
  readonly phase: Phase
  /** How often this run was kept from building, and how often it was left without an answer. */
  readonly setbacks: {
    obstructed: number
    unanswered: number
    /** What was last said of an obstacle, and when. */
    told?: { readonly by: string; at: number }
  }
}

/** Phases that go to the log and the record. */
export function phasesOf(record: Record, { log, clock }: World): Phase {
  return async (name, work) => {
    const phase = { name, from: clock.time(), to: undefined as number | undefined }
    record.phases.push(phase)
    try {
      return await log.group(name, work)
    } finally {
      phase.to = clock.time()
    }
  }
}

/** A signal that is aborted after `ms` milliseconds, unless it is lifted before. */
export function timeLimit(ms: number, clock: Clock): { readonly signal: AbortSignal; readonly lift: () => void } {
  const limit = new AbortController()
  const lifted = new AbortController()
  clock.sleep(ms, lifted.signal).then(
    () => limit.abort(new Stopped('timeout')),
    () => undefined,
  )
  return { signal: limit.signal, lift: () => lifted.abort(new Error('lifted')) }
}
