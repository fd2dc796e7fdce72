import type { ImageContent } from '../../azure/cluster.js'
import type { WorkflowEvent } from '../../github/events.js'
import type { Releases } from '../../github/releases.js'
import type { RequirementFiles } from '../../github/requirement-files.js'
import type { World, WorldOptions } from '../../world.js'

/** A situation in which the demo can show the action. */
export type Scenario = {
  readonly name: string
  /** What there is to see, in one line. */
  readonly shows: string
  readonly world?: WorldOptions
  /** What started the workflow; a push unless told otherwise. */
  readonly event?: WorkflowEvent
  /** What uv finds on the index; by default what the packages of the example depend on. */
  readonly uv?: Releases
  /** Inputs beside those that every scenario gives. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Sets up what is there before the step starts. */
  readonly prepare?: (world: World, wanted: ImageContent) => void
  /** Changes the files in the repository. */
  readonly edit?: (requirements: RequirementFiles) => Record<string, string>
  /** When a person cancels the run. */
  readonly cancelWhen?: (world: World) => boolean
  readonly expects: Expectation
}

/** How a scenario ends when the action behaves. */
export type Expectation = {
  readonly exitCode: 0 | 1
  readonly outputs?: Readonly<Record<string, string | undefined>>
  /** Something that the log says. */
  readonly log?: RegExp
  /** Builds that the workflow itself started; one by default. */
  readonly builds?: number
}

/** The image of every scenario. */
export const imageName = 'forecasting'
