import { isSliceOver, runAtOnce, type SlicedWork } from '../time-slice.js'
import { unique } from './grammar/canonical.js'
import { type Entry, isPackage, redactedEntry } from './grammar/entry.js'
import type { Requirements } from './requirements.js'
import { type PackageText, packageText } from './package-text.js'
import { canonicalVersion } from './grammar/version.js'

/**
 * Compares what two texts ask for, package by package, by normalised names: `==1.26.4`, `[socks]<2`, `*` for nothing.
 * Where several lines name one package, they are joined by ` + `. A package by a URL or path that does not tell its name
 * goes under that URL or path. Spelling, order and options make no difference.
 */
export function* comparePackages(from: Requirements, to: Requirements): SlicedWork<Changes> {
  const before = yield* packagesOf(from)
  const after = yield* packagesOf(to)
  return yield* compareMaps(before, after)
}

/** Does as {@link comparePackages} does, in one go. */
export function packageChanges(from: Requirements, to: Requirements): Changes {
  return runAtOnce(comparePackages(from, to))
}

function* packagesOf({ entries }: Requirements): SlicedWork<ReadonlyMap<string, PackageSpec>> {
  const packages = new Map<string, PackageSpec>()
  /** Of packages that several lines name, what each of them says. */
  const several = new Map<string, PackageText[]>()
  let count = 0
  for (const entry of entries) {
    if (isSliceOver(++count)) yield
    if (!isPackage(entry)) continue
    const key = nameOf(entry) ?? ''
    const text = packageText(entry)
    const first = packages.get(key)
    const texts = several.get(key)
    if (first === undefined) packages.set(key, named(key, entry, text))
    else if (texts === undefined) several.set(key, [first, text])
    else if (texts.at(-1)?.exact !== text.exact) texts.push(text)
  }
  for (const [key, texts] of several) {
    if (isSliceOver(++count)) yield
    packages.set(key, { ...packages.get(key), exact: joined(texts, 'exact'), shown: joined(texts, 'shown') })
  }
  return packages
}

/** What is said of a package, which may go under a URL. */
function named(key: string, entry: Entry, text: PackageText): PackageSpec {
  const name = nameOf(redactedEntry(entry)) ?? '***'
  return name === key ? text : { ...text, name }
}

function nameOf(entry: Entry): string | undefined {
  if (entry.kind === 'path-or-url') return entry.normalizedName ?? entry.target
  return entry.kind === 'requirement' ? entry.normalizedName : undefined
}

function joined(texts: readonly PackageText[], as: keyof PackageText): string {
  // Of several spellings of one version, one is enough.
  const different = new Map(texts.toReversed().map(text => [text.exact, text]))
  return unique(Array.from(different.values(), text => text[as])).join(' + ')
}

/** Compares what is installed with what would be, by name. Spellings of one version make no difference. */
export function versionChanges(from: readonly Version[], to: readonly Version[]): Changes {
  return runAtOnce(compareMaps(versionsOf(from), versionsOf(to)))
}

type Version = { readonly name: string; readonly version: string }

function versionsOf(packages: readonly Version[]): ReadonlyMap<string, PackageSpec> {
  const exactOf = (version: string) => canonicalVersion(version, 'stripped') ?? version
  return new Map(packages.map(({ name, version: shown }) => [name, { exact: exactOf(shown), shown }]))
}

/** Holds what becomes of packages, by name in order. `from` and `to` are what is said of a package besides its name. */
export type Changes = {
  readonly added: readonly { readonly name: string; readonly to: string }[]
  readonly removed: readonly { readonly name: string; readonly from: string }[]
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

/** What is said of a package, and the name to be shown, where it is not the key. */
type PackageSpec = PackageText & { readonly name?: string }

/** Compares two sets of packages by their keys. */
function* compareMaps(
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
