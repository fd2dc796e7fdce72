import { type ClusterReading, readCluster, readClusterOnce } from '../azure/read-resource.js'
import { readLag } from '../azure/change/evidence.js'
import { createPoller } from '../azure/poll-interval.js'
import { type IdleWatch, waitUntilIdle } from '../azure/change/wait-until-idle.js'
import { type Cluster, isActive, isUnavailable, readinessOf, stateOfCluster } from '../model/cluster.js'
import { runsSandboxes } from '../model/sku.js'
import { clusterUnfit, runsOn } from '../failures/switch-failures.js'
import { Failure } from '../failure.js'
import { formatDuration } from '../format.js'
import { clusterRead } from '../run-state.js'
import type { CheckContext, TargetContext } from './context.js'
import { createProgress, givesUpAt } from './progress.js'

/** Holds the cluster once nobody is changing it, and as it was last read while someone did. */
export type ReadyCluster = { readonly cluster: ClusterReading; readonly whileBusy: ClusterReading | undefined }

/** Reads the cluster; undefined where that is forbidden. @throws {Failure} when it cannot be changed. */
export async function getCluster(context: TargetContext): Promise<ClusterReading | undefined> {
  const { state, runtime, phase, target } = context
  return phase('Read the cluster', async () => {
    const cluster = await readFitCluster(context)
    if (cluster === undefined) return undefined
    const readiness = readinessOf(cluster.resource)
    const word = readiness.as === 'busy' ? readiness.state : (cluster.resource.state ?? 'Running')
    runtime.log.line(`Cluster ${target.cluster} is ${word}. ${runsOn(state)}`)
    return cluster
  })
}

/** Reads the cluster; the log has a line only where that is forbidden. @throws {Failure} as {@link getCluster} does. */
async function readFitCluster({ state, runtime, target, azure }: TargetContext): Promise<ClusterReading | undefined> {
  const cluster = await readCluster(target, azure).catch((error: unknown) => {
    if (!(error instanceof Failure) || error.code !== 'forbidden') throw error
    runtime.log.line('Cannot tell whether the cluster is ready: the application may not read it.', 'quiet')
    return undefined
  })
  if (cluster === undefined) return undefined
  const { sentAt, resource } = cluster
  clusterRead(state, { seen: 'resource', resource }, sentAt)
  const readiness = readinessOf(resource)
  if (readiness.as === 'unfit') throw clusterUnfit(readiness, target)
  return cluster
}

/** Reads the cluster, and waits while someone changes it. @throws {Failure} as {@link getCluster} does. */
export async function waitForCluster(context: TargetContext): Promise<ReadyCluster | undefined> {
  const { inputs, state, runtime, phase, target, azure } = context
  const cluster = await getCluster(context)
  if (cluster === undefined) return undefined
  if (readinessOf(cluster.resource).as === 'ready') return { cluster, whileBusy: undefined }
  return phase('Wait for the cluster', async () => {
    let whileBusy = cluster
    const word = stateOfCluster(cluster.resource)
    state.waitingFor = { for: 'cluster', state: word }
    const until = givesUpAt(azure.deadline, azure.clock)
    runtime.log.line(
      isUnavailable(word)
        ? `Cluster ${target.cluster} is ${word}. Waiting until it is Running; ${until}. If you do not know why, see its Resource health in the portal.`
        : `Another operation is changing cluster ${target.cluster} (${word}). Waiting for it to finish; ${until}.`,
    )
    const watch: IdleWatch<Cluster> = {
      read: () => readClusterOnce(target, azure),
      onRead: (result, sentAt) => {
        clusterRead(state, result, sentAt)
        if (result.seen !== 'resource' || readinessOf(result.resource).as !== 'busy') return
        whileBusy = { sentAt, resource: result.resource }
        state.waitingFor = { for: 'cluster', state: stateOfCluster(result.resource) }
      },
      busyState: seen => (readinessOf(seen).as === 'busy' ? stateOfCluster(seen) : undefined),
      progress: createProgress('switch', runtime, azure.deadline),
      pollInterval: inputs.pollInterval,
    }
    const { sentAt, resource } = await waitUntilIdle(watch, azure)
    delete state.waitingFor
    if (resource === undefined) throw new Error('a missing cluster is a refusal')
    const readiness = readinessOf(resource)
    if (readiness.as === 'unfit') throw clusterUnfit(readiness, target)
    return { cluster: { sentAt, resource }, whileBusy }
  })
}

/**
 * Tells whether queries run on the image. That they do not any more counts once it cannot be from before they did: a switch
 * that has just ended may show late.
 * @returns undefined where the cluster may not be read. @throws {Failure} as {@link getCluster} does.
 */
export async function isStillActive(context: TargetContext): Promise<boolean | undefined> {
  const { inputs, state, runtime, phase, target, azure, signal } = context
  const first = await getCluster(context)
  if (first === undefined) return undefined
  const known = stillActiveIn(first, context)
  if (known !== undefined) return known
  return phase('Read the cluster again', async () => {
    runtime.log.line(
      `Azure may still be showing the state from before image ${target.image} became active. Reading the cluster again for up to ${formatDuration(readLag)}.`,
    )
    const poller = createPoller(azure, inputs.pollInterval)
    for (;;) {
      await azure.clock.sleep(poller(), signal)
      const cluster = await readFitCluster(context)
      if (cluster === undefined) return undefined
      const knownNow = stillActiveIn(cluster, context)
      if (knownNow === undefined) continue
      runtime.log.line(runsOn(state))
      return knownNow
    }
  })
}

/** Whether this reading shows the image active; undefined where it may be from before the image was. */
function stillActiveIn({ sentAt, resource }: ClusterReading, { state, target }: TargetContext): boolean | undefined {
  if (isActive(target.image, resource)) return true
  const { lastSeenActive } = state
  return lastSeenActive === undefined || sentAt >= lastSeenActive + readLag ? false : undefined
}

/** Warns of rebuilding an image while queries run on it, where that is what is to be done. */
export function warnIfActive(
  cluster: Cluster | undefined,
  { inputs, runtime, target: { image } }: TargetContext<CheckContext['inputs']>,
): void {
  if (cluster === undefined || !isActive(image, cluster)) return
  const then = inputs.activate
    ? 'Once it is built, the cluster is switched to it again.'
    : 'Queries may keep running on the previous build; set activate to true to switch the cluster to the new one.'
  runtime.log.warning(
    `Image ${image} is currently active. Azure does not document whether a running cluster picks up a rebuilt image. ${then} To avoid this, give each version of the requirements its own image name.`,
    { title: 'active-image' },
  )
}

/** Warns of a cluster whose machines do not run the sandboxes of custom images. */
export function warnOfSku(cluster: Cluster | undefined, { runtime, target }: TargetContext): void {
  const { sku } = cluster ?? {}
  if (sku === undefined) return
  const isSuited = runsSandboxes(sku)
  if (isSuited === undefined)
    runtime.log.line(
      `It is not known whether the SKU ${sku} of the cluster runs custom images: Microsoft does not list it.`,
      'quiet',
    )
  if (isSuited !== false) return
  runtime.log.warning(
    `Cluster ${target.cluster} has the SKU ${sku}, which does not support nested virtualization, so queries cannot run on a custom image. Scale the cluster to a SKU that does: https://learn.microsoft.com/kusto/concepts/sandboxes`,
    { title: 'unsuited-sku' },
  )
}

/** Reads what is active, after a failure that may have left that open. */
export async function readActiveImage({ state, target, azure }: TargetContext): Promise<void> {
  try {
    const { sentAt, resource } = await readCluster(target, azure)
    clusterRead(state, { seen: 'resource', resource }, sentAt)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}
