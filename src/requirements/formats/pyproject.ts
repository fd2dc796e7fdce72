import type { TomlTable, TomlValue } from 'smol-toml'
import type { PythonTarget } from '../evaluate/python-target.js'
import { hintFor } from '../findings/hint.js'
import { formatPythonTarget } from '../evaluate/python-target.js'
import type { RequirementEntry } from '../grammar/entry.js'
import { canonicalMarker, type Marker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import {
  type DependencyFile,
  type DependencyLine,
  errorAt,
  type FormatProblem,
  type DependencySelection,
} from './dependency-file.js'
import { takesPython } from './locked-package.js'
import { requirementOf } from '../grammar/requirement-text.js'
import {
  arrayAt,
  isTable,
  parseToml,
  placeAt,
  stringAt,
  stringsAt,
  tableAt,
  type TomlDocument,
  type TomlPath,
  valueAt,
} from './toml.js'

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

const START = { marker: undefined, depth: 0, length: 0 }

type Reading = {
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

/**
 * Reads `pyproject.toml`: `[project] dependencies`, the chosen extras and the chosen dependency groups. Markers stay, for
 * this is no lock file. What a project asks of itself is not asked of an index: `app[plot]` is the extra `plot`.
 *
 * @param text LF at the ends of lines
 */
export function readPyproject(
  text: string,
  file: string,
  { extras, dependencyGroups }: DependencySelection,
  target: PythonTarget,
): DependencyFile {
  const document = parseToml(text, file)
  if (document.kind === 'invalid') return { lines: [], problems: [document.problem] }
  const { root } = document
  const project = tableAt(root, 'project')
  const name = project && stringAt(project, 'name')
  const reading: Reading = {
    document,
    name: name === undefined ? undefined : normalizedName(name),
    extras: keysByName(project && tableAt(project, 'optional-dependencies')),
    groups: keysByName(tableAt(root, 'dependency-groups')),
    lines: [],
    problems: [],
    known: new Set(),
    sources: keysByName(sourcesIn(root)),
    read: 0,
  }
  const { problems } = reading
  if (project === undefined) {
    if (dependencyGroups.length === 0) problems.push(noProject(document))
  } else {
    const dynamic = stringsAt(project, 'dynamic')
    checkPython(project, target, reading)
    if (dynamic.includes('dependencies')) problems.push(isDynamic('dependencies', document))
    else if (valueAt(project, 'dependencies') !== undefined) {
      readList({ path: ['project', 'dependencies'], ...START }, reading)
    }
    if (extras.length > 0 && dynamic.includes('optional-dependencies')) {
      problems.push(isDynamic('optional-dependencies', document))
      return { lines: reading.lines, problems }
    }
  }
  for (const extra of extras) readExtra(extra, { path: ['project', 'optional-dependencies'], ...START }, reading)
  for (const group of dependencyGroups) readGroup(group, ['dependency-groups'], [], reading)
  return { lines: reading.lines, problems }
}

function keysByName(table: TomlTable | undefined): ReadonlyMap<string, string> {
  return new Map(Object.keys(table ?? {}).map(key => [normalizedName(key), key]))
}

function sourcesIn(root: TomlTable): TomlTable | undefined {
  const tool = tableAt(root, 'tool')
  const uv = tool && tableAt(tool, 'uv')
  return uv && tableAt(uv, 'sources')
}

function noProject(document: TomlDocument): FormatProblem {
  const { file, root } = document
  const tool = tableAt(root, 'tool')
  const isPoetry = tool !== undefined && tableAt(tool, 'poetry') !== undefined
  const problem = `${file} has no [project] table, which names the dependencies.`
  const remedy = isPoetry
    ? 'Poetry keeps them in a table of its own: run "poetry export --without-hashes -o requirements.txt", and name that file in the input requirements-file.'
    : 'Add [project] with name, version and dependencies, or choose a group with the input dependency-groups.'
  return errorAt('file-format', problem, remedy, placeAt(document, ['tool', 'poetry']))
}

function isDynamic(field: string, document: TomlDocument): FormatProblem {
  const { file } = document
  const problem = `${file} has "${field}" in project.dynamic, so only a build of the project knows them, and this action builds nothing.`
  const remedy = `Write them into [project], or run "uv pip compile ${file} -o requirements.txt", and name that file in the input requirements-file.`
  return errorAt('file-format', problem, remedy, placeAt(document, ['project', 'dynamic']))
}

function checkPython(project: TomlTable, target: PythonTarget, { document, problems }: Reading): void {
  const requiresPython = stringAt(project, 'requires-python')
  if (requiresPython === undefined || takesPython(requiresPython, target) !== false) return
  const problem = `The project requires Python ${quoted(requiresPython)}, and the image has ${formatPythonTarget(target)}.`
  const remedy = 'Build on a Python that the project supports, or correct requires-python.'
  const place = placeAt(document, ['project', 'requires-python'])
  problems.push({ ...errorAt('requires-python', problem, remedy, place), severity: 'warning' })
}

/** Reads an extra, once for each marker, for what is at the path of `asking`. */
function readExtra(extra: string, asking: List, reading: Reading): void {
  const { document, extras, problems } = reading
  const key = extras.get(normalizedName(extra))
  if (key !== undefined) {
    return readList({ ...asking, path: ['project', 'optional-dependencies', key] }, reading)
  }
  const known = [...extras.values()]
  const problem = `${document.file} has no extra ${quoted(extra)}. ${known.length === 0 ? 'It has no extras.' : `It has ${listed(known)}.`}`
  problems.push(errorAt('unknown-extra', problem, 'Correct the input extras.', placeAt(document, asking.path)))
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).map(name => quoted(name))
  return names.length > shown.length ? `${shown.join(', ')} and more` : shown.join(', ')
}

/** Reads an array of requirements. */
function readList(list: List, reading: Reading): void {
  if (!isNew(list, reading)) return
  const { path } = list
  for (const [index, item] of itemsAt(path, reading).entries()) {
    if (typeof item === 'string') readRequirement(item, { ...list, path: [...path, index] }, reading)
    else reading.problems.push(notText([...path, index], reading))
  }
}

/** Remembers a list; false where it was read before, or where there are too many. */
function isNew({ path, marker, depth, length }: List, reading: Reading): boolean {
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
function isTooMuch(path: TomlPath, length: number, reading: Reading): boolean {
  const { document, problems } = reading
  reading.read += length
  if (reading.read <= MOST_READ) return false
  if (problems.every(each => each.problem !== TOO_OFTEN)) {
    problems.push(errorAt('file-format', TOO_OFTEN, 'Write the requirements down once.', placeAt(document, path)))
  }
  return true
}

function itemsAt(path: TomlPath, reading: Reading): readonly TomlValue[] {
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

function notText(path: TomlPath, { document }: Reading): FormatProblem {
  const problem = 'This is not the text of a requirement.'
  return errorAt('syntax', problem, 'Write a text such as "numpy>=1.26".', placeAt(document, path))
}

function readRequirement(text: string, { path, marker: outer, depth, length }: List, reading: Reading): void {
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
function checkSource({ normalizedName: name }: RequirementEntry, path: TomlPath, reading: Reading): void {
  const key = reading.sources.get(name)
  if (key === undefined) return
  const problem = `[tool.uv.sources] gives another source for ${quoted(name)}, but the service installs it from its own index.`
  const remedy = 'Check that the public index has the version that you want, or remove the source.'
  const place = placeAt(reading.document, path)
  reading.problems.push({ ...errorAt('direct-reference', problem, remedy, place), severity: 'warning' })
}

/** Reads a group and what it includes: https://peps.python.org/pep-0735/ `parents` are those that include it. */
function readGroup(group: string, asking: TomlPath, parents: readonly string[], reading: Reading): void {
  const { document, groups, problems } = reading
  const name = normalizedName(group)
  const key = groups.get(name)
  const isCycle = parents.includes(name)
  if (key === undefined || isCycle) {
    const place = placeAt(document, asking)
    problems.push(
      isCycle ? cycle([...parents.slice(parents.indexOf(name)), name], place) : unknown(group, place, parents, reading),
    )
    return
  }
  const path: TomlPath = ['dependency-groups', key]
  if (!isNew({ ...START, path, depth: parents.length }, reading)) return
  for (const [index, item] of itemsAt(path, reading).entries()) {
    const itemPath = [...path, index]
    if (typeof item === 'string') {
      readRequirement(item, { ...START, path: itemPath }, reading)
      continue
    }
    const included = isTable(item) && Object.keys(item).length === 1 ? stringAt(item, 'include-group') : undefined
    if (included === undefined) problems.push(notText(itemPath, reading))
    else readGroup(included, [...itemPath, 'include-group'], [...parents, name], reading)
  }
}

function cycle(names: readonly string[], place: FormatProblem['place']): FormatProblem {
  const shown = names.length > 10 ? [...names.slice(0, 5), '…', ...names.slice(-4)] : names
  const problem = `The dependency group includes itself: ${shown.join(' → ')}.`
  return errorAt('file-format', problem, 'Remove one of the include-group entries that lead in a circle.', place)
}

function unknown(
  group: string,
  place: FormatProblem['place'],
  parents: readonly string[],
  { document, groups }: Reading,
): FormatProblem {
  const known = [...groups.values()]
  const problem = `${document.file} has no dependency group ${quoted(group)}. ${known.length === 0 ? 'It has none.' : `It has ${listed(known)}.`}`
  const remedy = parents.length === 0 ? 'Correct the input dependency-groups.' : 'Correct include-group.'
  return errorAt('unknown-dependency-group', problem, remedy, place)
}
