import { listIn, objectIn, parseJson } from '../../json.js'
import { evaluateMarker, markerEnvironment } from '../evaluate/evaluate-marker.js'
import { windowsCPython } from '../evaluate/python-target.js'
import { satisfies } from '../evaluate/version-range.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { nameAtStart, normalizedName } from '../grammar/named-requirement.js'
import { type Specifier, specifiersOf } from '../grammar/specifier.js'
import { requirementsOf } from '../requirements.js'
import { conflictIn, entriesForOne, listEntries } from './pip-errors.js'
import type { ResolvedPackage } from './resolution.js'
import {
  noFiles,
  noPackage,
  noVersion,
  noWheel,
  otherPython,
  type ResolverDiagnostic,
  type ResolverSuccess,
  yankedIn,
} from './resolver-diagnostic.js'

/** Holds a requirement that pip found nothing for. */
export type Missing = {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  /** False where it is a dependency on another platform only, which pip wants because it runs on that one. */
  readonly forTarget: boolean
  /** pip's sentence. */
  readonly quote: string
  /** How pip names it: `b>=9 (from a)`. */
  readonly reference: string
  /** The package that depends on it, if it is not the file itself. */
  readonly requiredBy: string | undefined
}

const SENTENCE = 'Could not find a version that satisfies the requirement '
const VERSIONS = ' (from versions: '

/** So much of a sentence, in characters: old projects have thousands of versions, and files thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024

/** Of the versions of an old project so many, the last ones, will do. */
const MOST_VERSIONS = 10

/** Of a requirement in metadata, in characters. */
const LONGEST_REQUIREMENT = 1000

/** Finds the requirement that pip found nothing for, if that is why it failed. */
export function missingIn(output: string, pythonVersion: string): Missing | undefined {
  const start = output.indexOf(SENTENCE)
  if (start === -1) return undefined
  const [sentence = ''] = output.slice(start, start + SENTENCE_LIMIT).split(/[\r\n]/, 1)
  const end = sentence.indexOf(VERSIONS)
  if (end === -1) return undefined
  const reference = sentence.slice(SENTENCE.length, end)
  const [text = '', source] = reference.split(' (from ')
  // The text may come from the metadata of a package: nothing of it is used that is not understood.
  const [entry, another] = text.length > LONGEST_REQUIREMENT ? [] : requirementsOf(text).entries
  if (entry?.kind !== 'requirement' || entry.url !== undefined || another !== undefined) return undefined
  return {
    name: entry.normalizedName,
    specifiers: entry.specifiers,
    forTarget: entry.marker === undefined || evaluateMarker(entry.marker, anyExtraOf(pythonVersion)) !== false,
    quote: sentence.slice(0, end) + VERSIONS + lastVersions(sentence.slice(end + VERSIONS.length)),
    reference,
    requiredBy: source?.startsWith('-r ') === false ? nameAtStart(source) : undefined,
  }
}

/** Tells whether by the metadata in a report of pip's no package requires the project on the target, but some do elsewhere. */
export function isExcludedIn(report: string, project: string, pythonVersion: string): boolean {
  const environment = anyExtraOf(pythonVersion)
  const markers = (installedBy(report) ?? []).flatMap(({ requiresDist }) =>
    requiresDist.flatMap(each => {
      if (nameAtStart(each) !== project || each.length > LONGEST_REQUIREMENT) return []
      const [entry] = requirementsOf(each).entries
      return [entry?.kind === 'requirement' ? entry.marker : undefined]
    }),
  )
  return (
    markers.length > 0 && markers.every(marker => marker !== undefined && evaluateMarker(marker, environment) === false)
  )
}

function lastVersions(listed: string): string {
  const versions = listed.split(', ')
  return versions.length > MOST_VERSIONS ? `…, ${versions.slice(-MOST_VERSIONS).join(', ')}` : listed
}

/** Returns the target's variables without `extra`: which extras of a dependency are wanted is not known. */
function anyExtraOf(pythonVersion: string): ReturnType<typeof markerEnvironment> {
  const known = markerEnvironment({ pythonVersion, platform: windowsCPython })
  return Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'extra'))
}

/** Says what is wrong with a requirement that pip found nothing for, or why that is not known. */
export type MissingVerdict = { readonly diagnostic: ResolverDiagnostic } | { readonly why: string }

const UNREACHED = /Could not fetch URL \S{1,2000}: (?!404 Client Error)[^\r\n]{1,500}/

/** How pip begins to speak of a link that it skips for lack of a wheel that fits. */
const SKIPPED = /Skipping link: (?:No sources permitted for|none of the wheel's tags)/g

/** So much of what pip says of one link. */
const LINK_LIMIT = 8 * 1024

/** A link that pip skips: its file, and what it says of Python where it does; an index may break lines in that. */
const LINK = /: (?:https?|file):(\S+) \(from [^\r\n)]*\)(?: \(requires-python:([^)]{1,200})\))?/

/** Finds the links that pip says it skips. */
function* skippedLinks(
  details: string,
): Generator<{ readonly version: string; readonly python: string; readonly isSource: boolean }> {
  const starts = Array.from(details.matchAll(SKIPPED), match => match.index)
  for (const [number, start] of starts.entries()) {
    const end = Math.min(starts[number + 1] ?? Infinity, start + LINK_LIMIT)
    const [, url = '', python = ''] = LINK.exec(details.slice(start, end)) ?? []
    const isSource = details.startsWith('Skipping link: No sources', start)
    if (url !== '') yield { version: versionIn(url.slice(url.lastIndexOf('/') + 1)), python, isSource }
  }
}

/**
 * Says why pip found nothing for a requirement.
 *
 * @param output what pip printed when it failed
 * @param details what it printed when it was asked for that one project again, with every link that it skips
 */
export function missingVerdict(
  missing: Missing,
  output: string,
  details: string,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): MissingVerdict {
  const unreached = UNREACHED.exec(details)
  if (unreached !== null) return { why: unreached[0] }
  if (!/Fetched page |404 Client Error/.test(details)) return { why: `pip queried no index for ${missing.name}` }

  const skipped = Array.from(skippedLinks(details)).filter(({ version }) =>
    missing.specifiers.every(specifier => satisfies(specifier, version) !== false),
  )
  const buildable = skipped.filter(({ python }) => supports(python, pythonVersion))
  const wrongPython = skipped.length > 0 || /Link requires a different Python/.test(details)
  const blamed = blamedEntries(missing, output, entries)
  const { name, quote } = missing
  const term = name + missing.specifiers.map(({ operator, version }) => operator + version).join(',')
  const isUnknown = /404 Client Error/.test(details)
  const missingText = isUnknown ? noPackage(name, blamed) : noVersion(term, blamed)
  const otherText = wrongPython ? otherPython(pythonVersion, blamed) : missingText
  const files = buildable.some(({ isSource }) => isSource) ? noWheel : noFiles
  const text = buildable.length > 0 ? files(pythonVersion, term, blamed) : otherText
  return { diagnostic: { ...text, quote, entries: blamed } }
}

/** Of a file, in characters. */
const LONGEST_NAME = 300

/** `name-1.0-py3-none-any.whl`, `name-1.0.tar.gz`. */
function versionIn(file: string): string {
  const name = decoded(file.slice(0, LONGEST_NAME))
  const wheel = /^[^-]+-([^-]+)-.*\.whl$/.exec(name)
  return wheel?.[1] ?? /-([^-]+?)(?:\.tar\.[a-z0-9]+|\.zip|\.tgz)$/.exec(name)?.[1] ?? ''
}

/** A part of a URL as it is meant; as it is where it is broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function supports(requiresPython: string, pythonVersion: string): boolean {
  const specifiers = specifiersOf(requiresPython.replace(/\s+/g, ' ').trim())
  return specifiers === undefined || specifiers.every(specifier => satisfies(specifier, pythonVersion) !== false)
}

function blamedEntries(
  { reference, requiredBy }: Missing,
  output: string,
  entries: readonly RequirementEntry[],
): readonly RequirementEntry[] {
  const named = entriesForOne(reference, listEntries(entries))
  if (named.length > 0 || requiredBy === undefined) return named
  // Collecting b (from a->-r requirements.txt (line 3))
  const collecting = output.matchAll(/^Collecting ([A-Za-z0-9._-]{1,300})[^\r\n]*\(line ([0-9]{1,7})\)\)/gm)
  for (const [, name = '', line] of collecting) {
    if (normalizedName(name) === requiredBy) return entries.filter(entry => entry.span.start.line === Number(line))
  }
  return []
}

// Since pip 23.1 the report tells which versions were yanked, but in no release why.
const YANKED =
  /is a yanked version: '([^'\s]{1,300})' candidate \(version ([^\s()]{1,100}) [^\n]{0,3000}\r?\n[ \t]{0,100}Reason for being yanked: ([^\r\n]{0,3000})/g

/** The reason that pip shows where none is given. */
const NO_REASON = '<none given>'

/**
 * Reads an installation report (https://pip.pypa.io/en/stable/reference/installation-report/) and the warnings that pip
 * printed beside it. Undefined where it is not one.
 */
export function pipResolved(
  report: string,
  output: string,
  entries: readonly RequirementEntry[],
): ResolverSuccess | undefined {
  const installed = installedBy(report)
  if (installed === undefined) return undefined
  const packages = installed.map(({ name, version }) => ({ name, version }))
  packages.sort((one, other) => (one.name < other.name ? -1 : 1))

  const requiredBy = new Map<string, (string | undefined)[]>()
  for (const { name, requested } of installed) requiredBy.set(name, requested ? [undefined] : [])
  for (const { name, requiresDist } of installed)
    for (const required of requiresDist) requiredBy.get(nameAtStart(required))?.push(name)
  const warnings = Array.from(output.matchAll(YANKED), ([whole, name = '', version, reason]) => {
    return [whole, normalizedName(name), version, reason === NO_REASON ? '' : reason]
  })
  return { packages, diagnostics: yankedIn(warnings, requiredBy, entries), requiredBy }
}

type Installed = ResolvedPackage & { readonly requested: boolean; readonly requiresDist: readonly string[] }

function installedBy(report: string): readonly Installed[] | undefined {
  const parsed = objectIn(parseJson(report))
  const listed: unknown = parsed?.['install']
  if (parsed?.['version'] !== '1' || !Array.isArray(listed)) return undefined
  const installed: Installed[] = []
  for (const each of listed as readonly unknown[]) {
    const entry = objectIn(each)
    const metadata = objectIn(entry?.['metadata'])
    const { name, version, requires_dist: requires } = metadata ?? {}
    if (typeof name !== 'string' || typeof version !== 'string') return undefined
    installed.push({
      name: normalizedName(name),
      version,
      requested: entry?.['requested'] === true,
      requiresDist: listIn(requires).flatMap(each => (typeof each === 'string' ? [each] : [])),
    })
  }
  return installed
}

const CANNOT = 'Cannot install '
const BECAUSE = ' because these package versions have conflicting dependencies'
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]{1,100}[^\r\n]{1,3000}){1,200})/

/**
 * Reads what pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2
 * because …`, and the chain below it. Undefined where it does not say so.
 */
export function pipConflict(output: string, entries: readonly RequirementEntry[]): ResolverDiagnostic | undefined {
  const end = output.indexOf(BECAUSE)
  const start = output.lastIndexOf(CANNOT, end)
  if (end === -1 || start === -1 || end - start > SENTENCE_LIMIT) return undefined
  const those = output.slice(start + CANNOT.length, end)
  if (/[\r\n]/.test(those)) return undefined
  const chain = CAUSE.exec(output)?.[1] ?? ''
  const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || [])
  const requested = steps.flatMap(step => /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1] ?? [])
  const listed = listEntries(entries)
  const blamed = new Set([...those.split(/, | and /), ...requested].flatMap(part => entriesForOne(part, listed)))
  const quote = steps.length > 0 ? steps.join('; ') : output.slice(start, end + BECAUSE.length)
  return { ...conflictIn(chain), quote, entries: entries.filter(entry => blamed.has(entry)) }
}
