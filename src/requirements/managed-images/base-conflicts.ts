import { joinList } from '../../format.js'
import { evaluateMarker } from '../evaluate/evaluate-marker.js'
import type { Platform } from '../evaluate/python-target.js'
import { satisfies } from '../evaluate/version-range.js'
import { parseMarker } from '../grammar/marker.js'
import { normalizedName, parseNamedRequirement } from '../grammar/named-requirement.js'
import { ParseError } from '../grammar/parse-error.js'
import type { Specifier } from '../grammar/specifier.js'
import { canonicalVersion } from '../grammar/version.js'
import type { ManagedImageContents } from './managed-image.js'

type Package = { readonly name: string; readonly version: string }

/** Holds a new package that breaks packages of the base image, which stay as they are. */
export type BaseConflict = Package & {
  /** What the base has of it; undefined where it has it not. */
  readonly baseVersion: string | undefined
  /** Each with what it requires, such as `numpy<1.26.0`; at least one. */
  readonly broken: readonly (Package & { readonly requirement: string })[]
}

/** Says what new packages mean for a base image. */
export type BaseConflicts = {
  readonly conflicts: readonly BaseConflict[]
  /** Packages of the base that stay, and of which it is not known what they require; none where nothing is replaced. */
  readonly unknown: readonly Package[]
}

/**
 * Tells what a resolution breaks of the base: for each package of the base that is not in the resolution, whether what it
 * requires holds of the new versions. What does not hold of the base itself is no news, and what is not certain is left out.
 *
 * @param variables of markers, for the target: `markerEnvironment`.
 */
export function baseConflicts(
  { packages, requiresOf }: Pick<ManagedImageContents, 'packages' | 'requiresOf'>,
  resolved: readonly Package[],
  variables: Platform,
): BaseConflicts {
  const names = new Set(resolved.map(({ name }) => name))
  const changed = new Map(
    resolved.flatMap(({ name, version }) => {
      const before = packages.get(name)
      return before !== undefined && isSameVersion(before, version) ? [] : [[name, version] as const]
    }),
  )
  const broken = new Map<string, BaseConflict['broken'][number][]>()
  const unknown: Package[] = []
  for (const [name, version] of packages) {
    if (names.has(name)) continue
    const requires = requiresOf(name, version)
    if (requires === undefined) unknown.push({ name, version })
    for (const requirement of requires ?? []) {
      const limit = limitIn(requirement, variables)
      const after = limit && changed.get(limit.name)
      if (limit === undefined || after === undefined || !excludes(limit.specifiers, after)) continue
      const before = packages.get(limit.name)
      if (before !== undefined && excludes(limit.specifiers, before)) continue
      const those = broken.get(limit.name) ?? []
      broken.set(limit.name, [...those, { name, version, requirement: requirement.split(';', 1)[0] ?? '' }])
    }
  }
  const conflicts = [...changed].flatMap(([name, version]) => {
    const those = broken.get(name)
    return those === undefined ? [] : { name, version, baseVersion: packages.get(name), broken: those }
  })
  const isReplaced = [...changed.keys()].some(name => packages.has(name))
  return { conflicts, unknown: isReplaced ? unknown : [] }
}

/** Of a requirement with a marker that holds, its name and specifiers; undefined where it does not hold for certain. */
function limitIn(
  requirement: string,
  variables: Platform,
): { readonly name: string; readonly specifiers: readonly Specifier[] } | undefined {
  const semicolon = requirement.indexOf(';')
  const marker = semicolon === -1 ? '' : requirement.slice(semicolon + 1).trim()
  try {
    if (marker !== '' && evaluateMarker(parseMarker(marker, 0), variables) !== true) return undefined
    const named = semicolon === -1 ? requirement : requirement.slice(0, semicolon)
    const { name, specifiers } = parseNamedRequirement(named.trim(), 0)
    return { name: normalizedName(name), specifiers }
  } catch (error) {
    // Metadata of others may hold anything.
    if (error instanceof ParseError) return undefined
    throw error
  }
}

function excludes(specifiers: readonly Specifier[], version: string): boolean {
  return specifiers.some(specifier => satisfies(specifier, version) === false)
}

/** So many packages that break are named. */
const MOST_BROKEN = 5

/**
 * Says what breaks, and what to write instead.
 * @param neededBy the package of the file that leads to it, where the file does not name it itself
 */
export function baseConflictAdvice(
  { name, version, baseVersion, broken }: BaseConflict,
  baseName: string,
  neededBy: string | undefined,
): { readonly problem: string; readonly remedy: string } {
  const needs = broken.map(each => `${each.name} ${each.version} (needs ${each.requirement})`)
  const chain = neededBy === undefined ? '' : `, which ${neededBy} needs,`
  const does = baseVersion === undefined ? 'is installed on' : `replaces ${name} ${baseVersion} of`
  const others = joinList([...new Set(broken.map(each => each.name))], MOST_BROKEN)
  return {
    problem: `${name} ${version}${chain} ${does} ${baseName} and breaks ${joinList(needs, MOST_BROKEN)} there.`,
    remedy: `Ask for a version of ${neededBy ?? name} that fits, or add newer versions of ${others} to the file.`,
  }
}

/** Tells where a package comes from: the base has that version, or has another one, or has it not. */
export type PackageOrigin =
  | { readonly origin: 'base' | 'installed'; readonly baseVersion?: never }
  | { readonly origin: 'replaced'; /** What the base has. */ readonly baseVersion: string }

/** Tells where each package of a resolution comes from. @param base versions by normalised name. */
export function splitByOrigin<P extends Package>(
  base: ReadonlyMap<string, string>,
  resolved: readonly P[],
): readonly (P & PackageOrigin)[] {
  return resolved.map(each => {
    const baseVersion = base.get(each.name)
    if (baseVersion === undefined) return { ...each, origin: 'installed' }
    return isSameVersion(baseVersion, each.version)
      ? { ...each, origin: 'base' }
      : { ...each, origin: 'replaced', baseVersion }
  })
}

/** Tells whether two texts are one version: `1.0` is `1`. */
function isSameVersion(one: string, other: string): boolean {
  const known = canonicalVersion(one, 'stripped')
  return one === other || (known !== undefined && known === canonicalVersion(other, 'stripped'))
}
