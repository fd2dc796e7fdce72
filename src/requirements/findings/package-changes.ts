import type { Requirements } from '../requirements.js'
import { type PackageText, packageText, withoutPasswords } from './package-text.js'

/**
 * What becomes of the packages that a file names. `from` and `to` are what it says of a package besides its name, such as
 * `==1.26.4`, `[socks]<2` or `*` for nothing; where several lines name one package, they are joined by ` + `.
 */
export type PackageChanges = {
  readonly added: readonly { readonly name: string; readonly to: string }[]
  readonly removed: readonly { readonly name: string; readonly from: string }[]
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

/**
 * Compares what two texts ask for, package by package, by normalised names and sorted by them. A package by a URL or path
 * that does not tell its name goes under that URL or path. Spelling, order and options make no difference.
 */
export function packageChanges(from: Requirements, to: Requirements): PackageChanges {
  const [before, after] = [packagesOf(from), packagesOf(to)]
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()

  const added: PackageChanges['added'][number][] = []
  const removed: PackageChanges['removed'][number][] = []
  const changed: PackageChanges['changed'][number][] = []
  for (const key of names) {
    const [was, is] = [before.get(key), after.get(key)]
    const name = withoutPasswords(key)
    if (is === undefined) {
      if (was !== undefined) removed.push({ name, from: joined(was, 'shown') })
    } else if (was === undefined) {
      added.push({ name, to: joined(is, 'shown') })
    } else if (joined(was, 'exact') !== joined(is, 'exact')) {
      changed.push({ name, from: joined(was, 'shown'), to: joined(is, 'shown') })
    }
  }
  return { added, removed, changed }
}

function packagesOf({ entries }: Requirements): ReadonlyMap<string, readonly PackageText[]> {
  const packages = new Map<string, PackageText[]>()
  for (const entry of entries) {
    if (entry.kind !== 'requirement' && entry.kind !== 'path-or-url') continue
    const name = entry.kind === 'requirement' ? entry.normalizedName : (entry.normalizedName ?? entry.target)
    const text = packageText(entry)
    const texts = packages.get(name)
    if (texts === undefined) packages.set(name, [text])
    else texts.push(text)
  }
  return packages
}

function joined(texts: readonly PackageText[], as: keyof PackageText): string {
  return [...new Set(texts.map(text => text[as]))].sort().join(' + ')
}
