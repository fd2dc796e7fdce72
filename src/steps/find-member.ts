import { listMembers } from '../azure/list-images.js'
import type { Reading } from '../azure/read-resource.js'
import { pluralize, sameName } from '../format.js'
import { activeCustomImages } from '../model/cluster.js'
import type { CurrentImage } from '../model/image.js'
import { baselineOf, chooseMember, type ImageFamily, newMemberName } from '../model/image-family.js'
import type { Target } from '../model/target.js'
import { targetChosen } from '../run-state.js'
import { getCluster } from './cluster-ready.js'
import type { ApplyContext, TargetContext } from './context.js'

/** Holds the members of a family, the newest first, and when the request for the list left. */
export type ListedMembers = { readonly sentAt: number; readonly members: readonly CurrentImage[] }

/** Lists the members of a family. @throws {Failure} when the service refuses. */
export async function getMembers(family: ImageFamily, context: TargetContext): Promise<ListedMembers> {
  const { runtime, phase, target, azure } = context
  return phase('List the images', async () => {
    const sentAt = azure.clock.now()
    const members = await listMembers(family, target, azure)
    runtime.log.line(`Cluster ${target.cluster} has ${pluralize(members.length, 'image')} of ${family.prefix}*.`)
    return { sentAt, members }
  })
}

/** Holds the member that the run is about, and what is known of it. */
export type FoundMember = {
  readonly target: Target
  readonly image: Reading<CurrentImage>
  /** Whether it is the one that this run builds, if it has to. */
  readonly isOwn: boolean
  /** What a new member is compared with. */
  readonly baseline: CurrentImage | undefined
}

/**
 * Finds the member that holds what is wanted, or else names the one to build.
 * @param failed the members whose builds this run has seen fail.
 * @throws {Failure} when the service refuses, or does not allow such a name.
 */
export async function findMember(
  family: ImageFamily,
  failed: ReadonlySet<string>,
  context: ApplyContext,
): Promise<FoundMember> {
  const { inputs, state, runtime, desired } = context
  const { sentAt, members } = await getMembers(family, context)
  const candidates = members.filter(({ name }) => !failed.has(name))
  let chosen = chooseMember(candidates, desired, [], inputs.force)
  if (inputs.activate && chosen.as === 'built' && !chosen.isOnly) {
    const cluster = await getCluster(context)
    const active = cluster === undefined ? [] : activeCustomImages(cluster.resource)
    chosen = chooseMember(candidates, desired, active, inputs.force)
  }
  const ownName = state.ownName ?? newMemberName(family, runtime.clock.time(), desired.requirements.sha256, members)
  const baseline = baselineOf(members, [])
  state.ownName = ownName
  state.baseline = baseline
  const member = chosen.as === 'none' ? undefined : chosen.member
  const target = { ...context.target, image: member?.name ?? ownName }
  const image = { sentAt, resource: member }
  targetChosen(state, target, image)
  if (member !== undefined) runtime.log.line(`Image ${member.name} holds this content (${member.state}).`)
  return { target, image, isOwn: sameName(target.image, ownName), baseline }
}
