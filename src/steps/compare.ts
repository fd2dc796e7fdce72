import { isActive } from '../cluster/cluster.js'
import { builds, foresee } from '../image/decide.js'
import { contentOf, mostLines } from '../image/image.js'
import { reasonWords } from '../image/reason.js'
import type { PlanInputs } from '../inputs/inputs.js'
import { inTurns } from '../long-work.js'
import { listed } from '../phrases.js'
import { comparingPackages } from '../requirements/findings/package-changes.js'
import type { Former } from '../requirements/resolution/resolution.js'
import type { Requirements } from '../requirements/requirements.js'
import { getImage } from './get-image.js'
import { getCluster, warnIfActive } from './cluster-ready.js'
import { formerOf } from './resolve.js'
import { giveWay } from './context.js'
import type { RunContext } from './context.js'
import { signInIfPossible } from './sign-in.js'

/**
 * Compares the requirements with the image, as far as Azure can be asked, and takes into the state what `apply` would do.
 * @returns what the image holds; undefined where nothing was compared.
 * @throws {Failure} when the service refuses, or what holds the image is not there.
 */
export async function compare(requirements: Requirements, run: RunContext<PlanInputs>): Promise<Former | undefined> {
  const { inputs, state, runtime } = run
  const { target, foundation } = inputs
  const withoutAzure = (why: string): undefined => {
    state.comparison = { why }
    runtime.log.notice(`The requirements are checked, and not compared with an image: ${why}.`, {
      title: 'not-compared',
    })
  }
  if (requirements.unread.length > 0) return withoutAzure('they could not be read as a whole')
  if (target === undefined || foundation === undefined) return withoutAzure(whyUntargeted(inputs))
  const signedIn = await signInIfPossible(run)
  if ('why' in signedIn) return withoutAzure(signedIn.why)

  const desired = { language: inputs.language, foundation, requirements }
  const context = { ...run, target, azure: signedIn.azure }
  const { resource: image } = await getImage(context)
  const decision = foresee(desired, image, inputs.force)
  const former = formerOf(decision.action === 'create' ? undefined : image)
  if (image !== undefined && !contentOf(image.requirementsText).whole) {
    runtime.log.line(`What the image holds is too long: no more than ${mostLines} lines of it are compared.`)
  }
  state.decision = decision
  const changes = await inTurns(comparingPackages(former.requirements, requirements), giveWay(run))
  const comparison = { image, changes }
  state.comparison = { ...comparison, activates: false }
  const why = listed(decision.reasons.map(reason => reasonWords[reason]))
  runtime.log.line(`To do: ${decision.action}${why === '' ? '' : `, because ${why}`}.`)

  if (!builds(decision) && !inputs.activate) return former
  const cluster = (await getCluster(context))?.resource
  if (builds(decision)) warnIfActive(cluster, context)
  const isDue = decision.action !== 'none' || (cluster !== undefined && !isActive(target.image, cluster))
  state.comparison = { ...comparison, activates: inputs.activate && isDue }
  return former
}

function whyUntargeted({ missing }: PlanInputs): string {
  return `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not given`
}
