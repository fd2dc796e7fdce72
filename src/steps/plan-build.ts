import { isActive } from '../model/cluster.js'
import { builds, decideWithoutWaiting, reasonLabels } from '../model/decide.js'
import { contentOf, mostLines } from '../model/image.js'
import type { PlanInputs } from '../inputs/inputs.js'
import { runInSlices } from '../time-slice.js'
import { joinList } from '../format.js'
import { comparePackages } from '../requirements/package-changes.js'
import type { CurrentRequirements, ResolutionTarget } from '../requirements/resolver/resolution.js'
import type { Requirements } from '../requirements/requirements.js'
import { getImage } from './get-image.js'
import { getCluster, warnIfActive } from './cluster-ready.js'
import { readBase } from './read-base.js'
import { currentRequirementsOf } from './resolve-requirements.js'
import { type RunContext, yieldToEventLoop } from './context.js'
import { signInIfPossible } from './sign-in.js'

/** Holds what a plan has found out for resolving. */
type PlannedBuild = {
  /** What the image holds; undefined where nothing was compared. */
  readonly current: CurrentRequirements | undefined
  /** What it is built on. */
  readonly base: ResolutionTarget
}

/**
 * Compares the requirements with the image, as far as Azure can be asked, and takes into the state what `apply` would do.
 * @throws {Failure} when the service refuses, or what holds the image is not there.
 */
export async function planBuild(requirements: Requirements, run: RunContext<PlanInputs>): Promise<PlannedBuild> {
  const { inputs, state, runtime } = run
  const { target, foundation } = inputs
  const withoutAzure = async (why: string): Promise<PlannedBuild> => {
    state.comparison = { why }
    const text = `The requirements were checked, but not compared with an image: ${why}.`
    runtime.log.notice(text, { title: 'not-compared' })
    return { current: undefined, base: await readBase(run, undefined) }
  }
  if (state.requirements === undefined) return withoutAzure('the requirements file could not be read completely')
  if (target === undefined || foundation === undefined) return withoutAzure(whyUntargeted(inputs))
  const signedIn = await signInIfPossible(run)
  if ('why' in signedIn) return withoutAzure(signedIn.why)

  const desired = { language: inputs.language, foundation, requirements }
  const context = { ...run, target, azure: signedIn.azure }
  const { resource: image } = await getImage(context)
  const decision = decideWithoutWaiting(desired, image, inputs.force)
  const base = await readBase(run, context)
  const current = await currentRequirementsOf(decision.action === 'create' ? undefined : image, base)
  if (image !== undefined && !contentOf(image.requirementsText).whole) {
    runtime.log.line(`The image holds too many requirements: only ${mostLines} lines of them are compared.`)
  }
  state.decision = decision
  const changes = await runInSlices(comparePackages(current.requirements, requirements), yieldToEventLoop(run))
  const comparison = { image, changes }
  state.comparison = { ...comparison, activates: false }
  const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
  runtime.log.line(`To do: ${decision.action}${why === '' ? '' : `, because ${why}`}.`)

  if (!builds(decision) && !inputs.activate) return { current, base }
  const cluster = (await getCluster(context))?.resource
  if (builds(decision)) warnIfActive(cluster, context)
  const isDue = decision.action !== 'none' || (cluster !== undefined && !isActive(target.image, cluster))
  state.comparison = { ...comparison, activates: inputs.activate && isDue }
  return { current, base }
}

function whyUntargeted({ missing }: PlanInputs): string {
  return `${joinList(missing)} ${missing.length === 1 ? 'is' : 'are'} empty`
}
