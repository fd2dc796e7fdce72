import type { Clock } from './clock.js'
import type { Cluster, PythonImage } from './cluster/cluster.js'
import type { Failure, StopReason } from './failure.js'
import { differences } from './image/image.js'
import type { Fate } from './image/clean-up.js'
import type { CurrentImage, DesiredImage } from './image/image.js'
import { standingOf } from './image/provisioning-state.js'
import type { Decision } from './image/decide.js'
import type { Inputs } from './inputs/inputs.js'
import type { Finding } from './requirements/findings/finding.js'
import type { Changes } from './requirements/changes.js'
import type { Resolution } from './requirements/resolution/resolution.js'
import type { Requirements } from './requirements/requirements.js'
import type { Verified } from './verification/judgement.js'

/** A phase of the run; times in milliseconds since the epoch. */
export type Phase = { readonly name: string; readonly from: number; to: number | undefined }

/** How a run ended. */
export type Ending =
  /** The service says Succeeded of what is wanted. */
  | { readonly as: 'succeeded' }
  /** The service has accepted the build, and the user does not wait for its result. */
  | { readonly as: 'accepted' }
  /** What was to be deleted is not there (any more), but for what is in use. */
  | { readonly as: 'removed' }
  /** It is said what would be done, and nothing speaks against it. */
  | { readonly as: 'planned' }
  | { readonly as: 'failure'; readonly failure: Failure }
  | { readonly as: 'stopped'; readonly reason: StopReason }
  /** An error that is nobody's but this action's. */
  | { readonly as: 'defect'; readonly error: unknown }

/** What a plan compared, or why it compared nothing, in a clause. */
export type Comparison =
  | {
      readonly image: CurrentImage | undefined
      readonly changes: Changes
      /** Whether the cluster would be switched to the image. */
      readonly activates: boolean
    }
  | { readonly why: string }

/** A change that a run asks the service for. */
export type Undertaking = {
  readonly what: 'build' | 'switch' | 'switch back' | 'deletion'
  /** Whether the request is known to have been received. */
  submitted: 'no' | 'perhaps' | 'yes'
  /** Whether the change has come to its end, as far as this run has seen. */
  ended: boolean
  operationId?: string
  correlationId?: string
}

/** A change that nobody has asked for yet. */
export function undertaking(what: Undertaking['what']): Undertaking {
  return { what, submitted: 'no', ended: false }
}

/** What is known of a run, at any moment: whatever ends it, this is what is reported. */
export type Record = {
  readonly started: number
  readonly phases: Phase[]
  inputs?: Inputs
  requirements?: Requirements
  /** What there is to say of the requirements. */
  findings: readonly Finding[]
  /** Of a plan. */
  comparison?: Comparison
  /** What uv or pip says of the requirements, if they were asked. */
  resolution?: Resolution
  /** What was decided first; a repeated submission does not change what the run set out to do. */
  decision?: Decision
  /** Id of the image as the service spells it. */
  imageId?: string
  /** The last provisioning state seen. */
  state?: string
  /** Whether the image that was last seen holds what is wanted. */
  matches?: boolean
  /** What is to become of the images that a run was to delete. */
  fates?: readonly Fate[]
  /** The images that this run has deleted. */
  readonly deleted: string[]
  /** The cluster as it was last seen. */
  cluster?: Cluster
  /** What queries in Python ran on when the cluster was first seen. */
  former?: { readonly python: PythonImage | undefined }
  /** Whether the active image is as it should be, where it was tried. */
  verified?: boolean
  /** What trying it has shown. */
  verification?: readonly Verified[]
  /** What was found wanting. */
  flaw?: Failure | undefined
  /** Whether this run has switched the cluster to the image. */
  activated: boolean
  readonly build: Undertaking
  /** What the run asked for last, or is about to ask for: the build, unless it got further. */
  latest: Undertaking
  ending?: Ending
}

/** The record of a run that begins now. */
export function beginRecord(clock: Clock): Record {
  const build = undertaking('build')
  return { started: clock.now(), phases: [], findings: [], activated: false, deleted: [], build, latest: build }
}

/** Notes what an image shows of itself. */
export function noteImage(record: Record, image: CurrentImage | undefined, desired: DesiredImage): void {
  if (image === undefined) {
    record.state = 'NotFound'
  } else {
    if (image.id !== '') record.imageId = image.id
    record.matches = differences(desired, image).length === 0
  }
}

/** Notes what a cluster shows of itself. */
export function noteCluster(record: Record, cluster: Cluster): void {
  record.cluster = cluster
  record.former ??= { python: cluster.python }
}

/** Ids of what this run submitted last, by name, for a support request. */
export function submissionIds({ latest: { operationId, correlationId } }: Record): { readonly [name: string]: string } {
  return {
    ...(operationId === undefined ? {} : { operation: operationId }),
    ...(correlationId === undefined ? {} : { correlation: correlationId }),
  }
}

/**
 * The state as it may be told when a run has ended. `Succeeded` of another content than this run's is `Outdated`: a gate
 * on `Succeeded` must not open for it. A plan tells the state as it is.
 */
export function stateAtEnd({ inputs, state, matches }: Record): string | undefined {
  if (inputs?.mode !== 'apply') return state
  return state !== undefined && standingOf(state) === 'succeeded' && matches !== true ? 'Outdated' : state
}
