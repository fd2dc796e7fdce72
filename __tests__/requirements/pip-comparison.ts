import type { Entry } from '../../src/requirements/grammar/entry.js'
import { canonicalMarker } from '../../src/requirements/grammar/marker.js'
import { canonicalSpecifier } from '../../src/requirements/grammar/specifier.js'
import type { PipPackage, PipVerdict } from './pip-said.js'

/** Says of entries what pip would say of their file. */
export function asPipSays(entries: readonly Entry[]): PipVerdict {
  if (entries.some(({ kind }) => kind === 'invalid')) return 'rejected'
  return entries.filter(isPackage).map(ours)
}

/** What of pip's verdict on the file of these entries can be known without its disk. */
export function asFarAsKnown(verdict: PipVerdict | undefined, entries: readonly Entry[]): PipVerdict | undefined {
  if (verdict === undefined || verdict === 'rejected') return verdict
  const packages = entries.filter(isPackage)
  return verdict.map((theirs, at) => {
    const entry = packages[at]
    if (entry?.kind !== 'path-or-url') return theirs
    const { name, marker, editable, url } = theirs
    return present({ name, marker, editable, url: entry.isUrl ? url : undefined })
  })
}

type Package = Extract<Entry, { kind: 'requirement' | 'path-or-url' }>

function isPackage(entry: Entry): entry is Package {
  return entry.kind === 'requirement' || entry.kind === 'path-or-url'
}

function ours(entry: Package): PipPackage {
  const { normalizedName: name } = entry
  const marker = entry.marker && canonicalMarker(entry.marker)
  if (entry.kind === 'path-or-url') {
    return present({ name, marker, editable: entry.editable, url: entry.isUrl ? entry.target : undefined })
  }
  return present({
    name,
    extras: entry.extras,
    specifiers: [...new Set(entry.specifiers.map(canonicalSpecifier))].sort(),
    url: entry.url,
    marker,
    options: entry.options
      .filter(option => ['--hash', '--config-settings'].includes(option.name))
      .map(option => `${option.name}=${option.value ?? ''}`)
      .sort(),
  })
}

/** Without what is none or empty, as it is recorded. */
function present(all: Readonly<Record<string, unknown>>): PipPackage {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))),
  )
}
