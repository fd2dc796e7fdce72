import { appliesOn, markerEnvironment } from '../requirements/evaluate/evaluate-marker.js'
import { packageText } from '../requirements/package-text.js'
import { isPackage, type PackageEntry } from '../requirements/grammar/entry.js'
import type { PythonTarget } from '../requirements/evaluate/python-target.js'
import { satisfies } from '../requirements/evaluate/version-range.js'
import { isCut, type JsonObject, longestWord, wordIn } from '../json.js'
import type { Requirements } from '../requirements/requirements.js'

/** Holds what is wanted of a package, what a sandbox has, and what is wrong with that, if anything. */
export type VerifiedPackage = {
  readonly name: string
  readonly wanted: string
  readonly found: string
  /** To follow the name: `is not installed`; empty where all is well. */
  readonly problem: string
}

/** Returns the requirements that count on the target, by normalised name. */
export function wantedOn(
  requirements: Requirements,
  target: PythonTarget,
): ReadonlyMap<string, readonly PackageEntry[]> {
  const environment = markerEnvironment(target)
  // Whether a marker holds may not be known; then the sandbox need not have the package.
  const counted = requirements.entries.filter(isPackage).filter(entry => appliesOn(environment, entry) === true)
  const wanted = Map.groupBy(counted, ({ normalizedName = '' }) => normalizedName)
  wanted.delete('')
  return wanted
}

/** Judges what a sandbox said of Python and of each wanted package. An undefined cell of a row counts as empty. */
export function comparePackagesFound(
  wanted: ReadonlyMap<string, readonly PackageEntry[]>,
  pythonVersion: string | undefined,
  rows: readonly JsonObject[],
): readonly VerifiedPackage[] {
  const cell = (row: JsonObject | undefined, name: string) => wordIn(row?.[name]) ?? ''
  const byName = new Map(rows.map(row => [cell(row, 'name'), row]))
  const python = cell(byName.get(''), 'python')
  const packages = Array.from(wanted, ([name, entries]): VerifiedPackage => {
    const row = byName.get(name)
    const found = cell(row, 'version')
    const shown = [...new Set(entries.map(entry => packageText(entry).shown))].join(' + ')
    const problem = row === undefined ? 'was not checked' : cell(row, 'problem') || mismatch(entries, found)
    return { name, wanted: shown, found, problem }
  })
  const isOther = pythonVersion !== undefined && pythonVersion !== python
  const problem = python === '' ? 'did not answer' : isOther ? 'has the wrong version' : ''
  return [{ name: 'Python', wanted: pythonVersion ?? '*', found: python, problem }, ...packages]
}

function mismatch(entries: readonly PackageEntry[], found: string): string {
  if (found === '' || isCut(found, longestWord)) return 'reports no version'
  const specifiers = entries.flatMap(entry => (entry.kind === 'requirement' ? entry.specifiers : []))
  return specifiers.some(specifier => satisfies(specifier, found) === false) ? 'has the wrong version' : ''
}
