import type { TomlTable } from 'smol-toml'
import { markerEnvironment } from '../evaluate/evaluate-marker.js'
import { formatPythonTarget, type PythonTarget } from '../evaluate/python-target.js'
import { canonicalMarker, type Marker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { isVersion } from '../grammar/version.js'
import {
  type DependencyFile,
  type DependencyLine,
  errorAt,
  type FormatProblem,
  type FormatProblemId,
  type DependencySelection,
} from './dependency-file.js'
import { type LockEnvironment, markerIn, namesSelection, reduceMarker } from './lock-marker.js'
import { type LockedSource, sourceProblem, takesPython } from './locked-package.js'
import { wheelName } from './wheel-name.js'
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

type Reading = {
  readonly document: TomlDocument
  readonly target: PythonTarget
  readonly lock: LockEnvironment
  readonly lines: DependencyLine[]
  readonly problems: FormatProblem[]
}

const NEW_LOCK = 'Lock the project again with the tool that wrote the file.'

/**
 * Reads `pylock.toml`, the lock file of several tools: what it installs on the target. Chosen groups take the place of the
 * default ones. https://packaging.python.org/en/latest/specifications/pylock-toml/
 *
 * @param text LF at the ends of lines
 */
export function readPylock(
  text: string,
  file: string,
  selection: DependencySelection,
  target: PythonTarget,
): DependencyFile {
  const document = parseToml(text, file)
  if (document.kind === 'invalid') return { lines: [], problems: [document.problem] }
  const { root } = document
  const { dependencyGroups: chosenGroups } = selection
  const lock: LockEnvironment = {
    environment: markerEnvironment(target),
    extras: namesOf(selection.extras),
    dependencyGroups: namesOf(chosenGroups.length > 0 ? chosenGroups : stringsAt(root, 'default-groups')),
  }
  const reading: Reading = { document, target, lock, lines: [], problems: [] }
  checkHead(root, selection, reading)
  const chosen = new Set<string>()
  for (const [index, item] of (arrayAt(root, 'packages') ?? []).entries()) {
    if (isTable(item)) readPackage(item, ['packages', index], chosen, reading)
    else tell('file-format', 'This is not a table of a package.', NEW_LOCK, ['packages', index], reading)
  }
  const { lines, problems } = reading
  return { lines, problems }
}

function namesOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(normalizedName))
}

function tell(id: FormatProblemId, problem: string, remedy: string, path: TomlPath, reading: Reading): void {
  reading.problems.push(errorAt(id, problem, remedy, placeAt(reading.document, path)))
}

function checkHead(root: TomlTable, { extras, dependencyGroups }: DependencySelection, reading: Reading): void {
  const { file } = reading.document
  const version = stringAt(root, 'lock-version')
  if (version === undefined || !/^1(?:\.\d+)*$/.test(version)) {
    const what = version === undefined ? `has no lock-version` : `has lock-version ${quoted(version)}`
    tell('file-format', `${file} ${what}, but only version 1 is supported.`, NEW_LOCK, ['lock-version'], reading)
  }
  if (arrayAt(root, 'packages') === undefined) {
    tell('file-format', `${file} has no packages.`, NEW_LOCK, ['packages'], reading)
  }
  checkPython(root, [], 'The lock file', reading)
  checkEnvironments(root, reading)
  const knownExtras = namesOf(stringsAt(root, 'extras'))
  for (const extra of extras) {
    if (knownExtras.has(normalizedName(extra))) continue
    tell('unknown-extra', `${file} has no extra ${quoted(extra)}.`, 'Correct the input extras.', ['extras'], reading)
  }
  const groups = namesOf([...stringsAt(root, 'dependency-groups'), ...stringsAt(root, 'default-groups')])
  for (const group of dependencyGroups) {
    if (groups.has(normalizedName(group))) continue
    const problem = `${file} has no dependency group ${quoted(group)}.`
    tell('unknown-dependency-group', problem, 'Correct the input dependency-groups.', ['dependency-groups'], reading)
  }
}

function checkPython(table: TomlTable, path: TomlPath, what: string, reading: Reading): void {
  const requiresPython = stringAt(table, 'requires-python')
  if (requiresPython === undefined || takesPython(requiresPython, reading.target) !== false) return
  const problem = `${what} requires Python ${quoted(requiresPython)}, and the image has ${formatPythonTarget(reading.target)}.`
  tell(
    'requires-python',
    problem,
    'Lock the project again for the Python of the image.',
    [...path, 'requires-python'],
    reading,
  )
}

/** The environments that the file is for, one of which must be the target. */
function checkEnvironments(root: TomlTable, reading: Reading): void {
  const environments = stringsAt(root, 'environments')
  const isNone = (text: string): boolean => {
    const marker = markerIn(text)
    return marker !== undefined && reduceMarker(marker, reading.lock) === false
  }
  if (environments.length === 0 || !environments.every(isNone)) return
  const problem = `The lock file is not for ${formatPythonTarget(reading.target)}: none of its environments is that one.`
  tell(
    'file-format',
    problem,
    'Add that environment in the settings of the tool that wrote the file, and lock the project again.',
    ['environments'],
    reading,
  )
}

function readPackage(table: TomlTable, path: TomlPath, chosen: Set<string>, reading: Reading): void {
  const { document, target, lines, problems } = reading
  const namePath = [...path, 'name']
  const name = stringAt(table, 'name')
  const marker = markerOf(table, path, reading)
  if (marker === false) return
  if (name === undefined) return tell('file-format', 'A package has no name.', NEW_LOCK, path, reading)
  checkPython(table, path, `The package ${quoted(name)}`, reading)

  const source = sourceOf(table)
  if (source === undefined) {
    const problem = `The package ${quoted(name)} has no source, or several.`
    return tell('file-format', problem, NEW_LOCK, path, reading)
  }
  const key = normalizedName(name)
  // What remains to be decided may exclude the other.
  if (marker === true) {
    if (chosen.has(key)) {
      const problem = `The lock file installs ${quoted(name)} twice on the target.`
      return tell('file-format', problem, NEW_LOCK, namePath, reading)
    }
    chosen.add(key)
  }
  const problem = sourceProblem(name, source, target, placeAt(document, namePath))
  if (problem !== undefined) problems.push(problem)
  const text = lineOf(name, table)
  if (text === undefined) {
    // That is a problem already.
    if (source.kind === 'path') return
    return tell('file-format', `The package ${quoted(name)} has no version.`, NEW_LOCK, namePath, reading)
  }
  const line = marker === true ? text : `${text} ; ${canonicalMarker(marker)}`
  const entry = requirementOf(line)
  if ('fault' in entry) {
    return tell('syntax', `${quoted(line, 200)} is not a requirement. ${entry.fault}`, NEW_LOCK, namePath, reading)
  }
  lines.push({ text: line, origin: document.originOf(namePath) })
}

/** Whether the package is wanted, or under which condition that only the image decides. */
function markerOf(table: TomlTable, path: TomlPath, reading: Reading): boolean | Marker {
  const text = stringAt(table, 'marker')
  if (text === undefined) return true
  const parsed = markerIn(text)
  const marker = parsed && reduceMarker(parsed, reading.lock)
  if (marker !== undefined && (typeof marker === 'boolean' || !namesSelection(marker))) return marker
  tell('syntax', `${quoted(text, 200)} is not a marker.`, NEW_LOCK, [...path, 'marker'], reading)
  return false
}

/** Where the package comes from; undefined where it does not say so in the one way. */
function sourceOf(table: TomlTable): LockedSource | undefined {
  const [vcs, directory, archive] = ['vcs', 'directory', 'archive'].map(key => tableAt(table, key))
  const sdist = tableAt(table, 'sdist')
  const wheels = arrayAt(table, 'wheels')?.filter(isTable) ?? []
  const isPublished = sdist !== undefined || wheels.length > 0
  if ([vcs, directory, archive].filter(each => each !== undefined).length + Number(isPublished) !== 1) return undefined
  if (vcs !== undefined) return { kind: stringAt(vcs, 'url') === undefined ? 'path' : 'url' }
  if (directory !== undefined) return { kind: 'path' }
  if (archive !== undefined) return { kind: stringAt(archive, 'url') === undefined ? 'path' : 'url' }
  return {
    kind: 'index',
    index: stringAt(table, 'index'),
    wheels: wheels.map(wheelName),
    hasSource: sdist !== undefined,
  }
}

/** The package as pip writes it. */
function lineOf(name: string, table: TomlTable): string | undefined {
  const vcs = tableAt(table, 'vcs')
  const archive = tableAt(table, 'archive')
  const from = (vcs && stringAt(vcs, 'url')) ?? (archive && stringAt(archive, 'url'))
  if (from === undefined) {
    const version = stringAt(table, 'version')
    const isPath = vcs !== undefined || archive !== undefined || valueAt(table, 'directory') !== undefined
    return version === undefined || isPath || !isVersion(version) ? undefined : `${name}==${version}`
  }
  if (vcs === undefined) return `${name} @ ${from}`
  const [type = 'git', commit = ''] = [stringAt(vcs, 'type'), stringAt(vcs, 'commit-id')]
  return `${name} @ ${type}+${from}${commit === '' ? '' : `@${commit}`}`
}
