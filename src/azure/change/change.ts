import type { ArmResponse } from '../arm.js'
import { type Observation, operationIdOf } from '../operation.js'
import { formatError, hasCode, type ServiceError } from '../service-error.js'
import type { Reading } from '../read-resource.js'
import { statusOf } from '../../model/provisioning-state.js'
import { type Absence, absenceAfter, readLag } from './evidence.js'

/** Names what a run asks the service to change. */
export type ChangeKind = 'build' | 'switch' | 'switch-back' | 'deletion'

/** Says what keeps the service from carrying out a change, where that passes. */
export type Obstacle = {
  readonly by: 'conflict' | 'maintenance' | 'throttling'
  /** The service's own words. */
  readonly why: string
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter: number | undefined
}

/**
 * Says what became of a request:
 * - `pending`: no answer yet. A run that is stopped now does not know whether it was received.
 * - `accepted`: the service has accepted it.
 * - `refused`: the service has not acted upon it.
 * - `lost`: no answer that says anything came; it may still be received, or have been received unnoticed.
 * - `found`: its answer was lost, and what it asks for has been seen since.
 * - `not-received`: its answer was lost, and it is known by now that nothing came of it.
 */
export type RequestFate = 'pending' | 'accepted' | 'refused' | 'lost' | 'found' | 'not-received'

/** Holds the operation of an accepted request, as it was last read. @internal */
export type Operation = {
  readonly id: string | undefined
  /** Milliseconds that the service asks to wait before the first read. */
  readonly retryAfter: number | undefined
  /** The URLs that can still be asked, the best first. */
  readonly urls: { readonly kind: 'status' | 'location'; readonly url: string }[]
  /** The last status read, and when. */
  status?: string
  statusReadAt?: number
  /** How it ended, and when that was read. */
  end?: { readonly as: 'succeeded' | 'failed' | 'canceled'; readonly readAt: number }
  /** The reason that it gives; or, of a URL that can no longer be read, what may have been the reason. */
  error?: ServiceError
  /** How many reads in a row showed no status. */
  misses: number
}

/** Tells one request for a change and all that is known of what came of it. */
export type Attempt<Resource> = {
  readonly sentAt: number
  /** The resource as it was read right before. */
  readonly before: Reading<Resource>
  fate: RequestFate
  correlationId?: string
  /** When the answer came, or when it was clear that none would. */
  answeredAt?: number
  /** Why the answer was lost. */
  lostBecause?: string
  /** What kept the service from acting; an operation that ended so counts too. */
  obstacle?: Obstacle
  operation?: Operation
  /** What the accepting answer showed of the resource: an echo of the request, not what became of it. */
  echo?: ResponseBody
  /** Whether nothing of it is under way any more, so that things are looked at and decided anew. */
  isSettled?: boolean
  /** When the resource was first seen being changed as asked for. */
  seenUnderWayAt?: number
  /** Whether the resource was seen as this request may have made it, or others. */
  isPlausible?: boolean
  /** Whether reads may show what an earlier attempt has left behind: {@link before} was read too early to show it. */
  readonly mayShowEarlier: boolean
  /** Whether any read has shown that there is none. */
  wasAbsent?: boolean
  /** The resource as it was last read since the request. */
  reading?: Reading<Resource>
  /** What the last reads have shown of its absence. */
  absence?: Absence | undefined
  /** What was read last, and when. */
  lastRead?: { readonly of: 'operation' | 'resource'; readonly at: number }
  /** When to ask again. */
  nextPollAt: number
}

/** Tells how a change ended. */
export type ChangeResult<Resource> =
  /** The service says Succeeded of what was wanted. */
  | { readonly as: 'succeeded' }
  | { readonly as: 'failed' | 'canceled'; readonly error: ServiceError | undefined }
  /** The resource is at rest as something else than what was asked for. */
  | { readonly as: 'superseded'; readonly resource: Resource }
  /** The resource is not there any more, or was not there to be deleted. */
  | { readonly as: 'gone' }
  /** It was asked for again and again, and no answer came nor anything of it. */
  | { readonly as: 'unanswered'; readonly tries: number; readonly why: string }

/** Tells everything about one change that a run wants, through all its tries. */
export type Change<Resource> = {
  readonly kind: ChangeKind
  /** The image to build, to switch to, or to delete; empty where the run's own is meant. */
  readonly wanted: string
  readonly attempts: Attempt<Resource>[]
  result?: ChangeResult<Resource>
}

/** Begins the account of a change that is wanted, and was not asked for yet. */
export function newChange<Resource>(kind: ChangeKind, wanted = ''): Change<Resource> {
  return { kind, wanted, attempts: [] }
}

/** Notes that a request leaves. */
export function requestSent<Resource>(
  change: Change<Resource>,
  before: Reading<Resource>,
  now: number,
): Attempt<Resource> {
  // One whose operation came to a conflict was at work before.
  const { operation, answeredAt = 0 } = change.attempts.at(-1) ?? {}
  const mayShowEarlier = operation !== undefined && before.sentAt < answeredAt + readLag
  const attempt: Attempt<Resource> = { sentAt: now, before, mayShowEarlier, fate: 'pending', nextPollAt: now }
  change.attempts.push(attempt)
  return attempt
}

/** Holds what an answer that accepts a change says of how to follow it. */
export type Acceptance = Pick<ArmResponse, 'operationUrl' | 'locationUrl' | 'retryAfter' | 'correlationId'> & {
  readonly echo: ResponseBody | undefined
}

/** Holds what an accepting answer shows of the resource. */
export type ResponseBody = { readonly id: string; readonly state: string }

/** Notes that the service has accepted the request. */
export function requestAccepted(attempt: Attempt<unknown>, acceptance: Acceptance, now: number): void {
  const { operationUrl, locationUrl, retryAfter, correlationId, echo } = acceptance
  attempt.fate = 'accepted'
  attempt.answeredAt = now
  attempt.correlationId = correlationId
  if (echo !== undefined) attempt.echo = echo
  attempt.operation = {
    id: operationIdOf(operationUrl ?? locationUrl),
    retryAfter,
    urls: [
      ...(operationUrl === undefined ? [] : [{ kind: 'status' as const, url: operationUrl }]),
      ...(locationUrl === undefined ? [] : [{ kind: 'location' as const, url: locationUrl }]),
    ],
    misses: 0,
  }
}

/** Notes that the service did not act upon the request; without an obstacle, it refuses for good. */
export function requestRefused(
  attempt: Attempt<unknown>,
  now: number,
  correlationId?: string,
  obstacle?: Obstacle,
): void {
  attempt.fate = 'refused'
  attempt.answeredAt = now
  if (correlationId !== undefined) attempt.correlationId = correlationId
  if (obstacle !== undefined) attempt.obstacle = obstacle
}

/** Notes that no answer to the request came, or none that says anything. */
export function answerLost(attempt: Attempt<unknown>, why: string, correlationId: string, now: number): void {
  attempt.fate = 'lost'
  attempt.answeredAt = now
  attempt.lostBecause = why
  attempt.correlationId = correlationId
}

/** Notes that an operation ended without having been carried out, where its error says that this passes. */
function noteObstacle(attempt: Attempt<unknown>, error: ServiceError | undefined, now: number): void {
  const by = obstacleIn(error)
  if (error === undefined || by === undefined) return
  requestRefused(attempt, now, undefined, { by, why: formatError(error), retryAfter: undefined })
}

/** Notes what a read of the operation showed. @returns what can no longer be read, in a clause, if anything. */
export function operationRead(attempt: Attempt<unknown>, observation: Observation, now: number): string | undefined {
  const { operation } = attempt
  if (operation === undefined) throw new Error('there is no operation to be read')
  attempt.lastRead = { of: 'operation', at: now }
  switch (observation.seen) {
    case 'status': {
      operation.misses = 0
      const status = statusOf(observation.status)
      // Not reported before the resource says so too, of this content.
      if (status !== 'succeeded') {
        operation.status = observation.status
        operation.statusReadAt = now
      }
      if (observation.error !== undefined) operation.error = observation.error
      if (status === 'in-progress') return undefined
      operation.end = { as: status, readAt: now }
      if (status === 'failed') noteObstacle(attempt, observation.error, now)
      return undefined
    }
    case 'nothing':
      if (!observation.throttled) operation.misses++
      return undefined
    case 'closed': {
      // An operation that has just begun may not be visible yet.
      if (observation.missing === true && now < (attempt.answeredAt ?? now) + readLag) {
        operation.misses++
        return undefined
      }
      const [closed] = operation.urls.splice(0, 1)
      operation.misses = 0
      if (observation.error !== undefined) operation.error = observation.error
      noteObstacle(attempt, observation.error, now)
      const name = closed?.kind === 'location' ? 'The Location of the operation' : 'The operation'
      return `${name} can't be read (${observation.why})`
    }
  }
}

/** Notes what a read of the resource showed. @param seen whether it is under way, and may come of this request. */
export function resourceRead<Resource>(
  attempt: Attempt<Resource>,
  reading: Reading<Resource>,
  { isUnderWay, isPlausible }: { readonly isUnderWay: boolean; readonly isPlausible: boolean },
  now: number,
): void {
  if (isPlausible) attempt.isPlausible = true
  attempt.reading = reading
  attempt.absence = absenceAfter(attempt.absence, reading)
  if (reading.resource === undefined) attempt.wasAbsent = true
  // Earlier, it may be what was before the request.
  if (isUnderWay && reading.sentAt >= attempt.sentAt + readLag) attempt.seenUnderWayAt ??= now
}

/** Tells whether the service has the change in hand, as far as is known while there is no result. */
export function isUnderWay({ fate, isSettled, seenUnderWayAt }: Attempt<unknown>): boolean {
  return fate === 'accepted' || (fate === 'lost' && isSettled !== true && seenUnderWayAt !== undefined)
}

/** Tells whether what was asked for has been seen under way. Of a cluster, whose change was seen is not shown. */
export function hasBegun(kind: ChangeKind, { seenUnderWayAt }: Attempt<unknown>): boolean {
  return isOfImage(kind) && seenUnderWayAt !== undefined
}

/** Tells whether a change is one of an image, whose state shows which it is. */
function isOfImage(kind: ChangeKind): boolean {
  return kind === 'build' || kind === 'deletion'
}

/** Tells what kept the service from carrying out a change, where an error says that it passes. */
export function obstacleIn(error: ServiceError | undefined): 'maintenance' | 'conflict' | undefined {
  if (hasCode(error, 'ServiceIsInMaintenance')) return 'maintenance'
  return ['RequestConflict', 'Conflict'].some(code => hasCode(error, code)) ? 'conflict' : undefined
}
