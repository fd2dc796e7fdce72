import { lookAtCluster } from '../azure/cluster.js'
import { isActive, samePythonImage } from '../cluster/cluster.js'
import type { PythonImage } from '../cluster/cluster.js'
import { Failure } from '../failure.js'
import { noteCluster } from '../record.js'
import { clusterUnreadable, runsOn } from '../failures/switch.js'
import { rollbackFailed, withMore } from '../failures/verification.js'
import { switchTo } from './activate.js'
import { awaitReady } from './ready.js'
import type { Scene } from './scene.js'

/**
 * Switches the cluster back to the image that was active before, after the new one was found wanting.
 * @param flaw what was found.
 * @throws {Failure} always: with what was found, and with what is active now.
 */
export async function rollBack(flaw: Failure, scene: Scene): Promise<never> {
  const { record, world } = scene
  const former = record.former?.python
  const why = whyNot(former, scene)
  if (why !== undefined || former === undefined) throw withMore(flaw, `${why ?? ''} ${runsOn(record)}.`)
  world.log.line(flaw.message, 'bad')
  const done = await switchBack(former, scene).catch(async (error: unknown) => {
    throw error instanceof Failure ? rollbackFailed(flaw, former, error, await lookAgain(scene)) : error
  })
  throw withMore(flaw, `${done} ${runsOn(record)}.`)
}

/** @returns what was done, in a sentence. */
async function switchBack(former: PythonImage, scene: Scene): Promise<string> {
  const { record, target } = scene
  for (;;) {
    const cluster = await awaitReady(scene, scene)
    if (cluster === undefined) throw clusterUnreadable(target)
    if (!isActive(target.image, cluster)) return 'Somebody else has switched the cluster meanwhile.'
    if (await switchTo(former, cluster, 'switch back', scene)) {
      record.activated = false
      return 'The cluster was switched back.'
    }
  }
}

/** Looks what is active, after a failure that may have left that open. */
async function lookAgain({ record, target, means }: Scene): Promise<string> {
  await lookAtCluster(target, means).then(
    cluster => noteCluster(record, cluster),
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error
    },
  )
  return runsOn(record)
}

/** Why there is no going back, in a sentence. */
function whyNot(former: PythonImage | undefined, { inputs, record, target }: Scene): string | undefined {
  if (!record.activated) return 'This run has not switched the cluster, so there is nothing to switch back.'
  if (!inputs.rollback) return 'The cluster is not switched back, for rollback is false.'
  if (former === undefined) return 'There is no image to go back to: queries in Python were not enabled before.'
  if (samePythonImage(former, { kind: 'custom', name: target.image })) {
    return 'There is no image to go back to: the image was built anew in the place of the one that was active.'
  }
  return undefined
}
