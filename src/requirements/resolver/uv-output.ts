import { areDisjoint } from '../evaluate/version-range.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { nameAtStart, normalizedName } from '../grammar/named-requirement.js'
import { canonicalSpecifiers, type Specifier, specifiersOf } from '../grammar/specifier.js'
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
  termOf,
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
  return { packages, diagnostics: yankedIn(warnings, requiredBy, entries), requiredBy }
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

/** Holds what uv has against requirements. */
export type UvComplaint = {
  /** What is wrong by uv's wording. */
  readonly diagnostic: ResolverDiagnostic
  /** What packages require of others, as far as that is why nothing is found. */
  readonly edges: readonly Edge[]
  /** Requirements exclude each other, whatever the index has of them. */
  readonly conflict: DiagnosticText | undefined
}

/** Holds a dependency of a package with all versions that do. */
type Edge = Dependency & { readonly name: string; readonly ranges: readonly (readonly Specifier[])[] }

/**
 * Reads what uv says where the requirements cannot be resolved; undefined where it failed for another reason. Its texts are
 * those of uv 0.5 to 0.13, where only the frame around the sentences differs.
 */
export function uvComplaint(
  errors: string,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): UvComplaint | undefined {
  const heading = errors.indexOf(HEADING)
  const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1
  if (start === 0 || UNREACHED.test(errors)) return undefined
  // A long derivation has several paragraphs, which refer to each other by numbers.
  const paragraphs = errors.slice(start, start + OUTPUT_LIMIT).split(/\r?\n[ \t]*\r?\n/)
  const firstHint = paragraphs.findIndex(each => /^\s*hint:/.test(each))
  const [derivation, hints] =
    firstHint === -1 ? [paragraphs, []] : [paragraphs.slice(0, firstHint), paragraphs.slice(firstHint)]
  const quote = derivation
    .join(' ')
    .replace(/^\s*(?:╰─▶|cause:)/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const hint = hints.join(' ')
  // A package under a marker is written as numpy{python_full_version < '3.11'}>=1.22.
  const cause = quote.replace(/\{[^{}]{0,300}\}/g, '')
  const blamed = blamedEntries(cause, entries)
  const edges = edgesIn(cause)
  const required = cause.matchAll(/(?<!conclude that )you require ([^\s,]+(?:,[^\s,]+)*)/g)
  const excluded = exclusion(edges, blamed)
  const byWords =
    excluded ??
    conflict(
      edges,
      Array.from(required, ([, term = '']) => term),
    )
  const found = textFor(cause, hint, pythonVersion, blamed, edges) ?? byWords
  // pip takes a pre-release where nothing else satisfies the line, which uv does not.
  const severity = /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? 'warning' : found.severity
  return {
    diagnostic: { ...found, severity, quote, entries: blamed },
    edges,
    conflict: found.id === 'conflict' ? found : excluded,
  }
}

/** Says which lines exclude each other, or which line or dependency is excluded by what a package requires, if any is. */
function exclusion(edges: readonly Edge[], entries: readonly RequirementEntry[]): DiagnosticText | undefined {
  const [few, lines] = [edges.slice(0, MOST_COMPARED), entries.slice(0, MOST_COMPARED)]
  for (const [at, line] of lines.entries()) {
    const named = (other: { readonly name: string }) => normalizedName(other.name) === line.normalizedName
    const other = lines
      .slice(at + 1)
      .filter(named)
      .find(each => areDisjoint(line.specifiers, each.specifiers))
    if (other !== undefined) return conflict([], [termOf(line), termOf(other)])
    const excluding = few.filter(named).filter(({ ranges }) => excludeAll(ranges, [line.specifiers]))
    // What is concluded of all that a line allows says more than what single versions need.
    const edge = excluding.findLast(({ by }) => lines.some(each => isTermOf(by, each))) ?? excluding[0]
    if (edge !== undefined) return conflict([edge], [termOf(line)])
  }
  for (const [at, edge] of few.entries()) {
    const other = few
      .slice(at + 1)
      .filter(({ name, by }) => name === edge.name && nameAtStart(by) !== nameAtStart(edge.by))
      .find(({ ranges }) => excludeAll(edge.ranges, ranges))
    if (other !== undefined) return conflict([edge, other], [])
  }
  return undefined
}

/** Whether a term of uv says the same as a line: `pandas>=2.0.0` for `pandas >= 2`. */
function isTermOf(term: string, { normalizedName: name, specifiers }: RequirementEntry): boolean {
  TERM.lastIndex = 0
  const [, named = '', stated = ''] = TERM.exec(term) ?? []
  const range = normalizedName(named) === name ? specifiersOf(stated) : undefined
  return range !== undefined && canonicalSpecifiers(range) === canonicalSpecifiers(specifiers)
}

function excludeAll(some: Edge['ranges'], others: Edge['ranges']): boolean {
  return some.every(one => others.every(other => areDisjoint(one, other)))
}

function textFor(
  cause: string,
  hint: string,
  pythonVersion: string,
  blamed: readonly RequirementEntry[],
  edges: readonly Edge[],
): DiagnosticText | undefined {
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
  if (/requested Python version \S+ does not satisfy/.test(cause) && edges.length < 2) {
    return otherPython(pythonVersion, blamed)
  }
  const missing = Array.from(
    cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g),
    ([, term = '']) => term,
  )
  const needed = new Set(missing)
  const unmet = edges.find(({ needs }) => needed.has(needs))
  if (unmet !== undefined) return noVersion(unmet.needs, blamed)
  if (edges.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause))) return noVersion(missing[0], blamed)
  return undefined
}

/** So many dependencies and lines are compared with each other, and alternatives of a dependency read. */
const MOST_COMPARED = 50

/** So many alternatives of a dependency are shown. */
const MOST_SHOWN = 3

function edgesIn(cause: string): readonly Edge[] {
  const found = cause.matchAll(/(?:(?<!\S)(\S{1,300}))? depends? on (?!Python)(one of: )?/g)
  return Array.from(found).flatMap(({ 0: whole, 1: by = '', 2: several, index }) => {
    const terms: RegExpExecArray[] = []
    for (let at = index + whole.length; terms.length < MOST_COMPARED; at = TERM.lastIndex + 1) {
      TERM.lastIndex = at
      const term = TERM.exec(cause)
      if (term === null || (terms[0] !== undefined && term[1] !== terms[0][1])) break
      terms.push(term)
      if (several === undefined) break
    }
    const [first] = terms
    if (first === undefined) return []
    const shown = terms.map(([term]) => term.replace(/[,.]$/, ''))
    const rest = shown.length > MOST_SHOWN ? ' or others' : ''
    return {
      by,
      name: normalizedName(first[1] ?? ''),
      needs: shown.slice(0, MOST_SHOWN).join(' or ') + rest,
      ranges: terms.map(([, , specifiers = '']) => specifiersOf(specifiers.replace(/[,.]$/, '')) ?? []),
    }
  })
}

/** A package with its extras and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y

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
