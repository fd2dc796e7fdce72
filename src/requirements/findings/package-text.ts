import type { PathOrUrlEntry, RequirementEntry } from '../entry.js'
import { eachOnce } from '../canonical.js'
import { canonicalMarker } from '../marker.js'
import { withoutPasswords } from '../passwords.js'
import { canonicalSpecifier } from '../specifier.js'

/** An entry that asks for a package. */
export type PackageEntry = RequirementEntry | PathOrUrlEntry

/** What an entry says of its package besides the name. */
export type PackageText = {
  /** To be compared, never to be shown: URLs can hold passwords. */
  readonly exact: string
  /** To be shown. */
  readonly shown: string
}

/**
 * What the entry says of its package besides the name, in one spelling: `[extra]==1.26.4; python_version < "3.12"`.
 * Options are left out; `*` stands where nothing is said.
 */
export function packageText(entry: PackageEntry): PackageText {
  const marker = entry.marker === undefined ? '' : `; ${canonicalMarker(entry.marker)}`
  if (entry.kind === 'path-or-url') {
    const editable = entry.editable ? '(editable) ' : ''
    return withUrl(editable, entry.normalizedName === undefined ? undefined : entry.target, marker)
  }
  const extras = entry.extras.length === 0 ? '' : `[${entry.extras.join(',')}]`
  if (entry.url !== undefined) return withUrl(extras && `${extras} `, entry.url, marker)
  const specifiers = eachOnce(entry.specifiers.map(canonicalSpecifier)).join(',')
  const text = (extras + specifiers || '*') + marker
  return { exact: text, shown: text }
}

function withUrl(before: string, url: string | undefined, after: string): PackageText {
  if (url === undefined) return { exact: `${before}*${after}`, shown: `${before}*${after}` }
  return { exact: `${before}@ ${url}${after}`, shown: `${before}@ ${withoutPasswords(url)}${after}` }
}
