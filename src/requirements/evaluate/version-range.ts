import { compare } from '@renovatebot/pep440'
import type { Specifier, SpecifierOperator } from '../grammar/specifier.js'
import { canonicalVersion, isVersion } from '../grammar/version.js'

/** Says true, false, or undefined where it is not certain. */
export type Truth = boolean | undefined

/** A gap in the order of all versions: before a version, or after it and all its local versions. */
type Bound = { readonly version: string; readonly after: boolean }

/** The versions between two bounds; undefined is beyond all versions. */
type Interval = { readonly lower: Bound | undefined; readonly upper: Bound | undefined }

/** Ascending and apart from each other. */
type Range = readonly Interval[]

const ENDING: ReadonlySet<SpecifierOperator> = new Set(['<', '<=', '==', '===', '~='])
const BEGINNING: ReadonlySet<SpecifierOperator> = new Set(['>', '>=', '==', '===', '~='])

const EVERYTHING: Range = [{ lower: undefined, upper: undefined }]

// The library reads numbers as doubles. Longer ones exist, made of dates and times.
const LONG_NUMBER = /[0-9]{16}/

// After any post-release that a number of fewer digits can name.
const LAST_POST = '.post9007199254740991'

/** Nobody writes a dozen; with a hundred thousand, in one line of a hostile file, the answer would take minutes. */
const CLAUSE_LIMIT = 100

/** In characters; for the same reason. */
const VERSION_LIMIT = 200

/**
 * Tells whether the specifier takes the version, pre-releases allowed. The rules are those of `packaging` 26, the most
 * generous release where they differ: older ones take fewer versions on both sides of a pre-release or post-release.
 *
 * @param version a version by PEP 440
 */
export function satisfies(specifier: Specifier, version: string): Truth {
  if (specifier.operator === '===') return specifier.version.toLowerCase() === version.toLowerCase()
  if (!isVersion(version)) return undefined
  const exact = exactVersion(specifier)
  if (exact !== undefined) {
    const equal = exact === canonical(exact.includes('+') ? version : publicPart(version))
    return equal === (specifier.operator === '==')
  }
  const compared = publicPart(version)
  if (LONG_NUMBER.test(compared) || LONG_NUMBER.test(specifier.version)) return undefined
  return rangeOf(specifier).some(
    ({ lower, upper }) => (lower === undefined || isAbove(compared, lower)) && !(upper && isAbove(compared, upper)),
  )
}

/** Tells whether no version satisfies all of both lists: true is certain, false is not. */
export function areDisjoint(some: readonly Specifier[], others: readonly Specifier[]): boolean {
  if (some.length + others.length > CLAUSE_LIMIT) return false
  const specifiers = [...some, ...others]
  // What has no end, or no beginning, has room for all that is left out of it.
  if (!specifiers.some(({ operator }) => ENDING.has(operator))) return false
  if (!specifiers.some(({ operator }) => BEGINNING.has(operator))) return false
  if (specifiers.some(({ version }) => version.length > VERSION_LIMIT)) return false
  const arbitrary = specifiers.filter(({ operator }) => operator === '===').map(({ version }) => version)
  const pins = specifiers.flatMap(each => (each.operator === '==' ? (exactVersion(each) ?? []) : []))
  // Each of these leaves one candidate: a local version is equal to itself alone, a public one to all its local versions.
  const [candidate] = [...arbitrary, ...pins.filter(pin => pin.includes('+')), ...pins]
  if (candidate !== undefined) {
    return specifiers.some(specifier => {
      if (specifier.operator !== '===' && !isVersion(candidate)) return true
      return satisfies(specifier, candidate) === false
    })
  }
  if (specifiers.some(({ version }) => LONG_NUMBER.test(version))) return false
  return specifiers.map(rangeOf).reduce(intersection, EVERYTHING).length === 0
}

/** The version that `==` or `!=` names in full, canonical; undefined for other operators and for a prefix. */
function exactVersion({ operator, version }: Specifier): string | undefined {
  return (operator === '==' || operator === '!=') && !version.endsWith('.*') ? canonical(version) : undefined
}

function canonical(version: string): string {
  return canonicalVersion(version, 'stripped') ?? version
}

function publicPart(version: string): string {
  return version.replace(/\+[^]*$/, '')
}

/** What the specifier takes; `===` is no matter of order. */
function rangeOf({ operator, version }: Specifier): Range {
  const kept = canonicalVersion(version.replace(/\.\*$/, ''), 'kept') ?? version
  const hasDev = kept.includes('.dev')
  const isPreRelease = hasDev || /[0-9](?:a|b|rc)[0-9]/.test(kept)
  const before: Bound = { version: kept, after: false }
  const after: Bound = { version: kept, after: true }
  switch (operator) {
    case '==':
      return version.endsWith('.*') ? [prefixed(kept)] : [{ lower: before, upper: after }]
    case '!=':
      if (version.endsWith('.*')) return complement(prefixed(kept))
      // A local version alone leaves no gap that matters.
      return kept.includes('+') ? EVERYTHING : complement({ lower: before, upper: after })
    case '>=':
      return [{ lower: before, upper: undefined }]
    case '<=':
      return [{ lower: undefined, upper: after }]
    case '<':
      // `<1.0` takes no pre-release of 1.0, unless it names one itself.
      return [{ lower: undefined, upper: isPreRelease ? before : { version: `${kept}.dev0`, after: false } }]
    case '>':
      // `>1.0` takes no post-release of 1.0, unless it names one itself.
      if (hasDev || kept.includes('.post')) return [{ lower: after, upper: undefined }]
      return [{ lower: { version: kept + LAST_POST, after: true }, upper: undefined }]
    case '~=':
      return [{ lower: before, upper: prefixed(releaseOf(kept).replace(/\.[0-9]+$/, '')).upper }]
    case '===':
      return EVERYTHING
  }
}

/** All versions whose release starts with that of `prefix`, from its first development release on. */
function prefixed(prefix: string): Interval {
  const release = releaseOf(prefix)
  const next = release.replace(/[0-9]+$/, last => String(Number(last) + 1))
  return { lower: { version: `${release}.dev0`, after: false }, upper: { version: `${next}.dev0`, after: false } }
}

/** Epoch and release of a canonical version. */
function releaseOf(version: string): string {
  return /^(?:[0-9]+!)?[0-9]+(?:\.[0-9]+)*/.exec(version)?.[0] ?? version
}

function complement({ lower, upper }: Interval): Range {
  return [
    { lower: undefined, upper: lower },
    { lower: upper, upper: undefined },
  ]
}

function intersection(one: Range, other: Range): Range {
  const common = one.flatMap(a =>
    other.map(b => ({ lower: narrower(a.lower, b.lower, 1), upper: narrower(a.upper, b.upper, -1) })),
  )
  return common.filter(({ lower, upper }) => lower === undefined || upper === undefined || order(lower, upper) < 0)
}

/** The later of two lower bounds, of which `sign` is 1, or the earlier of two upper ones, of which it is -1. */
function narrower(one: Bound | undefined, other: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return order(one, other) * sign < 0 ? other : one
}

function order(one: Bound, other: Bound): number {
  return compare(one.version, other.version) || Number(one.after) - Number(other.after)
}

function isAbove(version: string, bound: Bound): boolean {
  const compared = compare(version, bound.version)
  return bound.after ? compared > 0 : compared >= 0
}
