import type { Clock } from '../clock.js'
import { imageFrom } from '../image/image.js'
import type { CurrentImage } from '../image/image.js'
import type { Answer, Arm, NoAnswer } from './arm.js'
import { afterThrottling, nextTry } from './interval.js'
import { inBrief, reading, refusal, unavailable } from './refusal.js'
import { hasCode, serviceErrorFrom } from './service-error.js'
import type { ServiceError } from './service-error.js'
import { clusterId, imageId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/** What asks the service needs: passed through the rooms of a run. */
export type Means = {
  readonly arm: Arm
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  /** Aborted when the step's time is over or the workflow is cancelled. */
  readonly signal: AbortSignal
}

/** What one look at the image showed. */
export type Sight =
  | { readonly seen: 'image'; readonly image: CurrentImage; readonly retryAfter: number | undefined }
  | { readonly seen: 'absent' }
  /** Nothing can be said of the image now; asking again may help. */
  | {
      readonly seen: 'nothing'
      readonly why: string
      readonly throttled: boolean
      readonly retryAfter: number | undefined
      readonly correlationId: string
    }

const patience = 6

/**
 * Looks at the image until something is seen of it.
 * @returns undefined where the cluster has no such image.
 * @throws {Failure} when the service refuses, when the cluster, the group or the subscription is not there, or when
 * several tries in a row showed nothing. Throttling does not count as a try.
 */
export async function look(target: Target, means: Means): Promise<CurrentImage | undefined> {
  for (let tried = 0; ;) {
    const sight = await glance(target, means)
    if (sight.seen === 'image') return sight.image
    if (sight.seen === 'absent') return undefined
    if (!sight.throttled && ++tried === patience) {
      throw unavailable(reading(target), tried, sight.why, sight.correlationId)
    }
    const random = means.random()
    const pause = sight.throttled
      ? afterThrottling(sight.retryAfter, random)
      : nextTry(tried - 2, sight.retryAfter, random)
    await means.clock.sleep(pause, means.signal)
  }
}

/**
 * Looks at the image once.
 * @throws {Failure} when the service refuses, or when what should hold the image is not there.
 */
export async function glance(target: Target, means: Means): Promise<Sight> {
  const answer = await means.arm.ask({ method: 'GET', url: resourceUrl(target, imageId(target)) }, means.signal)
  if (answer.status === undefined) return nothing(answer.cause, answer)
  const error = serviceErrorFrom(answer.body)
  if (answer.status === 404 && error !== undefined) return missing(target, answer, error, means)
  // A 404 without an error of the service is a gateway's: it says nothing of the image.
  if (isPassing(answer.status) || answer.status === 404) return nothing(inBrief(answer), answer)
  if (answer.status >= 400) throw refusal(reading(target), answer, target)
  const image = imageFrom(answer.body)
  if (image === undefined) return nothing(`${inBrief(answer)} (no image in it)`, answer)
  return { seen: 'image', image, retryAfter: answer.retryAfter }
}

/** Whether a status speaks of the service's moment and not of the request. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429 || (status >= 300 && status < 400)
}

function nothing(why: string, answer: Answer | NoAnswer): Sight {
  return {
    seen: 'nothing',
    why,
    throttled: answer.status === 429,
    retryAfter: answer.status === undefined ? undefined : answer.retryAfter,
    correlationId: answer.correlationId,
  }
}

/**
 * A 404 of the image says `absent`; one of what holds the image is thrown. Where the answer does not tell which, the
 * cluster is asked for.
 */
async function missing(target: Target, answer: Answer, error: ServiceError, means: Means): Promise<Sight> {
  const elsewhere = ['SubscriptionNotFound', 'ResourceGroupNotFound', 'ParentResourceNotFound']
  if (elsewhere.some(code => hasCode(error, code))) throw refusal(reading(target), answer, target)
  if (hasCode(error, 'ResourceNotFound') && /sandboxCustomImages\//i.test(error.message)) return { seen: 'absent' }
  const cluster = await means.arm.ask({ method: 'GET', url: resourceUrl(target, clusterId(target)) }, means.signal)
  if (cluster.status === undefined) return nothing(cluster.cause, cluster)
  if (isPassing(cluster.status)) return nothing(inBrief(cluster), cluster)
  if (cluster.status === 404) throw refusal(reading(target), cluster, target)
  // It is there, or may not be read by this application: then the request for the build will tell.
  return { seen: 'absent' }
}
