import type { Entry } from '../entry.js'
import type { Span } from '../position.js'
import type { FindingId, Severity } from './finding.js'
import type { CheckTarget } from './target.js'
import type { Truth } from './version-range.js'

/** A finding before its place in the workspace is looked up. */
export type Remark = {
  readonly id: FindingId
  readonly message: string
  /** In the requirements' text. */
  readonly span: Span
  /** Where it differs from that of the kind. */
  readonly severity?: Severity
}

/** An entry with what is known of it on the target. */
export type Line = {
  readonly entry: Entry
  /** Whether its marker holds; true where it has none. */
  readonly applies: Truth
}

/** None, of most lines. */
export const noRemarks: readonly Remark[] = []

/** Looks at one line for itself. */
export type LineCheck = (line: Line, target: CheckTarget) => readonly Remark[]
