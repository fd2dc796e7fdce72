/** A place in a file of the workspace. Lines and columns count from 1; `endColumn` is the column after the last one. */
export type Place = {
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly endColumn?: number
}

/** A place that is to blame, and for what, where that is not the whole failure. */
export type BlamedPlace = Place & { readonly reason?: string }

/** Holds what a service or a program said, word for word. */
export type Quotation = { readonly by: string; readonly text: string }

/** What a {@link Failure} is made of. */
export type FailureFields = {
  /** Stable kebab-case code, the one to search for; it names the section in the troubleshooting guide. */
  readonly code: string
  /** What was wrong, and where, as a person would say it. May span lines. */
  readonly message: string
  /** What to do about it, and where. */
  readonly remedy: string
  /** Lines of the workspace that are to blame, to be annotated. */
  readonly places?: readonly BlamedPlace[]
  /** Ids for a support request, by name. */
  readonly ids?: Readonly<Record<string, string>>
}

/**
 * The one kind of error that a user can act on. Whatever else is thrown is a defect of this action and is reported as
 * one.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: string
  readonly remedy: string
  readonly places: readonly BlamedPlace[]
  readonly ids: Readonly<Record<string, string>>

  constructor(fields: FailureFields) {
    super(fields.message)
    this.code = fields.code
    this.remedy = fields.remedy
    this.places = fields.places ?? []
    this.ids = fields.ids ?? {}
  }
}

/** Why a step was stopped before its end: its own time limit, or the runner's signal. */
export type StopReason = 'timeout' | 'cancelled'

/** The reason of an aborted signal of the step: not a failure of anything, but the end of waiting. */
export class Stopped extends Error {
  override readonly name = 'Stopped'

  constructor(readonly reason: StopReason) {
    super(reason)
  }
}
