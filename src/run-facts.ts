import { type Attempt, type Change, isUnderWay } from './azure/change/change.js'
import { settledFrom } from './azure/change/evidence.js'
import type { Reading } from './azure/read-resource.js'
import { type Cluster, imageBeside, isActive, type PythonImage } from './model/cluster.js'
import { type CurrentImage, type DesiredImage, differences } from './model/image.js'
import { statusOf } from './model/provisioning-state.js'
import type { RunState } from './run-state.js'

/** Tells the id of the image as the service spells it, by a read or by its answer to the request for the build. */
export function imageIdOf({ imageId, changes }: RunState): string | undefined {
  return imageId ?? (changes.build.attempts.map(({ echo }) => echo?.id).findLast(id => id !== undefined) || undefined)
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
  const received =
    attempts.findLast(({ fate }) => fate === 'accepted') ??
    attempts.findLast(({ fate }) => fate === 'found') ??
    // Of several that may have been received, the last: the cluster was read again before it was sent.
    attempts.findLast(({ fate }) => fate === 'pending' || fate === 'lost')
  if (received !== undefined) {
    const { fate, sentAt, before } = received
    // Where the answer was lost, others may have switched before the service took the request.
    if (fate !== 'accepted' && replacement !== undefined && replacement.sentAt >= sentAt) return replacement
    return { image: before.resource && imageBeside(before.resource, target?.image ?? '') }
  }
  return followedSwitch && { image: followedSwitch.replaced }
}

/** Tells whether every version is pinned of what is compared and sent, because the user asks for it. */
export function isLocked({ inputs, resolution }: RunState): boolean {
  return inputs !== undefined && 'lock' in inputs && inputs.lock !== 'false' && resolution?.outcome === 'resolved'
}

/** Lists the images that this run has deleted. */
export function deletedImages({ changes }: RunState): readonly string[] {
  return changes.deletions.flatMap(({ result, wanted }) => (result?.as === 'succeeded' ? [wanted] : []))
}

/** Tells whether queries run on the image because of this run; undefined where that is not known. */
export function isActivated(state: RunState): boolean | undefined {
  const { switch: switched, switchBack } = state.changes
  const received = wasReceived(switched)
  if (received !== true) return received
  // Of one that was superseded, it is not known whether it ever took effect.
  if (switched.result === undefined || switched.result.as === 'superseded') return undefined
  if (switched.result.as !== 'succeeded') return mayHaveBeenReceived(switched) || mayBeActive(state) ? undefined : false
  if (wasReceived(switchBack) === false) return true
  // A switch back that has ended well took effect, whatever others have done since.
  const isBack = switchBack.attempts.at(-1)?.operation?.end?.as === 'succeeded'
  if (isBack || switchBack.result?.as === 'succeeded') return false
  return switchBack.result === undefined || switchBack.result.as === 'superseded' ? undefined : true
}

/** Tells the cluster as it was last read; undefined where it was not, or not since a switch of this run has ended. */
export function knownCluster({ cluster, changes }: RunState): Cluster | undefined {
  const { sentAt = 0, resource } = cluster ?? {}
  const isPast = [changes.switch, changes.switchBack].some(
    change => isUnconfirmed(change) && sentAt < (change.attempts.at(-1)?.operation?.end?.readAt ?? 0),
  )
  return isPast ? undefined : resource
}

/** Tells whether the operation of a change has succeeded, and nothing read since shows what has come of it. */
export function isUnconfirmed({ result, attempts }: Change<unknown>): boolean {
  return result === undefined && attempts.at(-1)?.operation?.end?.as === 'succeeded'
}

/** Whether it may have been another change than this run's switch that failed: its operation cannot be read, and the image is active. */
function mayBeActive({ target, cluster, changes }: RunState): boolean {
  const isRead = changes.switch.attempts.at(-1)?.operation?.end !== undefined
  return !isRead && cluster?.resource !== undefined && isActive(target?.image ?? '', cluster.resource)
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
 * Returns the state of the image that a run may report at its end. `Succeeded` of another content than this run's is
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
  const { end, statusReadAt = 0 } = attempt?.operation ?? {}
  if (result === undefined && end?.as === 'succeeded' && (known?.sentAt ?? 0) < end.readAt) return undefined
  // It was there, and is missing since, but not for long enough to be gone.
  if (known?.resource !== undefined && state.imageAbsence !== undefined && state.imageAbsence.since > statusReadAt)
    return undefined
  const open = result === undefined && attempt !== undefined ? openState(attempt, known) : 'as-read'
  if (open === 'not-known') return undefined
  if (open !== 'as-read') return open.state
  if (known === undefined) return undefined
  return inputs?.mode === 'apply' || inputs?.mode === 'verify'
    ? knownState(state.image?.resource, desiredImage(state))
    : (known.resource?.state ?? 'NotFound')
}

/** Returns the state of an image whose change is under way; `as-read` where the last read counts by itself. */
function openState(
  attempt: Attempt<unknown>,
  known: Reading<{ readonly state: string }> | undefined,
): { readonly state: string } | 'as-read' | 'not-known' {
  const { operation, echo, fate, sentAt } = attempt
  const { status, statusReadAt = 0, end } = operation ?? {}
  const readAt = known?.sentAt ?? 0
  if (fate === 'refused') return end?.as === 'failed' && readAt < end.readAt ? { state: 'Failed' } : 'as-read'
  if (!isUnderWay(attempt)) return 'as-read'
  const seen = readAt >= sentAt ? known?.resource?.state : undefined
  const isNewer = readAt >= Math.max(sentAt, statusReadAt)
  if (isNewer && (seen === undefined || readAt >= Math.min(end?.readAt ?? Infinity, settledFrom(attempt))))
    return 'as-read'
  const states = isNewer ? [seen, status, echo?.state] : [status, seen, echo?.state]
  const state = states.find(each => each !== undefined && statusOf(each) === 'in-progress')
  // What was seen of a request whose answer was lost may have been another one's.
  return state === undefined ? (fate === 'accepted' ? { state: 'Accepted' } : 'not-known') : { state }
}

function knownState(image: CurrentImage | undefined, desired: DesiredImage | undefined): string {
  if (image === undefined) return 'NotFound'
  const matches = desired !== undefined && differences(desired, image).length === 0
  return statusOf(image.state) === 'succeeded' && !matches ? 'Outdated' : image.state
}
