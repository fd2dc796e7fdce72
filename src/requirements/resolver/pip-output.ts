import type { RequirementEntry } from '../grammar/entry.js'
import { markerEnvironment, evaluateMarker } from '../evaluate/evaluate-marker.js'
import { windowsCPython } from '../evaluate/python-target.js'
import { satisfies } from '../evaluate/version-range.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { requirementsOf } from '../requirements.js'
import { type Specifier, specifiersOf } from '../grammar/specifier.js'
import {
  byName,
  entriesNamed,
  notFound,
  noWheel,
  otherPython,
  yankedIn,
  inAnyOf,
  withoutPunctuation,
  conflict,
} from './resolver-diagnostic.js'
import type { ResolverDiagnostic } from './resolver-diagnostic.js'
import { listIn, objectIn, parseJson } from '../../json.js'
import type { ResolvedPackage } from './resolution.js'

/** A requirement that pip found nothing for. */
export type Missing = {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  /** False where it is a dependency on another platform only, which pip wants because it runs on that one. */
  readonly forTarget: boolean
  /** pip's sentence. */
  readonly quote: string
  /** The package that depends on it, if it is not the file itself. */
  readonly askedBy: string | undefined
}

const SENTENCE = 'Could not find a version that satisfies the requirement '
const VERSIONS = ' (from versions: '

/** So much of a sentence, in characters: old projects have thousands of versions, and files thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024

/** Of the versions of an old project so many, the last ones, will do. */
const MOST_VERSIONS = 10

/** The requirement that pip found nothing for, if that is why it failed. */
export function missingIn(said: string, pythonVersion: string): Missing | undefined {
  const start = said.indexOf(SENTENCE)
  if (start === -1) return undefined
  const [sentence = ''] = said.slice(start, start + SENTENCE_LIMIT).split(/[\r\n]/, 1)
  const end = sentence.indexOf(VERSIONS)
  if (end === -1) return undefined
  const [text = '', source] = sentence.slice(SENTENCE.length, end).split(' (from ')
  // The text may come from the metadata of a package: nothing of it is used that is not understood.
  const [entry, another] = text.length > 1000 ? [] : requirementsOf(text).entries
  if (entry?.kind !== 'requirement' || entry.url !== undefined || another !== undefined) return undefined
  const askedBy = source?.startsWith('-r ') === false ? nameAtStart(source) : undefined
  return {
    name: entry.normalizedName,
    specifiers: entry.specifiers,
    forTarget: entry.marker === undefined || evaluateMarker(entry.marker, anyExtraOf(pythonVersion)) !== false,
    quote: sentence.slice(0, end) + VERSIONS + lastVersions(sentence.slice(end + VERSIONS.length)),
    askedBy,
  }
}

function lastVersions(listed: string): string {
  const versions = listed.split(', ')
  return versions.length > MOST_VERSIONS ? `…, ${versions.slice(-MOST_VERSIONS).join(', ')}` : listed
}

/** The target's variables without `extra`: which extras were asked for is not known of a dependency. */
function anyExtraOf(pythonVersion: string): ReturnType<typeof markerEnvironment> {
  const known = markerEnvironment({ pythonVersion, platform: windowsCPython })
  return Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'extra'))
}

/** What is wrong with a requirement that pip found nothing for, or why that cannot be said. */
export type MissingVerdict = { readonly complaint: ResolverDiagnostic } | { readonly why: string }

const UNREACHED = /Could not fetch URL \S{1,2000}: (?!404 Client Error)[^\r\n]{1,500}/

/** How pip begins to speak of a link that it passes over for lack of a wheel that fits. */
const PASSED_OVER = /Skipping link: (?:No sources permitted for|none of the wheel's tags)/g

/** So much of what pip says of one link. */
const LINK_LIMIT = 8 * 1024

/** A link that pip passes over: its file, and what it says of Python where it does; an index may break lines in that. */
const LINK = /: (?:https?|file):(\S+) \(from [^\r\n)]*\)(?: \(requires-python:([^)]{1,200})\))?/

/** The links of which pip says that it passes over them. */
function* passedOverIn(details: string): Generator<{ readonly version: string; readonly python: string }> {
  const starts = Array.from(details.matchAll(PASSED_OVER), match => match.index)
  for (const [number, start] of starts.entries()) {
    const end = Math.min(starts[number + 1] ?? Infinity, start + LINK_LIMIT)
    const [, url = '', python = ''] = LINK.exec(details.slice(start, end)) ?? []
    if (url !== '') yield { version: versionIn(url.slice(url.lastIndexOf('/') + 1)), python }
  }
}

/**
 * @param said what pip printed when it failed
 * @param details what it printed when it was asked for that one project again, with every link that it passes over
 */
export function missingVerdict(
  missing: Missing,
  said: string,
  details: string,
  entries: readonly RequirementEntry[],
  pythonVersion: string,
): MissingVerdict {
  const unreached = UNREACHED.exec(details)
  if (unreached !== null) return { why: unreached[0] }
  if (!/Fetched page |404 Client Error/.test(details)) return { why: `no index was asked for ${missing.name}` }

  const passedOver = Array.from(passedOverIn(details)).filter(({ version }) =>
    missing.specifiers.every(specifier => satisfies(specifier, version) !== false),
  )
  const buildable = passedOver.filter(({ python }) => supports(python, pythonVersion))
  const wrongPython = passedOver.length > 0 || /Link requires a different Python/.test(details)
  const words = buildable.length > 0 ? noWheel(pythonVersion) : wrongPython ? otherPython(pythonVersion) : notFound()
  return { complaint: { ...words, quote: missing.quote, entries: blamed(missing, said, entries) } }
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

function blamed(missing: Missing, said: string, entries: readonly RequirementEntry[]): readonly RequirementEntry[] {
  const listed = byName(entries)
  const written = missing.specifiers.map(({ operator, version }) => operator + version).join()
  if (missing.askedBy === undefined) return entriesNamed(missing.name, written, listed)
  const direct = entriesNamed(missing.askedBy, '', listed)
  if (direct.length > 0) return direct
  // Collecting b (from a->-r requirements.txt (line 3))
  for (const [, name = '', line] of said.matchAll(
    /^Collecting ([A-Za-z0-9._-]{1,300})[^\r\n]*\(line ([0-9]{1,7})\)\)/gm,
  )) {
    if (normalizedName(name) !== missing.askedBy) continue
    return entries.filter(entry => entry.span.start.line === Number(line))
  }
  return []
}

function nameAtStart(text: string): string {
  return normalizedName(/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? '')
}

/** What pip writes where it has resolved the requirements. */
export type PipResolved = {
  readonly packages: readonly ResolvedPackage[]
  readonly complaints: readonly ResolverDiagnostic[]
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
  said: string,
  entries: readonly RequirementEntry[],
): PipResolved | undefined {
  const installed = installedBy(report)
  if (installed === undefined) return undefined
  const packages = installed.map(({ name, version }) => ({ name, version }))
  packages.sort((one, other) => (one.name < other.name ? -1 : 1))

  const askedBy = new Map<string, (string | undefined)[]>()
  for (const { name, requested } of installed) askedBy.set(name, requested ? [undefined] : [])
  for (const { name, requires } of installed) for (const required of requires) askedBy.get(required)?.push(name)
  const warnings = Array.from(said.matchAll(YANKED), ([whole, name = '', version, reason]) => {
    return [whole, normalizedName(name), version, reason === NO_REASON ? '' : reason]
  })
  return { packages, complaints: yankedIn(warnings, askedBy, entries) }
}

type Installed = ResolvedPackage & { readonly requested: boolean; readonly requires: readonly string[] }

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
      requires: listIn(requires).map(each => (typeof each === 'string' ? nameAtStart(each) : '')),
    })
  }
  return installed
}

const CANNOT = 'Cannot install '
const BECAUSE = ' because these package versions have conflicting dependencies'
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]{1,100}[^\r\n]{1,3000}){1,200})/

/**
 * What pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2 because …`,
 * and the chain below it. Undefined where it does not say so.
 */
export function pipConflict(said: string, entries: readonly RequirementEntry[]): ResolverDiagnostic | undefined {
  const end = said.indexOf(BECAUSE)
  const start = said.lastIndexOf(CANNOT, end)
  if (end === -1 || start === -1 || end - start > SENTENCE_LIMIT) return undefined
  const those = said.slice(start + CANNOT.length, end)
  if (/[\r\n]/.test(those)) return undefined
  const chain = CAUSE.exec(said)?.[1] ?? ''
  const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || [])

  const blamed = new Set<readonly RequirementEntry[]>()
  const listed = byName(entries)
  const byLine = Map.groupBy(entries, entry => entry.span.start.line)
  for (const part of those.split(/, | and /)) {
    const line = /\(line ([0-9]{1,7})\)$/.exec(part)?.[1]
    blamed.add(line === undefined ? named(part, listed) : (byLine.get(Number(line)) ?? []))
  }
  for (const step of steps) {
    const requested = /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1]
    if (requested !== undefined) blamed.add(named(requested, listed))
  }
  const quote = steps.length > 0 ? steps.join('; ') : said.slice(start, end + BECAUSE.length)
  return { ...conflict(), quote, entries: inAnyOf(blamed, entries) }
}

function named(text: string, listed: ReturnType<typeof byName>): readonly RequirementEntry[] {
  const [, name = '', specifiers = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*([^;\s]*)/.exec(text) ?? []
  return entriesNamed(withoutPunctuation(name), specifiers, listed)
}
