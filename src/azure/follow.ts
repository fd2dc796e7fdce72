import type { CurrentImage, DesiredImage } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import { Failure } from '../failure.js'
import type { Answer, NoAnswer } from './arm.js'
import { glance } from './look.js'
import type { Means } from './look.js'
import { observeLocation, observeOperation } from './operation.js'
import type { Observation } from './operation.js'
import type { Pace } from './pace.js'
import type { ServiceError } from './service-error.js'
import type { Build } from './submit.js'
import type { Target } from './target.js'
import { judge } from './verdict.js'
import type { End, Known, OperationEnd } from './verdict.js'

/** Somebody who is told what is seen of a build. */
export type Watcher = {
  /** A provisioning state, or a status of the operation, each time it is seen. */
  readonly state: (state: string) => void
  /** The image, each time it is seen. */
  readonly image: (image: CurrentImage) => void
  /** A look that showed nothing; looking goes on. */
  readonly trouble: (why: string) => void
  /** A way of asking that is closed; another one takes over. */
  readonly turn: (why: string) => void
}

/** What looking again and again needs. */
export type Looking = { readonly means: Means; readonly pace: Pace; readonly watcher: Watcher }

/** So many looks in a row without a status close a way of asking. */
const misses = 5

/**
 * Follows a build to its true end: by its operation, else by the `Location`, and in the end always by the image itself.
 * Waits as long as it takes; the means' signal ends it.
 * @throws {Failure} when even the image may not be read any more.
 */
export async function follow(build: Build, desired: DesiredImage, target: Target, looking: Looking): Promise<End> {
  const operation = await followOperation(build, looking)
  const inProgress = build.image !== undefined && standingOf(build.image.state) === 'in-progress'
  const known: Known = { operation, building: operation.as === 'unread' && inProgress, doubts: 0 }
  return watch(known, desired, target, looking)
}

async function followOperation(build: Build, looking: Looking): Promise<OperationEnd> {
  const { means, watcher } = looking
  const ways = [
    { name: 'the operation', url: build.operationUrl, observe: observeOperation },
    { name: 'the Location of the operation', url: build.locationUrl, observe: observeLocation },
  ]
  let error: ServiceError | undefined
  for (const { name, url, observe } of ways) {
    if (url === undefined) continue
    if (!means.arm.follows(url)) {
      watcher.turn(`${name} is not followed: its URL leads away from Azure Resource Manager (${hostOf(url)})`)
      continue
    }
    const end = await followUrl(url, observe, build.retryAfter, looking)
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
  { means, pace, watcher }: Looking,
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

/** Watches the image until it is judged. */
async function watch(
  first: Known,
  desired: DesiredImage,
  target: Target,
  { means, pace, watcher }: Looking,
): Promise<End> {
  const { operation } = first
  const failed = operation.as === 'failed' || operation.as === 'canceled' ? operation : undefined
  for (let known = first, missed = 0; ;) {
    const sight = await glance(target, means).catch((error: unknown) => {
      // The service has said that it failed; that stands, whether or not its image may be read.
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
    const image = sight.seen === 'image' ? sight.image : undefined
    if (image !== undefined) watcher.image(image)
    const verdict = judge(known, image, desired)
    if ('end' in verdict) return verdict.end
    known = verdict.known
    if (image !== undefined && known.building) watcher.state(image.state)
    await pace({ throttled: false, retryAfter: sight.seen === 'image' ? sight.retryAfter : undefined })
  }
}

/**
 * Waits until nobody is changing the image.
 * @returns the image at rest, or undefined where there is none (any more).
 */
export async function awaitRest(target: Target, { means, pace, watcher }: Looking): Promise<CurrentImage | undefined> {
  for (;;) {
    const sight = await glance(target, means)
    if (sight.seen === 'absent') return undefined
    if (sight.seen === 'image') {
      watcher.image(sight.image)
      watcher.state(sight.image.state)
      if (standingOf(sight.image.state) !== 'in-progress') return sight.image
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
