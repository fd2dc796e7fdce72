import { type CurrentImage, imageFrom } from '../model/image.js'
import type { ArmResponse, AzureContext } from './arm.js'
import { summarizeError, armFailure } from './arm-errors.js'
import { accessTo } from './permissions.js'
import { hasCode, type ServiceError } from './service-error.js'
import { readOnce, type ReadResult, readWithRetry, unreadableIn } from './read-resource.js'
import { isTransient } from '../network/transport.js'
import { clusterId, imageId, resourceUrl, type Target } from '../model/target.js'

/**
 * Looks at the image until something is seen of it.
 * @returns undefined where the cluster has no such image.
 * @throws {Failure} when the service refuses, when the cluster, the group or the subscription is not there, or when
 * several tries in a row showed nothing.
 */
export async function readImage(target: Target, azure: AzureContext): Promise<CurrentImage | undefined> {
  return readWithRetry(() => readImageOnce(target, azure), accessTo('readImage', target), target, azure)
}

/**
 * Looks at the image once.
 * @throws {Failure} when the service refuses, or when what should hold the image is not there.
 */
export async function readImageOnce(target: Target, azure: AzureContext): Promise<ReadResult<CurrentImage>> {
  const spec = {
    url: resourceUrl(target, imageId(target)),
    access: accessTo('readImage', target),
    read: imageFrom,
    missing: (answer: ArmResponse, error: ServiceError) => missing(target, answer, error, azure),
  }
  return readOnce(spec, target, azure)
}

/**
 * A 404 of the image says `absent`; one of what holds the image is thrown. Where the answer does not tell which, the
 * cluster is asked for.
 */
async function missing(
  target: Target,
  answer: ArmResponse,
  error: ServiceError,
  azure: AzureContext,
): Promise<ReadResult<CurrentImage>> {
  const elsewhere = ['SubscriptionNotFound', 'ResourceGroupNotFound', 'ParentResourceNotFound']
  if (elsewhere.some(code => hasCode(error, code))) throw armFailure(accessTo('readImage', target), answer, target)
  if (hasCode(error, 'ResourceNotFound') && /sandboxCustomImages\//i.test(error.message)) return { seen: 'absent' }
  const cluster = await azure.arm.ask({ method: 'GET', url: resourceUrl(target, clusterId(target)) }, azure.signal)
  if (cluster.status === undefined) return unreadableIn(cluster, cluster.cause)
  if (isTransient(cluster.status)) return unreadableIn(cluster, summarizeError(cluster))
  if (cluster.status === 404) throw armFailure(accessTo('readImage', target), cluster, target)
  // It is there, or may not be read by this application: then the request for the build will tell.
  return { seen: 'absent' }
}
