import { readCluster } from '../azure/read-cluster.js'
import { isActive, samePythonImage } from '../model/cluster.js'
import type { PythonImage } from '../model/cluster.js'
import { clusterUnreadable, runsOn, switchFailure } from '../failures/switch.js'
import { rollbackFailed, withMore } from '../failures/verification.js'
import { Failure } from '../failure.js'
import { clusterRead, replacedBySwitch } from '../run-state.js'
import { switchTo } from './activate.js'
import { isStillActive, waitForCluster } from './cluster-ready.js'
import type { ApplyContext } from './context.js'

/**
 * Switches the cluster back to what the switch to the faulty image has replaced, as long as that image is active.
 * @param flaw what was found.
 * @throws {Failure} always: with what was found, and with what is active now.
 */
export async function rollBack(flaw: Failure, context: ApplyContext): Promise<never> {
  const { state, runtime } = context
  const replaced = replacedBySwitch(state)
  const why = whyNot(replaced, context)
  if (why !== undefined || replaced?.image === undefined) throw withMore(flaw, `${why ?? ''} ${runsOn(state)}.`)
  const { image } = replaced
  runtime.log.line(flaw.message, 'bad')
  const done = await switchBack(image, context).catch(async (error: unknown) => {
    throw error instanceof Failure ? rollbackFailed(flaw, image, error, await readAgain(context)) : error
  })
  throw withMore(flaw, `${done} ${runsOn(state)}.`)
}

/** @returns what was done, in a sentence. */
async function switchBack(image: PythonImage, context: ApplyContext): Promise<string> {
  const { state, target } = context
  const { switchBack: change } = state.changes
  for (;;) {
    const ready = await waitForCluster(context)
    if (ready === undefined) throw clusterUnreadable('switch back', target)
    if (!isActive(target.image, ready.cluster.resource)) {
      if (await isStillActive(context)) continue
      return 'Somebody else has switched the cluster meanwhile.'
    }
    const result = await switchTo(image, ready.cluster, change, context)
    if (result === 'decide-again') continue
    if (result.as === 'succeeded') return 'The cluster was switched back.'
    throw switchFailure(result, image, 'switch-back', target, state)
  }
}

/** Reads what is active, after a failure that may have left that open. */
async function readAgain({ state, target, azure }: ApplyContext): Promise<string> {
  try {
    const { sentAt, resource } = await readCluster(target, azure)
    clusterRead(state, { seen: 'resource', resource, retryAfter: undefined }, sentAt)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
  return runsOn(state)
}

/** Why there is no going back, in a sentence. */
function whyNot(
  replaced: { readonly image: PythonImage | undefined } | undefined,
  { inputs, target }: ApplyContext,
): string | undefined {
  if (replaced === undefined) return 'This run has not switched the cluster, so there is nothing to switch back.'
  if (!inputs.rollback) return 'The cluster is not switched back, because rollback is false.'
  if (replaced.image === undefined)
    return 'There is no image to switch back to: queries in Python were not enabled before.'
  if (samePythonImage(replaced.image, { kind: 'custom', name: target.image })) {
    return 'There is no image to switch back to: the image was rebuilt in place while it was active.'
  }
  return undefined
}
