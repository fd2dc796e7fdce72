import { recorded } from '../../recorded.js'

/** Lines, or why there are none. */
export type Said = readonly string[] | { readonly error: string }

/** What tools of others say, as recorded/formats.json holds it; by the titles of the cases. */
export type FormatsSaid = {
  readonly said: string
  /** What `packaging` selects for CPython 3.11.7 on Windows. */
  readonly pylock: Readonly<Record<string, Said>>
  /** What `packaging` finds in dependency groups. */
  readonly groups: Readonly<Record<string, Said>>
  /** The lines that pip decodes. */
  readonly encodings: Readonly<Record<string, Said>>
  /** What `uv export` prints, by the release of uv. */
  readonly uvExport: Readonly<Record<string, Readonly<Record<string, Said>>>>
}

/** To which the tests hold the product. */
export const formatsSaid = recorded('formats') as FormatsSaid
