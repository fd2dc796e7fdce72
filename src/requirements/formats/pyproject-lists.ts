import type { TomlTable, TomlValue } from 'smol-toml'
import { hintFor } from '../findings/hint.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { canonicalMarker, type Marker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { requirementOf } from '../grammar/requirement-text.js'
import { type DependencyLine, errorAt, type FormatProblem } from './dependency-file.js'
import { arrayAt, placeAt, tableAt, type TomlDocument, type TomlPath } from './toml.js'

/** Limits of extras and groups that name each other, far above what a project has; the last is in characters. */
const MOST_LISTS = 1000
const MOST_NESTED = 100
const MOST_READ = 4 * 1024 * 1024

/** A list of dependencies that is read, and how it came to that. */
type List = {
  readonly path: TomlPath
  /** Under which the whole list counts: `app[plot]; sys_platform == "win32"`. */
  readonly marker: Marker | undefined
  readonly depth: number
  /** Of the texts that led here, which is as long as the marker can be. */
  readonly length: number
}

/** Holds what is known of a list that no other one has led to. */
export const START = { marker: undefined, depth: 0, length: 0 }

/** Holds what is known of the file, and what was read of it so far. */
export type PyprojectReading = {
  readonly document: TomlDocument
  /** The project's own, normalised. */
  readonly name: string | undefined
  /** Keys of tables by normalised name. */
  readonly extras: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, string>
  readonly lines: DependencyLine[]
  readonly problems: FormatProblem[]
  /** Lists that were read, with their markers. */
  readonly known: Set<string>
  /** Of `[tool.uv.sources]`, by normalised name. */
  readonly sources: ReadonlyMap<string, string>
  /** Characters, those of markers once for each list. */
  read: number
}

/** Reads an extra, once for each marker, for what is at the path of `asking`. */
export function readExtra(extra: string, asking: List, reading: PyprojectReading): void {
  const { document, extras, problems } = reading
  const key = extras.get(normalizedName(extra))
  if (key !== undefined) {
    return readList({ ...asking, path: ['project', 'optional-dependencies', key] }, reading)
  }
  const known = [...extras.values()]
  const problem = `${document.file} has no extra ${quoted(extra)}. ${known.length === 0 ? 'It has no extras.' : `It has ${listed(known)}.`}`
  problems.push(errorAt('unknown-extra', problem, 'Correct the input extras.', placeAt(document, asking.path)))
}

/** Returns the first names, quoted. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(name => quoted(name))
  return names.length > shown.length ? `${shown.join(', ')} and more` : shown.join(', ')
}

/** Reads an array of requirements. */
export function readList(list: List, reading: PyprojectReading): void {
  if (!isNew(list, reading)) return
  const { path } = list
  for (const [index, item] of itemsAt(path, reading).entries()) {
    if (typeof item === 'string') readRequirement(item, { ...list, path: [...path, index] }, reading)
    else reading.problems.push(notText([...path, index], reading))
  }
}

/** Remembers a list; false where it was read before, or where there are too many. */
export function isNew({ path, marker, depth, length }: List, reading: PyprojectReading): boolean {
  const { known } = reading
  if (isTooMuch(path, length, reading)) return false
  const key = `${path.join('\0')}\0${marker === undefined ? '' : canonicalMarker(marker)}`
  if (known.has(key)) return false
  if (known.size === MOST_LISTS || depth > MOST_NESTED) {
    reading.read = Infinity
    return !isTooMuch(path, 0, reading)
  }
  known.add(key)
  return true
}

const TOO_OFTEN = 'The extras and groups of this file include each other too often.'

/** Adds to what was read, and tells whether it is too much by now, which is a problem once. */
function isTooMuch(path: TomlPath, length: number, reading: PyprojectReading): boolean {
  const { document, problems } = reading
  reading.read += length
  if (reading.read <= MOST_READ) return false
  if (problems.every(each => each.problem !== TOO_OFTEN)) {
    problems.push(errorAt('file-format', TOO_OFTEN, 'Write the requirements down once.', placeAt(document, path)))
  }
  return true
}

/** Returns what a list holds; that it is none is a problem. */
export function itemsAt(path: TomlPath, reading: PyprojectReading): readonly TomlValue[] {
  const { document } = reading
  let table: TomlTable | undefined = document.root
  for (const key of path.slice(0, -1)) table = table && tableAt(table, String(key))
  const items = table && arrayAt(table, String(path.at(-1)))
  if (items === undefined) {
    const problem = `${quoted(path.join('.'))} is not a list.`
    reading.problems.push(errorAt('file-format', problem, 'Write a list of texts.', placeAt(document, path)))
  }
  return items ?? []
}

/** Returns the problem that an item is no text. */
export function notText(path: TomlPath, { document }: PyprojectReading): FormatProblem {
  const problem = 'This is not the text of a requirement.'
  return errorAt('syntax', problem, 'Write a text such as "numpy>=1.26".', placeAt(document, path))
}

/** Reads a requirement: the project's own extras lead to further lists, and the rest are lines. */
export function readRequirement(
  text: string,
  { path, marker: outer, depth, length }: List,
  reading: PyprojectReading,
): void {
  const { document, lines, problems, name } = reading
  if (isTooMuch(path, text.length + length, reading)) return
  const entry = requirementOf(text)
  if ('fault' in entry) {
    const problem = `${quoted(text, 200)} is not a requirement. ${entry.fault}`
    problems.push(errorAt('syntax', problem, hintFor(text)?.text ?? 'Correct it.', placeAt(document, path)))
    return
  }
  const marker = both(outer, entry.marker)
  if (entry.normalizedName === name && entry.url === undefined) {
    const asking = { path, marker, depth: depth + 1, length: length + text.length }
    for (const extra of entry.extras) readExtra(extra, asking, reading)
    return
  }
  checkSource(entry, path, reading)
  const line = outer === undefined ? text.trim() : withMarker(entry, marker)
  const origin = document.originOf(path, line)
  lines.push({ text: line, origin })
}

function both(one: Marker | undefined, other: Marker | undefined): Marker | undefined {
  if (one === undefined || other === undefined) return one ?? other
  // A combination never holds one of its own kind.
  return { kind: 'and', terms: [one, other].flatMap(each => (each.kind === 'and' ? each.terms : [each])) }
}

function withMarker({ name, extras, specifiers, url }: RequirementEntry, marker: Marker | undefined): string {
  const extrasPart = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const where = url === undefined ? specifiers.map(each => each.operator + each.version).join(',') : ` @ ${url}`
  return `${name}${extrasPart}${where}${marker === undefined ? '' : ` ; ${canonicalMarker(marker)}`}`
}

/** What uv takes from elsewhere, by a table that pip does not know. */
function checkSource({ normalizedName: name }: RequirementEntry, path: TomlPath, reading: PyprojectReading): void {
  const key = reading.sources.get(name)
  if (key === undefined) return
  const problem = `[tool.uv.sources] gives another source for ${quoted(name)}, but the service installs it from its own index.`
  const remedy = 'Check that the public index has the version that you want, or remove the source.'
  const place = placeAt(reading.document, path)
  reading.problems.push({ ...errorAt('direct-reference', problem, remedy, place), severity: 'warning' })
}
