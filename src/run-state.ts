import { type Attempt, type Change, isUnderWay, newChange } from './azure/change/change.js'
import type { Reading, ReadResult } from './azure/read-resource.js'
import { type Absence, absenceAfter, isGone, settledFrom } from './azure/change/evidence.js'
import type { Clock } from './clock.js'
import { type Cluster, isActive, type PythonImage, readinessOf, samePythonImage } from './model/cluster.js'
import type { Failure, StopReason } from './failure.js'
import type { Target } from './model/target.js'
import type { ListedImage, Retention } from './model/retention.js'
import type { Decision } from './model/decide.js'
import { type CurrentImage, type DesiredImage, differences } from './model/image.js'
import { statusOf } from './model/provisioning-state.js'
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

/** Tells the id of the image as the service spells it, by a read or by its answer to the request for the build. */
export function imageIdOf({ imageId, changes }: RunState): string | undefined {
  return imageId ?? (changes.build.attempts.map(({ echo }) => echo?.id).findLast(id => id !== undefined) || undefined)
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
  if (before !== undefined && !isActive(image, before) && (state.replacement?.sentAt ?? -1) < asked)
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

/** Tells what is wanted of the image; undefined of a run that wants none, or has not read the requirements. */
function desiredImage({ inputs, requirements }: RunState): DesiredImage | undefined {
  if (inputs === undefined || inputs.mode === 'delete' || requirements === undefined) return undefined
  const { language, foundation } = inputs
  return foundation === undefined ? undefined : { language, foundation, requirements }
}

/** Lists the changes that were asked for, in order. */
export function requestedChanges({ changes }: RunState): readonly Change<unknown>[] {
  const { leftBuild, build, switch: switched, switchBack, deletions } = changes
  const builds = leftBuild === undefined ? [build] : [leftBuild, build]
  return [...builds, switched, switchBack, ...deletions].filter(({ attempts }) => attempts.length > 0)
}

/**
 * Tells whether the service has had a change in hand because of this run; undefined where that is not known. What was
 * found after an answer was lost may be another run's, which asked for the same.
 */
export function wasReceived({ attempts }: Change<unknown>): boolean | undefined {
  if (attempts.some(({ fate }) => fate === 'accepted')) return true
  return attempts.some(({ fate }) => fate === 'pending' || fate === 'lost' || fate === 'found') ? undefined : false
}

/** Whether one of several requests may have been received, and nobody knows. */
function mayHaveBeenReceived({ attempts }: Change<unknown>): boolean {
  return attempts.some(({ fate }) => fate === 'lost' || fate === 'found')
}

/**
 * Tells whether the service may have begun to build because of this run. What the run set out to do then stays what it
 * was; a request that was refused has changed nothing of that.
 */
export function mayHaveBegunBuild({ changes }: RunState): boolean {
  return changes.build.attempts.some(
    ({ fate, operation }) => operation !== undefined || (fate !== 'refused' && fate !== 'not-received'),
  )
}

/** Tells what this run's switch, or the one that it followed, has replaced; undefined where there was none. */
export function replacedBySwitch(state: RunState): { readonly image: PythonImage | undefined } | undefined {
  const { target, changes, followedSwitch, replacement } = state
  const { attempts } = changes.switch
  // Of several that may have been received and that nobody saw, the first has replaced what was there.
  const received =
    attempts.findLast(({ fate }) => fate === 'accepted') ??
    attempts.findLast(({ fate }) => fate === 'found') ??
    attempts.find(({ fate }) => fate === 'pending' || fate === 'lost')
  if (received !== undefined) {
    const { fate, sentAt, before } = received
    // Where the answer was lost, others may have switched before the service took the request.
    if (fate !== 'accepted' && replacement !== undefined && replacement.sentAt >= sentAt) return replacement
    return { image: before.resource && imageBeside(before.resource, target?.image ?? '') }
  }
  return followedSwitch && { image: followedSwitch.replaced }
}

/** Returns what a cluster runs on; of one in two minds, what is not the image itself. */
function imageBeside({ python, pythonImages }: Cluster, image: string): PythonImage | undefined {
  return pythonImages.find(each => !samePythonImage(each, { kind: 'custom', name: image })) ?? python
}

/** Notes that an image which was to be deleted stays, for newer ones are gone by now. */
export function noteRetained(state: RunState, image: string): void {
  const { retention = [] } = state
  state.retention = retention.map(each => (each.image === image ? { ...each, isDeleted: false, why: 'latest' } : each))
}

/** Lists the images that this run has deleted. */
export function deletedImages({ changes }: RunState): readonly string[] {
  return changes.deletions.flatMap(({ result, wanted }) => (result?.as === 'succeeded' ? [wanted] : []))
}

/** Tells whether queries run on the image because of this run; undefined where that is not known. */
export function isActivated({ changes }: RunState): boolean | undefined {
  const { switch: switched, switchBack } = changes
  const received = wasReceived(switched)
  if (received !== true) return received
  // Of one that was superseded, it is not known whether it ever took effect.
  if (switched.result === undefined || switched.result.as === 'superseded') return undefined
  if (switched.result.as !== 'succeeded') return mayHaveBeenReceived(switched) ? undefined : false
  if (wasReceived(switchBack) === false) return true
  // A switch back that has ended well took effect, whatever others have done since.
  const isBack = switchBack.attempts.at(-1)?.operation?.end?.as === 'succeeded'
  if (isBack || switchBack.result?.as === 'succeeded') return false
  return switchBack.result === undefined || switchBack.result.as === 'superseded' ? undefined : true
}

/** Tells the ids of the last request for a change, by name, for a support request. */
export function requestIds(state: RunState): { readonly operation?: string; readonly correlation?: string } {
  const { operation, correlationId } = requestedChanges(state).at(-1)?.attempts.at(-1) ?? {}
  return {
    ...(operation?.id === undefined ? {} : { operation: operation.id }),
    ...(correlationId === undefined ? {} : { correlation: correlationId }),
  }
}

/**
 * Tells the state of the image as it may be told when a run has ended. `Succeeded` of another content than this run's is
 * `Outdated`: a gate on `Succeeded` must not open for it, nor for what the service only echoed. A plan tells the state as
 * it is.
 */
export function imageState(state: RunState): string | undefined {
  const { inputs, changes } = state
  const isDeletion = inputs?.mode === 'delete'
  if (isDeletion && inputs.family !== undefined) return undefined
  const { result, attempts } = (isDeletion ? changes.deletions.at(-1) : changes.build) ?? {}
  if (result?.as === 'failed') return 'Failed'
  if (result?.as === 'canceled') return 'Canceled'
  const known = isDeletion ? state.listedImage : state.image
  const attempt = attempts?.at(-1)
  // It has ended, and what it has made of the image was not read since.
  const { end } = attempt?.operation ?? {}
  if (result === undefined && end?.as === 'succeeded' && (known?.sentAt ?? 0) < end.readAt) return undefined
  const open = result === undefined && attempt !== undefined ? openState(attempt, known) : undefined
  if (open !== undefined || known === undefined) return open
  return inputs?.mode === 'apply'
    ? knownState(state.image?.resource, desiredImage(state))
    : (known.resource?.state ?? 'NotFound')
}

/** Returns the state of an image whose change is under way; undefined where the last read counts by itself. */
function openState(
  attempt: Attempt<unknown>,
  known: Reading<{ readonly state: string }> | undefined,
): string | undefined {
  const { operation, echo, fate, sentAt } = attempt
  const { status, statusReadAt = 0, end } = operation ?? {}
  const readAt = known?.sentAt ?? 0
  if (fate === 'refused') return end?.as === 'failed' && readAt < end.readAt ? 'Failed' : undefined
  if (!isUnderWay(attempt)) return undefined
  const seen = readAt >= sentAt ? known?.resource?.state : undefined
  const isNewer = readAt >= Math.max(sentAt, statusReadAt)
  if (isNewer && (seen === undefined || readAt >= Math.min(end?.readAt ?? Infinity, settledFrom(attempt))))
    return undefined
  const states = isNewer ? [seen, status, echo?.state] : [status, seen, echo?.state]
  return states.find(each => each !== undefined && statusOf(each) === 'in-progress') ?? 'Accepted'
}

function knownState(image: CurrentImage | undefined, desired: DesiredImage | undefined): string {
  if (image === undefined) return 'NotFound'
  const matches = desired !== undefined && differences(desired, image).length === 0
  return statusOf(image.state) === 'succeeded' && !matches ? 'Outdated' : image.state
}
