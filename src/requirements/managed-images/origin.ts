import { canonicalVersion } from '../grammar/version.js'

/** A package as it is going to be on the image. */
type Package = { readonly name: string; readonly version: string }

/** Where a package comes from: the base has that version, or has another one, or has it not. */
export type Origin =
  | { readonly origin: 'base' | 'installed' }
  | { readonly origin: 'replaced'; /** What the base has. */ readonly baseVersion: string }

/** Tells where each package of a resolution comes from. @param base versions by normalised name. */
export function splitByOrigin<P extends Package>(
  base: ReadonlyMap<string, string>,
  resolved: readonly P[],
): readonly (P & Origin)[] {
  return resolved.map(each => {
    const baseVersion = base.get(each.name)
    if (baseVersion === undefined) return { ...each, origin: 'installed' }
    return isSameVersion(baseVersion, each.version)
      ? { ...each, origin: 'base' }
      : { ...each, origin: 'replaced', baseVersion }
  })
}

/** Tells whether two texts are one version: `1.0` is `1`. */
export function isSameVersion(one: string, other: string): boolean {
  const known = canonicalVersion(one, 'stripped')
  return one === other || (known !== undefined && known === canonicalVersion(other, 'stripped'))
}
