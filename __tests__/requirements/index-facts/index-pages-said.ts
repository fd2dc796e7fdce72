import { recorded } from '../../recorded.js'

/** Real pages of the simple API and what pip says of them, as recorded/index-pages.json holds it. */
export type IndexPagesSaid = {
  readonly said: string
  /** By project, of some versions. */
  readonly pages: Readonly<Record<string, { readonly json: unknown; readonly html: readonly string[] }>>
  /** By requirement and version of Python: whether pip finds a wheel to install. */
  readonly installs: Readonly<Record<string, boolean>>
  /** By tag: whether each version of Python takes it. */
  readonly tags: Readonly<Record<string, readonly boolean[]>>
}

/** What is recorded. */
export const indexPagesSaid = recorded('index-pages') as IndexPagesSaid
