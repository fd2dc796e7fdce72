import { differences, imageFrom, requestBody } from '../image/image.js'
import type { CurrentImage, DesiredImage } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import { searchFor, submit } from './change.js'
import type { Change, Submission } from './change.js'
import type { Subject } from './follow.js'
import { glance, look } from './look.js'
import type { Means } from './means.js'
import { building } from './refusal.js'
import { imageId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/** A build that the service has accepted, with the image as the answer showed it. */
export type Build = Change & { readonly image: CurrentImage | undefined }

/**
 * Asks the service to build the image.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function requestBuild(desired: DesiredImage, target: Target, means: Means): Promise<Submission<Build>> {
  return submit<Build>(
    {
      method: 'PUT',
      url: resourceUrl(target, imageId(target)),
      body: requestBody(desired),
      errand: building(target),
      accepts: ({ operationUrl, locationUrl, retryAfter, correlationId, body }) => {
        const image = imageFrom(body)
        if (operationUrl === undefined && locationUrl === undefined && image === undefined) return undefined
        const inProgress = image !== undefined && standingOf(image.state) === 'in-progress'
        return { operationUrl, locationUrl, retryAfter, correlationId, image, inProgress }
      },
    },
    target,
    means,
  )
}

/**
 * Looks whether a build begun by a request whose answer was lost is there.
 * @param before the image as it was before the request.
 * @returns the image as the build shows it, or undefined where nothing was begun.
 */
export async function searchBuild(
  before: CurrentImage | undefined,
  desired: DesiredImage,
  target: Target,
  means: Means,
): Promise<CurrentImage | undefined> {
  const hasBegun = (now: CurrentImage | undefined) => now !== undefined && begunSince(before, now, desired)
  return (await searchFor(() => look(target, means), hasBegun, means))?.now
}

/** Whether what is seen now can only be explained by a change since `before`, when nobody was changing the image. */
export function begunSince(before: CurrentImage | undefined, now: CurrentImage, desired: DesiredImage): boolean {
  if (standingOf(now.state) === 'in-progress') return true
  const matches = differences(desired, now).length === 0
  const matched = before !== undefined && differences(desired, before).length === 0
  return matches && (!matched || before.state !== now.state)
}

/** The image as whoever follows its build sees it. */
export function imageSubject(desired: DesiredImage, target: Target, means: Means): Subject<CurrentImage> {
  return {
    glance: () => glance(target, means),
    view: image => ({
      standing: image === undefined ? 'gone' : standingOf(image.state),
      matches: image !== undefined && differences(desired, image).length === 0,
    }),
    state: ({ state }) => state,
    believed: 3,
  }
}
