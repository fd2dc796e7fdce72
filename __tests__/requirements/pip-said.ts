import { recorded } from '../recorded.js'

/** What pip makes of a package line; what is none or empty is left out. */
export type PipPackage = {
  readonly name?: string
  readonly extras?: readonly string[]
  readonly specifiers?: readonly string[]
  readonly url?: string
  readonly marker?: string
  readonly editable?: true
  readonly options?: readonly string[]
}

/** What pip makes of a file: its packages in order, or that it rejects it. */
export type PipVerdict = readonly PipPackage[] | 'rejected'

/** A requirements file with those that it includes; `requirements.txt` is the one that pip is given. */
export type Tree = Readonly<Record<string, string>>

/** What pip says, as recorded/pip-parser.json holds it. */
export type PipSaid = {
  readonly said: string
  /** What the newest release makes of a file, by its text or the name of its tree. */
  readonly newest: Readonly<Record<string, PipVerdict>>
  /** Where other releases differ from it. */
  readonly others: Readonly<Record<string, Readonly<Record<string, PipVerdict>>>>
}

/** What the newest release says, to which the tests hold the product. */
export const pipSaid = (recorded('pip-parser') as PipSaid).newest
