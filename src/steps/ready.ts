import { clusterSubject, lookAtCluster } from '../azure/cluster.js'
import { awaitRest } from '../azure/follow.js'
import type { Means } from '../azure/means.js'
import { startPace } from '../azure/pace.js'
import type { Target } from '../azure/target.js'
import { isActive, readinessOf } from '../cluster/cluster.js'
import type { Cluster } from '../cluster/cluster.js'
import { Failure } from '../failure.js'
import { noteCluster } from '../record.js'
import { clusterUnfit } from '../failures/switch.js'
import type { ImageRun, Run } from './scene.js'
import { watching } from './watching.js'

/** Where a cluster is, and what asks for it. */
export type ClusterSighting = { readonly target: Target; readonly means: Means }

/**
 * Looks at the cluster, before anything of it is changed.
 * @returns undefined where this application may not read it.
 * @throws {Failure} when it is stopped, suspended, or being deleted, and when the service refuses otherwise.
 */
export async function lookBeforeChange(
  { record, world, phase }: Run,
  { target, means }: ClusterSighting,
): Promise<Cluster | undefined> {
  return phase('Look at the cluster', async () => {
    const cluster = await lookAtCluster(target, means).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.code !== 'forbidden') throw error
      world.log.line('Whether the cluster is ready is not known: this application may not read it.', 'quiet')
      return undefined
    })
    if (cluster === undefined) return undefined
    noteCluster(record, cluster)
    const readiness = readinessOf(cluster)
    if (readiness.as === 'unfit') throw clusterUnfit(readiness, target)
    const { state = 'Running', python } = cluster
    const runsOn =
      python === undefined ? 'Queries in Python are not enabled.' : `Queries in Python run on ${python.name}.`
    world.log.line(`Cluster ${target.cluster} is ${readiness.as === 'busy' ? readiness.state : state}. ${runsOn}`)
    return cluster
  })
}

/**
 * Looks at the cluster, and waits while somebody changes it.
 * @throws {Failure} as {@link lookBeforeChange} does.
 */
export async function awaitReady(run: Run, sighting: ClusterSighting): Promise<Cluster | undefined> {
  const { inputs, record, world, phase } = run
  const { target, means } = sighting
  for (;;) {
    const cluster = await lookBeforeChange(run, sighting)
    if (cluster === undefined || readinessOf(cluster).as === 'ready') return cluster
    await phase('Wait for the cluster', async () => {
      world.log.line('Somebody is changing the cluster; waiting for the end of that.')
      const pace = startPace(means, inputs.pollInterval)
      const watcher = watching<Cluster>(world, {
        what: 'switch',
        state: () => undefined,
        resource: seen => noteCluster(record, seen),
      })
      await awaitRest(
        clusterSubject(target, means, () => true),
        { means, pace, watcher },
      )
    })
  }
}

/** Says what is not known of building an image anew while queries run on it, if that is what is to be done. */
export function warnOfActive(cluster: Cluster | undefined, { image }: Target, { inputs, world }: ImageRun): void {
  if (cluster === undefined || !isActive(image, cluster)) return
  const then = inputs.activate
    ? 'Once it is built, the cluster is switched to it again.'
    : 'Queries may go on with the former build; set activate to true to switch the cluster to the new one.'
  world.log.warning(
    `Queries run on the image ${image} now. Whether the cluster takes a new build of it by itself is documented nowhere. ${then} An image of its own for each content avoids this.`,
    { title: 'active-image' },
  )
}
