import type { ArmResponse, NoResponse, AzureContext } from './arm.js'
import { throttleDelay, retryDelay } from './poll-interval.js'
import { summarizeError, armFailure, serviceUnavailable } from './arm-errors.js'
import type { ArmAccess } from './permissions.js'
import { serviceErrorFrom } from './service-error.js'
import type { ServiceError } from './service-error.js'
import type { Target } from './target.js'

/** What one look at a resource showed. */
export type ReadResult<Resource> =
  | { readonly seen: 'resource'; readonly resource: Resource; readonly retryAfter: number | undefined }
  | { readonly seen: 'absent' }
  | UnreadableResource

/** Nothing can be said of the resource now; asking again may help. */
export type UnreadableResource = {
  readonly seen: 'nothing'
  readonly why: string
  readonly throttled: boolean
  readonly retryAfter: number | undefined
  readonly answer: ArmResponse | NoResponse
}

/** Looks at a resource once. @throws {Failure} when the service refuses. */
export type ReadOnce<Resource> = () => Promise<ReadResult<Resource>>

/** What one look needs to know of the resource. */
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
  if (resource === undefined) return unreadableIn(answer, `${summarizeError(answer)} (nothing of that kind in it)`)
  return { seen: 'resource', resource, retryAfter: answer.retryAfter }
}

/** Whether a status speaks of the service's moment and not of the request. */
export function isTransient(status: number): boolean {
  return status >= 500 || status === 408 || status === 429 || (status >= 300 && status < 400)
}

/** That an answer shows nothing. */
export function unreadableIn(answer: ArmResponse | NoResponse, why: string): UnreadableResource {
  return {
    seen: 'nothing',
    why,
    throttled: answer.status === 429,
    retryAfter: answer.status === undefined ? undefined : answer.retryAfter,
    answer,
  }
}

const patience = 6

/**
 * Looks until something is seen.
 * @returns undefined where there is no such resource.
 * @throws {Failure} when the service refuses, or when several looks in a row showed nothing. Throttling does not count.
 */
export async function readWithRetry<Resource>(
  glance: ReadOnce<Resource>,
  access: ArmAccess,
  target: Target,
  azure: AzureContext,
): Promise<Resource | undefined> {
  for (let tried = 0; ;) {
    const sight = await glance()
    if (sight.seen === 'resource') return sight.resource
    if (sight.seen === 'absent') return undefined
    if (!sight.throttled && ++tried === patience) throw serviceUnavailable(access, tried, sight, target)
    const random = azure.random()
    const pause = sight.throttled
      ? throttleDelay(sight.retryAfter, random)
      : retryDelay(tried - 2, sight.retryAfter, random)
    await azure.clock.sleep(pause, azure.signal)
  }
}
