import { joinList } from '../../format.js'
import { markerEnvironment } from '../evaluate/evaluate-marker.js'
import { windowsCPython } from '../evaluate/python-target.js'
import { satisfies } from '../evaluate/version-range.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { baseConflictAdvice, baseConflicts, splitByOrigin } from '../managed-images/base-conflicts.js'
import type { ManagedImageContents } from '../managed-images/managed-image.js'
import type { Requirements } from '../requirements.js'
import type { ResolvedPackage, ResolutionTarget } from './resolution.js'
import type { Resolver } from './resolver.js'
import { type ResolverDiagnostic, type ResolverSuccess, rootRequirements } from './resolver-diagnostic.js'
import { resolverInputOf } from './resolver-input.js'

/** Limits the lines that are resolved: more take a tool longer than there is time, and are no file that anybody wrote. */
export const MOST_LINES = 10_000

/** Resolves requirements without saying what is wrong with them; undefined where the result is not known. */
export async function resolveAlone(
  requirements: Requirements,
  pythonVersion: string | undefined,
  held: ReadonlyMap<string, string> | undefined,
  resolver: Resolver,
  limit: AbortSignal,
): Promise<readonly ResolvedPackage[] | undefined> {
  if (requirements.entries.length === 0) return []
  if (pythonVersion === undefined || !isVersionOfPython(pythonVersion)) return undefined
  if (requirements.entries.length > MOST_LINES) return undefined
  const input = resolverInputOf(requirements, pythonVersion)
  if ('refused' in input) return undefined
  try {
    const answer = await resolver.resolve(input, pythonVersion, held)
    return answer.kind === 'resolved' ? answer.packages : undefined
  } catch (error) {
    if (limit.aborted) return undefined
    throw error
  }
}

/** Holds what is known of the packages that an image is built upon. */
export type Held = { readonly image: ManagedImageContents | undefined; readonly caveats: readonly string[] }

/** Finds out what an image is built upon: the managed image, and upon that what custom images ask for, as of now. */
export async function heldBy(
  { pythonVersion, base }: ResolutionTarget,
  resolver: Resolver,
  limit: AbortSignal,
): Promise<Held> {
  if (base === undefined) return { image: undefined, caveats: [] }
  const { name, managed, layers } = base
  const isBare = managed === undefined && layers.length === 0
  if (resolver.tool === 'pip' && !isBare)
    return {
      image: undefined,
      caveats: [`pip does not take into account what the base image ${name} already holds. Set up uv, which does.`],
    }
  const packages = new Map(managed?.packages)
  for (const layer of layers) {
    const resolved = await resolveAlone(layer, pythonVersion, packages, resolver, limit)
    if (resolved === undefined)
      return { image: undefined, caveats: [`It is not known what the base image ${name} holds.`] }
    for (const each of resolved) packages.set(each.name, each.version)
  }
  const requiresOf: ManagedImageContents['requiresOf'] = (...of) => managed?.requiresOf(...of)
  return { image: { name, packages, requiresOf }, caveats: [] }
}

/** Says what of the base the packages break, at the lines that lead to them, and of what that is not known. */
export function breaksOf(
  image: ManagedImageContents,
  { packages, requiredBy }: ResolverSuccess,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): { readonly diagnostics: readonly ResolverDiagnostic[]; readonly caveats: readonly string[] } {
  const environment = markerEnvironment({ pythonVersion, platform: windowsCPython })
  const { conflicts, unknown } = baseConflicts(image, packages, environment)
  const diagnostics = conflicts.map((each): ResolverDiagnostic => {
    const roots = rootRequirements(each.name, requiredBy, entries)
    const isNamed = roots.length === 0 || roots.some(({ normalizedName }) => normalizedName === each.name)
    const advice = baseConflictAdvice(each, image.name, isNamed ? undefined : roots[0]?.name)
    return { id: 'base-conflict', severity: 'warning', ...advice, quote: '', entries: roots }
  })
  const names = joinList(
    unknown.map(({ name }) => name),
    MOST_UNKNOWN,
  )
  const caveat = `It is not known what these packages of ${image.name} require, and so not whether they still work: ${names}.`
  return { diagnostics, caveats: unknown.length === 0 ? [] : [caveat] }
}

/** So many packages are named of which it is not known what they require. */
const MOST_UNKNOWN = 10

/** Tells whether a text is a version of Python, in full or without its last part. */
export function isVersionOfPython(text: string): boolean {
  return /^[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}$/.test(text)
}

/** Tells whether the base has a version that satisfies a line, which pip then leaves as it is. */
export function isKept({ normalizedName, specifiers, extras }: RequirementEntry, image: Held['image']): boolean {
  const version = image?.packages.get(normalizedName)
  return version !== undefined && extras.length === 0 && specifiers.every(each => satisfies(each, version) === true)
}

/** Returns what the base has of lines that it satisfies. */
export function keptIn(entries: ReadonlySet<RequirementEntry>, image: Held['image']): readonly ResolvedPackage[] {
  return Array.from(new Set(Array.from(entries, ({ normalizedName }) => normalizedName)), name => ({
    name,
    version: image?.packages.get(name) ?? '',
  }))
}

/** Says of each package whether it comes from the base, as far as that is known. */
export function withOrigin(packages: readonly ResolvedPackage[], image: Held['image']): readonly ResolvedPackage[] {
  if (image === undefined) return packages
  return splitByOrigin(image.packages, packages).toSorted((one, other) => (one.name < other.name ? -1 : 1))
}
