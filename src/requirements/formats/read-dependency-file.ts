import type { PythonTarget } from '../evaluate/python-target.js'
import { LOCK_SIZE_LIMIT, SIZE_LIMIT } from '../file/read-failure.js'
import { readWorkspaceFile } from '../file/workspace-guard.js'
import type { WorkspaceFiles } from '../file/workspace-files.js'
import type { Tools } from '../resolver/resolver.js'
import { type DependencyFile, type DependencyFileKind, errorAt, type DependencySelection } from './dependency-file.js'
import { exportUvLock } from './export-uv-lock.js'
import { readPylock } from './pylock.js'
import { readPyproject } from './pyproject.js'
import { recognizeFormats } from './recognize.js'

export { recognizeFormats }

/** So many are listed, as of findings of a kind. */
const MOST_PROBLEMS = 10_000

/** Holds what reading such a file needs of the world. */
export type DependencyFileReader = {
  readonly files: WorkspaceFiles
  /** Those that have uv; asked for `uv.lock` alone. */
  readonly tools: () => Promise<Tools>
  readonly signal: AbortSignal
}

/**
 * Reads the file at `path`, which is relative to the workspace or absolute within it: what it asks for on the target.
 *
 * @returns with the file's name, relative to the workspace
 * @throws Failure `workspace-not-found`; ReadFailure where the file cannot be read; the signal's reason
 */
export async function readDependencyFile(
  kind: Exclude<DependencyFileKind, 'requirements'>,
  path: string,
  selection: DependencySelection,
  target: PythonTarget,
  { files, tools, signal }: DependencyFileReader,
): Promise<DependencyFile & { readonly file: string }> {
  const { name: file, text } = await readWorkspaceFile(path, kind === 'pyproject' ? SIZE_LIMIT : LOCK_SIZE_LIMIT, files)
  const { lines, problems } =
    kind === 'uv-lock'
      ? await exportUvLock(text, file, selection, target, await tools(), signal)
      : (kind === 'pylock' ? readPylock : readPyproject)(text, file, selection, target)
  const unlisted = problems[MOST_PROBLEMS]
  if (unlisted === undefined) return { file, lines, problems }
  const problem = `There are ${problems.length - MOST_PROBLEMS} more problems; they are not listed.`
  const rest = errorAt('file-format', problem, 'Correct the others first.', unlisted.place)
  return { file, lines, problems: [...problems.slice(0, MOST_PROBLEMS), rest] }
}
