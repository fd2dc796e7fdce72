import type { Cluster } from '../model/cluster.js'
import { clusterUnreadable } from '../failures/switch.js'
import { waitForCluster } from './cluster-ready.js'
import type { ApplyContext } from './context.js'
import { tryDatabase } from './verify.js'

/**
 * Sees, before anything is submitted, that all of it can be done: what is found out an hour later helps nobody.
 * @returns undefined where this application may not read the cluster, which a build does not need.
 * @throws {Failure} when the cluster cannot be changed, or the image could not be activated or tried.
 */
export async function preflight(context: ApplyContext): Promise<Cluster | undefined> {
  const ready = await waitForCluster(context)
  if (ready === undefined && context.inputs.activate) throw clusterUnreadable('activate', context.target)
  await tryDatabase(context)
  return ready?.cluster.resource
}
