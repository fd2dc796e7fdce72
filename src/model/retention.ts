import { sameName, joinList } from '../format.js'
import type { CurrentImage } from './image.js'
import { type ImageFamily, isMember, memberTime } from './image-family.js'
import { statusOf } from './provisioning-state.js'

/** Holds what a clean-up needs to know of each image of a cluster: not its content, for there may be many. */
export type ListedImage = Pick<CurrentImage, 'id' | 'name' | 'state' | 'baseImageName' | 'changedAt'>

/** Says which images a clean-up is about: all whose names begin alike, and how many of the newest stay. */
export type RetentionRule = ImageFamily & { readonly keepLatest: number }

/** Says what becomes of an image, and why. */
export type Retention = {
  readonly image: string
  readonly isDeleted: boolean
  readonly why: 'old' | 'latest' | 'fallback' | Usage['by'] | 'changing'
  /** The images that are built upon it. */
  readonly dependants: readonly string[]
}

/** Says what an image is in use for. */
export type Usage = { readonly by: 'active' } | { readonly by: 'base'; readonly dependants: readonly string[] }

/**
 * Tells what an image is in use for, which keeps it from being deleted. An image that is being built upon it counts.
 * @param active the custom images that queries run on.
 */
export function usageOf(image: string, images: readonly ListedImage[], active: readonly string[]): Usage | undefined {
  return usagesOf(images, active)(image)
}

/** {@link usageOf} for any of the images, which are looked through once. */
function usagesOf(images: readonly ListedImage[], active: readonly string[]): (image: string) => Usage | undefined {
  const built = Map.groupBy(images, ({ baseImageName }) => baseImageName?.toLowerCase())
  return image => {
    if (active.some(each => sameName(image, each))) return { by: 'active' }
    const dependants = built.get(image.toLowerCase())?.map(({ name }) => name)
    return dependants && { by: 'base', dependants }
  }
}

/**
 * Tells what becomes of each image of a family, the newest first. Of those that this action has named, the newest to go
 * back to always stays.
 * @returns undefined where it is not known which are the newest: neither has this action named them all, nor does the
 * service say when each was last changed, nor has every name a number right after the prefix; or two images of the same
 * age stand where the line is drawn.
 */
export function selectForDeletion(
  images: readonly ListedImage[],
  { prefix, keepLatest }: RetentionRule,
  active: readonly string[],
): readonly Retention[] | undefined {
  const ordered = newestFirst(familyOf(images, prefix), prefix)
  const [lastKept, firstOld] = [ordered?.[keepLatest - 1], ordered?.[keepLatest]]
  if (ordered === undefined || (lastKept !== undefined && lastKept.age === firstOld?.age)) return undefined
  const usageOfEach = usagesOf(images, active)
  const fallback = ordered.find(({ image: { name, state } }) => {
    const isActive = active.some(each => sameName(name, each))
    return !isActive && statusOf(state) === 'succeeded' && isMember({ prefix }, name)
  })
  return ordered.map(({ image }, index): Retention => {
    const usage = usageOfEach(image.name)
    const retention = { image: image.name, isDeleted: false, dependants: usage?.by === 'base' ? usage.dependants : [] }
    if (usage !== undefined) return { ...retention, why: usage.by }
    if (index < keepLatest) return { ...retention, why: 'latest' }
    if (statusOf(image.state) === 'in-progress') return { ...retention, why: 'changing' }
    if (image === fallback?.image) return { ...retention, why: 'fallback' }
    return { ...retention, isDeleted: true, why: 'old' }
  })
}

/** Images that are built upon one are named up to this many. */
const mostNames = 20

/** Says why an image stays, or that it does not. */
export function retentionLabels({ isDeleted, why, dependants }: Retention): string {
  if (isDeleted) return 'to be deleted'
  const reasons = {
    old: '',
    latest: 'one of the newest',
    fallback: 'the newest to go back to',
    active: 'queries run on it',
    base: `${joinList(dependants, mostNames)} built on it`,
    changing: 'it is being changed',
  }
  return `stays, ${reasons[why]}`
}

/** Lists the images of a family whose names do not tell their age. */
export function undatedIn(images: readonly ListedImage[], { prefix }: ImageFamily): readonly string[] {
  return familyOf(images, prefix).flatMap(({ name }) => (numberAfter(prefix, name) === undefined ? [name] : []))
}

function familyOf(images: readonly ListedImage[], prefix: string): readonly ListedImage[] {
  return images.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()))
}

type AgedImage = { readonly image: ListedImage; readonly age: bigint }

/** The images in the order of their age, where that is known of all of them. */
function newestFirst(family: readonly ListedImage[], prefix: string): readonly AgedImage[] | undefined {
  const ages = [
    family.map(({ name }) => memberTime({ prefix }, name)).map(time => (time === undefined ? undefined : BigInt(time))),
    family.map(({ changedAt }) => (changedAt === undefined ? undefined : BigInt(changedAt))),
    family.map(({ name }) => numberAfter(prefix, name)),
  ]
  const known = ages.find(each => each.every(age => age !== undefined))
  if (known === undefined) return undefined
  const aged = family.map((image, index) => ({ image, age: known[index] ?? 0n }))
  return aged.toSorted((one, other) => (one.age < other.age ? 1 : one.age > other.age ? -1 : 0))
}

/** `forecasting-42` and `forecasting-20261125-5f2c` are in the order of 42 and 20261125. */
function numberAfter(prefix: string, name: string): bigint | undefined {
  const digits = /^\d{1,30}(?![a-z\d])/i.exec(name.slice(prefix.length))?.[0]
  return digits === undefined ? undefined : BigInt(digits)
}
