import { createHash } from 'node:crypto'
import type { Place } from '../failure.js'
import type { ReadFailure } from './file/read-failure.js'
import { type YieldToEventLoop, runAtOnce, runInSlices, isSliceOver, type SlicedWork } from '../time-slice.js'
import { canonicalForm } from './grammar/canonical.js'
import { type Entry, entryOf, isPackage } from './grammar/entry.js'
import { type Inlined, inlinedLines, inlineIncludes } from './file/inline.js'
import { type Origin, placeWithin } from './file/origin.js'
import { logicalLines } from './grammar/logical-line.js'
import { locator, type Span } from './grammar/position.js'
import { withoutBlankEnd, withUnixLineEnds } from './file/decode.js'
import type { WorkspaceFiles } from './file/workspace-files.js'

/** Holds a requirements text with all that is known of it. */
export type Requirements = {
  /** The self-contained text: included files inlined, LF at the ends of lines, no blank lines at its end. */
  readonly text: string
  /** For each line of `text`, where it comes from; empty for a text that does not come from the workspace. */
  readonly origins: readonly Origin[]
  /** The files read, the named one first; empty for a text that does not come from the workspace. */
  readonly files: readonly string[]
  /** Failures to read files that `-r` lines name. Where there are any the text is not whole, and must not be sent. */
  readonly unread: readonly ReadFailure[]
  /** In the order of `text`. */
  readonly entries: readonly Entry[]
  /** Equal for requirements that mean the same. */
  readonly canonical: string
  /** SHA-256 of `canonical` in UTF-8, in hexadecimal. */
  readonly sha256: string
}

/**
 * Reads the requirements file at `path`, which is relative to the workspace or absolute within it, and puts the text of
 * each file that an `-r` line names in that line's place, so that the whole stands on its own. Lines that pip would
 * reject are entries like others.
 *
 * A file that it includes and that cannot be read is left out, and its failure kept, with the place of the `-r` line.
 *
 * @throws Failure `workspace-not-found`; ReadFailure where the file itself cannot be read, where too many are included,
 *   and where all together are too large. Whatever `giveWay` rejects with.
 */
export async function readRequirements(
  path: string,
  files: WorkspaceFiles,
  giveWay: YieldToEventLoop = () => Promise.resolve(),
): Promise<Requirements> {
  return runInSlices(parsed(await inlineIncludes(path, files, giveWay)), giveWay)
}

/**
 * Parses lines that were made of a file of another format than pip's, each one requirement.
 *
 * @throws ReadFailure where they are too large. Whatever `giveWay` rejects with.
 */
export async function requirementsOfLines(
  file: string,
  lines: Parameters<typeof inlinedLines>[1],
  giveWay: YieldToEventLoop,
): Promise<Requirements> {
  return runInSlices(parsed(inlinedLines(file, lines)), giveWay)
}

let latest: { readonly text: string; readonly requirements: Requirements } | undefined

/** Holds what an image without packages of its own asks for. */
export const noRequirements: Requirements = requirementsOf('')

/**
 * Parses a text that does not come from the workspace, such as the one that the service holds. Never throws. The last
 * text is remembered, for the service shows the same one again and again.
 */
export function requirementsOf(text: string): Requirements {
  if (latest?.text !== text) {
    const inlined = { text: withoutBlankEnd(withUnixLineEnds(text)), origins: [], files: [], unread: [] }
    latest = { text, requirements: runAtOnce(parsed(inlined)) }
  }
  return latest.requirements
}

/**
 * Returns the place in the workspace of a span of `requirements.text`; undefined where the text does not come from
 * there. Of a span over several lines it is the first, from the span's start on.
 */
export function placeOf(requirements: Requirements, { start, end }: Span): Place | undefined {
  const origin = requirements.origins[start.line - 1]
  return origin && placeWithin(origin, start.column, end.line === start.line ? end.column : undefined)
}

/** Returns the places in the workspace that name each package, by its normalised name. */
export function placesByName(requirements: Requirements): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const entry of requirements.entries) {
    if (!isPackage(entry)) continue
    const place = placeOf(requirements, entry.kind === 'requirement' ? entry.nameSpan : entry.span)
    if (entry.normalizedName === undefined || place === undefined) continue
    const known = places.get(entry.normalizedName)
    if (known === undefined) places.set(entry.normalizedName, [place])
    else known.push(place)
  }
  return places
}

function* parsed(inlined: Inlined): SlicedWork<Requirements> {
  const locate = locator(inlined.text)
  const entries: Entry[] = []
  for (const line of logicalLines(inlined.text)) {
    entries.push(entryOf(line, locate))
    if (isSliceOver(entries.length)) yield
  }
  const canonical = yield* canonicalForm(entries)
  const sha256 = createHash('sha256').update(canonical, 'utf8').digest('hex')
  return { ...inlined, entries, canonical, sha256 }
}
