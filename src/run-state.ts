import { type Change, newChange } from './azure/change/change.js'
import type { Reading, ReadResult } from './azure/read-resource.js'
import { type Absence, absenceAfter, isGone } from './azure/change/evidence.js'
import type { Clock } from './clock.js'
import { type Cluster, imageBeside, isActive, type PythonImage, readinessOf, samePythonImage } from './model/cluster.js'
import type { Failure, StopReason } from './failure.js'
import type { Target } from './model/target.js'
import type { ListedImage, Retention } from './model/retention.js'
import type { Decision } from './model/decide.js'
import type { CurrentImage } from './model/image.js'
import type { Inputs } from './inputs/inputs.js'
import type { Changes } from './requirements/package-changes.js'
import type { Finding } from './requirements/findings/finding.js'
import type { Requirements } from './requirements/requirements.js'
import type { Resolution } from './requirements/resolver/resolution.js'
import type { VerificationTrial } from './verification/trials.js'

/** Tells a phase of the run; times in milliseconds since the epoch. */
type PhaseTimes = { readonly name: string; readonly from: number; to: number | undefined }

/** Tells how a run ended. */
export type Outcome =
  /** The service says Succeeded of what is wanted. */
  | { readonly as: 'succeeded' }
  /** The service has accepted the build, and the user does not wait for its result. */
  | { readonly as: 'accepted' }
  /** What was to be deleted is not there (any more), but for what is in use. */
  | { readonly as: 'deleted' }
  /** What is active is as it should be. */
  | { readonly as: 'verified' }
  /** It is said what would be done, and nothing speaks against it. */
  | { readonly as: 'planned' }
  | { readonly as: 'failure'; readonly failure: Failure }
  | { readonly as: 'stopped'; readonly reason: StopReason }
  /** An error that is nobody's but this action's. */
  | { readonly as: 'defect'; readonly error: unknown }

/** Holds what a plan compared, or why it compared nothing, in a clause. */
type PlanComparison =
  | {
      readonly image: CurrentImage | undefined
      readonly changes: Changes
      /** Whether the cluster would be switched to the image. */
      readonly activates: boolean
    }
  | { readonly why: string }

/** Holds the changes that a run wants, each with all its requests, in the order in which they are wanted. */
type RunChanges = {
  /** A build that this run has begun and no longer follows: an earlier one has the same content. */
  leftBuild?: Change<CurrentImage> | undefined
  build: Change<CurrentImage>
  readonly switch: Change<Cluster>
  readonly switchBack: Change<Cluster>
  readonly deletions: Change<ListedImage>[]
}

/** Holds all that is known of a run, at any moment: whatever ends it, this is what is reported. */
export type RunState = {
  readonly started: number
  readonly phases: PhaseTimes[]
  inputs?: Inputs
  /** The image that the run is about; of a family, its members' common name until one of them is chosen. */
  target?: Target | undefined
  /** Of a run about a family, the name of the member that it builds if it has to. */
  ownName?: string
  /** What a new member of a family is compared with. */
  baseline?: CurrentImage | undefined
  requirements?: Requirements
  /** What there is to say of the requirements. */
  findings: readonly Finding[]
  /** What the log warned of. */
  readonly warnings: string[]
  /** How many annotations of each level the run has made, findings aside. */
  readonly annotated: { error: number; warning: number; notice: number }
  /** Of a plan. */
  comparison?: PlanComparison
  /** What uv or pip says of the requirements, if they were asked. */
  resolution?: Resolution
  /** What was decided before anything was submitted; a repeated request does not change what the run set out to do. */
  decision?: Decision
  /** The image as it was last read. */
  image?: Reading<CurrentImage>
  /** What the last reads of the image have shown of its absence. */
  imageAbsence?: Absence | undefined
  /** The one image that is to be deleted, as the list or a read showed it last. */
  listedImage?: Reading<ListedImage>
  /** Id of the image as a read showed it. */
  imageId?: string
  /** The cluster as it was last read. */
  cluster?: Reading<Cluster>
  /** Since when each read of the cluster has shown the same image active, and nobody changing it. */
  unchangedSince?: number
  /** When a read first showed queries on the image, and what they ran on by the read before. */
  replacement?: { readonly sentAt: number; readonly image: PythonImage | undefined }
  /** When the request left that showed last that queries run on the image. */
  lastSeenActive?: number
  readonly changes: RunChanges
  /** The switch to the image that this run found under way and saw end: what it replaced. */
  followedSwitch?: { readonly replaced: PythonImage | undefined }
  /** What is to become of the images that a run was to delete. */
  retention?: readonly Retention[]
  /** The last trial of the active image; it counts once it is settled that the image that is active has answered. */
  verification?: VerificationTrial & { readonly isSettled: boolean }
  /** What a step is waiting for right now. */
  waitingFor?:
    | { readonly for: 'image'; readonly image: string; readonly state: string; readonly isSame: boolean }
    | { readonly for: 'cluster'; readonly state: string }
    | { readonly for: 'query'; readonly why: string }
  /** The last answer of Resource Manager, if it was of no use, and how many in a row were not. */
  trouble?: { readonly status: number | undefined; readonly why: string; readonly times: number }
  outcome?: Outcome
}

/** Begins the state of a run that begins now. */
export function beginRun(clock: Clock): RunState {
  return {
    started: clock.now(),
    phases: [],
    findings: [],
    warnings: [],
    annotated: { error: 0, warning: 0, notice: 0 },
    changes: {
      build: newChange('build'),
      switch: newChange('switch'),
      switchBack: newChange('switch-back'),
      deletions: [],
    },
  }
}

/**
 * Notes a read of the image. A 404 can be wrong or late: it does not count until each read has shown one for long enough.
 * @param sentAt when its request left, on the run's clock.
 */
export function imageRead(state: RunState, result: ReadResult<CurrentImage>, sentAt: number): void {
  const reading = readingThatCounts(state, result, sentAt)
  if (reading !== undefined) imageConfirmed(state, reading)
}

/** Notes which image the run is about, and what is known of it. */
export function targetChosen(state: RunState, target: Target, reading: Reading<CurrentImage>): void {
  state.target = target
  delete state.imageId
  imageConfirmed(state, reading)
}

/** Notes what is certain of the image: that it is there, or that it is not. */
export function imageConfirmed(state: RunState, reading: Reading<CurrentImage>): void {
  state.image = reading
  noteId(state, reading.resource?.id)
}

/** Notes that the list has the image, so that an earlier read without it says nothing any more. */
export function imageListed(state: RunState): void {
  if (state.image?.resource === undefined) delete state.image
}

/** Notes a read of the one image that is to be deleted, as {@link imageRead} does. */
export function listedImageRead(state: RunState, result: ReadResult<ListedImage>, sentAt: number): void {
  const reading = readingThatCounts(state, result, sentAt)
  if (reading !== undefined) listedImageConfirmed(state, reading)
}

/** Notes what is certain of the one image that is to be deleted. */
export function listedImageConfirmed(state: RunState, reading: Reading<ListedImage>): void {
  state.listedImage = reading
  noteId(state, reading.resource?.id)
}

function readingThatCounts<Resource>(state: RunState, result: ReadResult<Resource>, sentAt: number) {
  if (result.seen === 'nothing') return undefined
  const reading: Reading<Resource> = { sentAt, resource: result.resource }
  state.imageAbsence = absenceAfter(state.imageAbsence, reading)
  return reading.resource !== undefined || isGone(state.imageAbsence, sentAt) ? reading : undefined
}

function noteId(state: RunState, id = ''): void {
  state.imageAbsence = undefined
  if (id !== '') state.imageId = id
}

/** Notes a read of the cluster. @param sentAt when its request left, on the run's clock. */
export function clusterRead(state: RunState, result: ReadResult<Cluster>, sentAt: number): void {
  if (result.seen !== 'resource') return
  const before = state.cluster?.resource
  if (!isUnchanged(before, result.resource)) state.unchangedSince = sentAt
  state.cluster = { sentAt, resource: result.resource }
  const image = state.target?.image
  if (image === undefined || !isActive(image, result.resource)) return
  // Late reads may show it again: what was there before the first that showed the image is what was replaced.
  const asked = state.changes.switch.attempts.at(-1)?.sentAt ?? 0
  if (before !== undefined && !isActive(image, before) && (state.lastSeenActive ?? -1) < asked)
    state.replacement = { sentAt, image: imageBeside(before, image) }
  state.lastSeenActive = sentAt
}

/** Whether two reads, one after the other, show the same image active, and nobody changing the cluster. */
function isUnchanged(before: Cluster | undefined, now: Cluster): boolean {
  const isReady = before !== undefined && readinessOf(before).as === 'ready' && readinessOf(now).as === 'ready'
  return isReady && (before.python === now.python || samePythonImage(before.python, now.python))
}

/** Notes an answer of Resource Manager. @param trouble what it was, if it was of no use. */
export function armAnswered(
  state: RunState,
  trouble: Omit<NonNullable<RunState['trouble']>, 'times'> | undefined,
): void {
  if (trouble === undefined) delete state.trouble
  else state.trouble = { ...trouble, times: (state.trouble?.times ?? 0) + 1 }
}

/** Notes that an image which was to be deleted stays, for newer ones are gone by now. */
export function noteRetained(state: RunState, image: string): void {
  const { retention = [] } = state
  state.retention = retention.map(each => (each.image === image ? { ...each, isDeleted: false, why: 'latest' } : each))
}
