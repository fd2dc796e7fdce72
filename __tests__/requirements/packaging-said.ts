import { recorded } from '../recorded.js'

/** What `packaging` says, as recorded/packaging.json holds it. */
export type PackagingSaid = {
  readonly said: string
  /** Whether two requirements are equal, by `one / other`. */
  readonly equal: Readonly<Record<string, boolean>>
  /** A marker's value in each environment; null where it fails. */
  readonly markers: Readonly<Record<string, readonly (boolean | null)[]>>
  /** By specifier, `+` for each version of the grid that it admits and `-` for each that it does not. */
  readonly admitted: Readonly<Record<string, string>>
}

/** What the newest release says, to which the tests hold the product. */
export const packagingSaid = recorded('packaging') as PackagingSaid
