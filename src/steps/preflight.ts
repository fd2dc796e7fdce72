import type { Cluster } from '../cluster/cluster.js'
import { clusterUnreadable } from '../failures/switch.js'
import { awaitReady } from './ready.js'
import type { Scene } from './scene.js'
import { tryDatabase } from './verify.js'

/**
 * Sees, before anything is submitted, that all of it can be done: what is found out an hour later helps nobody.
 * @returns undefined where this application may not read the cluster, which a build does not need.
 * @throws {Failure} when the cluster cannot be changed, or the image could not be activated or tried.
 */
export async function preflight(scene: Scene): Promise<Cluster | undefined> {
  const { inputs, target } = scene
  const cluster = await awaitReady(scene, scene)
  if (cluster === undefined && inputs.activate) throw clusterUnreadable(target)
  await tryDatabase(scene)
  return cluster
}
