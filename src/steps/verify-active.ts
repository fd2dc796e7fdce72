import type { Outcome } from '../run-state.js'
import { activeCustomImages, isActive } from '../model/cluster.js'
import { isMember } from '../model/image-family.js'
import { clusterUnreadable } from '../failures/switch-failures.js'
import { imageInactive } from '../failures/verification-failures.js'
import type { VerifyInputs } from '../inputs/inputs.js'
import { waitForCluster } from './cluster-ready.js'
import type { VerifyContext } from './context.js'
import { getImage } from './get-image.js'
import { tryDatabase, verify } from './verify.js'

/**
 * Tries the image that queries run on, which must be the one of the inputs, or one of the family.
 * @throws {Failure} when another image is active, when it cannot be tried, and when it is not as it should be.
 */
export async function verifyActive(start: VerifyContext<VerifyInputs>): Promise<Outcome> {
  const { inputs, state } = start
  const ready = await waitForCluster(start)
  if (ready === undefined) throw clusterUnreadable('verify', start.target)
  const cluster = ready.cluster.resource
  const { family } = inputs
  const image =
    family === undefined ? start.target.image : activeCustomImages(cluster).find(name => isMember(family, name))
  if (image === undefined || !isActive(image, cluster)) throw imageInactive(cluster.python?.name, start.target)
  const context = { ...start, target: { ...start.target, image } }
  state.target = context.target
  await getImage(context)
  await tryDatabase(context)
  const failure = await verify(context)
  if (failure !== undefined) throw failure
  return { as: 'verified' }
}
