import { buildSpec } from '../azure/change/change-specs.js'
import { runChange } from '../azure/change/run-change.js'
import { buildFailure } from '../failures/build-failures.js'
import { builds, decide, reasonLabels } from '../model/decide.js'
import { joinList } from '../format.js'
import { imageRead, mayHaveBegunBuild, type Outcome } from '../run-state.js'
import type { ApplyContext } from './context.js'
import { clusterUnreadable } from '../failures/switch-failures.js'
import type { Cluster } from '../model/cluster.js'
import { refuseFindings } from './check-requirements.js'
import { getIdleImage } from './get-image.js'
import { waitForCluster, warnIfActive } from './cluster-ready.js'
import { tryDatabase } from './verify.js'
import { createProgress } from './progress.js'
import { readBase } from './read-base.js'
import { currentRequirementsOf, resolveRequirements } from './resolve-requirements.js'

/**
 * Makes the image hold what is wanted: look, decide, submit, follow; and again from the start when something came between.
 * @throws {Failure} when the service refuses, or the build ended otherwise than well.
 */
export async function buildImage(context: ApplyContext): Promise<Outcome> {
  const { inputs, state, runtime, target, desired, azure, phase } = context
  const { build } = state.changes
  const spec = buildSpec(desired, target, azure, (result, sentAt) => imageRead(state, result, sentAt))
  const progress = createProgress('build', runtime, inputs.wait ? azure.deadline : undefined)
  let logged: string | undefined
  let isResolved = false
  for (;;) {
    const found = await getIdleImage(context)
    if (found.as === 'under-way') return { as: 'accepted' }

    const decision = decide(desired, found.image.resource, { force: inputs.force, watched: found.watched })
    if (!mayHaveBegunBuild(state)) state.decision = decision
    if (!builds(decision)) return { as: 'succeeded' }
    const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
    if (why !== logged) runtime.log.line(`To do: ${decision.action}, because ${why}.`)
    logged = why
    if (!isResolved) {
      isResolved = true
      const base = await readBase(context, context)
      const current = await currentRequirementsOf(found.image.resource, base)
      await resolveRequirements(desired.requirements, current, base, context)
      refuseFindings(context)
    }
    warnIfActive(await preflight(context), context)

    const options = { azure, pollInterval: inputs.pollInterval, progress, waits: inputs.wait }
    const result = await phase('Build', () => runChange(build, found.image, spec, options))
    if (result === 'decide-again') continue
    if (result === 'accepted') return { as: 'accepted' }
    if (result.as !== 'succeeded') throw buildFailure(result, desired, target, state)
    runtime.log.line('The build succeeded.', 'good')
    return { as: 'succeeded' }
  }
}

/**
 * Sees, before anything is submitted, that all of it can be done: what is found out an hour later helps nobody.
 * @returns undefined where this application may not read the cluster, which a build does not need.
 * @throws {Failure} when the cluster cannot be changed, or the image could not be activated or tried.
 */
async function preflight(context: ApplyContext): Promise<Cluster | undefined> {
  const ready = await waitForCluster(context)
  if (ready === undefined && context.inputs.activate) throw clusterUnreadable('activate', context.target)
  await tryDatabase(context)
  return ready?.cluster.resource
}
