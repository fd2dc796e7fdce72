import type { CurrentImage } from './image.js'
import { standingOf } from './provisioning-state.js'

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
export function useOf(image: string, images: readonly CurrentImage[], active: string | undefined): Use | undefined {
  if (same(image, active)) return { by: 'active' }
  const of = images.filter(({ baseImageName }) => same(image, baseImageName)).map(({ name }) => name)
  return of.length > 0 ? { by: 'base', of } : undefined
}

/**
 * What becomes of each image of a family, the newest first; undefined where it is not known which those are: neither does
 * the service say when each was last changed, nor do their names end in numbers, after the prefix.
 */
export function cleanUp(
  images: readonly CurrentImage[],
  { prefix, keepLatest }: Family,
  active: string | undefined,
): readonly Fate[] | undefined {
  const family = images.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()))
  const ordered = newestFirst(family, prefix)
  return ordered?.map((image, index): Fate => {
    const use = useOf(image.name, images, active)
    const fate = { image: image.name, deleted: false, of: use?.by === 'base' ? use.of : [] }
    if (use !== undefined) return { ...fate, why: use.by }
    if (index < keepLatest) return { ...fate, why: 'latest' }
    if (standingOf(image.state) === 'in-progress') return { ...fate, why: 'changing' }
    return { ...fate, deleted: true, why: 'old' }
  })
}

/** Why an image stays, or that it does not, in words. */
export function fateWords({ deleted, why, of }: Fate): string {
  if (deleted) return 'to be deleted'
  const reasons = {
    old: '',
    latest: 'one of the newest',
    active: 'queries run on it',
    base: `${of.join(', ')} built upon it`,
    changing: 'it is being changed',
  }
  return `stays, ${reasons[why]}`
}

/** The images in the order of their age, where that is known of all of them. */
function newestFirst(family: readonly CurrentImage[], prefix: string): readonly CurrentImage[] | undefined {
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

function same(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
