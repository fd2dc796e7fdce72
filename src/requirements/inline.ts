import { Failure, type Place } from '../failure.js'
import { type Confines, confinesOf, findFile, type FoundFile, readText } from './confinement.js'
import { type Entry, entryOf, type OptionEntry, redactedEntry } from './entry.js'
import { isContinued, type LogicalLine, logicalLines } from './logical-line.js'
import { type Locate, locator } from './position.js'
import { includeFailure, type Naming, SIZE_LIMIT } from './read-failure.js'
import { withoutBlankEnd } from './source-text.js'
import { physicalLines } from './white-space.js'
import type { WorkspaceFiles } from './workspace-files.js'

/** More are a mistake: files that include each other twice over double their number with every level. */
const INCLUDE_LIMIT = 1000

/** Where a line of the inlined text comes from: a file, relative to the workspace with slashes, and a line in it. */
export type Origin = { readonly file: string; readonly line: number }

/** A requirements file that stands on its own, the files that it includes in place. */
export type Inlined = {
  /** LF at the ends of lines, no blank lines at the end. */
  readonly text: string
  /** For each line of `text`, where it comes from. */
  readonly origins: readonly Origin[]
  /** The files read, in the order in which they were first named; relative to the workspace with slashes. */
  readonly files: readonly string[]
  /** Why `-r` lines could not be replaced, `include-…` each with the place of the line; the text lacks these lines. */
  readonly unread: readonly Failure[]
}

/** Where the inlined text grows, and what is known meanwhile. */
type Inlining = {
  readonly files: WorkspaceFiles
  readonly confines: Confines
  readonly lines: string[]
  readonly origins: Origin[]
  /** Texts of the files read, by path without symbolic links: each is read once. */
  readonly texts: Map<string, string>
  readonly names: Set<string>
  readonly unread: Failure[]
  size: number
  includes: number
}

/** A file that is being inlined, after those that led to it. */
type Source = { readonly file: FoundFile; readonly text: string; readonly parents: readonly FoundFile[] }

/**
 * Reads the requirements file at `path` and puts the text of each file that an `-r` line names in that line's place. Where
 * that fails it goes on, so that everything that is wrong can be said at once.
 *
 * @throws Failure `requirements-…` and `include-too-many`, see `readRequirements`
 */
export async function inlined(path: string, files: WorkspaceFiles): Promise<Inlined> {
  const confines = await confinesOf(files)
  const inlining: Inlining = {
    files,
    confines,
    lines: [],
    origins: [],
    texts: new Map(),
    names: new Set(),
    unread: [],
    size: 0,
    includes: 0,
  }
  await inline(inlining, { path }, confines.stated, [])
  const text = withoutBlankEnd(inlining.lines.join('\n'))
  const lineCount = text === '' ? 0 : text.split('\n').length
  const { names, origins, unread } = inlining
  return { text, origins: origins.slice(0, lineCount), files: [...names], unread }
}

async function inline(inlining: Inlining, naming: Naming, from: string, parents: readonly FoundFile[]): Promise<void> {
  const { files, confines, names, texts } = inlining
  const file = await findFile(naming, from, confines, files)
  rejectCycle(naming, file, parents)
  names.add(file.name)
  const text = texts.get(file.path) ?? (await readText(naming, file, files))
  texts.set(file.path, text)

  const source: Source = { file, text, parents: [...parents, file] }
  const locate = locator(text)
  let copied = 0
  for (const line of logicalLines(text)) {
    const include = includeOf(line, locate, file)
    if (include === undefined) continue
    copy(inlining, source, locate, copied, line.start)
    if (line.comment !== undefined) {
      append(inlining, line.comment.text, { file: file.name, line: locate(line.comment.offset).line })
    }
    copied = line.next
    rejectMany(inlining, include)
    if (include.fault !== undefined) {
      inlining.unread.push(include.fault)
      continue
    }
    await inline(inlining, include, files.path.dirname(file.namedPath), source.parents).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.places[0] !== include.place) throw error
      inlining.unread.push(error)
    })
  }
  copy(inlining, source, locate, copied, text.length)
}

/** A file that a line includes, and what is wrong with the line itself, if something is. */
type Include = Required<Naming> & { readonly fault?: Failure }

/** The file that the line includes, if it includes one. */
function includeOf(line: LogicalLine, locate: Locate, file: FoundFile): Include | undefined {
  if (!line.text.startsWith('-')) return undefined
  const entry = entryOf(line, locate)
  // On a line that builds something with -e, pip passes over -r.
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
    const message = 'shares its line with something else, which pip would pass over without a word.'
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
  const chain = [...parents.slice(first), file].map(({ name }) => name).join(' → ')
  throw includeFailure(
    'cycle',
    naming,
    naming.place,
    `includes itself: ${chain}.`,
    'Remove one of the -r lines that lead in a circle.',
  )
}

function rejectMany(inlining: Inlining, include: Required<Naming>): void {
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

/** Appends the source's text from `start`, where a line starts, up to `end`, line by line. */
function copy(inlining: Inlining, { file, text, parents }: Source, locate: Locate, start: number, end: number): void {
  if (start === end) return
  const part = text.slice(start, end)
  const lines = (part.endsWith('\n') ? part.slice(0, -1) : part).split('\n')
  const first = locate(start).line
  lines.forEach((line, index) => append(inlining, line, { file: file.name, line: first + index }))

  // A file that ends in a backslash must not take the next line of the one that includes it: pip reads them apart.
  const last = [...physicalLines(part)].at(-1)
  if (parents.length > 1 && end === text.length && last !== undefined && isContinued(part, last)) {
    append(inlining, '', { file: file.name, line: first + lines.length - 1 })
  }
}

function append(inlining: Inlining, line: string, origin: Origin): void {
  inlining.size += Buffer.byteLength(line, 'utf8') + 1
  if (inlining.size > SIZE_LIMIT + 1) {
    throw new Failure({
      code: 'requirements-too-large',
      message: `${origin.file}, line ${origin.line}: the requirements are larger than 1 MiB once the included files are in place.`,
      remedy: 'Include fewer or smaller files: what is sent holds at most 1 MiB.',
      places: [origin],
    })
  }
  inlining.lines.push(line)
  inlining.origins.push(origin)
}
