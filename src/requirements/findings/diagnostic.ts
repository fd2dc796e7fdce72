import type { Entry } from '../grammar/entry.js'
import type { Span } from '../grammar/position.js'
import type { PythonTarget } from '../evaluate/python-target.js'
import type { Truth } from '../evaluate/version-range.js'
import { type Advice, type FindingId, findingKinds, type Severity } from './finding.js'

/** Holds a finding before its place in the workspace is looked up. */
type Diagnostic = {
  readonly id: FindingId
  readonly advice: Advice
  /** In the requirements' text. */
  readonly span: Span
  readonly severity: Severity
}

/** Holds an entry with what is known of it on the target. */
export type EvaluatedEntry = {
  readonly entry: Entry
  /** Tells whether its marker holds; true where it has none. */
  readonly applies: Truth
}

/**
 * Adds a diagnostic. Its text is only made where it will be shown: of a hostile file most will not.
 *
 * @param severity where it differs from that of the kind
 */
export type AddDiagnostic = (id: FindingId, span: Span, advice: () => Advice, severity?: Severity) => void

/** Checks one line for itself. */
export type EntryCheck = (line: EvaluatedEntry, target: PythonTarget, add: AddDiagnostic) => void

/** So many diagnostics of one kind and severity are listed: more than there is room for on any page. */
const MOST_ALIKE = 10_000

/** Counts the diagnostics of a kind, and holds the first that is not listed. */
type Alike = { count: number; unlisted: Diagnostic | undefined }

/** Takes diagnostics up to a number of each kind and severity, and counts the rest. */
export type DiagnosticList = {
  readonly add: AddDiagnostic
  /** Returns what was taken, in the order of the text; of each kind that has more, a last one says how many. */
  readonly all: () => readonly Diagnostic[]
}

/** Begins a list of diagnostics. */
export function createDiagnosticList(): DiagnosticList {
  const kinds: Record<Severity, Map<FindingId, Alike>> = { error: new Map(), warning: new Map(), notice: new Map() }
  const listed: Diagnostic[] = []
  const add: AddDiagnostic = (id, span, advice, severity = findingKinds[id].severity) => {
    let alike = kinds[severity].get(id)
    if (alike === undefined) kinds[severity].set(id, (alike = { count: 0, unlisted: undefined }))
    alike.count++
    if (alike.count <= MOST_ALIKE) listed.push({ id, span, severity, advice: advice() })
    else alike.unlisted ??= { id, span, severity, advice: advice() }
  }
  const all = (): readonly Diagnostic[] => {
    const alike = Object.values(kinds).flatMap(kind => [...kind.values()])
    const rest = alike.flatMap(({ count, unlisted }) => (unlisted ? summarize(unlisted, count - MOST_ALIKE) : []))
    return [...listed, ...rest].sort(inOrderOfText)
  }
  return { add, all }
}

function summarize(unlisted: Diagnostic, count: number): Diagnostic {
  if (count === 1) return unlisted
  const problem = `There are ${count} more findings like ${MOST_ALIKE} others; they are not listed.`
  return { ...unlisted, advice: { problem, remedy: 'Correct the others first.' } }
}

function inOrderOfText({ span: { start: one } }: Diagnostic, { span: { start: other } }: Diagnostic): number {
  return one.line - other.line || one.column - other.column
}
