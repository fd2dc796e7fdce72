import { readLag } from '../azure/change/evidence.js'
import { listImages } from '../azure/list-images.js'
import { createPoller } from '../azure/poll-interval.js'
import { readImageOnce, readImage, type Reading } from '../azure/read-resource.js'
import { type IdleWatch, waitUntilIdle } from '../azure/change/wait-until-idle.js'
import { Failure } from '../failure.js'
import { type CurrentImage, differences } from '../model/image.js'
import { sameName } from '../format.js'
import { isBeingDeleted, statusOf } from '../model/provisioning-state.js'
import { mayHaveBegunBuild } from '../run-facts.js'
import { imageConfirmed, imageListed, imageRead } from '../run-state.js'
import type { ApplyContext, TargetContext } from './context.js'
import { createProgress, givesUpAt } from './progress.js'

/** Tells what the run found. */
export type FoundImage =
  /** Nobody is changing the image. `watched`: this run saw a change of it end. */
  | { readonly as: 'idle'; readonly image: Reading<CurrentImage>; readonly watched: boolean }
  /** Just what is wanted is being built, and this run does not wait for it. */
  | { readonly as: 'under-way' }

/**
 * Reads the image as it is now. That there is none is confirmed by the list, for a 404 can be a late answer, and a build
 * takes long.
 * @throws {Failure} when the service refuses, or what holds the image is not there.
 */
export async function getImage(context: TargetContext): Promise<Reading<CurrentImage>> {
  const { state, runtime, phase, target, azure } = context
  return phase('Read the image', async () => {
    const sentAt = azure.clock.now()
    const resource = (await readImage(target, azure)) ?? (await readAgainIfListed(context))
    imageConfirmed(state, { sentAt, resource })
    runtime.log.line(
      resource === undefined
        ? `There is no image ${target.image} on cluster ${target.cluster} yet.`
        : `Image ${target.image} exists (${resource.state}).`,
    )
    return { sentAt, resource }
  })
}

/** Reads an image again that the list has: a 404 can be wrong, or late. */
async function readAgainIfListed({ inputs, state, target, azure }: TargetContext): Promise<CurrentImage | undefined> {
  const images = await listImages(target, azure).catch((error: unknown) => {
    // The list only confirms: where it cannot be had, the 404 stands.
    if (error instanceof Failure) return []
    throw error
  })
  if (!images.some(({ name }) => sameName(name, target.image))) return undefined
  imageListed(state)
  const { clock, signal } = azure
  const listedAt = clock.now()
  const poller = createPoller(azure, inputs.pollInterval)
  for (;;) {
    await clock.sleep(poller(), signal)
    const sentAt = clock.now()
    const image = await readImage(target, azure)
    if (image !== undefined || sentAt >= listedAt + readLag) return image
  }
}

/**
 * Reads the image, and waits while someone changes it.
 * @param image the image, where it was read already.
 * @throws {Failure} as {@link getImage} does.
 */
export async function getIdleImage(context: ApplyContext, image?: Reading<CurrentImage>): Promise<FoundImage> {
  const { inputs, state, runtime, target, desired, azure, phase } = context
  const read = image ?? (await getImage(context))
  const { resource } = read
  if (resource === undefined || statusOf(resource.state) !== 'in-progress')
    return { as: 'idle', image: read, watched: false }

  const isSame = !isBeingDeleted(resource.state) && differences(desired, resource).length === 0
  // What this run is about, should it be stopped while it waits.
  if (isSame && !mayHaveBegunBuild(state)) state.decision = { action: 'attach', reasons: [] }
  if (isSame && !inputs.wait) return { as: 'under-way' }
  return phase('Wait for the image', async () => {
    const waitingFor = { for: 'image', image: target.image, isSame } as const
    state.waitingFor = { ...waitingFor, state: resource.state }
    const what = isSame ? 'The same content is already being built' : 'Another operation is changing the image'
    runtime.log.line(
      `${what} (${resource.state}). Waiting for it to finish; ${givesUpAt(azure.deadline, azure.clock)}.`,
    )
    const watch: IdleWatch<CurrentImage> = {
      read: () => readImageOnce(target, azure),
      onRead: (result, sentAt) => {
        imageRead(state, result, sentAt)
        if (result.seen === 'resource') state.waitingFor = { ...waitingFor, state: result.resource.state }
      },
      busyState: ({ state: word }) => (statusOf(word) === 'in-progress' ? word : undefined),
      progress: createProgress('build', runtime, azure.deadline),
      pollInterval: inputs.pollInterval,
    }
    const idle = await waitUntilIdle(watch, azure)
    delete state.waitingFor
    return { as: 'idle', image: idle, watched: true }
  })
}
