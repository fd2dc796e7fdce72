import { quoted } from '../rejection.js'
import type { Span } from '../position.js'
import { environmentOf, truthOf } from './marker-truth.js'
import { type PackageEntry, packageText } from './package-text.js'
import { inWords, type Placement } from './placement.js'
import type { Line, Remark } from './remark.js'
import { type CheckTarget, type Platform, PYTHON_VERSIONS } from './target.js'
import { excludeEachOther } from './version-range.js'

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
export function duplicateRemarks(lines: readonly Line[], target: CheckTarget, placement: Placement): readonly Remark[] {
  const versions = target.pythonVersion === undefined ? PYTHON_VERSIONS : [target.pythonVersion]
  const environments = versions.map(pythonVersion => environmentOf({ ...target, pythonVersion }))
  const remarks: Remark[] = []
  for (const [name, named] of Map.groupBy(lines, nameOf)) {
    if (name === undefined || named.length === 1) continue
    const earlier: Asking[] = []
    const known = new Set<string>()
    for (const [index, line] of named.entries()) {
      const asking = askingOf(line, name, environments)
      if (asking === undefined) continue
      const remark = index < THOROUGH ? remarkOn(asking, earlier, placement) : repetition(asking, earlier, placement)
      if (remark !== undefined) remarks.push(remark)
      if (earlier.length < COMPARED && !known.has(asking.exact)) earlier.push(asking)
      known.add(asking.exact)
    }
  }
  return remarks
}

function nameOf({ entry, applies }: Line): string | undefined {
  if (applies === false) return undefined
  return entry.kind === 'requirement' || entry.kind === 'path-or-url' ? entry.normalizedName : undefined
}

function askingOf({ entry, applies }: Line, name: string, environments: readonly Platform[]): Asking | undefined {
  if (entry.kind !== 'requirement' && entry.kind !== 'path-or-url') return undefined
  const { marker } = entry
  const isNamed = entry.kind === 'requirement'
  return {
    entry,
    name,
    span: isNamed ? entry.nameSpan : entry.span,
    ...packageText(entry),
    url: comparableUrl(isNamed ? entry.url : entry.target),
    applies: applies === true,
    mayApply: environments.map(environment => marker === undefined || truthOf(marker, environment) !== false),
  }
}

/** Speaks of the earlier line that is the worst to go with this one. */
function remarkOn(line: Asking, earlier: readonly Asking[], placement: Placement): Remark | undefined {
  let meeting: Asking | undefined
  let clashing: Asking | undefined
  for (const other of earlier) {
    if (!meet(other, line)) continue
    meeting ??= other
    if (!clash(other, line)) continue
    if (other.applies && line.applies) return clashRemark(line, other, placement)
    clashing ??= other
  }
  if (clashing !== undefined) return clashRemark(line, clashing, placement)
  return meeting && againRemark(line, meeting, placement, joined(meeting, line))
}

/** Speaks of the first line that this one meets. */
function repetition(line: Asking, earlier: readonly Asking[], placement: Placement): Remark | undefined {
  const meeting = earlier.find(other => meet(other, line))
  return meeting && againRemark(line, meeting, placement)
}

/** Tells whether there may be a target on which both apply. */
function meet(one: Asking, other: Asking): boolean {
  return one.mayApply.some((may, at) => may && other.mayApply[at] === true)
}

function againRemark(line: Asking, other: Asking, placement: Placement, advice = 'Keep one of the two lines.'): Remark {
  const message = `${quoted(line.name)} is asked for already in ${inWords(placement(other.span))}. ${advice}`
  return { id: 'duplicate', span: line.span, severity: 'warning', message }
}

function clashRemark(line: Asking, other: Asking, placement: Placement): Remark {
  const { span } = line
  const place = inWords(placement(other.span))
  const what = `${quoted(line.name)} is asked for twice, and nothing satisfies both ${quoted(line.shown)} here and ${quoted(other.shown)} in ${place}`
  if (line.applies && other.applies) {
    return { id: 'duplicate', span, message: `${what}. Remove one of the two lines.` }
  }
  const message = `${what}, should both lines apply. Correct their markers, or remove one of them.`
  return { id: 'duplicate', span, severity: 'warning', message }
}

/** Tells whether, for certain, no version or no URL is what both ask for. */
function clash(one: Asking, other: Asking): boolean {
  if (one.url !== undefined && other.url !== undefined) return one.url !== other.url
  if (one.entry.kind !== 'requirement' || other.entry.kind !== 'requirement') return false
  return excludeEachOther(one.entry.specifiers, other.entry.specifiers)
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
