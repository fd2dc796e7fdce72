import type { Clock } from '../clock.js'
import type { Arm } from './arm.js'

/** What asking Resource Manager again and again needs. */
export type AzureContext = {
  readonly arm: Arm
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  /** Aborted when the step's time is over or the workflow is cancelled. */
  readonly signal: AbortSignal
  /** When the step's time is over, in milliseconds on the clock. */
  readonly deadline: number
}
