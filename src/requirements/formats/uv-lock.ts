import type { TomlTable } from 'smol-toml'
import { markerEnvironment } from '../evaluate/evaluate-marker.js'
import { formatPythonTarget, type PythonTarget } from '../evaluate/python-target.js'
import type { Place } from '../../failure.js'
import type { Origin } from '../file/origin.js'
import type { PackageEntry } from '../grammar/entry.js'
import { canonicalMarker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { redactUrls } from '../../redact.js'
import {
  type DependencyFile,
  type DependencyLine,
  errorAt,
  type FormatProblem,
  type DependencySelection,
} from './dependency-file.js'
import { reduceMarker } from './lock-marker.js'
import { type LockedSource, sourceProblem, takesPython } from './locked-package.js'
import { wheelName } from './wheel-name.js'
import { entriesOf, requirementOf } from '../grammar/requirement-text.js'
import { arrayAt, isTable, parseToml, placeAt, stringAt, stringsAt, tableAt, type TomlDocument } from './toml.js'

/** Holds what is known of `uv.lock` before uv is asked. */
export type UvLock = {
  readonly file: string
  readonly text: string
  /** The project's name, normalised. */
  readonly project: string
  /** By normalised name; several versions of one may be for several environments. */
  readonly packages: ReadonlyMap<string, readonly UvPackage[]>
  /** What is wrong, but does not keep uv from being asked. */
  readonly problems: readonly FormatProblem[]
}

type UvPackage = {
  readonly version: string | undefined
  readonly origin: Origin
  readonly source: LockedSource
  /** Of a package that lies at one. */
  readonly path: string | undefined
}

/** Holds the question for uv. */
export type UvExport = {
  readonly args: readonly string[]
  /** By name, for an empty directory in which uv is run. */
  readonly files: Readonly<Record<string, string>>
}

/** A name of a package, normalised: nothing that means something to TOML or to a command line. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/** How much of what uv wrote is repeated. */
const QUOTE_LIMIT = 500

const NEW_LOCK = 'Run "uv lock", and commit the file.'

/**
 * Reads `uv.lock` as far as it must be known before uv is asked: the project, what it offers, where each package comes
 * from.
 *
 * @param text LF at the ends of lines
 * @returns undefined for the lock where uv must not be asked
 */
export function readUvLock(
  text: string,
  file: string,
  selection: DependencySelection,
  target: PythonTarget,
): { readonly lock: UvLock | undefined; readonly problems: readonly FormatProblem[] } {
  const document = parseToml(text, file)
  if (document.kind === 'invalid') return { lock: undefined, problems: [document.problem] }
  const { root } = document
  const start = { file, line: 1 }
  const refusal = (problem: string, remedy: string) => ({
    lock: undefined,
    problems: [errorAt('file-format', problem, remedy, start)],
  })
  if (root['version'] !== 1)
    return refusal(`${file} does not have version 1 of the format, which is the only one that is supported.`, NEW_LOCK)
  const tables = (arrayAt(root, 'package') ?? []).map(each => (isTable(each) ? each : {}))
  const manifest = tableAt(root, 'manifest')
  const members = manifest === undefined ? [] : stringsAt(manifest, 'members')
  if (members.length > 1) {
    const path = ['manifest', 'members']
    const problem = `${file} is of a workspace of several packages: ${members
      .slice(0, 10)
      .map(name => quoted(name))
      .join(', ')}.`
    const remedy =
      'Choose one: run "uv export --package NAME --no-hashes --no-emit-workspace -o requirements.txt", and name that file in the input requirements-file.'
    return { lock: undefined, problems: [errorAt('file-format', problem, remedy, placeAt(document, path))] }
  }
  const at = tables.findIndex(isProject)
  const project = tables[at] && normalizedName(stringAt(tables[at], 'name') ?? '')
  if (project === undefined || !NAME.test(project)) {
    return refusal(`${file} does not name its project: it has no package whose source is ".".`, NEW_LOCK)
  }
  const problems = checkSelection(tables[at] ?? {}, at, selection, document)
  // uv would refuse, in words that do not say where.
  if (problems.length > 0) return { lock: undefined, problems }
  const lock = { file, text, project, packages: packagesIn(tables, document), problems: checkPython(document, target) }
  return { lock, problems: [] }
}

/** Tells whether this is the project at the root. */
function isProject(table: TomlTable): boolean {
  const source = tableAt(table, 'source')
  return source !== undefined && ['virtual', 'editable', 'directory'].some(kind => stringAt(source, kind) === '.')
}

function checkPython(document: TomlDocument, target: PythonTarget): readonly FormatProblem[] {
  const requiresPython = stringAt(document.root, 'requires-python')
  if (requiresPython === undefined || takesPython(requiresPython, target) !== false) return []
  const problem = `The lock file requires Python ${quoted(requiresPython)}, and the image has ${formatPythonTarget(target)}.`
  const remedy = 'Set requires-python in pyproject.toml so that it takes the Python of the image, and run "uv lock".'
  return [errorAt('requires-python', problem, remedy, placeAt(document, ['requires-python']))]
}

function checkSelection(
  table: TomlTable,
  at: number,
  { extras, dependencyGroups }: DependencySelection,
  document: TomlDocument,
): readonly FormatProblem[] {
  const metadata = tableAt(table, 'metadata')
  const place = placeAt(document, ['package', at, 'name'])
  const keysAt = (parent: TomlTable | undefined, key: string) => Object.keys((parent && tableAt(parent, key)) ?? {})
  const knownExtras = [
    ...keysAt(table, 'optional-dependencies'),
    ...(metadata ? stringsAt(metadata, 'provides-extras') : []),
  ]
  const knownGroups = [...keysAt(table, 'dev-dependencies'), ...keysAt(metadata, 'requires-dev')]
  const missing = (chosen: readonly string[], known: readonly string[]) => {
    const names = new Set(known.map(normalizedName))
    // Whatever the lock file has, what becomes an argument must be a name.
    return chosen.filter(name => !names.has(normalizedName(name)) || !NAME.test(normalizedName(name)))
  }
  const { file } = document
  return [
    ...missing(extras, knownExtras).map(extra =>
      errorAt(
        'unknown-extra',
        `${file} has no extra ${quoted(extra)}.`,
        `Correct the input extras, or run "uv lock".`,
        place,
      ),
    ),
    ...missing(dependencyGroups, knownGroups).map(group =>
      errorAt(
        'unknown-dependency-group',
        `${file} has no dependency group ${quoted(group)}.`,
        'Correct the input dependency-groups, or run "uv lock".',
        place,
      ),
    ),
  ]
}

function packagesIn(tables: readonly TomlTable[], document: TomlDocument): UvLock['packages'] {
  const packages = new Map<string, UvPackage[]>()
  for (const [index, table] of tables.entries()) {
    const name = normalizedName(stringAt(table, 'name') ?? '')
    const origin = document.originOf(['package', index, 'name'])
    const source = tableAt(table, 'source') ?? {}
    const one: UvPackage = {
      version: stringAt(table, 'version'),
      origin,
      source: sourceOf(table, source),
      path: ['editable', 'directory', 'path', 'virtual']
        .map(kind => stringAt(source, kind))
        .find(each => each !== undefined),
    }
    const known = packages.get(name)
    if (known === undefined) packages.set(name, [one])
    else known.push(one)
  }
  return packages
}

function sourceOf(table: TomlTable, source: TomlTable): LockedSource {
  if (stringAt(source, 'git') !== undefined || stringAt(source, 'url') !== undefined) return { kind: 'url' }
  const index = stringAt(source, 'registry')
  if (index === undefined) return { kind: 'path' }
  const wheels = (arrayAt(table, 'wheels') ?? []).filter(isTable).map(wheelName)
  return { kind: 'index', index, wheels, hasSource: tableAt(table, 'sdist') !== undefined }
}

/**
 * Returns the question for uv, which reads the lock file alone: the settings in `pyproject.toml` may come from a pull
 * request, so uv gets another one, with the name of the project, which older releases need, and an empty workspace,
 * which keeps them from looking for one in the directories above. `--frozen` asks no index and builds nothing.
 */
export function uvExportOf({ text, project }: UvLock, { extras, dependencyGroups }: DependencySelection): UvExport {
  const named = (option: string, names: readonly string[]) => names.flatMap(name => [option, normalizedName(name)])
  return {
    args: [
      'export',
      '--frozen',
      '--no-hashes',
      '--no-emit-project',
      '--no-default-groups',
      '--no-header',
      '--no-config',
      ...named('--extra', extras),
      ...named('--group', dependencyGroups),
    ],
    files: {
      'uv.lock': text,
      'pyproject.toml': `[project]\nname = "${project}"\nversion = "0"\n\n[tool.uv.workspace]\nmembers = []\n`,
    },
  }
}

/** Reads what `uv export` has printed: what of it is for the target, and where the lock file has it. */
export function readUvExport(output: string, lock: UvLock, target: PythonTarget): DependencyFile {
  const environment = {
    environment: markerEnvironment(target),
    extras: new Set<string>(),
    dependencyGroups: new Set<string>(),
  }
  const byVersion = new Map(
    Array.from(lock.packages, ([name, each]) => each.map(one => [`${name} ${one.version}`, one] as const)).flat(),
  )
  const byPath = new Map(
    Array.from(lock.packages, ([name, each]) => each.map(one => [one.path, [name, one]] as const)).flat(),
  )
  const lines: DependencyLine[] = []
  const problems: FormatProblem[] = [...lock.problems]
  for (const entry of entriesOf(output)) {
    if (entry.kind !== 'requirement' && entry.kind !== 'path-or-url') {
      problems.push(notRequirement(entry.text, 'It does not name a package.', { file: lock.file, line: 1 }))
      continue
    }
    const marker = entry.marker === undefined ? true : reduceMarker(entry.marker, environment)
    if (marker === false) continue
    const [name, locked] = lockedFor(entry, lock, byVersion, byPath)
    const origin = locked?.origin ?? { file: lock.file, line: 1, column: 1 }
    // A line without a name is a path.
    const source: LockedSource | undefined = entry.kind === 'path-or-url' ? { kind: 'path' } : locked?.source
    const problem = source && sourceProblem(name, source, target, origin)
    if (problem !== undefined) problems.push(problem)
    // That is a problem already.
    if (source?.kind === 'path') continue
    const text = withoutMarker(entry)
    const line = marker === true ? text : `${text} ; ${canonicalMarker(marker)}`
    const again = requirementOf(line)
    if ('fault' in again) problems.push(notRequirement(line, again.fault, origin))
    else lines.push({ text: line, origin })
  }
  return { lines, problems }
}

/** Returns the name of a line's package, and what the lock file has of it. */
function lockedFor(
  entry: PackageEntry,
  { packages }: UvLock,
  byVersion: ReadonlyMap<string, UvPackage>,
  byPath: ReadonlyMap<string | undefined, readonly [string, UvPackage]>,
): readonly [string, UvPackage | undefined] {
  if (entry.kind === 'path-or-url') {
    // `-e ./lib` does not tell the name.
    return byPath.get(entry.target.replace(/^\.\//, '')) ?? [entry.shown, undefined]
  }
  const { normalizedName: name } = entry
  const version = entry.specifiers[0]?.version
  return [name, byVersion.get(`${name} ${version}`) ?? packages.get(name)?.[0]]
}

function notRequirement(line: string, fault: string, place: Place): FormatProblem {
  return errorAt('syntax', `${quoted(line, 200)} is not a requirement. ${fault}`, NEW_LOCK, place)
}

/** The line up to its marker, as uv writes it. */
function withoutMarker({ text, marker }: PackageEntry): string {
  return marker === undefined ? text : text.slice(0, text.indexOf(' ;')).trimEnd()
}

/** Returns the problem that there is no uv. */
export function uvMissing(file: string): FormatProblem {
  const problem = `${file} can only be read by uv, and there is no uv on the search path.`
  const remedy = `Add a step with "uses: astral-sh/setup-uv" before this one, or ${EXPORT_INSTEAD}`
  return errorAt('file-format', problem, remedy, { file, line: 1 })
}

/** Returns the problem that uv did not run to its end. */
export function uvNotRun(why: string, file: string): FormatProblem {
  const problem = `uv could not read ${file}: ${quotedWords(why)}.`
  return errorAt('file-format', problem, `Run the job again, or ${EXPORT_INSTEAD}`, { file, line: 1 })
}

const EXPORT_INSTEAD =
  'run "uv export --no-hashes --no-emit-project --no-default-groups -o requirements.txt" and name that file in the input requirements-file.'

/** Returns the problem that `uv export` has failed. */
export function uvExportFailed(errors: string, file: string): FormatProblem {
  const place = { file, line: 1 }
  if (/unexpected argument '--/.test(errors)) {
    return errorAt('file-format', `This uv is too old to read ${file}.`, 'Install a newer uv: 0.5.23 or later.', place)
  }
  return errorAt('file-format', `uv cannot read ${file}: ${quotedWords(errors)}.`, NEW_LOCK, place)
}

function quotedWords(text: string): string {
  return quoted(redactUrls(text).replace(/\s+/g, ' ').trim(), QUOTE_LIMIT)
}
