import type { RequirementEntry } from '../grammar/entry.js'
import { nameAtStart, normalizedName } from '../grammar/named-requirement.js'
import { canonicalSpecifiers, specifiersOf } from '../grammar/specifier.js'
import type { ResolvedPackage } from './resolution.js'
import {
  conflict,
  type Dependency,
  type DiagnosticText,
  invalidMetadata,
  noPackage,
  noVersion,
  noWheel,
  otherPython,
  type ResolverDiagnostic,
  type ResolverSuccess,
  yanked,
  yankedIn,
} from './resolver-diagnostic.js'

/**
 * Reads the packages that `uv pip compile --annotation-style line` prints, `name==version  # via -r file, other`, and the
 * warnings beside them. Undefined where it is not that.
 */
export function uvResolved(
  output: string,
  errors: string,
  entries: readonly RequirementEntry[],
): ResolverSuccess | undefined {
  const packages: ResolvedPackage[] = []
  const requiredBy = new Map<string, readonly (string | undefined)[]>()
  for (const line of output.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#]+)(?:\s+# via (.*))?$/.exec(line)
    if (match === null) return undefined
    const [, name = '', version = '', via = ''] = match
    packages.push({ name: normalizedName(name), version })
    requiredBy.set(
      normalizedName(name),
      via.split(', ').map(each => (each.startsWith('-r ') ? undefined : normalizedName(each))),
    )
  }
  packages.sort((one, other) => (one.name < other.name ? -1 : 1))
  const warnings = errors.matchAll(/^warning: `([^=`\s]{1,300})==([^`\s]{1,100})` is yanked(?: \(reason: "(.*)"\))?/gm)
  return { packages, diagnostics: yankedIn(warnings, requiredBy, entries) }
}

const HEADING = 'No solution found when resolving dependencies'

/** Much more than uv ever says. */
const OUTPUT_LIMIT = 64 * 1024

/** An index that did not answer looks to uv like one that has not got the project. */
const UNREACHED = /could not be queried|returned an? [45][0-9]{2} |network (?:was|connectivity is) disabled/

/** A wheel is missing, whichever part of its name does not fit. */
const NO_WHEEL = /\bno (?:usable |compatible )?wheels?\b|Wheels are required for/

/** `UnavailableVersion` and `UnavailablePackage` in https://github.com/astral-sh/uv/blob/0.9.0/crates/uv-resolver/src/resolver/availability.rs */
const INVALID = /\bha(?:s|ve) (?:invalid metadata|inconsistent metadata|an invalid package format)/

/**
 * Reads what uv says where the requirements cannot be resolved; undefined where it failed for another reason. Its texts are
 * those of uv 0.5 to 0.13, where only the frame around the sentences differs.
 */
export function uvDiagnostic(
  errors: string,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): ResolverDiagnostic | undefined {
  const heading = errors.indexOf(HEADING)
  const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1
  if (start === 0 || UNREACHED.test(errors)) return undefined
  const [cause = '', ...hints] = errors.slice(start, start + OUTPUT_LIMIT).split(/\r?\n[ \t]*\r?\n/)
  const quote = cause
    .replace(/^\s*(?:╰─▶|cause:)/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const hint = hints.join(' ')
  const blamed = blamedEntries(quote, entries)
  const diagnostic = { ...textFor(quote, hint, pythonVersion, blamed), quote, entries: blamed }
  // pip takes a pre-release where nothing else satisfies the line, which uv does not.
  return /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? { ...diagnostic, severity: 'warning' } : diagnostic
}

function textFor(
  cause: string,
  hint: string,
  pythonVersion: string,
  blamed: readonly RequirementEntry[],
): DiagnosticText {
  if (NO_WHEEL.test(cause) || NO_WHEEL.test(hint)) {
    return noWheel(pythonVersion, /(?<![^ ])([A-Za-z0-9]\S{0,300}) has no \S* ?wheels?\b/.exec(cause)?.[1], blamed)
  }
  const unknown = /(?<![^ ])([A-Za-z0-9][A-Za-z0-9._-]{0,300}) was not found in\b/.exec(cause)?.[1]
  if (unknown !== undefined) return noPackage(unknown, blamed)
  if (/\bwere not found in\b/.test(cause)) return noVersion(undefined, blamed)
  if (INVALID.test(cause)) return invalidMetadata(blamed)

  // pip takes a yanked version that a dependency pins, which uv does not.
  const withdrawn = /([A-Za-z0-9._-]{1,300})==(\S{1,100}) was yanked(?: \(reason: ([^)]*)\))?/.exec(cause)
  if (withdrawn !== null) {
    const [, name = '', version = '', reason = ''] = withdrawn
    const isPinned = cause.includes(` on ${name}==${version}`)
    return isPinned ? yanked(name, version, reason) : noVersion(undefined, blamed)
  }
  const dependencies = dependenciesIn(cause)
  if (/requested Python version \S+ does not satisfy/.test(cause) && dependencies.length < 2) {
    return otherPython(pythonVersion, blamed)
  }
  const missing = Array.from(
    cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g),
    ([, term = '']) => term,
  )
  const needed = new Set(missing)
  const unmet = dependencies.find(({ needs }) => needed.has(needs))
  if (unmet !== undefined) return noVersion(unmet.needs, blamed)
  if (dependencies.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause))) {
    return noVersion(missing[0], blamed)
  }
  const required = cause.matchAll(/(?<!conclude that )you require ([^\s,]+(?:,[^\s,]+)*)/g)
  return conflict(
    dependencies,
    Array.from(required, ([, term = '']) => term),
  )
}

function dependenciesIn(cause: string): readonly Dependency[] {
  const found = cause.matchAll(/(?:(?<!\S)(\S{1,300}))? depends? on (?!Python)([^\s,]+(?:,[^\s,]+)*)/g)
  return Array.from(found, ([, by = '', needs = '']) => ({ by, needs }))
}

/** A package with its extras, the marker under which it is wanted, and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?(?:\{[^}]{0,300}\})?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y

/** What continues about the package before it, which is then not one of those that "you require" introduces. */
const VERB = /^ (?:depends?|has|have|was|were|is|are|cannot|does|do) /

/** Finds the requirements that uv says the file has: `you require a==1 and b>=2`; if none, those that it mentions at all. */
function blamedEntries(cause: string, entries: readonly RequirementEntry[]): readonly RequirementEntry[] {
  const listed = listByName(entries)
  const required = new Set<readonly RequirementEntry[]>()
  const mentioned = new Set<readonly RequirementEntry[]>()
  // "We can conclude that you require a<2" is no line of the file.
  const [before = '', ...introduced] = cause.split(/(?<!conclude that )you require /)
  for (const { entriesThere } of terms(before, listed)) mentioned.add(entriesThere)
  for (const stretch of introduced) {
    for (const { rest, entriesThere } of terms(upToConclusion(stretch), listed)) {
      ;(VERB.test(rest) ? mentioned : required).add(entriesThere)
    }
  }
  const chosen = new Set([...(required.size > 0 ? required : mentioned)].flat())
  return entries.filter(entry => chosen.has(entry))
}

function upToConclusion(stretch: string): string {
  const end = stretch.search(/,? we can conclude/)
  return end === -1 ? stretch : stretch.slice(0, end)
}

/** What may be a requirement of the file, and the text after it. */
type Term = { readonly rest: string; readonly entriesThere: readonly RequirementEntry[] }

function terms(stretch: string, listed: ByName): readonly Term[] {
  const found: Term[] = []
  for (const { index } of stretch.matchAll(/(?<![^ ])[A-Za-z0-9]/g)) {
    TERM.lastIndex = index
    const [whole = '', name = '', specifiers = ''] = TERM.exec(stretch) ?? []
    const entriesThere = entriesNamed(nameAtStart(name), specifiers.replace(/,$/, ''), listed)
    const end = index + whole.length
    if (entriesThere.length > 0) found.push({ rest: stretch.slice(end, end + 20), entriesThere })
  }
  return found
}

/** Holds the requirements of one project, and by what they say of its version. */
type Project = {
  readonly entries: readonly RequirementEntry[]
  readonly bySpecifiers: ReadonlyMap<string, readonly RequirementEntry[]>
}

/** Holds requirements by normalised name. */
type ByName = ReadonlyMap<string, Project>

function listByName(entries: readonly RequirementEntry[]): ByName {
  const grouped = Map.groupBy(entries, entry => entry.normalizedName)
  return new Map(
    Array.from(grouped, ([name, named]) => [
      name,
      { entries: named, bySpecifiers: Map.groupBy(named, entry => canonicalSpecifiers(entry.specifiers)) },
    ]),
  )
}

const noEntries: readonly RequirementEntry[] = []

/**
 * Finds the requirements that uv means by a name with, perhaps, specifiers: of several lines for one project those that say
 * the same, or all where none does, for uv simplifies what it prints. The same list for the same requirements, so that
 * those of a text that names them a thousand times are put together quickly.
 */
function entriesNamed(name: string, specifierText: string, listed: ByName): readonly RequirementEntry[] {
  const project = listed.get(normalizedName(name))
  if (project === undefined) return noEntries
  if (project.entries.length < 2) return project.entries
  const stated = specifiersOf(specifierText)
  const same = stated && project.bySpecifiers.get(canonicalSpecifiers(stated))
  return same ?? project.entries
}
