import type { Place, Quotation } from '../../failure.js'
import { quoted } from '../grammar/parse-error.js'

/** Says what is wrong, doubtful or worth knowing about a line of a requirements file. */
export type Finding = FindingPlace &
  Advice & {
    readonly id: FindingId
    readonly severity: Severity
  }

/** Says what is the matter and what to do. It quotes the file and tools: escape it where something could obey it. */
export type Advice = {
  /** One sentence. */
  readonly problem: string
  /** One sentence, with a replacement or a command where there is one. */
  readonly remedy: string
  /** What a tool says of it. */
  readonly quotation?: Quotation
}

/**
 * Names the place of a finding. Lines and columns count from 1, columns in UTF-16 code units; `endColumn` is the column after the
 * last character, and equals `column` where something is missing.
 */
export type FindingPlace = {
  /** Relative to the workspace, with slashes; empty for a text that does not come from there. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
}

/** Grades a finding: an error means that the build would fail, or result in another image than wanted. */
export type Severity = (typeof severities)[number]

/** Lists the severities, the worst first. */
export const severities = ['error', 'warning', 'notice'] as const

/** Names a kind of finding, for good; `docs/findings.md` has a section of that name. */
export type FindingId = keyof typeof findingKinds

type Kind = {
  /** Unless the finding itself says another one. */
  readonly severity: Severity
  /** May be named in the input `ignore-findings`. */
  readonly ignorable: boolean
}

/** Lists all kinds of findings. */
export const findingKinds = {
  syntax: { severity: 'error', ignorable: false },
  include: { severity: 'error', ignorable: false },
  'unsupported-option': { severity: 'error', ignorable: true },
  'direct-reference': { severity: 'warning', ignorable: true },
  hash: { severity: 'warning', ignorable: true },
  duplicate: { severity: 'error', ignorable: true },
  unpinned: { severity: 'notice', ignorable: true },
  'marker-excludes': { severity: 'warning', ignorable: true },
  'managed-image-conflict': { severity: 'notice', ignorable: true },
  'file-format': { severity: 'error', ignorable: false },
  'unknown-extra': { severity: 'error', ignorable: false },
  'unknown-dependency-group': { severity: 'error', ignorable: false },
  'requires-python': { severity: 'error', ignorable: true },
  'other-index': { severity: 'error', ignorable: true },
  'not-found': { severity: 'error', ignorable: true },
  'no-wheel': { severity: 'warning', ignorable: true },
  'invalid-metadata': { severity: 'warning', ignorable: true },
  conflict: { severity: 'error', ignorable: true },
  yanked: { severity: 'warning', ignorable: true },
  'base-conflict': { severity: 'warning', ignorable: true },
} as const satisfies Readonly<Record<string, Kind>>

/** Lists the ids, in the order of the table. @internal */
export const findingIds = Object.keys(findingKinds) as readonly FindingId[]

/** Sorts findings by severity; those of one severity stay in their order. */
export function worstFirst<Each extends Pick<Finding, 'severity'>>(findings: readonly Each[]): readonly Each[] {
  return findings.toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
}

/** Makes a finding of the severity that its kind has, unless another one is given. */
export function finding(
  id: FindingId,
  { problem, remedy, quotation }: Advice,
  { file, line, column, endColumn }: FindingPlace,
  severity: Severity = findingKinds[id].severity,
): Finding {
  // A lone surrogate of a hostile file has no UTF-8, in which every text leaves.
  const advice = { problem: problem.toWellFormed(), remedy: remedy.toWellFormed() }
  return { id, severity, ...advice, ...(quotation && { quotation }), file, line, column, endColumn }
}

/** Makes a finding at a place of which the columns may not be known. */
export function findingAt(id: FindingId, advice: Advice, place: Place | undefined, severity?: Severity): Finding {
  const { file, line, column = 1, endColumn = column + 1 } = place ?? { file: '', line: 1 }
  return finding(id, advice, { file, line, column, endColumn }, severity)
}

/** Writes a finding as one text: what is the matter, what to do, and what a tool says of it. */
export function findingText({ problem, remedy, quotation }: Advice): string {
  const quoted = quotation === undefined ? '' : ` ${quotation.by} says: ${quotation.text}`
  return `${problem} ${remedy}${quoted}`
}

/** Holds the ids that are neither to be shown nor counted, or what is wrong with the text that names them. */
export type IgnoredFindings = { readonly ids: ReadonlySet<FindingId> } | { readonly problem: string }

/** Reads the input `ignore-findings`: ids separated by commas or lines. */
export function parseIgnoreFindings(text: string): IgnoredFindings {
  const named = new Set(
    text
      .split(/[,\r\n]/)
      .map(part => part.trim())
      .filter(part => part !== ''),
  )
  const ids = new Set<FindingId>()
  const problems: string[] = []
  for (const name of named) {
    if (!isFindingId(name)) problems.push(`${quoted(name).toWellFormed()} is not the id of a finding`)
    else if (!findingKinds[name].ignorable) problems.push(`"${name}" cannot be ignored`)
    else ids.add(name)
  }
  if (problems.length === 0) return { ids }
  const allowed = findingIds.filter(id => findingKinds[id].ignorable)
  return { problem: `${problems.slice(0, 10).join(', ')}; give any of ${allowed.join(', ')}` }
}

/** Returns the findings that are not ignored. */
export function withoutIgnored(findings: readonly Finding[], ids: ReadonlySet<FindingId>): readonly Finding[] {
  return findings.filter(({ id }) => !ids.has(id))
}

function isFindingId(text: string): text is FindingId {
  return Object.hasOwn(findingKinds, text)
}
