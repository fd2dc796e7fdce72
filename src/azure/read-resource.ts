import type { ArmResponse, NoResponse, AzureContext } from './arm.js'
import { isTransient } from '../network/transport.js'
import { throttleDelay, retryDelay } from './poll-interval.js'
import { summarizeError, armFailure, serviceUnavailable } from './arm-errors.js'
import type { ArmAccess } from './permissions.js'
import { type ServiceError, serviceErrorFrom } from './service-error.js'
import type { Target } from '../model/target.js'

/** Holds what one GET showed of a resource. Times are milliseconds on the run's clock. */
export type Reading<Resource> = {
  /** When the request left: what it shows is at most `readLag` older than this. */
  readonly sentAt: number
  /** Undefined where there is no such resource. */
  readonly resource: Resource | undefined
}

/** Holds what one look at a resource showed. */
export type ReadResult<Resource> =
  | { readonly seen: 'resource'; readonly resource: Resource; readonly retryAfter: number | undefined }
  | { readonly seen: 'absent' }
  | UnreadableResource

/** Says that nothing is known of the resource now; asking again may help. */
export type UnreadableResource = {
  readonly seen: 'nothing'
  readonly why: string
  readonly throttled: boolean
  readonly retryAfter: number | undefined
  readonly answer: ArmResponse | NoResponse
}

/** Looks at a resource once. @throws {Failure} when the service refuses. */
export type ReadOnce<Resource> = () => Promise<ReadResult<Resource>>

/** Holds what one look needs to know of the resource. */
export type ReadSpec<Resource> = {
  readonly url: string
  /** Bytes of the longest answer, where that is not the usual one. */
  readonly longest?: number
  readonly access: ArmAccess
  /** The resource in an answer's body, or undefined where it holds none. */
  readonly read: (body: unknown) => Resource | undefined
  /** What a 404 with an error of the service means. @throws {Failure} */
  readonly missing: (answer: ArmResponse, error: ServiceError) => Promise<ReadResult<Resource>>
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
  if (answer.status === 404 && error !== undefined) return missing(answer, error)
  // A 404 without an error of the service is a gateway's: it says nothing of the resource.
  if (isTransient(answer.status) || answer.status === 404) return unreadableIn(answer, summarizeError(answer))
  if (answer.status >= 400) throw armFailure(access, answer, target)
  const resource = read(answer.body)
  if (resource === undefined)
    return unreadableIn(answer, `${summarizeError(answer)} (the response does not contain the resource)`)
  return { seen: 'resource', resource, retryAfter: answer.retryAfter }
}

/** Returns that an answer shows nothing. */
export function unreadableIn(answer: ArmResponse | NoResponse, why: string): UnreadableResource {
  return {
    seen: 'nothing',
    why,
    throttled: answer.status === 429,
    retryAfter: answer.status === undefined ? undefined : answer.retryAfter,
    answer,
  }
}

const mostTries = 6

/**
 * Looks until something is seen.
 * @returns undefined where there is no such resource.
 * @throws {Failure} when the service refuses, or when several looks in a row showed nothing. Throttling does not count.
 */
export async function readWithRetry<Resource>(
  read: ReadOnce<Resource>,
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
