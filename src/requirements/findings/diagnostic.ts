import type { Entry } from '../grammar/entry.js'
import type { Span } from '../grammar/position.js'
import type { FindingId, Severity } from './finding.js'
import type { PythonTarget } from '../evaluate/python-target.js'
import type { Truth } from '../evaluate/version-range.js'

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
