import { buildSpec } from '../azure/change/build-spec.js'
import { runChange } from '../azure/change/run-change.js'
import { buildFailure } from '../failures/build.js'
import { builds, decide, reasonLabels } from '../model/decide.js'
import { joinList } from '../format.js'
import { imageRead, mayHaveBegunBuild } from '../run-state.js'
import type { Outcome } from '../run-state.js'
import type { ApplyContext } from './context.js'
import { refuseFindings } from './report-findings.js'
import { getIdleImage } from './get-image.js'
import { preflight, warnIfActive } from './cluster-ready.js'
import { createProgress } from './progress.js'
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
  for (;;) {
    const found = await getIdleImage(context)
    if (found.as === 'under-way') return { as: 'accepted' }

    const decision = decide(desired, found.image.resource, { force: inputs.force, watched: found.watched })
    if (!mayHaveBegunBuild(state)) state.decision = decision
    if (!builds(decision)) return { as: 'succeeded' }
    runtime.log.line(
      `To do: ${decision.action}, because ${joinList(decision.reasons.map(reason => reasonLabels[reason]))}.`,
    )
    if (state.resolution === undefined) {
      const current = currentRequirementsOf(found.image.resource)
      await resolveRequirements(desired.requirements, current, context)
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
