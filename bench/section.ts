import type { Goal } from './goal.js'

/** A part of the report, in Markdown. */
export type Section = {
  readonly title: string
  readonly text: string
  readonly goals: readonly Goal[]
}
