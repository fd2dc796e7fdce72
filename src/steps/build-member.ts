import { isUnderWay, newChange } from '../azure/change/change.js'
import { readLag } from '../azure/change/evidence.js'
import { checkName } from '../azure/check-name.js'
import { sameName } from '../format.js'
import { builds, decide } from '../model/decide.js'
import { chooseMember, decideOnNewMember, type ImageFamily, isNewer } from '../model/image-family.js'
import type { BuiltImage } from './build-image.js'
import { mayHaveBegunBuild } from '../run-facts.js'
import type { Outcome, RunState } from '../run-state.js'
import type { ApplyContext } from './context.js'
import { findMember, type FoundMember, getMembers } from './find-member.js'
import { getIdleImage } from './get-image.js'
import { type Build, createBuild } from './submit-build.js'
import { createTries } from './try-again.js'

/**
 * Sees that a member of the family holds what is wanted: finds it, follows the build of it, or builds a new one.
 * @throws {Failure} when the service refuses, or the build ended otherwise than well.
 */
export async function buildMember(family: ImageFamily, start: ApplyContext): Promise<BuiltImage> {
  const build = createBuild(start)
  const failed = new Set<string>()
  const nextTry = createTries(start)
  for (;;) {
    const trying = nextTry()
    const found = await findMember(family, failed, trying)
    const context = { ...trying, target: found.target }
    takeUp(found, start.state)
    const outcome = found.isOwn
      ? await buildOwn(family, found, failed, build, context)
      : await followOther(found, context)
    if (outcome === 'failed') failed.add(found.target.image)
    else if (outcome !== 'decide-again') return { outcome, target: found.target }
  }
}

/** Puts aside the build that this run has begun while it follows another one, and takes it up again. */
function takeUp({ isOwn }: FoundMember, { changes }: RunState): void {
  const { build, leftBuild } = changes
  if (isOwn && leftBuild !== undefined) {
    changes.build = leftBuild
    delete changes.leftBuild
  } else if (!isOwn && build.attempts.length > 0) {
    changes.leftBuild = build
    changes.build = newChange('build')
  }
}

/** Uses a member that another run has built, or follows the build of it. */
async function followOther({ image }: FoundMember, context: ApplyContext): Promise<Outcome | 'failed'> {
  const { inputs, state, runtime, target, desired } = context
  const found = await getIdleImage(context, image)
  if (found.as === 'under-way') return { as: 'accepted' }
  const { resource } = found.image
  const decision = decide(desired, resource, { force: inputs.force, watched: found.watched })
  if (builds(decision)) {
    runtime.log.line(`Image ${target.image} cannot be used: it is ${resource?.state ?? 'deleted'}.`)
    return 'failed'
  }
  state.decision = decision
  return { as: 'succeeded' }
}

/** Builds this run's own member; leaves it alone where another run was there first. */
async function buildOwn(
  family: ImageFamily,
  { image, baseline }: FoundMember,
  failed: ReadonlySet<string>,
  build: Build,
  context: ApplyContext,
): Promise<Outcome | 'decide-again'> {
  const { inputs, state, target, desired, azure } = context
  if (state.changes.build.attempts.some(isUnderWay)) return build.submit(image, context, inputs.wait)
  const isNew = !mayHaveBegunBuild(state) && (await checkName(target, azure)) !== 'taken'
  const found = await getIdleImage(context, isNew ? image : undefined)
  if (found.as === 'under-way') return { as: 'accepted' }
  const { resource } = found.image
  const decision =
    resource === undefined
      ? decideOnNewMember(desired, baseline, inputs.force)
      : decide(desired, resource, { force: inputs.force, watched: found.watched })
  if (!mayHaveBegunBuild(state)) state.decision = decision
  if (!builds(decision)) return { as: 'succeeded' }
  await build.prepare(decision, resource ?? baseline, context)
  // What was waited for meanwhile may have been another run's build of the same.
  if (resource === undefined && azure.clock.now() - found.image.sentAt >= readLag) return 'decide-again'

  const submitted = await build.submit(found.image, context, false)
  if (submitted === 'decide-again' || submitted.as !== 'accepted' || !inputs.wait) return submitted
  const { members } = await getMembers(family, context)
  const others = members.filter(({ name }) => !failed.has(name) && !sameName(name, target.image))
  const other = chooseMember(others, desired, [], inputs.force)
  const isFirst = other.as === 'none' || (other.as === 'under-way' && !isNewer(family, target.image, other.member.name))
  if (isFirst) return build.submit(found.image, context, true)
  // Two runs build the same at the same time: the other's image is used by both, and `keep-latest` deletes this one.
  return 'decide-again'
}
