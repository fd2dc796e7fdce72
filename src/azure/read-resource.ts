import type { ArmResponse, NoResponse, AzureContext } from './arm.js'
import { isTransient } from '../network/transport.js'
import { throttleDelay, retryDelay } from './poll-interval.js'
import { summarizeError, armFailure, serviceUnavailable } from './arm-errors.js'
import { accessTo, type ArmAccess } from './permissions.js'
import { hasCode, type ServiceError, serviceErrorFrom } from './service-error.js'
import { type Cluster, clusterFrom } from '../model/cluster.js'
import { type CurrentImage, imageFrom } from '../model/image.js'
import { clusterId, imageId, resourceUrl, type Target } from '../model/target.js'

/** Holds what one GET showed of a resource. Times are milliseconds on the run's clock. */
export type Reading<Resource> = {
  /** When the request left: what it shows is at most `readLag` older than this. */
  readonly sentAt: number
  /** Undefined where there is no such resource. */
  readonly resource: Resource | undefined
}

/** Holds what one look at a resource showed. */
export type ReadResult<Resource> =
  | { readonly seen: 'resource'; readonly resource: Resource; readonly retryAfter?: number | undefined }
  | { readonly seen: 'absent'; readonly resource?: undefined; readonly retryAfter?: undefined }
  | UnreadableResource

/** Nothing is known of the resource now; asking again may help. */
type UnreadableResource = {
  readonly seen: 'nothing'
  readonly why: string
  readonly throttled: boolean
  readonly retryAfter: number | undefined
  readonly answer: ArmResponse | NoResponse
}

/** What one look needs to know of the resource. */
type ReadSpec<Resource> = {
  readonly url: string
  /** Bytes of the longest answer, where that is not the usual one. */
  readonly longest?: number
  readonly access: ArmAccess
  /** The resource in an answer's body, or undefined where it holds none. */
  readonly read: (body: unknown) => Resource | undefined
  /** What a 404 with an error of the service means, where that is no refusal. @throws {Failure} */
  readonly missing?: (answer: ArmResponse, error: ServiceError) => Promise<ReadResult<Resource>>
}

/** Looks at a resource once. @throws {Failure} when the service refuses. */
export async function readOnce<Resource>(
  { access, read, missing, ...request }: ReadSpec<Resource>,
  target: Target,
  azure: AzureContext,
): Promise<ReadResult<Resource>> {
  const answer = await azure.arm.ask({ method: 'GET', ...request }, azure.signal)
  if (answer.status === undefined) return unreadableIn(answer, answer.cause)
  const error = serviceErrorFrom(answer.body)
  if (answer.status === 404 && error !== undefined && missing !== undefined) return missing(answer, error)
  // A 404 without an error of the service is a gateway's: it says nothing of the resource.
  if (isTransient(answer.status) || (answer.status === 404 && error === undefined))
    return unreadableIn(answer, summarizeError(answer))
  if (answer.status >= 400) throw armFailure(access, answer, target)
  const resource = read(answer.body)
  if (resource === undefined)
    return unreadableIn(answer, `${summarizeError(answer)} (the response does not contain the resource)`)
  return { seen: 'resource', resource, retryAfter: answer.retryAfter }
}

function unreadableIn(answer: ArmResponse | NoResponse, why: string): UnreadableResource {
  return { seen: 'nothing', why, throttled: answer.status === 429, retryAfter: answer.retryAfter, answer }
}

const mostTries = 6

/** Looks until something is seen; undefined: there is none. @throws {Failure} when Azure refuses or stays silent. */
export async function readWithRetry<Resource>(
  read: () => Promise<ReadResult<Resource>>,
  access: ArmAccess,
  target: Target,
  azure: AzureContext,
): Promise<Resource | undefined> {
  for (let tried = 0; ;) {
    const result = await read()
    if (result.seen === 'resource') return result.resource
    if (result.seen === 'absent') return undefined
    if (!result.throttled && ++tried === mostTries) throw serviceUnavailable(access, tried, result, target)
    const random = azure.random()
    const pause = result.throttled
      ? throttleDelay(result.retryAfter, random)
      : retryDelay(tried - 2, result.retryAfter, random)
    await azure.clock.sleep(pause, azure.signal)
  }
}

/**
 * Looks at the image until something is seen of it.
 * @returns undefined where the cluster has no such image.
 * @throws {Failure} when the service refuses, when the cluster, the group or the subscription is not there, or when
 * several tries in a row showed nothing.
 */
export async function readImage(target: Target, azure: AzureContext): Promise<CurrentImage | undefined> {
  return readWithRetry(() => readImageOnce(target, azure), accessTo('readImage', target), target, azure)
}

/** Looks at the image once. @throws {Failure} when the service refuses, or what should hold the image is not there. */
export async function readImageOnce(target: Target, azure: AzureContext): Promise<ReadResult<CurrentImage>> {
  const access = accessTo('readImage', target)
  const missing = async (answer: ArmResponse, error: ServiceError): Promise<ReadResult<CurrentImage>> => {
    const elsewhere = ['SubscriptionNotFound', 'ResourceGroupNotFound', 'ParentResourceNotFound']
    if (elsewhere.some(code => hasCode(error, code))) throw armFailure(access, answer, target)
    if (hasCode(error, 'ResourceNotFound') && /sandboxCustomImages\//i.test(error.message)) return { seen: 'absent' }
    // The answer does not tell what is missing, the image or what holds it, so the cluster is asked for.
    const cluster = await azure.arm.ask({ method: 'GET', url: resourceUrl(target, clusterId(target)) }, azure.signal)
    if (cluster.status === undefined) return unreadableIn(cluster, cluster.cause)
    if (isTransient(cluster.status)) return unreadableIn(cluster, summarizeError(cluster))
    if (cluster.status === 404) throw armFailure(access, cluster, target)
    // It is there, or may not be read by this application: then the request for the build will tell.
    return { seen: 'absent' }
  }
  return readOnce({ url: resourceUrl(target, imageId(target)), access, read: imageFrom, missing }, target, azure)
}

/** Holds the cluster as it was read, with what is there for certain. */
export type ClusterReading = Reading<Cluster> & { readonly resource: Cluster }

/** Looks at the cluster until something is seen. @throws {Failure} when Azure refuses, or shows nothing for long. */
export async function readCluster(target: Target, azure: AzureContext): Promise<ClusterReading> {
  let sentAt = azure.clock.now()
  const read = () => {
    sentAt = azure.clock.now()
    return readClusterOnce(target, azure)
  }
  const resource = await readWithRetry(read, accessTo('readCluster', target), target, azure)
  if (resource === undefined) throw new Error('a missing cluster is a refusal')
  return { sentAt, resource }
}

/** Looks at the cluster once. @throws {Failure} when the service refuses, or when there is no such cluster. */
export async function readClusterOnce(target: Target, azure: AzureContext): Promise<ReadResult<Cluster>> {
  const access = accessTo('readCluster', target)
  return readOnce({ url: resourceUrl(target, clusterId(target)), access, read: clusterFrom }, target, azure)
}
