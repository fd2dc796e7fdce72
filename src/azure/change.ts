import type { Answer, ArmRequest, NoAnswer } from './arm.js'
import { afterThrottling } from './interval.js'
import type { Means } from './means.js'
import { errorOf, refusal } from './refusal.js'
import type { Errand } from './refusal.js'
import { hasCode, told } from './service-error.js'
import { isPassing } from './sight.js'
import type { Target } from './target.js'

/** A change that the service has accepted, and the ways it named to follow it. */
export type Change = {
  readonly operationUrl: string | undefined
  readonly locationUrl: string | undefined
  readonly retryAfter: number | undefined
  readonly correlationId: string
  /** Whether the answer showed the resource being changed. */
  readonly inProgress: boolean
}

/** A change of which it is known only that it has begun: whoever asked for it got no answer. */
export function foundChange(correlationId: string): Change {
  const unknown = { operationUrl: undefined, locationUrl: undefined, retryAfter: undefined }
  return { ...unknown, correlationId, inProgress: true }
}

/** What became of one submission. */
export type Submission<Accepted> =
  | { readonly as: 'accepted'; readonly change: Accepted }
  /** Another change is under way, or a maintenance; this one was not begun. */
  | { readonly as: 'conflict' | 'maintenance'; readonly why: string; readonly retryAfter: number | undefined }
  /** The answer was lost: the change may have begun all the same. */
  | { readonly as: 'uncertain'; readonly why: string; readonly correlationId: string }

/** What a submission needs to know of the change. */
export type Request<Accepted> = ArmRequest & {
  readonly errand: Errand
  /** What an answer below 300 accepts; undefined where it accepts nothing, as a gateway's page does not. */
  readonly accepts: (answer: Answer) => Accepted | undefined
  /** Whether a 404 is accepted too, for what is not there need not be deleted. */
  readonly acceptsMissing?: boolean
}

/**
 * Asks the service for a change. Waits as long as the service throttles, which means that nothing was begun.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function submit<Accepted>(
  { errand, accepts, acceptsMissing = false, ...request }: Request<Accepted>,
  target: Target,
  means: Means,
): Promise<Submission<Accepted>> {
  for (;;) {
    const answer = await means.arm.ask(request, means.signal)
    if (answer.status !== 429) return read(answer, errand, accepts, acceptsMissing, target)
    await means.clock.sleep(afterThrottling(answer.retryAfter, means.random()), means.signal)
  }
}

function read<Accepted>(
  answer: Answer | NoAnswer,
  errand: Errand,
  accepts: (answer: Answer) => Accepted | undefined,
  acceptsMissing: boolean,
  target: Target,
): Submission<Accepted> {
  const { correlationId } = answer
  if (answer.status === undefined) return { as: 'uncertain', why: answer.cause, correlationId }
  if (answer.status < 300 || (acceptsMissing && answer.status === 404)) {
    const change = accepts(answer)
    if (change !== undefined) return { as: 'accepted', change }
    return { as: 'uncertain', why: `HTTP ${answer.status} that accepts nothing`, correlationId }
  }
  const error = errorOf(answer)
  const why = told(error)
  if (hasCode(error, 'ServiceIsInMaintenance')) return { as: 'maintenance', why, retryAfter: answer.retryAfter }
  if (answer.status === 409 && isConflict(error.code, error.message)) {
    return { as: 'conflict', why, retryAfter: answer.retryAfter }
  }
  if (isPassing(answer.status)) return { as: 'uncertain', why, correlationId }
  throw refusal(errand, answer, target)
}

/** Whether a 409 is about another change under way; a lock, for one, is not. */
function isConflict(code: string, message: string): boolean {
  return /^(RequestConflict|HTTP 409)$/i.test(code) || /state is not terminal/i.test(message)
}

/** Milliseconds before each look for a change whose answer was lost; a service that is slow to begin it gets some time. */
const searches = [1_000, 4_000, 10_000]

/**
 * Looks whether a change asked for by a request whose answer was lost has begun, before that request is repeated.
 * @param look shows the resource, or undefined where there is none.
 * @returns the resource as the change shows it, or undefined where nothing was begun.
 */
export async function searchFor<Resource>(
  look: () => Promise<Resource>,
  hasBegun: (now: Resource) => boolean,
  means: Means,
): Promise<{ readonly now: Resource } | undefined> {
  for (const pause of searches) {
    await means.clock.sleep(pause, means.signal)
    const now = await look()
    if (hasBegun(now)) return { now }
  }
  return undefined
}
