import type { RequirementEntry } from '../grammar/entry.js'
import { objectIn, parseJson } from '../../json.js'
import { normalizedName } from '../grammar/name.js'
import { type ResolverDiagnostic, yankedIn } from './resolver-diagnostic.js'
import type { ResolvedPackage } from './resolution.js'

/** What pip writes where it has resolved the requirements. */
export type PipResolved = {
  readonly packages: readonly ResolvedPackage[]
  readonly complaints: readonly ResolverDiagnostic[]
}

// Since pip 23.1 the report tells which versions were yanked, but in no release why.
const YANKED =
  /is a yanked version: '([^'\s]{1,300})' candidate \(version ([^\s()]{1,100}) [^\n]{0,3000}\r?\n[ \t]{0,100}Reason for being yanked: ([^\r\n]{0,3000})/g

/** The reason that pip shows where none is given. */
const NO_REASON = '<none given>'

/**
 * Reads an installation report (https://pip.pypa.io/en/stable/reference/installation-report/) and the warnings that pip
 * printed beside it. Undefined where it is not one.
 */
export function pipResolved(
  report: string,
  said: string,
  entries: readonly RequirementEntry[],
): PipResolved | undefined {
  const installed = installedBy(report)
  if (installed === undefined) return undefined
  const packages = installed.map(({ name, version }) => ({ name, version }))
  packages.sort((one, other) => (one.name < other.name ? -1 : 1))

  const askedBy = new Map<string, (string | undefined)[]>()
  for (const { name, requested } of installed) askedBy.set(name, requested ? [undefined] : [])
  for (const { name, requires } of installed) for (const required of requires) askedBy.get(required)?.push(name)
  const warnings = Array.from(said.matchAll(YANKED), ([whole, name = '', version, reason]) => {
    return [whole, normalizedName(name), version, reason === NO_REASON ? '' : reason]
  })
  return { packages, complaints: yankedIn(warnings, askedBy, entries) }
}

type Installed = ResolvedPackage & { readonly requested: boolean; readonly requires: readonly string[] }

function installedBy(report: string): readonly Installed[] | undefined {
  const parsed = objectIn(parseJson(report))
  const listed: unknown = parsed?.['install']
  if (parsed?.['version'] !== '1' || !Array.isArray(listed)) return undefined
  const installed: Installed[] = []
  for (const each of listed as readonly unknown[]) {
    const entry = objectIn(each)
    const metadata = objectIn(entry?.['metadata'])
    const { name, version, requires_dist: requires } = metadata ?? {}
    if (typeof name !== 'string' || typeof version !== 'string') return undefined
    installed.push({
      name: normalizedName(name),
      version,
      requested: entry?.['requested'] === true,
      requires: Array.isArray(requires) ? requires.map(nameAtStart) : [],
    })
  }
  return installed
}

function nameAtStart(requirement: unknown): string {
  const text = typeof requirement === 'string' ? requirement : ''
  return normalizedName(/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? '')
}
