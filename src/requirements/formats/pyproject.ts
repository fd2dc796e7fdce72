import type { TomlTable } from 'smol-toml'
import type { PythonTarget } from '../evaluate/python-target.js'
import { formatPythonTarget } from '../evaluate/python-target.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { type DependencyFile, errorAt, type FormatProblem, type DependencySelection } from './dependency-file.js'
import { takesPython } from './locked-package.js'
import { readGroup } from './dependency-groups.js'
import { readExtra, type PyprojectReading, readList, START } from './pyproject-lists.js'
import { parseToml, placeAt, stringAt, stringsAt, tableAt, type TomlDocument, valueAt } from './toml.js'

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
  const reading: PyprojectReading = {
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

function checkPython(project: TomlTable, target: PythonTarget, { document, problems }: PyprojectReading): void {
  const requiresPython = stringAt(project, 'requires-python')
  if (requiresPython === undefined || takesPython(requiresPython, target) !== false) return
  const problem = `The project requires Python ${quoted(requiresPython)}, and the image has ${formatPythonTarget(target)}.`
  const remedy = 'Build on a Python that the project supports, or correct requires-python.'
  const place = placeAt(document, ['project', 'requires-python'])
  problems.push({ ...errorAt('requires-python', problem, remedy, place), severity: 'warning' })
}
