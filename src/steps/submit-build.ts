import { buildSpec } from '../azure/change/change-specs.js'
import { runChange } from '../azure/change/run-change.js'
import type { Reading } from '../azure/read-resource.js'
import { buildFailure } from '../failures/build-failures.js'
import { clusterUnreadable } from '../failures/switch-failures.js'
import { joinList } from '../format.js'
import type { Cluster } from '../model/cluster.js'
import { type Decision, reasonLabels } from '../model/decide.js'
import type { CurrentImage } from '../model/image.js'
import { imageRead, type Outcome } from '../run-state.js'
import { refuseFindings } from './check-requirements.js'
import { waitForCluster, warnIfActive, warnOfSku } from './cluster-ready.js'
import type { ApplyContext } from './context.js'
import { createProgress } from './progress.js'
import { readBase } from './read-base.js'
import { currentRequirementsOf, resolveRequirements } from './resolve-requirements.js'
import { tryDatabase } from './verify.js'

/** Carries out a build, as often as it takes. */
export type Build = {
  /**
   * Sees, before the build is submitted, that it is worth it; what was resolved once is not resolved again.
   * @param current what the new image is compared with.
   * @throws {Failure} when the build, or what follows it, would fail.
   */
  readonly prepare: (decision: Decision, current: CurrentImage | undefined, context: ApplyContext) => Promise<void>
  /**
   * Has the service build the image, or goes on with a build of it that this run has begun.
   * @param before the image as it was read right before.
   * @param waits whether the result is waited for.
   * @throws {Failure} when the service refuses, or the build ended otherwise than well.
   */
  readonly submit: (
    before: Reading<CurrentImage>,
    context: ApplyContext,
    waits: boolean,
  ) => Promise<Outcome | 'decide-again'>
}

/** Makes what a run carries out its build with. */
export function createBuild({ inputs, runtime, azure }: ApplyContext): Build {
  const progress = createProgress('build', runtime, inputs.wait ? azure.deadline : undefined)
  let logged: string | undefined
  let isResolved = false
  let isWarned = false
  return {
    prepare: async (decision, current, context) => {
      const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
      if (why !== logged) runtime.log.line(`To do: ${decision.action}, because ${why}.`)
      logged = why
      if (!isResolved && inputs.lock === 'false') {
        isResolved = true
        const base = await readBase(context, context)
        const held = await currentRequirementsOf(current, base)
        await resolveRequirements(context.desired.requirements, held, base, context)
        refuseFindings(context)
      }
      const cluster = await preflight(context)
      warnIfActive(cluster, context)
      if (!isWarned) warnOfSku(cluster, context)
      isWarned = true
    },
    submit: async (before, { state, target, desired, phase }, waits) => {
      const spec = buildSpec(desired, target, azure, (result, sentAt) => imageRead(state, result, sentAt))
      const options = { azure, pollInterval: inputs.pollInterval, progress, waits }
      const result = await phase('Build', () => runChange(state.changes.build, before, spec, options))
      if (result === 'decide-again') return 'decide-again'
      if (result === 'accepted') return { as: 'accepted' }
      if (result.as !== 'succeeded') throw buildFailure(result, desired, target, state)
      runtime.log.line('The build succeeded.', 'good')
      return { as: 'succeeded' }
    },
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
