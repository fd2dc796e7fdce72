import { awaitRest } from '../azure/follow.js'
import { look as lookOnce } from '../azure/look.js'
import { startPace } from '../azure/pace.js'
import { differences } from '../image/image.js'
import type { CurrentImage } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import { noteImage } from '../record.js'
import type { Scene } from './scene.js'
import { watching } from './watching.js'

/** What the run found. */
export type Found =
  /** Nobody is changing the image. `watched`: this run saw a change of it end. */
  | { readonly as: 'at-rest'; readonly image: CurrentImage | undefined; readonly watched: boolean }
  /** Just what is wanted is being built, and this run does not wait for it. */
  | { readonly as: 'under-way'; readonly image: CurrentImage }

/**
 * Looks at the image, and waits while somebody changes it.
 * @throws {Failure} when the service refuses, or what holds the image is not there.
 */
export async function look({ inputs, record, world, target, desired, means, phase }: Scene): Promise<Found> {
  const image = await phase('Look at the image', async () => {
    const seen = await lookOnce(target, means)
    noteImage(record, seen, desired)
    if (seen !== undefined) record.state = seen.state
    world.log.line(
      seen === undefined ? `There is no image ${target.image} yet.` : `Image ${target.image} is ${seen.state}.`,
    )
    return seen
  })
  if (image === undefined || standingOf(image.state) !== 'in-progress') return { as: 'at-rest', image, watched: false }

  const same = differences(desired, image).length === 0
  // What this run is about, should it be stopped while it waits.
  if (same && record.submitted === 'no') record.decision = { action: 'attach', reasons: [] }
  if (same && !inputs.wait) return { as: 'under-way', image }
  return phase('Wait for the change under way', async () => {
    world.log.line(
      same
        ? 'The same content is being built already; following that.'
        : 'Somebody is changing the image; waiting for the end of that.',
    )
    const pace = startPace(means, inputs.pollInterval)
    const rest = await awaitRest(target, { means, pace, watcher: watching(record, desired, world) })
    noteImage(record, rest, desired)
    return { as: 'at-rest', image: rest, watched: true }
  })
}
