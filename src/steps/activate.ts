import { clusterSubject } from '../azure/cluster.js'
import { foundChange } from '../azure/change.js'
import type { Change } from '../azure/change.js'
import { follow } from '../azure/follow.js'
import { lookAtCluster } from '../azure/cluster.js'
import { startPace } from '../azure/pace.js'
import { told } from '../azure/service-error.js'
import { requestSwitch, searchSwitch } from '../azure/switch.js'
import { interruption } from '../failures/build.js'
import { isActive, readinessOf, samePythonImage } from '../cluster/cluster.js'
import type { Cluster, PythonImage } from '../cluster/cluster.js'
import { noteCluster, undertaking } from '../record.js'
import { clusterUnreadable, switchFailure, switchNeverBegun } from '../failures/switch.js'
import { waitOut } from './obstacle.js'
import { awaitReady } from './ready.js'
import type { Scene } from './scene.js'
import { undertake } from './undertake.js'
import { tryDatabase } from './verify.js'
import { watching } from './watching.js'

/**
 * Has queries in Python run on the image: switches the cluster to it where another one is active, or where this one was
 * built anew meanwhile.
 * @throws {Failure} when the cluster cannot be switched.
 */
export async function activate(scene: Scene): Promise<void> {
  const { record, world, target } = scene
  const rebuilt = record.build.submitted === 'yes' || record.decision?.action === 'attach'
  const image: PythonImage = { kind: 'custom', name: target.image }
  for (;;) {
    const cluster = await awaitReady(scene, scene)
    if (cluster === undefined) throw clusterUnreadable(target)
    if (isActive(target.image, cluster) && !rebuilt) {
      world.log.line(`Image ${target.image} is active already.`)
      return
    }
    await tryDatabase(scene)
    if (await switchTo(image, cluster, 'switch', scene)) {
      record.activated = true
      return
    }
  }
}

/**
 * Switches the cluster to an image, and follows that to its end.
 * @param before the cluster as it is, with nobody changing it.
 * @returns whether it has succeeded; if not, something came between, and it is time to look and decide again.
 * @throws {Failure} when it ended in any other way.
 */
export async function switchTo(
  image: PythonImage,
  before: Cluster,
  what: 'switch' | 'switch back',
  scene: Scene,
): Promise<boolean> {
  const { inputs, record, world, target, means, phase } = scene
  const asWanted = (cluster: Cluster) => samePythonImage(cluster.python, image)
  return phase(what === 'switch' ? 'Switch the cluster' : 'Switch the cluster back', async () => {
    world.log.line(
      `Switching the cluster ${target.cluster} ${what === 'switch' ? 'to' : 'back to'} ${image.name}. That takes 16 to 60 minutes as a rule; queries go on meanwhile.`,
    )
    const latest = (record.latest = undertaking(what))
    const intent = {
      request: () => requestSwitch(image, target, means),
      isStillDue: async () => {
        const now = await lookAtCluster(target, means)
        return readinessOf(now).as === 'ready' && samePythonImage(now.python, before.python)
      },
      search: async (correlationId: string) =>
        (await searchSwitch(before, image, target, means)) ? foundChange(correlationId) : undefined,
      neverBegun: (tries: number, why: string) => switchNeverBegun(image, target, tries, why, record),
    }
    const begun = await undertake<Change>(intent, latest, scene)
    if (begun === undefined) return false

    const watcher = watching<Cluster>(world, {
      what,
      state: () => undefined,
      resource: cluster => noteCluster(record, cluster),
    })
    const pace = startPace(means, inputs.pollInterval)
    const end = await follow(begun.change, clusterSubject(target, means, asWanted), { means, pace, watcher })
    latest.ended = true
    if (end.as === 'succeeded') {
      world.log.line(`Queries in Python run on ${image.name} now.`, 'good')
      return true
    }
    const came = end.as === 'superseded' && begun.found ? 'conflict' : interruption(end)
    if (came === undefined) throw switchFailure(end, image, target, record)
    const why = 'error' in end && end.error !== undefined ? told(end.error) : ''
    await waitOut({ by: came, why, retryAfter: undefined }, scene)
    return false
  })
}
