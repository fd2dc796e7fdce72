import { isSliceOver, type SlicedWork } from '../../time-slice.js'
import type { Entry } from '../grammar/entry.js'
import { quoted } from '../grammar/parse-error.js'
import type { Span } from '../grammar/position.js'
import { appliesOn, markerEnvironment, evaluateMarker } from '../evaluate/evaluate-marker.js'
import { type PackageEntry, packageText } from '../package-text.js'
import { formatPlace, type SourceMap } from './source-map.js'
import type { AddDiagnostic } from './diagnostic.js'
import { type PythonTarget, type Platform, PYTHON_VERSIONS } from '../evaluate/python-target.js'
import { areDisjoint, type Truth } from '../evaluate/version-range.js'

/** A line that asks for a package which other lines ask for too, with all that is needed to compare it. */
type Asking = {
  readonly entry: PackageEntry
  readonly name: string
  readonly span: Span
  /** What it says besides the name: to be compared, and to be shown. */
  readonly exact: string
  readonly shown: string
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

/** `duplicate`: each line that asks for a package which an earlier line asks for, unless the two never apply together. */
export function* checkDuplicates(
  entries: readonly Entry[],
  target: PythonTarget,
  placement: SourceMap,
  tell: AddDiagnostic,
): SlicedWork<void> {
  const versions = target.pythonVersion === undefined ? PYTHON_VERSIONS : [target.pythonVersion]
  const environments = versions.map(pythonVersion => markerEnvironment({ ...target, pythonVersion }))
  const environment = markerEnvironment(target)
  let count = 0
  for (const [name, named] of sharingName(entries)) {
    const earlier: Asking[] = []
    const known = new Set<string>()
    for (const [index, entry] of named.entries()) {
      const applies = appliesOn(environment, entry)
      if (applies === false) continue
      const asking = askingOf(entry, name, applies, environments)
      if (index < THOROUGH) compareThoroughly(asking, earlier, placement, tell)
      else compare(asking, earlier, placement, tell)
      if (earlier.length < COMPARED && !known.has(asking.exact)) {
        earlier.push(asking)
        known.add(asking.exact)
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
    if ((entry.kind !== 'requirement' && entry.kind !== 'path-or-url') || entry.normalizedName === undefined) continue
    const before = first.get(entry.normalizedName)
    const named = sharing.get(entry.normalizedName)
    if (before === undefined) first.set(entry.normalizedName, entry)
    else if (named === undefined) sharing.set(entry.normalizedName, [before, entry])
    else named.push(entry)
  }
  return sharing
}

function askingOf(entry: PackageEntry, name: string, applies: Truth, environments: readonly Platform[]): Asking {
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

/** Speaks of the earlier line that is the worst to go with this one. */
function compareThoroughly(line: Asking, earlier: readonly Asking[], placement: SourceMap, tell: AddDiagnostic): void {
  let meeting: Asking | undefined
  let clashing: Asking | undefined
  for (const other of earlier) {
    if (!meet(other, line)) continue
    meeting ??= other
    if (!clash(other, line)) continue
    if (other.applies && line.applies) return tellOfClash(line, other, placement, tell)
    clashing ??= other
  }
  if (clashing !== undefined) return tellOfClash(line, clashing, placement, tell)
  if (meeting !== undefined) tellOfRepetition(line, meeting, placement, tell, joined(meeting, line))
}

/** Speaks of the first line that this one meets. */
function compare(line: Asking, earlier: readonly Asking[], placement: SourceMap, tell: AddDiagnostic): void {
  const meeting = earlier.find(other => meet(other, line))
  if (meeting !== undefined) tellOfRepetition(line, meeting, placement, tell)
}

/** Tells whether there may be a target on which both apply. */
function meet(one: Asking, other: Asking): boolean {
  return one.mayApply.some((may, at) => may && other.mayApply[at] === true)
}

function tellOfRepetition(
  line: Asking,
  other: Asking,
  placement: SourceMap,
  tell: AddDiagnostic,
  advice = 'Keep one of the two lines.',
): void {
  const message = () => `${quoted(line.name)} is asked for already in ${formatPlace(placement(other.span))}. ${advice}`
  tell('duplicate', line.span, message, 'warning')
}

function tellOfClash(line: Asking, other: Asking, placement: SourceMap, tell: AddDiagnostic): void {
  const isCertain = line.applies && other.applies
  const message = () => {
    const place = formatPlace(placement(other.span))
    const what = `${quoted(line.name)} is asked for twice, and nothing satisfies both ${quoted(line.shown)} here and ${quoted(other.shown)} in ${place}`
    return isCertain
      ? `${what}. Remove one of the two lines.`
      : `${what}, should both lines apply. Correct their markers, or remove one of them.`
  }
  tell('duplicate', line.span, message, isCertain ? 'error' : 'warning')
}

/** Tells whether, for certain, no version or no URL is what both ask for. */
function clash(one: Asking, other: Asking): boolean {
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
function joined({ entry: one, exact, shown }: Asking, line: Asking): string | undefined {
  const other = line.entry
  if (shown !== exact || line.shown !== line.exact) return undefined
  if (one.kind !== 'requirement' || other.kind !== 'requirement' || exact === line.exact) return undefined
  if (one.marker !== undefined || other.marker !== undefined) return undefined
  if (one.url !== undefined || other.url !== undefined) return undefined
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
