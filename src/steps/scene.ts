import type { Endpoint } from '../azure/query.js'
import type { Means } from '../azure/means.js'
import type { Target } from '../azure/target.js'
import type { DesiredImage } from '../image/image.js'
import type { ApplyInputs, Inputs, PlanInputs } from '../inputs/inputs.js'
import type { GiveWay } from '../long-work.js'
import type { Record } from '../record.js'
import type { World } from '../world.js'

/** Does a phase of the run: a group in the log, a bar in the summary's chart. */
export type Phase = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** What all steps of a run share. */
export type Run<Asked extends Inputs = Inputs> = {
  readonly inputs: Asked
  readonly record: Record
  readonly world: World
  readonly phase: Phase
  /** Aborted when the step's time is over or the workflow is cancelled. */
  readonly signal: AbortSignal
}

/** Lets timers and signals have their turn, and ends the step where it is time for that. */
export function giveWay({ world, signal }: Run): GiveWay {
  return () => world.clock.sleep(0, signal)
}

/** What the steps share that deal with requirements. */
export type ImageRun = Run<ApplyInputs | PlanInputs>

/** What the steps share that make the image match. */
export type Scene = Run<ApplyInputs> &
  Dealings & {
    readonly target: Target
    readonly desired: DesiredImage
    /** Where the image is tried, once that has been opened. */
    readonly trial: { endpoint: Endpoint | undefined }
  }

/** What the steps share that ask the service for a change. */
export type Dealings = {
  readonly world: World
  readonly means: Means
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
