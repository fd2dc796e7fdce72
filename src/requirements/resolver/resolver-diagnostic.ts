import { type Advice, type Finding, finding, type Severity } from '../findings/finding.js'
import { createSourceMap } from '../findings/source-map.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { nameAtStart, normalizedName } from '../grammar/named-requirement.js'
import { redactUrls } from '../../redact.js'
import type { Requirements } from '../requirements.js'
import type { ResolvedPackage, ToolName } from './resolution.js'

/** Holds what a tool has against requirements. */
export type ResolverDiagnostic = DiagnosticText & {
  /** What the tool says, for whoever wants it in its own words; empty where it would only repeat the problem. */
  readonly quote: string
  /** The requirements to blame; none where the tool names none of the file. */
  readonly entries: readonly RequirementEntry[]
}

/** Holds what a tool says where it has resolved the requirements. */
export type ResolverSuccess = {
  readonly packages: readonly ResolvedPackage[]
  readonly diagnostics: readonly ResolverDiagnostic[]
  readonly requiredBy: RequiredBy
}

/** Says what a diagnostic means for the image. */
export type DiagnosticText = Pick<Advice, 'problem' | 'remedy'> & {
  readonly id: 'not-found' | 'no-wheel' | 'invalid-metadata' | 'conflict' | 'yanked' | 'base-conflict'
  readonly severity: Severity
}

/** A long chain of conflicts is cut: nobody reads more, and an annotation holds 4 KiB. */
const QUOTE_LIMIT = 1500

/** Of the lines that one diagnostic is about so many are shown: of a file where more are, nobody corrects line by line. */
const MOST_LINES = 100

/**
 * Makes the findings of a diagnostic: one on each line to blame, or one on the file as a whole.
 * @param isDoubtful whether the tool's answer may differ from that of the build, so that it fails nothing
 */
export function findingsOf(
  { id, severity, problem, remedy, quote, entries }: ResolverDiagnostic,
  tool: ToolName,
  requirements: Requirements,
  isDoubtful: boolean,
): readonly Finding[] {
  const text = inOneLine(quote)
  const advice = text === '' ? { problem, remedy } : { problem, remedy, quotation: { by: tool, text } }
  const most = isDoubtful && severity === 'error' ? 'warning' : severity
  if (entries.length === 0) {
    const whole = { file: requirements.files[0] ?? '', line: 1, column: 1, endColumn: 1 }
    return [finding(id, advice, whole, most)]
  }
  const placeOf = createSourceMap(requirements)
  return entries.slice(0, MOST_LINES).map(entry => finding(id, advice, placeOf(entry.span), most))
}

/** Returns a text of a tool, which may span lines, in one line that is not too long, without passwords. */
export function inOneLine(text: string): string {
  const line = redactUrls(text)
    .slice(0, 64 * 1024)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > QUOTE_LIMIT ? `${line.slice(0, QUOTE_LIMIT)}…` : line
}

/** Characters of a requirement that are shown in a sentence. */
const TERM_LIMIT = 200

/** Returns a requirement of the file without its markers and options. */
export function termOf({ name, specifiers }: RequirementEntry): string {
  return `${name}${specifiers.map(({ operator, version }) => operator + version).join(',')}`
}

/** Returns a requirement as it stands in a sentence: what a tool printed, or else that of the only line to blame. */
function shownTerm(term: string | undefined, entries: readonly RequirementEntry[]): string {
  const [only, ...others] = entries
  if (term !== undefined) return inOneLine(term).slice(0, TERM_LIMIT)
  if (only === undefined || others.length > 0) return 'the line'
  return termOf(only).slice(0, TERM_LIMIT)
}

/** Says which line needs a package that the file does not name itself. */
function neededBy(name: string, entries: readonly RequirementEntry[]): string | undefined {
  const isDirect = entries.some(({ normalizedName: each }) => each === name)
  return isDirect ? undefined : entries[0]?.name
}

/** Says that there is no package of that name. */
export function noPackage(name: string, entries: readonly RequirementEntry[]): DiagnosticText {
  const by = neededBy(normalizedName(name), entries)
  return {
    id: 'not-found',
    severity: 'error',
    problem: `The package index has no package ${shownTerm(name, [])}${by === undefined ? '' : `, which ${by} needs`}.`,
    remedy: by === undefined ? 'Check the name.' : `Use another version of ${by}.`,
  }
}

/** Says that no version satisfies a requirement. @param term the requirement as the tool prints it, where it does. */
export function noVersion(term: string | undefined, entries: readonly RequirementEntry[]): DiagnosticText {
  const shown = shownTerm(term, entries)
  const by = term === undefined ? undefined : neededBy(nameAtStart(term), entries)
  return {
    id: 'not-found',
    severity: 'error',
    problem: `No version satisfies ${shown}${by === undefined ? '' : `, which ${by} needs`}.`,
    remedy: `Use another version${by === undefined ? '' : ` of ${by}`}.`,
  }
}

/** Says that there are versions, but for other versions of Python. */
export function otherPython(pythonVersion: string, entries: readonly RequirementEntry[]): DiagnosticText {
  return {
    id: 'not-found',
    severity: 'error',
    problem: `No version that satisfies ${shownTerm(undefined, entries)} supports Python ${pythonVersion}.`,
    remedy: 'Use another version.',
  }
}

/** Says that there are versions, but no wheels that the image could hold. */
export function noWheel(
  pythonVersion: string,
  term: string | undefined,
  entries: readonly RequirementEntry[],
): DiagnosticText {
  return {
    id: 'no-wheel',
    severity: 'warning',
    problem: `There is no wheel for ${shownTerm(term, entries)} on Windows (x86-64) with Python ${pythonVersion}, so the service would have to build the package from source, which may fail.`,
    remedy: 'Use a version that has one.',
  }
}

/** Says that there are versions, but none that the image could hold, and nothing to build one from. */
export function noFiles(
  pythonVersion: string,
  term: string | undefined,
  entries: readonly RequirementEntry[],
): DiagnosticText {
  return {
    id: 'no-wheel',
    severity: 'error',
    problem: `There is neither a wheel for ${shownTerm(term, entries)} on Windows (x86-64) with Python ${pythonVersion} nor a source to build it from.`,
    remedy: 'Use a version that has one.',
  }
}

/** Says that there are versions, but with metadata that cannot be read. */
export function invalidMetadata(entries: readonly RequirementEntry[]): DiagnosticText {
  return {
    id: 'invalid-metadata',
    severity: 'warning',
    problem: `The package index offers ${shownTerm(undefined, entries)} with invalid metadata.`,
    remedy: 'Use another version.',
  }
}

/** Names a package in some version, and a requirement that it has. */
export type Dependency = { readonly by: string; readonly needs: string }

/**
 * Says which requirements exclude each other: one of a package, and one of the file or of another package.
 * @param required what the file requires, as the tool prints it.
 */
export function conflict(dependencies: readonly Dependency[], required: readonly string[]): DiagnosticText {
  const text = { id: 'conflict', severity: 'error' } as const
  const remedy = 'Change one of the two.'
  const named = new Map<string, string>()
  for (const each of required) {
    const name = nameAtStart(each)
    const before = named.get(name)
    if (before !== undefined && before !== each) {
      return { ...text, problem: `${inOneLine(`${before} and ${each} exclude each other`)}.`, remedy }
    }
    named.set(name, each)
  }
  const first = new Map<string, Dependency>()
  for (const { by, needs } of dependencies) {
    const name = nameAtStart(needs)
    const before = first.get(name)
    const ours = named.get(name)
    const theirs =
      before && nameAtStart(before.by) !== nameAtStart(by) ? `${before.by} needs ${before.needs}` : undefined
    const other = ours === undefined ? theirs : `the requirements ask for ${ours}`
    first.set(name, before ?? { by, needs })
    if (name === '' || other === undefined) continue
    return { ...text, problem: `${inOneLine(`${by} needs ${needs}, but ${other}`)}.`, remedy }
  }
  return { ...text, problem: 'Some requirements exclude each other.', remedy: 'Loosen or change one of them.' }
}

/** Says that the authors of a version took it back. */
export function yanked(name: string, version: string, reason: string): DiagnosticText {
  const why = reason === '' ? '' : ` (“${reason}”)`
  return {
    id: 'yanked',
    severity: 'warning',
    problem: `${name} ${version} was yanked by its authors${why}.`,
    remedy: 'Use another version.',
  }
}

/** So many yanked packages are listed. */
const MOST_YANKED = 100

/** Says of each package which packages require it; `undefined` stands for the file itself. */
export type RequiredBy = ReadonlyMap<string, readonly (string | undefined)[]>

/** Makes the diagnostics of yanked packages, each once. @param warnings matches of name, version and, perhaps, reason */
export function yankedIn(
  warnings: Iterable<readonly (string | undefined)[]>,
  requiredBy: RequiredBy,
  entries: readonly RequirementEntry[],
): readonly ResolverDiagnostic[] {
  const diagnostics = new Map<string, ResolverDiagnostic>()
  for (const [, name = '', version = '', reason = ''] of warnings) {
    const key = `${normalizedName(name)}==${version}`
    if (diagnostics.size === MOST_YANKED) break
    if (diagnostics.has(key)) continue
    const roots = rootRequirements(normalizedName(name), requiredBy, entries)
    diagnostics.set(key, { ...yanked(name, version, reason), quote: '', entries: roots })
  }
  return [...diagnostics.values()]
}

/** Returns the requirements of the file that led to a package. */
export function rootRequirements(
  name: string,
  requiredBy: RequiredBy,
  entries: readonly RequirementEntry[],
): readonly RequirementEntry[] {
  const seen = new Set([name])
  const roots = new Set<string>()
  // A set visits what is added while it is being walked.
  for (const current of seen) {
    for (const each of requiredBy.get(current) ?? []) {
      if (each === undefined) roots.add(current)
      else seen.add(each)
    }
  }
  return entries.filter(entry => roots.has(entry.normalizedName))
}
