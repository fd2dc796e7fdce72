import type { CurrentImage } from './image.js'
import { listed } from '../phrases.js'
import { standingOf } from './provisioning-state.js'

/** What a clean-up needs to know of each image of a cluster: not its content, for there may be many. */
export type ListedImage = Pick<CurrentImage, 'id' | 'name' | 'state' | 'baseImageName' | 'changedAt'>

/** Which images a clean-up is about. */
export type Family = {
  /** What their names begin with. */
  readonly prefix: string
  /** So many of the newest stay. */
  readonly keepLatest: number
}

/** What becomes of an image, and why. */
export type Fate = {
  readonly image: string
  readonly deleted: boolean
  readonly why: 'old' | 'latest' | Use['by'] | 'changing'
  /** The images that are built upon it. */
  readonly of: readonly string[]
}

/** What an image is in use for. */
export type Use = { readonly by: 'active' } | { readonly by: 'base'; readonly of: readonly string[] }

/**
 * What an image is in use for, which keeps it from being deleted.
 * @param active the custom image that queries run on, if any.
 */
export function useOf(image: string, images: readonly ListedImage[], active: string | undefined): Use | undefined {
  return usesOf(images, active)(image)
}

/** {@link useOf} for any of the images, which are looked through once. */
function usesOf(images: readonly ListedImage[], active: string | undefined): (image: string) => Use | undefined {
  const built = Map.groupBy(images, ({ baseImageName }) => baseImageName?.toLowerCase())
  return image => {
    const name = image.toLowerCase()
    if (name === active?.toLowerCase()) return { by: 'active' }
    const of = built.get(name)?.map(each => each.name)
    return of && { by: 'base', of }
  }
}

/**
 * What becomes of each image of a family, the newest first; undefined where it is not known which those are: neither does
 * the service say when each was last changed, nor do their names end in numbers, after the prefix.
 */
export function cleanUp(
  images: readonly ListedImage[],
  { prefix, keepLatest }: Family,
  active: string | undefined,
): readonly Fate[] | undefined {
  const family = images.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()))
  const ordered = newestFirst(family, prefix)
  const useOfEach = usesOf(images, active)
  return ordered?.map((image, index): Fate => {
    const use = useOfEach(image.name)
    const fate = { image: image.name, deleted: false, of: use?.by === 'base' ? use.of : [] }
    if (use !== undefined) return { ...fate, why: use.by }
    if (index < keepLatest) return { ...fate, why: 'latest' }
    if (standingOf(image.state) === 'in-progress') return { ...fate, why: 'changing' }
    return { ...fate, deleted: true, why: 'old' }
  })
}

/** Images that are built upon one are named up to this many. */
const mostNames = 20

/** Why an image stays, or that it does not, in words. */
export function fateWords({ deleted, why, of }: Fate): string {
  if (deleted) return 'to be deleted'
  const reasons = {
    old: '',
    latest: 'one of the newest',
    active: 'queries run on it',
    base: `${listed(of, mostNames)} built upon it`,
    changing: 'it is being changed',
  }
  return `stays, ${reasons[why]}`
}

/** The images in the order of their age, where that is known of all of them. */
function newestFirst(family: readonly ListedImage[], prefix: string): readonly ListedImage[] | undefined {
  const ages = [
    family.map(({ changedAt }) => (changedAt === undefined ? undefined : BigInt(changedAt))),
    family.map(({ name }) => numberAfter(prefix, name)),
  ]
  const known = ages.find(each => each.every(age => age !== undefined))
  if (known === undefined) return undefined
  const aged = family.map((image, index) => ({ image, age: known[index] ?? 0n }))
  return aged
    .toSorted((one, other) => (one.age < other.age ? 1 : one.age > other.age ? -1 : 0))
    .map(({ image }) => image)
}

/** `forecasting-42` and `forecasting-20261125-5f2c` are in the order of 42 and 20261125. */
function numberAfter(prefix: string, name: string): bigint | undefined {
  const digits = /^\d{1,30}(?![a-z\d])/i.exec(name.slice(prefix.length))?.[0]
  return digits === undefined ? undefined : BigInt(digits)
}
