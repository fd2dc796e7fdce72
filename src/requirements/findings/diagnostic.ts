import type { Entry } from '../grammar/entry.js'
import type { Span } from '../grammar/position.js'
import type { PythonTarget } from '../evaluate/python-target.js'
import type { Truth } from '../evaluate/version-range.js'
import { type FindingId, findingKinds, type Severity } from './finding.js'

/** A finding before its place in the workspace is looked up. */
export type Diagnostic = {
  readonly id: FindingId
  readonly message: string
  /** In the requirements' text. */
  readonly span: Span
  readonly severity: Severity
}

/** An entry with what is known of it on the target. */
export type CheckedEntry = {
  readonly entry: Entry
  /** Whether its marker holds; true where it has none. */
  readonly applies: Truth
}

/**
 * Takes a remark. Its message is only asked for where it will be told: of a hostile file most will not.
 *
 * @param severity where it differs from that of the kind
 */
export type AddDiagnostic = (id: FindingId, span: Span, message: () => string, severity?: Severity) => void

/** Looks at one line for itself. */
export type EntryCheck = (line: CheckedEntry, target: PythonTarget, tell: AddDiagnostic) => void

/** So many remarks of one kind and severity are told one by one: more than there is room for on any page. */
const MOST_ALIKE = 10_000

/** How many remarks of a kind there are, and the first that is not told. */
type Alike = { count: number; untold: Diagnostic | undefined }

/** Takes remarks up to a number of each kind and severity, and counts the rest. */
export type DiagnosticList = {
  readonly tell: AddDiagnostic
  /** What was taken, in the order of the text; of each kind that has more, a last one says how many. */
  readonly all: () => readonly Diagnostic[]
}

export function createDiagnosticList(): DiagnosticList {
  const kinds: Record<Severity, Map<FindingId, Alike>> = { error: new Map(), warning: new Map(), notice: new Map() }
  const told: Diagnostic[] = []
  const tell: AddDiagnostic = (id, span, message, severity = findingKinds[id].severity) => {
    let alike = kinds[severity].get(id)
    if (alike === undefined) kinds[severity].set(id, (alike = { count: 0, untold: undefined }))
    alike.count++
    if (alike.count <= MOST_ALIKE) told.push({ id, span, severity, message: message() })
    else alike.untold ??= { id, span, severity, message: message() }
  }
  const all = (): readonly Diagnostic[] => {
    const alike = Object.values(kinds).flatMap(kind => [...kind.values()])
    const rest = alike.flatMap(({ count, untold }) => (untold === undefined ? [] : last(untold, count - MOST_ALIKE)))
    return [...told, ...rest].sort(inOrderOfText)
  }
  return { tell, all }
}

function last(untold: Diagnostic, count: number): Diagnostic {
  if (count === 1) return untold
  return { ...untold, message: `There are ${count} more findings like ${MOST_ALIKE} others; they are not listed.` }
}

function inOrderOfText({ span: { start: one } }: Diagnostic, { span: { start: other } }: Diagnostic): number {
  return one.line - other.line || one.column - other.column
}
