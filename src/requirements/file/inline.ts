import type { Place } from '../../failure.js'
import { type YieldToEventLoop, runInSlices, isSliceOver, type SlicedWork } from '../../time-slice.js'
import {
  type WorkspaceGuard,
  workspaceGuardOf,
  findFile,
  type FoundFile,
  readText,
  type TextOfFile,
} from './workspace-guard.js'
import { type Entry, entryOf, type OptionEntry, redactedEntry } from '../grammar/entry.js'
import { isContinued, type LogicalLine, logicalLines } from '../grammar/logical-line.js'
import { type Locate, locator } from '../grammar/position.js'
import { includeFailure, type Naming, ReadFailure, readFailure, SIZE_LIMIT } from './read-failure.js'
import { withoutBlankEnd } from './decode.js'
import { physicalLines } from '../grammar/python-whitespace.js'
import type { Origin } from './origin.js'
import type { WorkspaceFiles } from './workspace-files.js'

/** More are a mistake: files that include each other twice over double their number with every level. */
const INCLUDE_LIMIT = 1000

/** So many inclusions without giving way; what takes long in them is limited for all together. */
const INCLUDES_IN_A_TURN = 16

/** A longer circle is shown with its middle left out: whoever is to break it needs no more. */
const CHAIN_LIMIT = 12

/** Holds a requirements file that stands on its own, the files that it includes in place. */
export type Inlined = {
  /** LF at the ends of lines, no blank lines at the end. */
  readonly text: string
  /** For each line of `text`, where it comes from. */
  readonly origins: readonly Origin[]
  /** The files read, in the order in which they were first named; relative to the workspace with slashes. */
  readonly files: readonly string[]
  /** Why `-r` lines could not be replaced, each with the place of the line; the text lacks these lines. */
  readonly unread: readonly ReadFailure[]
}

/** Where the inlined text grows, and what is known meanwhile. */
type Inlining = {
  readonly files: WorkspaceFiles
  readonly giveWay: YieldToEventLoop
  readonly guard: WorkspaceGuard
  readonly lines: string[]
  readonly origins: Origin[]
  /** What was read, by path without symbolic links: each file is read once, and looked through once. */
  readonly known: Map<string, Known>
  readonly names: Set<string>
  readonly unread: ReadFailure[]
  /** Bytes that were read, and bytes of the text so far. */
  read: number
  size: number
  includes: number
}

/** A file that was read, or why it could not be; its parts from top to bottom. */
type Known = Exclude<TextOfFile, { kind: 'text' }> | { readonly kind: 'parts'; readonly parts: readonly Part[] }

/** Whole lines of a file, as they are, from line `first` on; or a file that is to stand there. */
type Part = { readonly text: string; readonly first: number } | { readonly include: Include }

/** A file that a line includes, and what is wrong with the line itself, if something is. */
type Include = Required<Omit<Naming, 'as'>> & { readonly fault?: ReadFailure }

/**
 * Reads the requirements file at `path` and puts the text of each file that an `-r` line names in that line's place. Where
 * that fails the rest is read all the same, so that all that is wrong is reported at once.
 *
 * @throws ReadFailure of the file itself, or of the whole, see `readRequirements`
 */
export async function inlineIncludes(path: string, files: WorkspaceFiles, giveWay: YieldToEventLoop): Promise<Inlined> {
  const guard = await workspaceGuardOf(files)
  const inlining: Inlining = {
    files,
    giveWay,
    guard,
    lines: [],
    origins: [],
    known: new Map(),
    names: new Set(),
    unread: [],
    read: 0,
    size: 0,
    includes: 0,
  }
  await inline(inlining, { path }, guard.stated, [])
  const text = withoutBlankEnd(inlining.lines.join('\n'))
  const { names, origins, unread } = inlining
  return { text, origins: origins.slice(0, lineCount(text)), files: [...names], unread }
}

/**
 * Returns what stands on its own already: lines that were made of a file of another format, each one requirement.
 *
 * @throws ReadFailure where they are larger than what is sent
 */
export function inlinedLines(
  file: string,
  lines: readonly { readonly text: string; readonly origin: Origin }[],
): Inlined {
  const text = lines.map(line => line.text).join('\n')
  if (Buffer.byteLength(text) > SIZE_LIMIT) throw tooLarge({ file, line: 1 })
  return { text, origins: lines.map(({ origin }) => origin), files: [file], unread: [] }
}

async function inline(inlining: Inlining, naming: Naming, from: string, parents: readonly FoundFile[]): Promise<void> {
  const { files, giveWay, guard, names, unread } = inlining
  const file = await findFile(naming, from, guard, files)
  rejectCycle(naming, file, parents)
  names.add(file.name)
  const known = await knownOf(inlining, naming, file)
  if (known.kind !== 'parts') throw readFailure(known.kind, naming, known.detail)
  for (const part of known.parts) {
    if (!('include' in part)) {
      append(inlining, part, file)
      continue
    }
    const { include } = part
    rejectMany(inlining, include)
    if (inlining.includes % INCLUDES_IN_A_TURN === 0) await giveWay()
    if (include.fault !== undefined) {
      unread.push(include.fault)
      continue
    }
    const next = inline(inlining, include, files.path.dirname(file.namedPath), [...parents, file])
    await next.catch((error: unknown) => {
      // What is wrong with the whole ends it, wherever it shows.
      const isOfInclude = error instanceof ReadFailure && error.places[0] === include.place
      if (!isOfInclude || error.fault === 'too-large-together') throw error
      unread.push(error)
    })
  }
  const last = known.parts.at(-1)
  // A file that ends in a backslash must not take the next line of the one that includes it: pip reads them apart.
  if (parents.length > 0 && last !== undefined && 'text' in last && endsContinued(last.text)) {
    append(inlining, { text: '\n', first: last.first + lineCount(withoutLastEnd(last.text)) - 1 }, file)
  }
}

/** The parts of a file, which is read where it is not known yet. */
async function knownOf(inlining: Inlining, naming: Naming, file: FoundFile): Promise<Known> {
  const { files, giveWay, guard, known } = inlining
  const before = known.get(file.path)
  if (before !== undefined) return before
  const { text, size } = await readText(file, guard, files)
  inlining.read += size
  if (inlining.read > SIZE_LIMIT) throw tooLarge(naming.place ?? { file: file.name, line: 1 })
  const now: Known =
    text.kind === 'text' ? { kind: 'parts', parts: await runInSlices(partsOf(text.text, file), giveWay) } : text
  known.set(file.path, now)
  return now
}

function* partsOf(text: string, file: FoundFile): SlicedWork<readonly Part[]> {
  const locate = locator(text)
  const parts: Part[] = []
  let copied = 0
  let count = 0
  let includes = 0
  const copy = (end: number): void => {
    if (copied < end) parts.push({ text: text.slice(copied, end), first: locate(copied).line })
  }
  for (const line of logicalLines(text)) {
    if (isSliceOver(++count)) yield
    const include = includeOf(line, locate, file)
    if (include === undefined) continue
    copy(line.start)
    const { comment } = line
    if (comment !== undefined) parts.push({ text: `${comment.text}\n`, first: locate(comment.offset).line })
    copied = line.next
    parts.push({ include })
    // One more than may be: nobody gets beyond it.
    if (++includes > INCLUDE_LIMIT) return parts
  }
  copy(text.length)
  return parts
}

/** The file that the line includes, if it includes one. */
function includeOf(line: LogicalLine, locate: Locate, file: FoundFile): Include | undefined {
  if (!line.text.startsWith('-')) return undefined
  const entry = entryOf(line, locate)
  // On a line that builds something with -e, pip ignores -r.
  if (entry.kind !== 'option') return undefined
  const path = pathIn(entry)
  if (path === undefined) return undefined

  const include = { path, shown: pathIn(redactedEntry(entry)) ?? '***', place: placeIn(file, entry) }
  // `SCHEME_RE` of pip: these it opens as URLs, whatever else it takes for a path.
  if (/^(?:https?|file):/i.test(path)) {
    const remedy = 'Put the file into the repository and name it by its path.'
    const message = 'is a URL; only files of the workspace are included.'
    return { ...include, fault: includeFailure('remote', include, include.place, message, remedy) }
  }
  if (entry.options.length > 1 || entry.ignored.length > 0) {
    const remedy = 'Give each -r, and whatever else is on the line, a line of its own.'
    const message = 'shares its line with other text, which pip silently ignores.'
    return { ...include, fault: includeFailure('not-alone', include, include.place, message, remedy) }
  }
  return include
}

function pathIn(entry: Entry): string | undefined {
  return entry.kind === 'option' ? entry.options.find(({ name }) => name === '--requirement')?.value : undefined
}

function placeIn(file: FoundFile, { span: { start, end } }: OptionEntry): Place {
  const place: Place = { file: file.name, line: start.line, column: start.column }
  return start.line === end.line ? { ...place, endColumn: end.column } : place
}

function rejectCycle(naming: Naming, file: FoundFile, parents: readonly FoundFile[]): void {
  const first = parents.findIndex(parent => parent.path === file.path)
  if (first === -1 || naming.place === undefined) return
  const names = [...parents.slice(first), file].map(({ name }) => name)
  if (names.length > CHAIN_LIMIT) names.splice(CHAIN_LIMIT / 2, names.length - CHAIN_LIMIT, '…')
  throw includeFailure(
    'cycle',
    naming,
    naming.place,
    `includes itself: ${names.join(' → ')}.`,
    'Remove one of the -r lines that lead in a circle.',
  )
}

function rejectMany(inlining: Inlining, include: Required<Omit<Naming, 'as'>>): void {
  inlining.includes++
  if (inlining.includes <= INCLUDE_LIMIT) return
  throw includeFailure(
    'too-many',
    include,
    include.place,
    `is one of more than ${INCLUDE_LIMIT}, repetitions counted.`,
    'Include each file once, from one place.',
  )
}

/** Appends whole lines of a file. */
function append(inlining: Inlining, { text, first }: Extract<Part, { text: string }>, { name }: FoundFile): void {
  const { lines, origins } = inlining
  const fits = inlining.size + Buffer.byteLength(text) <= SIZE_LIMIT
  let line = first
  for (const each of withoutLastEnd(text).split('\n')) {
    const origin = { file: name, line }
    // The line at which it gets too large is looked for only where it does.
    if (!fits && (inlining.size += Buffer.byteLength(each) + 1) > SIZE_LIMIT + 1) throw tooLarge(origin)
    lines.push(each)
    origins.push(origin)
    line++
  }
  if (fits) inlining.size += Buffer.byteLength(text) + (text.endsWith('\n') ? 0 : 1)
}

function tooLarge(place: Place): ReadFailure {
  return new ReadFailure('too-large-together', {
    headline: 'The requirements are larger than 1 MiB with all included files.',
    details: [`The limit is reached at ${place.file}:${place.line}.`],
    remedy: 'Include fewer or smaller files: at most 1 MiB is sent.',
    places: [place],
  })
}

/** Whether pip would join another line to the last one of these. */
function endsContinued(text: string): boolean {
  const line = text.slice(withoutLastEnd(text).lastIndexOf('\n') + 1)
  // For pip it may be several.
  const last = [...physicalLines(line)].at(-1)
  return last !== undefined && isContinued(line, last)
}

function withoutLastEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function lineCount(text: string): number {
  if (text === '') return 0
  let count = 1
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) count++
  return count
}
