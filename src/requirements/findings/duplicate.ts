import { isSliceOver, type SlicedWork } from '../../time-slice.js'
import { type Entry, isPackage, type PackageEntry } from '../grammar/entry.js'
import { quoted } from '../grammar/parse-error.js'
import type { Span } from '../grammar/position.js'
import { appliesOn, markerEnvironment, evaluateMarker } from '../evaluate/evaluate-marker.js'
import { type PackageText, packageText } from '../package-text.js'
import { formatPlace, type SourceMap } from './source-map.js'
import type { AddDiagnostic } from './diagnostic.js'
import { type PythonTarget, type Platform, PYTHON_VERSIONS } from '../evaluate/python-target.js'
import { areDisjoint, type Truth } from '../evaluate/version-range.js'

/** Takes what is found, and knows the places of lines. */
type Report = { readonly placeOf: SourceMap; readonly add: AddDiagnostic }

/** Holds a line that requires a package which other lines require too, with all that is needed to compare it. */
type Candidate = PackageText & {
  readonly entry: PackageEntry
  readonly name: string
  readonly span: Span
  /** Of a direct reference, as far as it can be compared. */
  readonly url: string | undefined
  /** It applies on the target, certainly. */
  readonly applies: boolean
  /** For each version that Python may have on the target, whether the line may apply. */
  readonly mayApply: readonly boolean[]
}

/** Longer requirements are not proposed as one line: nobody reads them, and to write them takes time. */
const JOINED_CLAUSES = 6

/** So many lines of one name are compared with each further one: enough to find a fault, and the time stays linear. */
const COMPARED = 4

/** So many lines of one name are compared at all: with as many, what is wrong with the file is not their versions. */
const THOROUGH = 100

/** Finds `duplicate`: each line that requires a package which an earlier line requires, unless both never apply together. */
export function* checkDuplicates(entries: readonly Entry[], target: PythonTarget, report: Report): SlicedWork<void> {
  const versions = target.pythonVersion === undefined ? PYTHON_VERSIONS : [target.pythonVersion]
  const environments = versions.map(pythonVersion => markerEnvironment({ ...target, pythonVersion }))
  const environment = markerEnvironment(target)
  let count = 0
  for (const [name, named] of sharingName(entries)) {
    const earlier: Candidate[] = []
    const known = new Set<string>()
    for (const [index, entry] of named.entries()) {
      const applies = appliesOn(environment, entry)
      if (applies === false) continue
      const candidate = candidateOf(entry, name, applies, environments)
      if (index < THOROUGH) compareThoroughly(candidate, earlier, report)
      else compare(candidate, earlier, report)
      if (earlier.length < COMPARED && !known.has(candidate.exact)) {
        earlier.push(candidate)
        known.add(candidate.exact)
      }
      if (isSliceOver(++count)) yield
    }
  }
}

/** The entries of each name that more than one has. */
function sharingName(entries: readonly Entry[]): ReadonlyMap<string, readonly PackageEntry[]> {
  const first = new Map<string, PackageEntry>()
  const sharing = new Map<string, PackageEntry[]>()
  for (const entry of entries) {
    if (!isPackage(entry) || entry.normalizedName === undefined) continue
    const before = first.get(entry.normalizedName)
    const named = sharing.get(entry.normalizedName)
    if (before === undefined) first.set(entry.normalizedName, entry)
    else if (named === undefined) sharing.set(entry.normalizedName, [before, entry])
    else named.push(entry)
  }
  return sharing
}

function candidateOf(entry: PackageEntry, name: string, applies: Truth, environments: readonly Platform[]): Candidate {
  const { marker } = entry
  const isNamed = entry.kind === 'requirement'
  return {
    entry,
    name,
    span: isNamed ? entry.nameSpan : entry.span,
    ...packageText(entry),
    url: comparableUrl(isNamed ? entry.url : entry.target),
    applies: applies === true,
    mayApply: environments.map(environment => marker === undefined || evaluateMarker(marker, environment) !== false),
  }
}

/** Reports the earlier line that is the worst to go with this one. */
function compareThoroughly(line: Candidate, earlier: readonly Candidate[], report: Report): void {
  let meeting: Candidate | undefined
  let clashing: Candidate | undefined
  for (const other of earlier) {
    if (!meet(other, line)) continue
    meeting ??= other
    if (!clash(other, line)) continue
    if (other.applies && line.applies) return addClash(line, other, report)
    clashing ??= other
  }
  if (clashing !== undefined) return addClash(line, clashing, report)
  if (meeting !== undefined) addRepetition(line, meeting, report, joined(meeting, line))
}

/** Reports the first line that this one meets. */
function compare(line: Candidate, earlier: readonly Candidate[], report: Report): void {
  const meeting = earlier.find(other => meet(other, line))
  if (meeting !== undefined) addRepetition(line, meeting, report)
}

/** Tells whether there may be a target on which both apply. */
function meet(one: Candidate, other: Candidate): boolean {
  return one.mayApply.some((may, at) => may && other.mayApply[at] === true)
}

function addRepetition(line: Candidate, other: Candidate, { placeOf, add }: Report, remedy?: string): void {
  const problem = () => `${quoted(line.name)} is already required in ${formatPlace(placeOf(other.span))}.`
  add('duplicate', line.span, () => ({ problem: problem(), remedy: remedy ?? 'Keep one of the two lines.' }), 'warning')
}

function addClash(line: Candidate, other: Candidate, { placeOf, add }: Report): void {
  const isCertain = line.applies && other.applies
  const advice = () => {
    const nothing = line.url === undefined ? 'no version' : 'nothing'
    const where = `${quoted(line.shown)} here and ${quoted(other.shown)} in ${formatPlace(placeOf(other.span))}`
    const problem = `${quoted(line.name)} is required twice, and ${nothing} satisfies both ${where}`
    return isCertain
      ? { problem: `${problem}.`, remedy: 'Remove one of the two lines.' }
      : { problem: `${problem}, if both lines apply.`, remedy: 'Correct their markers, or remove one of them.' }
  }
  add('duplicate', line.span, advice, isCertain ? 'error' : 'warning')
}

/** Tells whether, for certain, no version or no URL satisfies both. */
function clash(one: Candidate, other: Candidate): boolean {
  if (one.url !== undefined && other.url !== undefined) return one.url !== other.url
  if (one.entry.kind !== 'requirement' || other.entry.kind !== 'requirement') return false
  return areDisjoint(one.entry.specifiers, other.entry.specifiers)
}

/** What pip compares of a URL, and less: who signs in, the query and the fragment make no certain difference. */
function comparableUrl(url: string | undefined): string | undefined {
  // Of a variable of the environment only the service knows the value.
  if (url === undefined || /\$\{[A-Z0-9_]+\}/.test(url)) return undefined
  return url
    .replace(/[?#][^]*$/, '')
    .replace(/:\/\/[^/]*@/, '://')
    .toLowerCase()
}

/** Advice to write the two as one line, where that is short and says something new. */
function joined({ entry: one, exact }: Candidate, line: Candidate): string | undefined {
  const other = line.entry
  if (exact === line.exact) return undefined
  if (one.kind !== 'requirement' || other.kind !== 'requirement') return undefined
  if (one.marker ?? other.marker ?? one.url ?? other.url) return undefined
  if (one.specifiers.length + other.specifiers.length > JOINED_CLAUSES) return undefined
  if (exact.length + line.exact.length > 100) return undefined
  const both: PackageEntry = {
    ...other,
    extras: [...new Set([...one.extras, ...other.extras])].sort(),
    specifiers: [...one.specifiers, ...other.specifiers],
  }
  const text = packageText(both).exact
  return `Write one line: ${quoted(line.name + (text === '*' ? '' : text), 200)}.`
}
