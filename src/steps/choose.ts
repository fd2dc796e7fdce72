import { listImages } from '../azure/list.js'
import { cleanUp, fateWords, useOf } from '../image/clean-up.js'
import type { Fate, ListedImage, Use } from '../image/clean-up.js'
import type { DeleteInputs } from '../inputs/inputs.js'
import { agesUnknown, imageInUse, useUnknown } from '../failures/removal.js'
import { awaitReady, lookBeforeChange } from './ready.js'
import type { Dealings, Run } from './scene.js'

/** What the steps share that delete images. */
export type Clearing = Run<DeleteInputs> & Dealings

/**
 * Looks at all images of the cluster and at what is active, and says what is to be deleted.
 * @throws {Failure} when that cannot be told, and when the one image that is to be deleted is in use.
 */
export async function choose(clearing: Clearing): Promise<readonly Fate[]> {
  const { inputs, record, world } = clearing
  const { target, family } = inputs
  const { images, active } = await survey(clearing)
  if (family === undefined) {
    const image = imageOf(target.image, images)
    record.state = image?.state ?? 'NotFound'
    if (image !== undefined) record.imageId = image.id
  }
  const fates = family === undefined ? fateOf(clearing, images, active) : cleanUp(images, family, active)
  if (fates === undefined) throw agesUnknown(target)
  record.fates = fates
  record.decision = { action: fates.some(({ deleted }) => deleted) ? 'delete' : 'none', reasons: [] }
  if (fates.length === 0) world.log.line(`There is no image ${target.image} on cluster ${target.cluster}.`)
  for (const fate of fates) world.log.line(`${fate.image}: ${fateWords(fate)}`)
  return fates
}

/** Looks once more, right before an image is deleted, whether it is in use by now. @throws {Failure} when it is. */
export async function refuseUse(image: string, clearing: Clearing): Promise<void> {
  const { images, active } = await survey(clearing)
  const use = useOf(image, images, active)
  if (use !== undefined) throw imageInUse(image, use, clearing.inputs.target)
}

function fateOf({ inputs }: Clearing, images: readonly ListedImage[], active: string | undefined): readonly Fate[] {
  const image = imageOf(inputs.target.image, images)
  if (image === undefined) return []
  const use: Use | undefined = useOf(image.name, images, active)
  if (use !== undefined) throw imageInUse(image.name, use, inputs.target)
  return [{ image: image.name, deleted: true, why: 'old', of: [] }]
}

function imageOf(name: string, images: readonly ListedImage[]): ListedImage | undefined {
  return images.find(image => image.name.toLowerCase() === name.toLowerCase())
}

/** All images of the cluster, and the one that queries run on. */
async function survey(
  clearing: Clearing,
): Promise<{ readonly images: readonly ListedImage[]; readonly active: string | undefined }> {
  const { inputs, means, phase } = clearing
  const sighting = { target: inputs.target, means }
  const cluster = await (inputs.pretend ? lookBeforeChange(clearing, sighting) : awaitReady(clearing, sighting))
  if (cluster === undefined) throw useUnknown(inputs.target)
  const images = await phase('List the images', () => listImages(inputs.target, means))
  return { images, active: cluster.python?.kind === 'custom' ? cluster.python.name : undefined }
}
