import { imageSubject } from '../azure/build.js'
import { awaitRest } from '../azure/follow.js'
import { look as lookOnce } from '../azure/look.js'
import type { Means } from '../azure/means.js'
import { startPace } from '../azure/pace.js'
import type { Target } from '../azure/target.js'
import { differences } from '../image/image.js'
import type { CurrentImage, DesiredImage } from '../image/image.js'
import { isBeingDeleted, standingOf } from '../image/provisioning-state.js'
import { noteImage } from '../record.js'
import type { Run, Scene } from './scene.js'
import { watching } from './watching.js'

/** What the run found. */
export type Found =
  /** Nobody is changing the image. `watched`: this run saw a change of it end. */
  | { readonly as: 'at-rest'; readonly image: CurrentImage | undefined; readonly watched: boolean }
  /** Just what is wanted is being built, and this run does not wait for it. */
  | { readonly as: 'under-way'; readonly image: CurrentImage }

/** What looking at an image needs beside the run. */
export type Sighting = { readonly target: Target; readonly desired: DesiredImage; readonly means: Means }

/**
 * Looks at the image as it is now.
 * @returns undefined where there is none.
 * @throws {Failure} when the service refuses, or what holds the image is not there.
 */
export async function look(
  { record, world, phase }: Run,
  { target, desired, means }: Sighting,
): Promise<CurrentImage | undefined> {
  return phase('Look at the image', async () => {
    const seen = await lookOnce(target, means)
    noteImage(record, seen, desired)
    if (seen !== undefined) record.state = seen.state
    world.log.line(
      seen === undefined ? `There is no image ${target.image} yet.` : `Image ${target.image} is ${seen.state}.`,
    )
    return seen
  })
}

/**
 * Looks at the image, and waits while somebody changes it.
 * @throws {Failure} as {@link look} does.
 */
export async function lookAtRest(scene: Scene): Promise<Found> {
  const { inputs, record, world, target, desired, means, phase } = scene
  const image = await look(scene, scene)
  if (image === undefined || standingOf(image.state) !== 'in-progress') return { as: 'at-rest', image, watched: false }

  const same = !isBeingDeleted(image.state) && differences(desired, image).length === 0
  // What this run is about, should it be stopped while it waits.
  if (same && record.build.submitted === 'no') record.decision = { action: 'attach', reasons: [] }
  if (same && !inputs.wait) return { as: 'under-way', image }
  return phase('Wait for the change under way', async () => {
    world.log.line(
      same
        ? 'The same content is being built already; following that.'
        : 'Somebody is changing the image; waiting for the end of that.',
    )
    const pace = startPace(means, inputs.pollInterval)
    const watcher = watching<CurrentImage>(world, {
      what: 'build',
      state: state => void (record.state = state),
      resource: image => noteImage(record, image, desired),
    })
    const rest = await awaitRest(imageSubject(desired, target, means), { means, pace, watcher })
    noteImage(record, rest, desired)
    return { as: 'at-rest', image: rest, watched: true }
  })
}
