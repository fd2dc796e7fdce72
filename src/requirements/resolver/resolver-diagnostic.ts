import type { RequirementEntry } from '../grammar/entry.js'
import { type Finding, finding, type Severity } from '../findings/finding.js'
import { createSourceMap } from '../findings/source-map.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { redactUrls } from '../../redact.js'
import type { Requirements } from '../requirements.js'
import { canonicalSpecifier, type Specifier, specifiersOf } from '../grammar/specifier.js'
import type { ToolName } from './resolution.js'

/** What a tool has against requirements. */
export type ResolverDiagnostic = {
  readonly id: 'not-found' | 'no-wheel' | 'invalid-metadata' | 'conflict' | 'yanked'
  readonly severity: Severity
  /** What to know and what to do, in sentences. */
  readonly message: string
  /** What the tool said, for whoever wants it in its own words; empty where it would only repeat the message. */
  readonly quote: string
  /** The requirements to blame; none where the tool names none of the file. */
  readonly entries: readonly RequirementEntry[]
}

/** A long chain of conflicts is cut: nobody reads more, and an annotation holds 4 KiB. */
const QUOTE_LIMIT = 1500

/** Of the lines that one complaint is about so many are told: of a file where more are, nobody corrects line by line. */
const MOST_LINES = 100

/** The findings of a complaint: one on each line to blame, or one on the file as a whole. */
export function findingsOf(
  complaint: ResolverDiagnostic,
  tool: ToolName,
  requirements: Requirements,
): readonly Finding[] {
  const { id, entries, severity } = complaint
  const quote = inOneLine(complaint.quote)
  const message = quote === '' ? complaint.message : `${complaint.message} ${tool} says: ${quote}`
  // pip resolves for the machine it runs on where it matters, so what it says alone fails nothing.
  const most = tool === 'pip' && severity === 'error' ? 'warning' : severity
  if (entries.length === 0) {
    const whole = { file: requirements.files[0] ?? '', line: 1, column: 1, endColumn: 1 }
    return [finding(id, message, whole, most)]
  }
  const placement = createSourceMap(requirements)
  return entries.slice(0, MOST_LINES).map(entry => finding(id, message, placement(entry.span), most))
}

/** A text of a tool, which may span lines and be indented, in one line that is not too long, without passwords. */
export function inOneLine(text: string): string {
  const line = redactUrls(text)
    .slice(0, 64 * 1024)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT)}…` : line
}

/** The requirements of one project, and by what they say of its version. */
type Project = {
  readonly entries: readonly RequirementEntry[]
  readonly bySpecifiers: ReadonlyMap<string, readonly RequirementEntry[]>
}

/** Requirements by normalised name. */
export type ByName = ReadonlyMap<string, Project>

export function byName(entries: readonly RequirementEntry[]): ByName {
  const grouped = Map.groupBy(entries, entry => entry.normalizedName)
  return new Map(
    Array.from(grouped, ([name, named]) => [
      name,
      { entries: named, bySpecifiers: Map.groupBy(named, entry => inOneOrder(entry.specifiers)) },
    ]),
  )
}

const noEntries: readonly RequirementEntry[] = []

/**
 * The requirements that a tool means by a name with, perhaps, specifiers: of several lines for one project those that say
 * the same, or all where none does, for tools simplify what they print. The same list for the same requirements, so that
 * those of a text that names them a thousand times are put together quickly.
 */
export function entriesNamed(name: string, specifierText: string, listed: ByName): readonly RequirementEntry[] {
  const project = listed.get(normalizedName(name))
  if (project === undefined) return noEntries
  if (project.entries.length < 2) return project.entries
  const stated = specifiersOf(specifierText)
  const same = stated && project.bySpecifiers.get(inOneOrder(stated))
  return same ?? project.entries
}

/** The requirements in any of the lists, in the order of the file. */
export function inAnyOf(
  lists: ReadonlySet<readonly RequirementEntry[]>,
  entries: readonly RequirementEntry[],
): readonly RequirementEntry[] {
  const chosen = new Set([...lists].flat())
  return entries.filter(entry => chosen.has(entry))
}

/** A name as it stands in a sentence, without punctuation at its end. */
export function withoutPunctuation(name: string): string {
  let end = name.length
  while (end > 0 && '._-'.includes(name.charAt(end - 1))) end--
  return name.slice(0, end)
}

/** So many yanked packages are told. */
const MOST_YANKED = 100

/** The complaints about yanked packages, each once. @param warnings matches of name, version and, perhaps, reason */
export function yankedIn(
  warnings: Iterable<readonly (string | undefined)[]>,
  askedBy: ReadonlyMap<string, readonly (string | undefined)[]>,
  entries: readonly RequirementEntry[],
): readonly ResolverDiagnostic[] {
  const complaints = new Map<string, ResolverDiagnostic>()
  for (const [, name = '', version = '', reason = ''] of warnings) {
    const key = `${normalizedName(name)}==${version}`
    if (complaints.size === MOST_YANKED) break
    if (complaints.has(key)) continue
    const leading = entriesLeadingTo(normalizedName(name), askedBy, entries)
    complaints.set(key, { ...yanked(name, version, reason), quote: '', entries: leading })
  }
  return [...complaints.values()]
}

function inOneOrder(specifiers: readonly Specifier[]): string {
  return specifiers.map(canonicalSpecifier).sort().join()
}

/**
 * The requirements of the file that led to a package, by what asked for each package: names of packages, or `undefined`
 * for the file itself.
 */
function entriesLeadingTo(
  name: string,
  askedBy: ReadonlyMap<string, readonly (string | undefined)[]>,
  entries: readonly RequirementEntry[],
): readonly RequirementEntry[] {
  const seen = new Set([name])
  const roots = new Set<string>()
  // A set visits what is added while it is being walked.
  for (const current of seen) {
    for (const asking of askedBy.get(current) ?? []) {
      if (asking === undefined) roots.add(current)
      else seen.add(asking)
    }
  }
  return entries.filter(entry => roots.has(entry.normalizedName))
}

/** What a complaint means for the image, by its kind. */
export type DiagnosticMessage = Pick<ResolverDiagnostic, 'id' | 'severity' | 'message'>

/** No project of that name, or no version of it that was asked for. */
export function notFound(): DiagnosticMessage {
  return {
    id: 'not-found',
    severity: 'error',
    message: 'There is no such project or version: correct the name or the version.',
  }
}

/** There are versions, but for other versions of Python. */
export function otherPython(pythonVersion: string): DiagnosticMessage {
  const message = `No version that satisfies this line supports Python ${pythonVersion}: ask for another version.`
  return { id: 'not-found', severity: 'error', message }
}

/** There are versions, but no wheels that the image could hold. */
export function noWheel(pythonVersion: string): DiagnosticMessage {
  const target = `Windows (x86-64) and Python ${pythonVersion}`
  const message =
    `There is no wheel for ${target}: the service would have to build the package from source, which may fail. ` +
    'Ask for a version that has one.'
  return { id: 'no-wheel', severity: 'warning', message }
}

/** There are versions, but their metadata cannot be read. */
export function invalidMetadata(): DiagnosticMessage {
  const message = 'The package index offers this package with metadata that are invalid: ask for another version.'
  return { id: 'invalid-metadata', severity: 'warning', message }
}

/** Requirements that exclude each other. */
export function conflict(): DiagnosticMessage {
  return {
    id: 'conflict',
    severity: 'error',
    message: 'Requirements exclude each other: loosen or change one of them.',
  }
}

/** A version that its authors took back. */
export function yanked(name: string, version: string, reason: string): DiagnosticMessage {
  const why = reason === '' ? '' : ` (“${reason}”)`
  return {
    id: 'yanked',
    severity: 'warning',
    message: `${name} ${version} was yanked by its authors${why}: ask for another version.`,
  }
}
