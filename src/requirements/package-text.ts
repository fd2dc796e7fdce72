import { type PackageEntry, redactedEntry } from './grammar/entry.js'
import { unique } from './grammar/canonical.js'
import { canonicalMarker } from './grammar/marker.js'
import { canonicalSpecifier, type Specifier } from './grammar/specifier.js'

/** Holds what an entry says of its package besides the name. */
export type PackageText = {
  /** To be compared, never to be shown: URLs can hold passwords. */
  readonly exact: string
  /** To be shown: versions as they are written. */
  readonly shown: string
}

/**
 * Returns what the entry says of its package besides the name: `[extra]==1.26.4; python_version <
 * "3.12"`. Options are left out; `*` stands where nothing is said.
 */
export function packageText(entry: PackageEntry): PackageText {
  const redacted = redactedEntry(entry)
  // Without its passwords the line may say something else, or nothing that pip takes.
  const shown = redacted.kind === entry.kind ? textOf(redacted, written) : '@ ***'
  return { exact: textOf(entry, specifiers => unique(specifiers.map(canonicalSpecifier))), shown }
}

function written(specifiers: readonly Specifier[]): readonly string[] {
  return specifiers.map(({ operator, version }) => operator + version)
}

function textOf(entry: PackageEntry, clausesOf: (specifiers: readonly Specifier[]) => readonly string[]): string {
  const marker = entry.marker === undefined ? '' : `; ${canonicalMarker(entry.marker)}`
  if (entry.kind === 'path-or-url') {
    const editable = entry.editable ? '(editable) ' : ''
    return editable + (entry.normalizedName === undefined ? '*' : `@ ${entry.target}`) + marker
  }
  const extras = entry.extras.length === 0 ? '' : `[${entry.extras.join(',')}]`
  if (entry.url !== undefined) return `${extras && `${extras} `}@ ${entry.url}${marker}`
  return (extras + clausesOf(entry.specifiers).join(',') || '*') + marker
}
