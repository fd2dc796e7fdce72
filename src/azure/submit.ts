import { differences, imageFrom, requestBody } from '../image/image.js'
import type { CurrentImage, DesiredImage } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import { afterThrottling } from './interval.js'
import { isPassing, look } from './look.js'
import type { Means } from './look.js'
import type { Answer, NoAnswer } from './arm.js'
import { building, errorOf, refusal } from './refusal.js'
import { hasCode, told } from './service-error.js'
import { imageId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/** A build that the service has accepted, and the ways it named to follow it. */
export type Build = {
  readonly operationUrl: string | undefined
  readonly locationUrl: string | undefined
  readonly retryAfter: number | undefined
  readonly correlationId: string
  /** The image as the answer showed it. */
  readonly image: CurrentImage | undefined
}

/** What became of one submission. */
export type Submission =
  | { readonly as: 'accepted'; readonly build: Build }
  /** Another change is under way; this one was not begun. */
  | { readonly as: 'conflict'; readonly why: string; readonly retryAfter: number | undefined }
  | { readonly as: 'maintenance'; readonly why: string; readonly retryAfter: number | undefined }
  /** The answer was lost: the build may have begun all the same. */
  | { readonly as: 'uncertain'; readonly why: string; readonly correlationId: string }

/**
 * Asks the service to build the image. Waits as long as the service throttles, which means that nothing was begun.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function submit(desired: DesiredImage, target: Target, means: Means): Promise<Submission> {
  for (;;) {
    const request = { method: 'PUT', url: resourceUrl(target, imageId(target)), body: requestBody(desired) } as const
    const answer = await means.arm.ask(request, means.signal)
    if (answer.status !== 429) return read(answer, target)
    await means.clock.sleep(afterThrottling(answer.retryAfter, means.random()), means.signal)
  }
}

function read(answer: Answer | NoAnswer, target: Target): Submission {
  const { correlationId } = answer
  if (answer.status === undefined) return { as: 'uncertain', why: answer.cause, correlationId }
  if (answer.status < 300) {
    const { operationUrl, locationUrl, retryAfter } = answer
    const image = imageFrom(answer.body)
    if (operationUrl === undefined && locationUrl === undefined && image === undefined) {
      return { as: 'uncertain', why: `HTTP ${answer.status} without an image or an operation`, correlationId }
    }
    return { as: 'accepted', build: { operationUrl, locationUrl, retryAfter, correlationId, image } }
  }
  const error = errorOf(answer)
  const why = told(error)
  if (hasCode(error, 'ServiceIsInMaintenance')) return { as: 'maintenance', why, retryAfter: answer.retryAfter }
  if (answer.status === 409 && isConflict(error.code, error.message)) {
    return { as: 'conflict', why, retryAfter: answer.retryAfter }
  }
  if (isPassing(answer.status)) return { as: 'uncertain', why, correlationId }
  throw refusal(building(target), answer, target)
}

/** Whether a 409 is about another change under way; a lock, for one, is not. */
function isConflict(code: string, message: string): boolean {
  return /^(RequestConflict|HTTP 409)$/i.test(code) || /state is not terminal/i.test(message)
}

/** Milliseconds before each look for a build whose answer was lost; a service that is slow to begin it gets some time. */
const searches = [1_000, 4_000, 10_000]

/**
 * Looks whether a build begun by a request whose answer was lost is there, before that request is repeated.
 * @param before the image as it was before the request.
 * @returns the image as the build shows it, or undefined where nothing was begun.
 */
export async function search(
  before: CurrentImage | undefined,
  desired: DesiredImage,
  target: Target,
  means: Means,
): Promise<CurrentImage | undefined> {
  for (const pause of searches) {
    await means.clock.sleep(pause, means.signal)
    const now = await look(target, means)
    if (now !== undefined && begunSince(before, now, desired)) return now
  }
  return undefined
}

/** Whether what is seen now can only be explained by a change since `before`, when nobody was changing the image. */
export function begunSince(before: CurrentImage | undefined, now: CurrentImage, desired: DesiredImage): boolean {
  if (standingOf(now.state) === 'in-progress') return true
  const matches = differences(desired, now).length === 0
  const matched = before !== undefined && differences(desired, before).length === 0
  return matches && (!matched || before.state !== now.state)
}
