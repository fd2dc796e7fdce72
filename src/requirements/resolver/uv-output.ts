import type { RequirementEntry } from '../grammar/entry.js'
import { normalizedName } from '../grammar/named-requirement.js'
import {
  byName,
  entriesNamed,
  inAnyOf,
  withoutPunctuation,
  yankedIn,
  conflict,
  invalidMetadata,
  notFound,
  noWheel,
  otherPython,
  yanked,
} from './resolver-diagnostic.js'
import type { ByName, ResolverDiagnostic, DiagnosticMessage } from './resolver-diagnostic.js'
import type { ResolvedPackage } from './resolution.js'

/** What uv writes where it has resolved the requirements. */
export type UvResolved = {
  readonly packages: readonly ResolvedPackage[]
  readonly complaints: readonly ResolverDiagnostic[]
}

/**
 * Reads the packages that `uv pip compile --annotation-style line` prints, `name==version  # via -r file, other`, and the
 * warnings beside them. Undefined where it is not that.
 */
export function uvResolved(
  output: string,
  errors: string,
  entries: readonly RequirementEntry[],
): UvResolved | undefined {
  const packages: ResolvedPackage[] = []
  const askedBy = new Map<string, readonly (string | undefined)[]>()
  for (const line of output.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;#]+)(?:\s+# via (.*))?$/.exec(line)
    if (match === null) return undefined
    const [, name = '', version = '', via = ''] = match
    packages.push({ name: normalizedName(name), version })
    askedBy.set(
      normalizedName(name),
      via.split(', ').map(asking => (asking.startsWith('-r ') ? undefined : normalizedName(asking))),
    )
  }
  packages.sort((one, other) => (one.name < other.name ? -1 : 1))
  const warnings = errors.matchAll(/^warning: `([^=`\s]{1,300})==([^`\s]{1,100})` is yanked(?: \(reason: "(.*)"\))?/gm)
  return { packages, complaints: yankedIn(warnings, askedBy, entries) }
}

const HEADING = 'No solution found when resolving dependencies'

/** Much more than uv ever says. */
const SAID_LIMIT = 64 * 1024

/** An index that did not answer looks to uv like one that has not got the project. */
const UNREACHED = /could not be queried|returned an? [45][0-9]{2} |network (?:was|connectivity is) disabled/

/** A wheel is missing, whichever part of its name does not fit. */
const NO_WHEEL = /\bno (?:usable |compatible )?wheels?\b|Wheels are required for/

/** `UnavailableVersion` and `UnavailablePackage` in https://github.com/astral-sh/uv/blob/0.9.0/crates/uv-resolver/src/resolver/availability.rs */
const INVALID = /\bha(?:s|ve) (?:invalid metadata|inconsistent metadata|an invalid package format)/

/**
 * What uv says where the requirements cannot be resolved; undefined where it failed for another reason. Its texts are
 * those of uv 0.5 to 0.13, where only the frame around the sentences differs.
 */
export function uvComplaint(
  errors: string,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): ResolverDiagnostic | undefined {
  const heading = errors.indexOf(HEADING)
  const start = heading === -1 ? 0 : errors.indexOf('\n', heading) + 1
  if (start === 0 || UNREACHED.test(errors)) return undefined
  const [cause = '', ...hints] = errors.slice(start, start + SAID_LIMIT).split(/\r?\n[ \t]*\r?\n/)
  const quote = cause
    .replace(/^\s*(?:╰─▶|cause:)/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const hint = hints.join(' ')
  const complaint = { ...kindOf(quote, hint, pythonVersion), quote, entries: blamed(quote, entries) }
  // pip takes a pre-release where nothing else satisfies the line, which uv does not.
  return /[Pp]re-releases (?:are|were|weren't)/.test(hint) ? { ...complaint, severity: 'warning' } : complaint
}

function kindOf(cause: string, hint: string, pythonVersion: string): DiagnosticMessage {
  if (NO_WHEEL.test(cause) || NO_WHEEL.test(hint)) return noWheel(pythonVersion)
  if (/\b(?:was|were) not found in\b/.test(cause)) return notFound()
  if (INVALID.test(cause)) return invalidMetadata()

  // pip takes a yanked version that a dependency pins, which uv does not.
  const withdrawn = /([A-Za-z0-9._-]{1,300})==(\S{1,100}) was yanked(?: \(reason: ([^)]*)\))?/.exec(cause)
  if (withdrawn !== null) {
    const [, name = '', version = '', reason = ''] = withdrawn
    return cause.includes(` on ${name}==${version}`) ? yanked(name, version, reason) : notFound()
  }
  const dependencies = Array.from(cause.matchAll(/ depends? on (?!Python)([^\s,]+(?:,[^\s,]+)*)/g), match => match[1])
  if (/requested Python version \S+ does not satisfy/.test(cause) && dependencies.length < 2) {
    return otherPython(pythonVersion)
  }
  const missing = Array.from(
    cause.matchAll(/there (?:is|are) no versions? of ([^\s,]+(?:,[^\s,]+)*)/g),
    match => match[1],
  )
  if (dependencies.some(dependency => missing.includes(dependency))) return notFound()
  if (dependencies.length === 0 && (missing.length > 0 || /\bavailable\b/.test(cause))) return notFound()
  return conflict()
}

/** A package with its extras, the marker under which it is wanted, and specifiers. */
const TERM = /([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]\s]*\])?(?:\{[^}]{0,300}\})?((?:[=<>!~]{1,3}[^\s,=<>!~]+,?)*)/y

/** What goes on about the package before it, which is then not one of those that "you require" introduces. */
const VERB = /^ (?:depends?|has|have|was|were|is|are|cannot|does|do) /

/** The requirements that uv says the file has: `you require a==1 and b>=2`; if none, those that it mentions at all. */
function blamed(cause: string, entries: readonly RequirementEntry[]): readonly RequirementEntry[] {
  const listed = byName(entries)
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
  return inAnyOf(required.size > 0 ? required : mentioned, entries)
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
    const entriesThere = entriesNamed(withoutPunctuation(name), specifiers.replace(/,$/, ''), listed)
    const end = index + whole.length
    if (entriesThere.length > 0) found.push({ rest: stretch.slice(end, end + 20), entriesThere })
  }
  return found
}
