import { Failure } from '../failure.js'
import { freshFor } from '../azure/change/evidence.js'
import type { ClusterReading } from '../azure/read-resource.js'
import { listImages } from '../azure/list-images.js'
import { activeCustomImages } from '../model/cluster.js'
import type { Target } from '../model/target.js'
import { agesUnknown, imageInUse } from '../failures/deletion-failures.js'
import { clusterUnreadable } from '../failures/switch-failures.js'
import {
  type ListedImage,
  type Retention,
  type RetentionRule,
  retentionLabels,
  selectForDeletion,
  undatedIn,
  usageOf,
} from '../model/retention.js'
import { sameName } from '../format.js'
import { listedImageConfirmed } from '../run-state.js'
import { getCluster, waitForCluster } from './cluster-ready.js'
import type { DeleteContext } from './context.js'

/** Holds all images of a cluster, and those that queries run on. */
export type Inventory = {
  readonly sentAt: number
  readonly images: readonly ListedImage[]
  readonly active: readonly string[]
}

/** Reads what there is and says what is to be deleted. @throws {Failure} when that is not known, or it is in use. */
export async function planDeletion(context: DeleteContext): Promise<readonly Retention[]> {
  const { inputs, state, runtime, target } = context
  const inventory = await takeInventory(context)
  const { images, active } = inventory
  const { family } = inputs
  const retention = family === undefined ? ofOne(context, inventory) : oldOnes(images, family, active, target)
  state.retention = retention
  state.decision = { action: retention.some(({ isDeleted }) => isDeleted) ? 'delete' : 'none', reasons: [] }
  if (retention.length === 0) runtime.log.line(`There is no image ${target.image} on cluster ${target.cluster}.`)
  for (const each of retention) runtime.log.line(`${each.image}: ${retentionLabels(each)}`)
  return retention
}

/** Tells what becomes of each image of a family. @throws {Failure} where it is not known which are the newest. */
export function oldOnes(
  images: readonly ListedImage[],
  family: RetentionRule,
  active: readonly string[],
  target: Target,
): readonly Retention[] {
  const retention = selectForDeletion(images, family, active)
  if (retention === undefined) throw agesUnknown(target, family.prefix, undatedIn(images, family))
  return retention
}

function ofOne({ state, target }: DeleteContext, { sentAt, images, active }: Inventory): readonly Retention[] {
  const image = images.find(({ name }) => sameName(name, target.image))
  listedImageConfirmed(state, { sentAt, resource: image })
  if (image === undefined) return []
  const usage = usageOf(image.name, images, active)
  if (usage !== undefined) throw imageInUse(image.name, usage, target)
  return [{ image: image.name, isDeleted: true, why: 'old', dependants: [] }]
}

/**
 * Reads what there is and what is in use; a cluster that is being switched is waited for, since it does not show what to.
 * @throws {Failure} when the cluster may not be read, for then nothing may be deleted.
 */
export async function takeInventory(context: DeleteContext): Promise<Inventory> {
  const { inputs, phase, azure } = context
  let cluster = await getIdleCluster(context)
  const sentAt = azure.clock.now()
  const images = await phase('List the images', () => listDatedImages(context))
  const listedAt = azure.clock.now()
  // A list that was long in coming, as a throttled one is, leaves time to put an image to use.
  if (!inputs.dryRun && listedAt - sentAt >= freshFor) {
    cluster = await getIdleCluster(context)
    // A cluster that was waited for leaves time to build upon one.
    if (azure.clock.now() - listedAt >= freshFor) return takeInventory(context)
  }
  return { sentAt, images, active: activeCustomImages(cluster.resource) }
}

/** The version of the API from which on images may have dates: https://learn.microsoft.com/rest/api/azurerekusto/sandbox-custom-images */
const datedApiVersion = '2025-02-14'

/** Lists the images; where the names of a family do not tell their ages, with the version of the API that may have dates. */
async function listDatedImages({ inputs, target, azure }: DeleteContext): Promise<readonly ListedImage[]> {
  const images = await listImages(target, azure)
  const { family } = inputs
  const isKnown = family === undefined || areAgesKnown(images, family) || target.apiVersion >= datedApiVersion
  if (isKnown) return images
  return listImages({ ...target, apiVersion: datedApiVersion }, azure).catch((error: unknown) => {
    // A cloud that does not have it yet.
    if (error instanceof Failure) return images
    throw error
  })
}

/** Whether it is known which images of a family are the newest. */
function areAgesKnown(images: readonly ListedImage[], family: RetentionRule): boolean {
  return selectForDeletion(images, family, []) !== undefined
}

/** Reads the cluster, once nobody is switching it; a plan does not wait for that. */
async function getIdleCluster(context: DeleteContext): Promise<ClusterReading> {
  const cluster = context.inputs.dryRun ? await getCluster(context) : (await waitForCluster(context))?.cluster
  if (cluster === undefined) throw clusterUnreadable('delete', context.target)
  return cluster
}
