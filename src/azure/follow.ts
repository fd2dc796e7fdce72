import type { Answer, NoAnswer } from './arm.js'
import type { Change } from './change.js'
import { Failure } from '../failure.js'
import { standingOf } from '../image/provisioning-state.js'
import type { Means } from './means.js'
import { observeLocation, observeOperation } from './operation.js'
import type { Observation } from './operation.js'
import type { Pace } from './pace.js'
import type { ServiceError } from './service-error.js'
import type { Glance } from './sight.js'
import { judge } from './verdict.js'
import type { Known, OperationEnd, Outcome, View } from './verdict.js'

/** A resource as whoever follows a change of it sees it. */
export type Subject<Resource> = {
  readonly glance: Glance<Resource>
  /** @param resource undefined where there is none. */
  readonly view: (resource: Resource | undefined) => View
  /** The resource's own word for how it is. */
  readonly state: (resource: Resource) => string
  /** So many looks in a row must show the same before what may be a late answer is believed. */
  readonly believed: number
}

/** How a change ended. */
export type End<Resource> =
  /** The service says Succeeded of what was wanted; the resource as it is then, undefined where there is none. */
  | { readonly as: 'succeeded'; readonly resource: Resource | undefined }
  | { readonly as: 'failed' | 'canceled'; readonly error: ServiceError | undefined }
  /** The resource is at rest as something else than what was sent. */
  | { readonly as: 'superseded'; readonly resource: Resource }
  /** The resource is not there any more. */
  | { readonly as: 'gone' }

/** Somebody who is told what is seen of a change. */
export type Watcher<Resource> = {
  /** A provisioning state, or a status of the operation, each time it is seen. */
  readonly state: (state: string) => void
  /** The resource, each time it is seen. */
  readonly resource: (resource: Resource) => void
  /** A look that showed nothing; looking goes on. */
  readonly trouble: (why: string) => void
  /** A way of asking that is closed; another one takes over. */
  readonly turn: (why: string) => void
}

/** What looking again and again needs. */
export type Looking<Resource> = {
  readonly means: Means
  readonly pace: Pace
  readonly watcher: Watcher<Resource>
}

/** So many looks in a row without a status close a way of asking. */
const misses = 5

/**
 * Follows a change to its true end: by its operation, else by the `Location`, and in the end always by the resource
 * itself. Waits as long as it takes; the means' signal ends it.
 * @throws {Failure} when even the resource may not be read any more.
 */
export async function follow<Resource>(
  change: Change,
  subject: Subject<Resource>,
  looking: Looking<Resource>,
): Promise<End<Resource>> {
  const operation = await followOperation(change, looking)
  return watch({ operation, changing: operation.as === 'unread' && change.inProgress, doubts: 0 }, subject, looking)
}

async function followOperation(change: Change, looking: Looking<never>): Promise<OperationEnd> {
  const { means, watcher } = looking
  const ways = [
    { name: 'the operation', url: change.operationUrl, observe: observeOperation },
    { name: 'the Location of the operation', url: change.locationUrl, observe: observeLocation },
  ]
  let error: ServiceError | undefined
  for (const { name, url, observe } of ways) {
    if (url === undefined) continue
    if (!means.arm.follows(url)) {
      watcher.turn(`${name} is not followed: its URL leads away from Azure Resource Manager (${hostOf(url)})`)
      continue
    }
    const end = await followUrl(url, observe, change.retryAfter, looking)
    if (end.as !== 'closed') return end
    watcher.turn(`${name} can't be read (${end.why})`)
    error = end.error ?? error
  }
  return { as: 'unread', error }
}

async function followUrl(
  url: string,
  observe: (answer: Answer | NoAnswer) => Observation,
  retryAfter: number | undefined,
  { means, pace, watcher }: Looking<never>,
): Promise<OperationEnd | { readonly as: 'closed'; readonly why: string; readonly error?: ServiceError | undefined }> {
  let advice = { throttled: false, retryAfter }
  for (let missed = 0; ;) {
    await pace(advice)
    const answer = await means.arm.ask({ method: 'GET', url }, means.signal)
    const observation = observe(answer)
    advice = {
      throttled: observation.seen === 'nothing' && observation.throttled,
      retryAfter: answer.status === undefined ? undefined : answer.retryAfter,
    }
    if (observation.seen === 'closed') return { as: 'closed', why: observation.why, error: observation.error }
    if (observation.seen === 'nothing') {
      watcher.trouble(observation.why)
      if (!observation.throttled && ++missed === misses) return { as: 'closed', why: observation.why }
      continue
    }
    missed = 0
    const standing = standingOf(observation.status)
    // Not told before the image says so too, of this content.
    if (standing === 'succeeded') return { as: 'succeeded' }
    watcher.state(observation.status)
    if (standing !== 'in-progress') return { as: standing, error: observation.error }
  }
}

/** Watches the resource until it is judged. */
async function watch<Resource>(
  first: Known,
  { glance, view, state, believed }: Subject<Resource>,
  { pace, watcher }: Looking<Resource>,
): Promise<End<Resource>> {
  const { operation } = first
  const failed = operation.as === 'failed' || operation.as === 'canceled' ? operation : undefined
  for (let known = first, missed = 0; ;) {
    const sight = await glance().catch((error: unknown) => {
      // The service has said that it failed; that stands, whether or not its resource may be read.
      if (failed !== undefined && error instanceof Failure) return undefined
      throw error
    })
    if (sight === undefined) return failed ?? { as: 'gone' }
    if (sight.seen === 'nothing') {
      watcher.trouble(sight.why)
      if (failed !== undefined && ++missed === misses) return failed
      await pace(sight)
      continue
    }
    const resource = sight.seen === 'resource' ? sight.resource : undefined
    if (resource !== undefined) watcher.resource(resource)
    const verdict = judge(known, view(resource), believed)
    if ('end' in verdict) return endOf(verdict.end, resource, operation)
    known = verdict.known
    if (resource !== undefined && known.changing) watcher.state(state(resource))
    await pace({ throttled: false, retryAfter: sight.seen === 'resource' ? sight.retryAfter : undefined })
  }
}

function endOf<Resource>(as: Outcome, resource: Resource | undefined, operation: OperationEnd): End<Resource> {
  if (as === 'succeeded') return { as, resource }
  if (as === 'superseded' && resource !== undefined) return { as, resource }
  if (as === 'failed' || as === 'canceled') return { as, error: 'error' in operation ? operation.error : undefined }
  return { as: 'gone' }
}

/**
 * Waits until nobody is changing the resource.
 * @returns the resource at rest, or undefined where there is none (any more).
 */
export async function awaitRest<Resource>(
  { glance, view, state }: Subject<Resource>,
  { pace, watcher }: Looking<Resource>,
): Promise<Resource | undefined> {
  for (;;) {
    const sight = await glance()
    if (sight.seen === 'absent') return undefined
    if (sight.seen === 'resource') {
      watcher.resource(sight.resource)
      watcher.state(state(sight.resource))
      if (view(sight.resource).standing !== 'in-progress') return sight.resource
      await pace({ throttled: false, retryAfter: sight.retryAfter })
    } else {
      watcher.trouble(sight.why)
      await pace(sight)
    }
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'not a URL'
}
