import { isActive, type PythonImage, samePythonImage } from '../model/cluster.js'
import { clusterUnreadable, runsOn, switchFailure } from '../failures/switch-failures.js'
import { rollbackFailed, verificationEnded } from '../failures/verification-failures.js'
import { Failure } from '../failure.js'
import { replacedBySwitch } from '../run-facts.js'
import { switchTo } from './activate.js'
import { isStillActive, readActiveImage, waitForCluster } from './cluster-ready.js'
import type { ApplyContext } from './context.js'

/**
 * Switches the cluster back to what the switch to the faulty image has replaced, as long as that image is active.
 * @throws {Failure} always: with what production runs on now, and with what was found.
 */
export async function rollBack(verificationFailure: Failure, context: ApplyContext): Promise<never> {
  const { state, runtime, target } = context
  const { cluster } = target
  const replaced = replacedBySwitch(state)
  const why = whyNot(replaced, context)
  if (why !== undefined || replaced?.image === undefined) {
    const lead = `Verification failed, and cluster ${cluster} still runs queries on the faulty image ${target.image}.`
    throw verificationEnded(verificationFailure, lead, why === undefined ? [] : [why])
  }
  const { image } = replaced
  runtime.log.line(verificationFailure.message, 'bad')
  const done = await switchBack(image, context).catch(async (error: unknown) => {
    if (!(error instanceof Failure)) throw error
    await readActiveImage(context)
    throw rollbackFailed(verificationFailure, image, error, target, state)
  })
  if (done === 'switched-back')
    throw verificationEnded(
      verificationFailure,
      `Verification failed, and cluster ${cluster} was switched back to ${image.name}.`,
    )
  throw verificationEnded(
    verificationFailure,
    `Verification failed. Someone else switched cluster ${cluster} meanwhile. ${runsOn(state)}`,
  )
}

async function switchBack(image: PythonImage, context: ApplyContext): Promise<'switched-back' | 'switched-by-others'> {
  const { state, target } = context
  const { switchBack: change } = state.changes
  for (;;) {
    const ready = await waitForCluster(context)
    if (ready === undefined) throw clusterUnreadable('switch back', target)
    if (!isActive(target.image, ready.cluster.resource)) {
      if (await isStillActive(context)) continue
      return 'switched-by-others'
    }
    const result = await switchTo(image, ready.cluster, change, context)
    if (result === 'decide-again') continue
    if (result.as === 'succeeded') return 'switched-back'
    throw switchFailure(result, image, 'switch-back', target, state)
  }
}

/** Tells why there is no switching back, in a sentence. */
function whyNot(
  replaced: { readonly image: PythonImage | undefined } | undefined,
  { inputs, target }: ApplyContext,
): string | undefined {
  if (replaced === undefined) return 'This run did not switch the cluster, so there is nothing to switch back.'
  if (!inputs.rollback) return 'The cluster was not switched back, because rollback is false.'
  if (replaced.image === undefined)
    return 'There is no image to switch back to: Python queries were not enabled before.'
  if (samePythonImage(replaced.image, { kind: 'custom', name: target.image })) {
    return 'There is no image to switch back to: the image was rebuilt in place while it was active.'
  }
  return undefined
}
