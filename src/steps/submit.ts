import { requestBuild, searchBuild } from '../azure/build.js'
import type { Build } from '../azure/build.js'
import { foundChange } from '../azure/change.js'
import { look } from '../azure/look.js'
import { neverBegun } from '../failures/build.js'
import { isUnchanged } from '../image/image.js'
import type { CurrentImage } from '../image/image.js'
import { noteImage } from '../record.js'
import type { Scene } from './scene.js'
import { undertake } from './undertake.js'
import type { Begun } from './undertake.js'

/**
 * Asks for the build, and again while another change or a maintenance keeps it from beginning and the image stays as it
 * was decided upon.
 * @param before the image as it was last seen, at rest.
 * @returns the build, or undefined where it is time to look and decide again.
 * @throws {Failure} when the service refuses, or never confirms.
 */
export async function submit(scene: Scene, before: CurrentImage | undefined): Promise<Begun<Build> | undefined> {
  const { record, target, desired, means, phase } = scene
  return phase('Submit the build', async () => {
    const intent = {
      request: () => requestBuild(desired, target, means),
      isStillDue: async () => isUnchanged(before, await look(target, means)),
      search: async (correlationId: string) => {
        const image = await searchBuild(before, desired, target, means)
        return image && { ...foundChange(correlationId), image }
      },
      neverBegun: (tries: number, why: string) => neverBegun(target, tries, why, record),
    }
    const begun = await undertake<Build>(intent, record.build, scene)
    if (begun === undefined) return undefined
    const { image } = begun.change
    record.state = image?.state ?? 'Accepted'
    if (image !== undefined) noteImage(record, image, desired)
    return begun
  })
}
