import { isSliceOver, type SlicedWork } from '../time-slice.js'

/** What becomes of packages, each sorted by name. `from` and `to` are what is said of a package besides its name. */
export type Changes = {
  readonly added: readonly { readonly name: string; readonly to: string }[]
  readonly removed: readonly { readonly name: string; readonly from: string }[]
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

/** What is said of a package. */
export type PackageSpec = {
  /** To be compared. */
  readonly exact: string
  /** To be shown. */
  readonly shown: string
  /** The name to be shown, where it is not the key. */
  readonly name?: string
}

/** Compares two sets of packages by their keys. */
export function* compareMaps(
  before: ReadonlyMap<string, PackageSpec>,
  after: ReadonlyMap<string, PackageSpec>,
): SlicedWork<Changes> {
  const added: Changes['added'][number][] = []
  const removed: Changes['removed'][number][] = []
  const changed: Changes['changed'][number][] = []
  let count = 0
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    if (isSliceOver(++count)) yield
    const [was, is] = [before.get(key), after.get(key)]
    const name = is?.name ?? was?.name ?? key
    if (is === undefined) {
      if (was !== undefined) removed.push({ name, from: was.shown })
    } else if (was === undefined) {
      added.push({ name, to: is.shown })
    } else if (was.exact !== is.exact) {
      changed.push({ name, from: was.shown, to: is.shown })
    }
  }
  return { added, removed, changed }
}
