import type { Change, ChangeResult } from '../azure/change/change.js'
import { classifyImage, switchSpec } from '../azure/change/change-specs.js'
import { freshFor, readLag } from '../azure/change/evidence.js'
import { createPoller } from '../azure/poll-interval.js'
import { runChange } from '../azure/change/run-change.js'
import type { ClusterReading } from '../azure/read-resource.js'
import { type Cluster, isActive, type PythonImage } from '../model/cluster.js'
import { isNewer } from '../model/image-family.js'
import { buildFailure } from '../failures/build-failures.js'
import { clusterUnreadable, newerImageActive, switchFailure } from '../failures/switch-failures.js'
import { replacedBySwitch, wasReceived } from '../run-facts.js'
import { clusterRead } from '../run-state.js'
import { readActiveImage, waitForCluster } from './cluster-ready.js'
import type { ApplyContext } from './context.js'
import { getImage } from './get-image.js'
import { createProgress } from './progress.js'
import { tryDatabase } from './verify.js'

/**
 * Has queries in Python run on the image: switches the cluster to it where another one is active, or where this one was
 * built anew meanwhile. Of a family, a member that was named after this run's own is left active: a newer run has switched
 * to it.
 * @throws {Failure} when the cluster cannot be switched.
 */
export async function activate(context: ApplyContext): Promise<void> {
  const { inputs, state, runtime, target, azure } = context
  const image: PythonImage = { kind: 'custom', name: target.image }
  const isRebuilt = wasReceived(state.changes.build) !== false || state.decision?.action === 'attach'
  let isTried = false
  for (;;) {
    const ready = await waitForCluster(context)
    if (ready === undefined) throw clusterUnreadable('activate', target)
    const { cluster, whileBusy } = ready
    const isOn = isActive(target.image, cluster.resource)
    if (isOn && !isRebuilt) {
      // Which change it was that this run saw end, the cluster does not show; it may have been a switch in place.
      if (whileBusy !== undefined) state.followedSwitch = { replaced: whileBusy.resource.python }
      runtime.log.line(`Image ${target.image} is ${whileBusy === undefined ? 'already active' : 'active now'}.`)
      return
    }
    const { name = '' } = cluster.resource.python ?? {}
    if (inputs.family !== undefined && !isOn && isNewer(inputs.family, name, state.ownName ?? ''))
      throw newerImageActive(name, target)
    if (!isTried) {
      await tryDatabase(context)
      isTried = true
      // Sandboxes that are not ready take minutes, in which someone may have switched the cluster.
      if (azure.clock.now() - cluster.sentAt >= freshFor) continue
    }
    const result = await switchTo(image, cluster, state.changes.switch, context)
    if (result === 'decide-again') continue
    if (result.as === 'succeeded') return
    await readActiveImage(context)
    throw switchFailure(result, image, 'switch', target, state)
  }
}

/** Reads the image again after a switch, which takes long. @throws {Failure} when it no longer holds what is wanted. */
export async function confirmImage(context: ApplyContext): Promise<void> {
  const { inputs, state, desired, target, azure, signal } = context
  const { sentAt = 0 } = state.image ?? {}
  if (replacedBySwitch(state) === undefined) return
  const poller = createPoller(azure, inputs.pollInterval)
  for (;;) {
    const image = await getImage(context)
    if (classifyImage(desired, image.resource) === 'done') return
    // What is read within the lag may be what was before this run's build.
    if (image.sentAt >= sentAt + readLag) {
      const { resource } = image
      const end = resource === undefined ? ({ as: 'gone' } as const) : ({ as: 'superseded', resource } as const)
      throw buildFailure(end, desired, target, state)
    }
    await azure.clock.sleep(poller(), signal)
  }
}

/**
 * Switches the cluster to an image, and follows that to its end.
 * @param before the cluster as it was read right before, with nobody changing it.
 * @returns how it ended; or that something came between, and it is time to look and decide again.
 * @throws {Failure} when the service refuses.
 */
export async function switchTo(
  image: PythonImage,
  before: ClusterReading,
  change: Change<Cluster>,
  { inputs, state, runtime, target, azure, phase }: ApplyContext,
): Promise<ChangeResult<Cluster> | 'decide-again'> {
  const isBack = change.kind === 'switch-back'
  return phase(isBack ? 'Switch the cluster back' : 'Switch the cluster', async () => {
    const { log } = runtime
    log.line(
      `Switching cluster ${target.cluster} ${isBack ? 'back ' : ''}to ${image.name}. Queries keep running meanwhile.`,
    )
    const spec = switchSpec(image, target, azure, (result, sentAt) => clusterRead(state, result, sentAt))
    const progress = createProgress(isBack ? 'switch back' : 'switch', runtime, azure.deadline)
    const options = { azure, pollInterval: inputs.pollInterval, progress, waits: true }
    const result = await runChange(change, before, spec, options)
    if (result === 'accepted') throw new Error('a switch is always waited for')
    if (result !== 'decide-again' && result.as === 'succeeded')
      log.line(`Python queries now run on ${image.name}.`, 'good')
    return result
  })
}
