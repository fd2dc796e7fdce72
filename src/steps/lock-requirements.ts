import { Failure } from '../failure.js'
import { joinList, pluralize } from '../format.js'
import type { ApplyInputs } from '../inputs/inputs.js'
import { contentOf, type CurrentImage } from '../model/image.js'
import { isBeingDeleted, statusOf } from '../model/provisioning-state.js'
import { isHashed, lockedLines, pinnedVersions } from '../requirements/lock.js'
import { type Changes, comparePackages } from '../requirements/package-changes.js'
import { type Requirements, requirementsOf, requirementsOfLines } from '../requirements/requirements.js'
import type { ResolutionTarget } from '../requirements/resolver/resolution.js'
import { runInSlices } from '../time-slice.js'
import { refuseFindings } from './check-requirements.js'
import { type CheckContext, type TargetContext, yieldToEventLoop } from './context.js'
import { getMembers } from './find-member.js'
import { getImage } from './get-image.js'
import { readBase } from './read-base.js'
import { resolveRequirements } from './resolve-requirements.js'

/** Locks the requirements to what the image has, or the newest image of the family. @throws {Failure} as {@link lockRequirements} does. */
export async function lockToImage(
  requirements: Requirements,
  context: TargetContext<ApplyInputs>,
): Promise<Requirements> {
  const { family } = context.inputs
  const present =
    family === undefined
      ? (await getImage(context)).resource
      : newestUsable((await getMembers(family, context)).members)
  return lockRequirements(requirements, present, await readBase(context, context), context)
}

/** Returns the newest image that has not failed. @param images the newest first. */
export function newestUsable(images: readonly CurrentImage[]): CurrentImage | undefined {
  return images.find(isUsable)
}

function isUsable({ state }: CurrentImage): boolean {
  return ['succeeded', 'in-progress'].includes(statusOf(state)) && !isBeingDeleted(state)
}

/**
 * Pins all that would be installed: the requirements that are compared and sent in place of those of the file.
 * @param present the image whose versions are kept where they satisfy; undefined where there is none.
 * @throws {Failure} when uv cannot resolve the requirements.
 */
export async function lockRequirements(
  requirements: Requirements,
  present: CurrentImage | undefined,
  base: ResolutionTarget,
  run: CheckContext,
): Promise<Requirements> {
  const { inputs, state, runtime } = run
  if (isHashed(requirements)) {
    runtime.log.line('The requirements have hashes, so the file pins every version already.')
    return requirements
  }
  const current = requirementsOf(contentOf(present?.requirementsText ?? '').text)
  // What has failed is no reason to keep its versions.
  const isKept = inputs.lock === 'true' && present !== undefined && isUsable(present)
  await resolveRequirements(requirements, undefined, base, run, isKept ? pinnedVersions(current) : undefined)
  refuseFindings(run)
  const { resolution } = state
  if (resolution?.outcome !== 'resolved' || resolution.tool !== 'uv') {
    if (resolution === undefined || resolution.outcome === 'unavailable') throw notLocked(resolution?.why ?? noUv)
    throw notLocked(resolution.tool === 'pip' ? noUv : 'not every package has a wheel for the image')
  }
  const lines = lockedLines(requirements, resolution.packages, resolution.lines)
  const giveWay = yieldToEventLoop(run)
  const { files } = requirements
  const locked = { ...(await requirementsOfLines(files[0] ?? '', lines, giveWay)), files }
  const changes = await runInSlices(comparePackages(current, locked), giveWay)
  const since = present === undefined ? '' : ` ${differenceText(changes, present.name)}`
  runtime.log.line(`Locked ${pluralize(resolution.packages.length, 'package')}.${since}`)
  return (state.requirements = locked)
}

const noUv = 'only uv resolves for the image whatever it runs on, and there is no uv 0.5 or newer'

/** So many packages are named in the log; the plan and the summary have them all. */
const mostNames = 10

function differenceText({ added, changed, removed }: Changes, image: string): string {
  const parts = [
    ...changed.map(({ name, from, to }) => `${name} ${from} → ${to}`),
    ...added.map(({ name, to }) => `${name} ${to} added`),
    ...removed.map(({ name }) => `${name} removed`),
  ]
  return parts.length === 0
    ? `Image ${image} has the same.`
    : `Compared with image ${image}: ${joinList(parts, mostNames)}.`
}

function notLocked(why: string): Failure {
  return new Failure({
    code: 'not-locked',
    headline: `The requirements cannot be locked: ${why}.`,
    details: ['The input lock is set, so nothing is built without a version for every package.'],
    remedy:
      'Set up uv in an earlier step (astral-sh/setup-uv) and check that the runner can reach the package index, or set lock to false.',
  })
}
