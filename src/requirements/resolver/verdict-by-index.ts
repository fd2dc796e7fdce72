import { type Availability, availabilityOf } from '../index-facts/availability.js'
import { availabilityAdvice } from '../index-facts/availability-advice.js'
import type { ReadProject } from '../index-facts/read-index.js'
import { satisfies } from '../evaluate/version-range.js'
import type { Specifier } from '../grammar/specifier.js'
import type { ResolverDiagnostic } from './resolver-diagnostic.js'
import type { ResolverInput } from './resolver-input.js'
import type { UvComplaint } from './uv-output.js'

/** So many times a file is compared with a condition, which takes a second or two; of a real project it is a thousandth. */
const MOST_CHECKS = 1_000_000

/** So many lines that are complained of are looked up. */
const MOST_LINES = 10

/**
 * Says what is wrong with requirements by the files that the index has of the packages that uv complains of: with
 * `--no-build`, uv says the same of a release for a newer Python, of one without files for Windows, and of one that would
 * have to be built. Where the index does not tell, uv's own verdict stays, as a warning.
 * @param held versions by name that the base image holds, which pip keeps where they satisfy; uv cannot have those that no
 * index has.
 * @returns nothing where uv complains of such packages alone.
 */
export async function verdictByIndex(
  { diagnostic, edges, conflict }: UvComplaint,
  { preReleases }: ResolverInput,
  pythonVersion: string,
  readProject: ReadProject,
  held: ReadonlyMap<string, string>,
): Promise<readonly ResolverDiagnostic[]> {
  const { id, entries, quote } = diagnostic
  if (id === 'invalid-metadata') return [diagnostic]
  let checks = 0
  const lookUp = async (
    name: string,
    specifiers: readonly Specifier[],
  ): Promise<Availability | { readonly kind: 'no-project' } | undefined> => {
    const listing = await readProject(name)
    if (listing.kind !== 'files') return listing.kind === 'unknown' ? undefined : listing
    checks += listing.files.length * (1 + specifiers.length)
    if (checks > MOST_CHECKS) return undefined
    return availabilityOf(listing.files, specifiers, { pythonVersion, preReleases })
  }

  const lines: ResolverDiagnostic[] = []
  for (const entry of entries.slice(0, MOST_LINES)) {
    const availability = await lookUp(entry.normalizedName, entry.specifiers)
    const advice =
      availability && availabilityAdvice(entry.normalizedName, textOf(entry.specifiers), availability, pythonVersion)
    if (advice !== undefined) lines.push({ ...advice, quote: '', entries: [entry] })
  }
  const hopeless = lines.filter(({ severity }) => severity === 'error')
  if (hopeless.length > 0) return hopeless
  if (conflict !== undefined) return [{ ...conflict, quote, entries }]
  if (lines.length > 0) return lines

  const own = new Set(entries.map(entry => entry.normalizedName))
  const dependencies: ResolverDiagnostic[] = []
  let isOfBase = false
  for (const { name, by, ranges } of edges) {
    if (own.has(name)) continue
    const version = held.get(name)
    if (version !== undefined && ranges.every(range => range.every(each => satisfies(each, version) !== false))) {
      isOfBase = true
      continue
    }
    const neededBy = entries[0]?.name ?? by
    const advice: ReturnType<typeof availabilityAdvice>[] = []
    for (const range of ranges) {
      const availability = await lookUp(name, range)
      advice.push(availability && availabilityAdvice(name, textOf(range), availability, pythonVersion, neededBy))
    }
    const [first] = advice
    if (first !== undefined && !advice.includes(undefined)) dependencies.push({ ...first, quote, entries })
  }
  // What would have to be built may work, whatever else some version of a package lacks.
  const [found] = [...dependencies.filter(({ severity }) => severity !== 'error'), ...dependencies]
  if (found === undefined && isOfBase) return []
  return [found ?? { ...diagnostic, severity: 'warning' }]
}

function textOf(specifiers: readonly Specifier[]): string {
  return specifiers.map(({ operator, version }) => operator + version).join(',')
}
