import type { RequirementEntry } from '../entry.js'
import { environmentOf, truthOf } from '../findings/marker-truth.js'
import { windowsCPython } from '../findings/target.js'
import { admits } from '../findings/version-range.js'
import { normalizedName } from '../name.js'
import { requirementsOf } from '../requirements.js'
import { type Specifier, specifiersOf } from '../specifier.js'
import { byName, type Complaint, entriesNamed } from './complaint.js'
import { notFound, noWheel, otherPython } from './wording.js'

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

const MISSING =
  /Could not find a version that satisfies the requirement ([^\r\n]{1,1000}?)(?: \(from (?!versions:)([^\r\n()]{1,300})[^\r\n]*?)? \(from versions: [^\r\n]*/

/** The requirement that pip found nothing for, if that is why it failed. */
export function missingIn(said: string, pythonVersion: string): Missing | undefined {
  const match = MISSING.exec(said)
  if (match === null) return undefined
  const [quote, text = '', source] = match
  // The text may come from the metadata of a package: nothing of it is used that is not understood.
  const [entry, another] = requirementsOf(text).entries
  if (entry?.kind !== 'requirement' || entry.url !== undefined || another !== undefined) return undefined
  const askedBy = source?.startsWith('-r ') === false ? nameAtStart(source) : undefined
  return {
    name: entry.normalizedName,
    specifiers: entry.specifiers,
    forTarget: entry.marker === undefined || truthOf(entry.marker, anyExtraOf(pythonVersion)) !== false,
    // Of the many versions of an old project the last ones will do.
    quote: quote.replace(/versions: (?:[^,)]+, )+?((?:[^,)]+, ){9}[^,)]+\))/, 'versions: …, $1'),
    askedBy,
  }
}

/** The target's variables without `extra`: which extras were asked for is not known of a dependency. */
function anyExtraOf(pythonVersion: string): ReturnType<typeof environmentOf> {
  const known = environmentOf({ pythonVersion, platform: windowsCPython })
  return Object.fromEntries(Object.entries(known).filter(([name]) => name !== 'extra'))
}

/** What is wrong with a requirement that pip found nothing for, or why that cannot be said. */
export type MissingVerdict = { readonly complaint: Complaint } | { readonly why: string }

const UNREACHED = /Could not fetch URL \S{1,2000}: (?!404 Client Error)[^\r\n]{1,500}/

/** A link that pip passes over for lack of a wheel that fits, with what it says of Python where it does. */
const PASSED_OVER =
  /Skipping link: (?:No sources permitted for|none of the wheel's tags)[^\r\n]{1,2000}?: (?:https?|file):[^\s]{1,2000}?([^/\s]{1,300}) \(from [^\r\n]*?\)(?: \(requires-python:([^\r\n)]{1,200})\))?\r?$/gm

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

  const passedOver = Array.from(details.matchAll(PASSED_OVER), ([, file = '', python = '']) => ({
    version: versionIn(file),
    python,
  })).filter(({ version }) => missing.specifiers.every(specifier => admits(specifier, version) !== false))
  const buildable = passedOver.filter(({ python }) => supports(python, pythonVersion))
  const wrongPython = passedOver.length > 0 || /Link requires a different Python/.test(details)
  const words = buildable.length > 0 ? noWheel(pythonVersion) : wrongPython ? otherPython(pythonVersion) : notFound()
  return { complaint: { ...words, quote: missing.quote, entries: blamed(missing, said, entries) } }
}

/** `name-1.0-py3-none-any.whl`, `name-1.0.tar.gz`. */
function versionIn(file: string): string {
  const name = decodeURIComponent(file)
  const wheel = /^[^-]+-([^-]+)-.*\.whl$/.exec(name)
  return wheel?.[1] ?? /-([^-]+?)(?:\.tar\.[a-z0-9]+|\.zip|\.tgz)$/.exec(name)?.[1] ?? ''
}

function supports(requiresPython: string, pythonVersion: string): boolean {
  const specifiers = specifiersOf(requiresPython.trim())
  return specifiers === undefined || specifiers.every(specifier => admits(specifier, pythonVersion) !== false)
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
