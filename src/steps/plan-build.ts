import { activeCustomImages, isActive } from '../model/cluster.js'
import { builds, type Decision, decideWithoutWaiting, reasonLabels } from '../model/decide.js'
import { contentOf, type CurrentImage, type DesiredImage, mostLines } from '../model/image.js'
import { baselineOf, chooseMember, decideOnNewMember, type ImageFamily } from '../model/image-family.js'
import { targetChosen } from '../run-state.js'
import type { PlanInputs } from '../inputs/inputs.js'
import { runInSlices } from '../time-slice.js'
import { joinList } from '../format.js'
import { comparePackages } from '../requirements/package-changes.js'
import type { CurrentRequirements, ResolutionTarget } from '../requirements/resolver/resolution.js'
import type { Requirements } from '../requirements/requirements.js'
import { getMembers } from './find-member.js'
import { getImage } from './get-image.js'
import { lockRequirements, newestUsable } from './lock-requirements.js'
import { getCluster, warnIfActive, warnOfSku } from './cluster-ready.js'
import { readBase } from './read-base.js'
import { currentRequirementsOf } from './resolve-requirements.js'
import { type RunContext, type TargetContext, yieldToEventLoop } from './context.js'
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
    const base = await readBase(run, undefined)
    if (inputs.lock !== 'false' && state.requirements !== undefined)
      await lockRequirements(requirements, undefined, base, run)
    return { current: undefined, base }
  }
  if (state.requirements === undefined) return withoutAzure('the requirements file could not be read completely')
  if (target === undefined || foundation === undefined) return withoutAzure(whyUntargeted(inputs))
  const signedIn = await signInIfPossible(run)
  if ('why' in signedIn) return withoutAzure(signedIn.why)

  const start = { ...run, target, azure: signedIn.azure }
  const base = await readBase(run, start)
  const desiredFor = async (present: CurrentImage | undefined): Promise<DesiredImage> => {
    const { language, lock } = inputs
    const wanted = lock === 'false' ? requirements : await lockRequirements(requirements, present, base, run)
    return { language, foundation, requirements: wanted }
  }
  const { desired, decision, image } = await (inputs.family === undefined
    ? compareWithImage(desiredFor, start)
    : compareWithFamily(inputs.family, desiredFor, start))
  const context = { ...start, target: state.target ?? target }
  const current = await currentRequirementsOf(image, base)
  if (image !== undefined && !contentOf(image.requirementsText).whole) {
    runtime.log.line(`The image holds too many requirements: only ${mostLines} lines of them are compared.`)
  }
  state.decision = decision
  const changes = await runInSlices(comparePackages(current.requirements, desired.requirements), yieldToEventLoop(run))
  const comparison = { image, changes }
  state.comparison = { ...comparison, activates: false }
  const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
  runtime.log.line(`To do: ${decision.action}${why === '' ? '' : `, because ${why}`}.`)

  if (!builds(decision) && !inputs.activate) return { current, base }
  const { resource: cluster } = state.cluster ?? (await getCluster(context)) ?? {}
  if (builds(decision)) {
    warnIfActive(cluster, context)
    warnOfSku(cluster, context)
  }
  const isDue = decision.action !== 'none' || (cluster !== undefined && !isActive(context.target.image, cluster))
  state.comparison = { ...comparison, activates: inputs.activate && isDue }
  return { current, base }
}

/** What a plan decides, and the image with which what is wanted is compared; undefined where there is none. */
type Comparison = {
  readonly desired: DesiredImage
  readonly decision: Decision
  readonly image: CurrentImage | undefined
}

/** Tells what is wanted, given the image whose versions are kept where the requirements are locked. */
type DesiredFor = (present: CurrentImage | undefined) => Promise<DesiredImage>

async function compareWithImage(desiredFor: DesiredFor, context: TargetContext<PlanInputs>): Promise<Comparison> {
  const { resource: image } = await getImage(context)
  const desired = await desiredFor(image)
  const decision = decideWithoutWaiting(desired, image, context.inputs.force)
  return { desired, decision, image: decision.action === 'create' ? undefined : image }
}

/** Compares with the member that holds what is wanted, else with the one that queries run on, else with the newest. */
async function compareWithFamily(
  family: ImageFamily,
  desiredFor: DesiredFor,
  context: TargetContext<PlanInputs>,
): Promise<Comparison> {
  const { inputs, state, runtime, target } = context
  const { sentAt, members } = await getMembers(family, context)
  const cluster = await getCluster(context)
  const active = cluster === undefined ? [] : activeCustomImages(cluster.resource)
  const desired = await desiredFor(newestUsable(members))
  const chosen = chooseMember(members, desired, active, inputs.force)
  if (chosen.as !== 'none') {
    const image = chosen.member
    targetChosen(state, { ...target, image: image.name }, { sentAt, resource: image })
    return { desired, decision: decideWithoutWaiting(desired, image, inputs.force), image }
  }
  const image = baselineOf(members, active)
  runtime.log.line(image === undefined ? 'There is no image to compare with.' : `Comparing with image ${image.name}.`)
  targetChosen(state, target, { sentAt, resource: undefined })
  state.baseline = image
  return { desired, decision: decideOnNewMember(desired, image, inputs.force), image }
}

function whyUntargeted({ missing }: PlanInputs): string {
  return `${joinList(missing)} ${missing.length === 1 ? 'is' : 'are'} empty`
}
