import { type Attempt, type Change, type ChangeKind, type ChangeResult, hasBegun } from './change.js'
import type { Reading } from '../read-resource.js'
import { freshFor, isGone, readLag, settledFrom } from './evidence.js'

/** Classifies what a read shows of a resource, for someone who waits for a change of it. */
export type ResourceView =
  /** What is wanted is there, and Succeeded. */
  | 'done'
  /** It is being changed, as requested as far as anyone can see. */
  | 'under-way'
  /** It is being changed otherwise. */
  | 'other-under-way'
  /** What was asked for has failed, or was canceled. */
  | 'failed'
  | 'canceled'
  /** It is at rest as something else. */
  | 'other'
  /** There is none. */
  | 'absent'

/** Classifies a reading. @param before the resource as it was before the request. */
export type Classify<Resource> = (resource: Resource | undefined, before: Resource | undefined) => ResourceView

/** Says what to do next about a change. */
export type Step<Resource> =
  | { readonly do: 'submit' }
  | { readonly do: 'read-operation'; readonly kind: 'status' | 'location'; readonly url: string }
  | { readonly do: 'read-resource' }
  | { readonly do: 'wait'; readonly until: number }
  /** Nothing is under way, and things may have changed: look at all of it and decide again. */
  | { readonly do: 'decide-again' }
  | { readonly do: 'done'; readonly result: ChangeResult<Resource> }

/** So many requests of one change may go unanswered, with nothing to come of them, before the run gives up. */
const mostLostAnswers = 4

/** So many reads in a row without a status make the resource be asked as well. */
const mostMisses = 5

/** So long before the time limit a pause is cut short for a last read: an hour's `Retry-After` must not hide the end. */
const lastReadMargin = 10_000

/** Decides what to do next about a change, from all that is known of it. Pure. Times are on the run's clock. */
export function nextStep<Resource>(
  change: Change<Resource>,
  classify: Classify<Resource>,
  now: number,
  deadline: number,
): Step<Resource> {
  if (change.result !== undefined) return { do: 'done', result: change.result }
  const attempt = change.attempts.at(-1)
  if (attempt === undefined) return { do: 'submit' }
  if (attempt.fate === 'refused') return afterRefusal(change.kind, attempt, now)
  const conclusion = conclude(change.kind, attempt, classify)
  if (conclusion === 'not-received') {
    const isFutile = (each: Attempt<unknown>) =>
      each.fate === 'not-received' || (each.fate === 'lost' && !hasBegun(change.kind, each))
    const tries = change.attempts.filter(isFutile).length
    const why = attempt.lostBecause ?? ''
    return tries < mostLostAnswers ? { do: 'decide-again' } : { do: 'done', result: { as: 'unanswered', tries, why } }
  }
  if (conclusion !== undefined) return { do: 'done', result: conclusion }
  const due = dueAt(attempt, deadline)
  return now < due ? { do: 'wait', until: due } : nextRead(attempt)
}

function dueAt({ nextPollAt, lastRead, sentAt }: Attempt<unknown>, deadline: number): number {
  const lastCall = deadline - lastReadMargin
  return (lastRead?.at ?? sentAt) < lastCall ? Math.min(nextPollAt, lastCall) : nextPollAt
}

function afterRefusal<Resource>(kind: ChangeKind, attempt: Attempt<Resource>, now: number): Step<Resource> {
  const { obstacle, nextPollAt, before } = attempt
  if (now < nextPollAt) return { do: 'wait', until: nextPollAt }
  // Whatever else was waited for may have changed the cluster. Throttling has not; but what is in use meanwhile must not be
  // deleted or switched away, while a build undoes nothing that another one cannot do again.
  const isFresh = kind === 'build' || now - before.sentAt < freshFor
  return { do: obstacle?.by === 'throttling' && isFresh ? 'submit' : 'decide-again' }
}

function nextRead<Resource>({ operation, lastRead }: Attempt<Resource>): Step<Resource> {
  const [way] = operation?.end === undefined ? (operation?.urls ?? []) : []
  if (operation === undefined || way === undefined) return { do: 'read-resource' }
  // While the operation cannot be read, the resource is asked in turn with it; only the operation knows the reason of a failure.
  const isResourcesTurn = operation.misses >= mostMisses && lastRead?.of === 'operation'
  return isResourcesTurn ? { do: 'read-resource' } : { do: 'read-operation', ...way }
}

/** What the evidence comes to; `not-received`: nothing came of the request; undefined: more is needed. */
type Conclusion<Resource> = ChangeResult<Resource> | 'not-received' | undefined

function conclude<Resource>(
  kind: ChangeKind,
  attempt: Attempt<Resource>,
  classify: Classify<Resource>,
): Conclusion<Resource> {
  const { operation, reading, before } = attempt
  const end = operation?.end
  if (end !== undefined && end.as !== 'succeeded') {
    // Its word stands, whatever the resource shows: that may be what was before, or what someone else does by now.
    return { as: end.as, error: operation?.error }
  }
  const view = reading && classify(reading.resource, before.resource)
  if (reading === undefined || view === undefined || view === 'under-way') return undefined
  // The end of the operation and a 404 confirm each other; a 404 alone must last.
  const isDeleted = view === 'done' && end !== undefined
  if (reading.resource === undefined && !isDeleted && !isGone(attempt.absence, reading.sentAt)) return undefined
  if (end !== undefined) return afterSuccess(view, reading, end.readAt)
  return reading.sentAt < settledFrom(attempt) ? undefined : byResourceAlone(kind, view, attempt, classify)
}

/** An operation that succeeded needs the resource to say so too, as it was to become. */
function afterSuccess<Resource>(view: ResourceView, reading: Reading<Resource>, endedAt: number): Conclusion<Resource> {
  if (reading.sentAt < endedAt) return undefined
  if (view === 'done') return { as: 'succeeded' }
  if (view === 'other-under-way' || reading.sentAt < endedAt + readLag) return undefined
  return supersededBy(reading.resource)
}

/** Without an operation that can be read, the resource is believed once it can only show what came after the request. */
function byResourceAlone<Resource>(
  kind: ChangeKind,
  view: ResourceView,
  { fate, operation, reading, before, mayShowEarlier, seenUnderWayAt, wasAbsent }: Attempt<Resource>,
  classify: Classify<Resource>,
): Conclusion<Resource> {
  const resource = reading?.resource
  const isCertain = fate === 'accepted'
  // What was so before needs no request to be so; unless one was seen under way.
  const isNews = isCertain || seenUnderWayAt !== undefined || classify(before.resource, before.resource) !== view
  switch (view) {
    case 'done':
      return isNews ? { as: 'succeeded' } : 'not-received'
    case 'failed':
    case 'canceled':
      // It was deleted, and built again by someone else.
      if (kind === 'deletion' && wasAbsent === true && resource !== undefined) return { as: 'superseded', resource }
      // An image that has failed shows what of; a cluster does not.
      if (!isCertain && (kind !== 'build' || (mayShowEarlier && seenUnderWayAt === undefined))) return 'not-received'
      return isNews ? { as: view, error: operation?.error } : 'not-received'
    case 'other-under-way':
      return isCertain ? undefined : 'not-received'
    default:
      return isCertain ? supersededBy(resource) : 'not-received'
  }
}

function supersededBy<Resource>(resource: Resource | undefined): ChangeResult<Resource> {
  return resource === undefined ? { as: 'gone' } : { as: 'superseded', resource }
}
