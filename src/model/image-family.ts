import { sameName } from '../format.js'
import type { Decision, Reason } from './decide.js'
import { type CurrentImage, type DesiredImage, differences } from './image.js'
import { isBeingDeleted, statusOf } from './provisioning-state.js'

/** Names the images of which this action makes one for each content: those that begin alike and end in its own form. */
export type ImageFamily = { readonly prefix: string }

/** What this action puts in the place of the `*`: when the image was named, in UTC, and the content. */
const memberForm = /^(\d{8})-(\d{6})-[\da-f]{6,64}$/

/** Hex digits of the content that a new name holds; enough to tell apart what was built in the same second. */
const digestDigits = 6

/**
 * Returns the name of a new member.
 * @param at milliseconds since the epoch.
 * @param sha256 digest of the requirements, in hex.
 */
function memberName({ prefix }: ImageFamily, at: number, sha256: string): string {
  const [date, time] = new Date(at).toISOString().replaceAll(/[-:]/g, '').split(/[T.]/)
  return `${prefix}${date}-${time}-${sha256.slice(0, digestDigits)}`
}

/**
 * Tells when a member was named, as the number `yyyymmddhhmmss`; undefined of an image that this action has not named.
 * Azure's names know no case.
 */
export function memberTime({ prefix }: ImageFamily, name: string): number | undefined {
  const lower = name.toLowerCase()
  if (!lower.startsWith(prefix.toLowerCase())) return undefined
  const [, date, time] = memberForm.exec(lower.slice(prefix.length)) ?? []
  return date === undefined || time === undefined ? undefined : Number(date + time)
}

/**
 * Returns the name of a new member that no image has yet; of two named in the same second, the later has the next second.
 * @param at milliseconds since the epoch.
 */
export function newMemberName(
  family: ImageFamily,
  at: number,
  sha256: string,
  members: readonly { readonly name: string }[],
): string {
  const name = memberName(family, at, sha256)
  const isTaken = members.some(member => sameName(member.name, name))
  return isTaken ? newMemberName(family, at + 1000, sha256, members) : name
}

/** Tells whether a member was named after another one. */
export function isNewer(family: ImageFamily, one: string, other: string): boolean {
  return (memberTime(family, one) ?? -Infinity) > (memberTime(family, other) ?? Infinity)
}

/** Tells whether an image of this name is one that this action made for the family. */
export function isMember(family: ImageFamily, name: string): boolean {
  return memberTime(family, name) !== undefined
}

/** Returns the members among the images, the newest first. */
export function membersIn<Image extends { readonly name: string }>(
  images: readonly Image[],
  family: ImageFamily,
): readonly Image[] {
  return images.filter(({ name }) => isMember(family, name)).toSorted((one, other) => byAge(family, other, one))
}

function byAge(family: ImageFamily, one: { readonly name: string }, other: { readonly name: string }): number {
  const age = (memberTime(family, one.name) ?? 0) - (memberTime(family, other.name) ?? 0)
  return age === 0 ? (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1) : age
}

/** Tells which member the run is about. */
export type ChosenMember =
  /** It holds the content, and has succeeded; `isOnly`: no other member has. */
  | { readonly as: 'built'; readonly member: CurrentImage; readonly isOnly: boolean }
  /** It is being built with the content. */
  | { readonly as: 'under-way'; readonly member: CurrentImage }
  /** No member holds the content. */
  | { readonly as: 'none' }

/**
 * Chooses the member that holds what is wanted: of those that succeeded the active one, else the newest; else, of those being
 * built, the one that was named first, which is the one that every other run follows too.
 * @param members the newest first.
 * @param active the custom images that queries run on, as far as known.
 * @param force whether only a build that is under way counts.
 */
export function chooseMember(
  members: readonly CurrentImage[],
  desired: DesiredImage,
  active: readonly string[],
  force: boolean,
): ChosenMember {
  const holding = members.filter(member => !isBeingDeleted(member.state) && differences(desired, member).length === 0)
  const built = force ? [] : holding.filter(({ state }) => statusOf(state) === 'succeeded')
  const member = built.find(({ name }) => active.some(each => sameName(each, name))) ?? built[0]
  if (member !== undefined) return { as: 'built', member, isOnly: built.length === 1 }
  const underWay = holding.findLast(({ state }) => statusOf(state) === 'in-progress')
  return underWay === undefined ? { as: 'none' } : { as: 'under-way', member: underWay }
}

/**
 * Decides to build a new member.
 * @param baseline what it is compared with.
 */
export function decideOnNewMember(desired: DesiredImage, baseline: CurrentImage | undefined, force: boolean): Decision {
  if (baseline === undefined) return { action: 'create', reasons: ['new'] }
  const reasons: Reason[] = differences(desired, baseline)
  if (force) reasons.push('forced')
  // What it is compared with may hold the same, and be active, though its last build has failed.
  return { action: 'create', reasons: reasons.length === 0 ? ['last-build-failed'] : reasons }
}

/**
 * Returns the member that a new one is compared with: the one that queries run on, else the newest that succeeded.
 * @param members the newest first.
 * @param active the custom images that queries run on, as far as known.
 */
export function baselineOf(members: readonly CurrentImage[], active: readonly string[]): CurrentImage | undefined {
  return (
    members.find(({ name }) => active.some(each => sameName(each, name))) ??
    members.find(({ state }) => statusOf(state) === 'succeeded')
  )
}
