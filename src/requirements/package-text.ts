import { type PackageEntry, redactedEntry } from './grammar/entry.js'
import { unique } from './grammar/canonical.js'
import { canonicalMarker } from './grammar/marker.js'
import { canonicalSpecifier } from './grammar/specifier.js'

/** Holds what an entry says of its package besides the name. */
export type PackageText = {
  /** To be compared, never to be shown: URLs can hold passwords. */
  readonly exact: string
  /** To be shown. */
  readonly shown: string
}

/**
 * Returns what the entry says of its package besides the name, in one spelling: `[extra]==1.26.4; python_version <
 * "3.12"`. Options are left out; `*` stands where nothing is said.
 */
export function packageText(entry: PackageEntry): PackageText {
  const redacted = redactedEntry(entry)
  const exact = textOf(entry)
  if (redacted === entry) return { exact, shown: exact }
  // Without its passwords the line may say something else, or nothing that pip takes.
  return { exact, shown: redacted.kind === entry.kind ? textOf(redacted) : '@ ***' }
}

function textOf(entry: PackageEntry): string {
  const marker = entry.marker === undefined ? '' : `; ${canonicalMarker(entry.marker)}`
  if (entry.kind === 'path-or-url') {
    const editable = entry.editable ? '(editable) ' : ''
    return editable + (entry.normalizedName === undefined ? '*' : `@ ${entry.target}`) + marker
  }
  const extras = entry.extras.length === 0 ? '' : `[${entry.extras.join(',')}]`
  if (entry.url !== undefined) return `${extras && `${extras} `}@ ${entry.url}${marker}`
  return (extras + unique(entry.specifiers.map(canonicalSpecifier)).join(',') || '*') + marker
}
