import { eachOnce } from '../canonical.js'
import { type Entry, redactedEntry } from '../entry.js'
import { type Changes, changesBetween, type Said } from '../changes.js'
import type { Requirements } from '../requirements.js'
import { type PackageText, packageText } from './package-text.js'

/**
 * Compares what two texts ask for, package by package, by normalised names: `==1.26.4`, `[socks]<2`, `*` for nothing.
 * Where several lines name one package, they are joined by ` + `. A package by a URL or path that does not tell its name
 * goes under that URL or path. Spelling, order and options make no difference.
 */
export function packageChanges(from: Requirements, to: Requirements): Changes {
  return changesBetween(packagesOf(from), packagesOf(to))
}

function packagesOf({ entries }: Requirements): ReadonlyMap<string, Said> {
  const packages = new Map<string, { readonly name: string; readonly texts: PackageText[] }>()
  for (const entry of entries) {
    if (entry.kind !== 'requirement' && entry.kind !== 'path-or-url') continue
    const key = nameOf(entry) ?? ''
    const text = packageText(entry)
    const known = packages.get(key)
    if (known === undefined) packages.set(key, { name: nameOf(redactedEntry(entry)) ?? '***', texts: [text] })
    else known.texts.push(text)
  }
  return new Map(
    Array.from(packages, ([key, { name, texts }]) => [
      key,
      { name, exact: joined(texts, 'exact'), shown: joined(texts, 'shown') },
    ]),
  )
}

function nameOf(entry: Entry): string | undefined {
  if (entry.kind === 'path-or-url') return entry.normalizedName ?? entry.target
  return entry.kind === 'requirement' ? entry.normalizedName : undefined
}

function joined(texts: readonly PackageText[], as: keyof PackageText): string {
  return eachOnce(texts.map(text => text[as])).join(' + ')
}
