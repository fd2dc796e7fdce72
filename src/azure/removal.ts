import type { CurrentImage } from '../image/image.js'
import { isBeingDeleted, standingOf } from '../image/provisioning-state.js'
import { searchFor, submit } from './change.js'
import type { Change, Submission } from './change.js'
import type { Subject } from './follow.js'
import { glance, look } from './look.js'
import type { Means } from './means.js'
import { deleting } from './refusal.js'
import { imageId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/**
 * Asks the service to delete the image. That there is none is as good.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function requestRemoval(target: Target, means: Means): Promise<Submission<Change>> {
  return submit<Change>(
    {
      method: 'DELETE',
      url: resourceUrl(target, imageId(target)),
      errand: deleting(target),
      acceptsMissing: true,
      accepts: ({ status, operationUrl, locationUrl, retryAfter, correlationId }) => {
        const said = [202, 204, 404].includes(status) || operationUrl !== undefined || locationUrl !== undefined
        return said ? { operationUrl, locationUrl, retryAfter, correlationId, inProgress: false } : undefined
      },
    },
    target,
    means,
  )
}

/** Looks whether a deletion asked for by a request whose answer was lost has begun. */
export async function searchRemoval(target: Target, means: Means): Promise<boolean> {
  const hasBegun = (now: CurrentImage | undefined) => now === undefined || isBeingDeleted(now.state)
  return (await searchFor(() => look(target, means), hasBegun, means)) !== undefined
}

/** The image as whoever follows its deletion sees it: there is to be none. */
export function removalSubject(target: Target, means: Means): Subject<CurrentImage> {
  return {
    glance: () => glance(target, means),
    view: image => ({
      standing: image === undefined ? 'succeeded' : standingOf(image.state),
      matches: image === undefined,
    }),
    state: ({ state }) => state,
    believed: 3,
  }
}
