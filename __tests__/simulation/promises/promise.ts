import type { ActionRun } from '../run-action.js'
import type { History } from '../history.js'

/** What a promise finds in one run. */
type Finding = {
  /** How it was broken. */
  readonly broken: string[]
  /** What began too late for anybody to know of it: counted, and no failure. */
  readonly later: string[]
}

/** Something that is true of every run, whatever happens. */
export type Promised = {
  readonly name: string
  readonly check: (run: ActionRun, history: History, finding: Finding) => void
}
