import type { TomlTable } from 'smol-toml'
import { formatPythonTarget, type PythonTarget } from '../evaluate/python-target.js'
import type { Origin } from '../file/origin.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { errorAt, type FormatProblem, type DependencySelection } from './dependency-file.js'
import { type LockedSource, takesPython } from './locked-package.js'
import { wheelName } from './wheel-name.js'
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

/** Holds what the lock file says of one package. */
export type UvPackage = {
  readonly version: string | undefined
  readonly origin: Origin
  readonly source: LockedSource
  /** Of a package that lies at one. */
  readonly path: string | undefined
}

/** A name of a package, normalised: nothing that means something to TOML or to a command line. */
const NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/** Says what to do about a lock file that is not as it should be. */
export const newLock = 'Run "uv lock", and commit the file.'

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
    return refusal(`${file} does not have version 1 of the format, which is the only one that is supported.`, newLock)
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
    return refusal(`${file} does not name its project: it has no package whose source is ".".`, newLock)
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
