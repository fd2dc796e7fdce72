import type { Endpoint } from '../azure/query-client.js'
import type { AzureContext } from '../azure/arm.js'
import type { Target } from '../model/target.js'
import type { DesiredImage } from '../model/image.js'
import type { ApplyInputs, DeleteInputs, Inputs, PlanInputs, VerifyInputs } from '../inputs/inputs.js'
import type { YieldToEventLoop } from '../time-slice.js'
import type { RunState } from '../run-state.js'
import type { Runtime } from '../runtime.js'
import type { QueryFile } from '../verification/query-file.js'
import type { VerifiedPackage } from '../verification/compare-packages.js'

/** Does a phase of the run: a group in the log, a bar in the summary's chart. */
export type RunPhase = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Holds what all steps of a run share. */
export type RunContext<Asked extends Inputs = Inputs> = {
  readonly inputs: Asked
  readonly state: RunState
  readonly runtime: Runtime
  readonly phase: RunPhase
  /** Aborted when the step's time is over or the workflow is cancelled. */
  readonly signal: AbortSignal
  /** When the step's time is over, in milliseconds on the run's clock. */
  readonly deadline: number
}

/** Lets timers and signals have their turn, and ends the step where it is time for that. */
export function yieldToEventLoop({ runtime, signal }: RunContext): YieldToEventLoop {
  return () => runtime.clock.sleep(0, signal)
}

/** Holds what the steps share that deal with requirements. */
export type CheckContext = RunContext<ApplyInputs | PlanInputs | VerifyInputs>

/** Holds what the steps share that ask Resource Manager of one target. */
export type TargetContext<Asked extends Inputs = Inputs> = RunContext<Asked> & {
  readonly target: Target
  readonly azure: AzureContext
}

/** Holds what the steps share that try the active image. */
export type VerifyContext<Asked extends ApplyInputs | VerifyInputs = ApplyInputs | VerifyInputs> =
  TargetContext<Asked> & {
    readonly desired: DesiredImage
    /** The queries that the image must pass. */
    readonly queries: readonly QueryFile[]
    /** Where the image is tried, once that has been opened, and what the image that was active before has answered. */
    readonly trial: { endpoint?: Endpoint; baseline?: Baseline }
  }

/** Holds what the steps share that make the image match. */
export type ApplyContext = VerifyContext<ApplyInputs>

/** Holds what an image answers to the query that tries the packages. */
type Baseline = { readonly image: string; readonly packages: readonly VerifiedPackage[] }

/** Holds what the steps share that delete images. */
export type DeleteContext = TargetContext<DeleteInputs>

/** Makes phases that go to the log and the run's state. */
export function phasesOf(state: RunState, { log, clock }: Runtime): RunPhase {
  return async (name, work) => {
    const phase = { name, from: clock.time(), to: undefined as number | undefined }
    state.phases.push(phase)
    try {
      return await log.group(name, work)
    } finally {
      phase.to = clock.time()
    }
  }
}
