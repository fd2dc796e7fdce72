import { markerEnvironment } from '../evaluate/evaluate-marker.js'
import type { PythonTarget } from '../evaluate/python-target.js'
import type { Place } from '../../failure.js'
import type { PackageEntry } from '../grammar/entry.js'
import { canonicalMarker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { quoted } from '../grammar/parse-error.js'
import { entriesOf, requirementOf } from '../grammar/requirement-text.js'
import { redactUrls } from '../../redact.js'
import {
  type DependencyFile,
  type DependencyLine,
  type DependencySelection,
  errorAt,
  type FormatProblem,
} from './dependency-file.js'
import { reduceMarker } from './lock-marker.js'
import { type LockedSource, sourceProblem } from './locked-package.js'
import { newLock, type UvLock, type UvPackage } from './uv-lock.js'

/** Holds the question for uv. */
export type UvExport = {
  readonly args: readonly string[]
  /** By name, for an empty directory in which uv is run. */
  readonly files: Readonly<Record<string, string>>
}

/** How much of what uv wrote is repeated. */
const QUOTE_LIMIT = 500

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
  return errorAt('syntax', `${quoted(line, 200)} is not a requirement. ${fault}`, newLock, place)
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
  return errorAt('file-format', `uv cannot read ${file}: ${quotedWords(errors)}.`, newLock, place)
}

function quotedWords(text: string): string {
  return quoted(redactUrls(text).replace(/\s+/g, ' ').trim(), QUOTE_LIMIT)
}
