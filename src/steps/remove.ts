import { foundChange } from '../azure/change.js'
import type { Change } from '../azure/change.js'
import { awaitRest, follow } from '../azure/follow.js'
import type { Looking } from '../azure/follow.js'
import { look } from '../azure/look.js'
import { startPace } from '../azure/pace.js'
import { removalSubject, requestRemoval, searchRemoval } from '../azure/removal.js'
import { told } from '../azure/service-error.js'
import type { Target } from '../azure/target.js'
import { interruption } from '../failures/build.js'
import type { CurrentImage } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import { undertaking } from '../record.js'
import { removalFailure, removalNeverBegun } from '../failures/removal.js'
import { refuseUse } from './choose.js'
import type { Clearing } from './choose.js'
import { waitOut } from './obstacle.js'
import { undertake } from './undertake.js'
import { watching } from './watching.js'

/**
 * Deletes an image, and follows that to its end. One that is being built is waited for.
 * @param surveyed whether it was looked just now that nothing uses it.
 * @throws {Failure} when it is in use, or cannot be deleted.
 */
export async function remove(image: string, surveyed: boolean, clearing: Clearing): Promise<void> {
  const { inputs, record, phase, world } = clearing
  const target = { ...inputs.target, image }
  for (let fresh = surveyed; ; fresh = false) {
    if (!fresh) await refuseUse(image, clearing)
    const gone = await phase('Delete the image', async () => {
      const present = await atRest(target, clearing)
      if (present === undefined) {
        world.log.line(`There is no image ${image} any more.`)
        return true
      }
      return removeAtRest(target, clearing)
    })
    if (!gone) continue
    if (inputs.family === undefined) record.state = 'NotFound'
    return
  }
}

/** The image once nobody is changing it; undefined where there is none, any more or at all. */
async function atRest(target: Target, clearing: Clearing): Promise<CurrentImage | undefined> {
  const { means, world } = clearing
  const present = await look(target, means)
  if (present === undefined || standingOf(present.state) !== 'in-progress') return present
  world.log.line(`Image ${target.image} is ${present.state}; waiting for the end of that.`)
  return awaitRest(removalSubject(target, means), lookingAt(target.image, clearing))
}

/** @returns whether it is gone; if not, something came between, and it is time to look and decide again. */
async function removeAtRest(target: Target, clearing: Clearing): Promise<boolean> {
  const { record, means, world } = clearing
  const latest = (record.latest = undertaking('deletion'))
  const intent = {
    request: () => requestRemoval(target, means),
    // Whatever was waited for may have put the image to use.
    isStillDue: () => Promise.resolve(false),
    search: async (correlationId: string) =>
      (await searchRemoval(target, means)) ? foundChange(correlationId) : undefined,
    neverBegun: (tries: number, why: string) => removalNeverBegun(target, tries, why, record),
  }
  world.log.line(`Deleting ${target.image}.`)
  const begun = await undertake<Change>(intent, latest, clearing)
  if (begun === undefined) return false
  const end = await follow(begun.change, removalSubject(target, means), lookingAt(target.image, clearing))
  latest.ended = true
  if (end.as === 'succeeded') {
    world.log.line('Deleted.', 'good')
    record.deleted.push(target.image)
    return true
  }
  const came = interruption(end)
  if (came === undefined) throw removalFailure(end, target, record)
  const why = 'error' in end && end.error !== undefined ? told(end.error) : ''
  await waitOut({ by: came, why, retryAfter: undefined }, clearing)
  return false
}

function lookingAt(image: string, { inputs, record, means, world }: Clearing): Looking<CurrentImage> {
  // The state of one of many is not that of the family.
  const isOne = inputs.family === undefined
  const watcher = watching<CurrentImage>(world, {
    what: 'deletion',
    state: state => {
      if (isOne) record.state = state
      else world.log.debug(`${image} is ${state}`)
    },
    resource: () => undefined,
  })
  return { means, pace: startPace(means, inputs.pollInterval), watcher }
}
