import { imageFrom } from '../image/image.js'
import type { CurrentImage } from '../image/image.js'
import type { Answer } from './arm.js'
import type { Means } from './means.js'
import { inBrief, reading, refusal } from './refusal.js'
import { hasCode } from './service-error.js'
import type { ServiceError } from './service-error.js'
import { glanceAt, isPassing, lookUntilSeen, nothingIn } from './sight.js'
import type { Sight } from './sight.js'
import { clusterId, imageId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/**
 * Looks at the image until something is seen of it.
 * @returns undefined where the cluster has no such image.
 * @throws {Failure} when the service refuses, when the cluster, the group or the subscription is not there, or when
 * several tries in a row showed nothing.
 */
export async function look(target: Target, means: Means): Promise<CurrentImage | undefined> {
  return lookUntilSeen(() => glance(target, means), reading(target), means)
}

/**
 * Looks at the image once.
 * @throws {Failure} when the service refuses, or when what should hold the image is not there.
 */
export async function glance(target: Target, means: Means): Promise<Sight<CurrentImage>> {
  const looked = {
    url: resourceUrl(target, imageId(target)),
    errand: reading(target),
    read: imageFrom,
    missing: (answer: Answer, error: ServiceError) => missing(target, answer, error, means),
  }
  return glanceAt(looked, target, means)
}

/**
 * A 404 of the image says `absent`; one of what holds the image is thrown. Where the answer does not tell which, the
 * cluster is asked for.
 */
async function missing(
  target: Target,
  answer: Answer,
  error: ServiceError,
  means: Means,
): Promise<Sight<CurrentImage>> {
  const elsewhere = ['SubscriptionNotFound', 'ResourceGroupNotFound', 'ParentResourceNotFound']
  if (elsewhere.some(code => hasCode(error, code))) throw refusal(reading(target), answer, target)
  if (hasCode(error, 'ResourceNotFound') && /sandboxCustomImages\//i.test(error.message)) return { seen: 'absent' }
  const cluster = await means.arm.ask({ method: 'GET', url: resourceUrl(target, clusterId(target)) }, means.signal)
  if (cluster.status === undefined) return nothingIn(cluster, cluster.cause)
  if (isPassing(cluster.status)) return nothingIn(cluster, inBrief(cluster))
  if (cluster.status === 404) throw refusal(reading(target), cluster, target)
  // It is there, or may not be read by this application: then the request for the build will tell.
  return { seen: 'absent' }
}
