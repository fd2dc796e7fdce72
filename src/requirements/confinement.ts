import { Failure } from '../failure.js'
import { isWithin } from '../within.js'
import { type Naming, readFailure, SIZE_LIMIT } from './read-failure.js'
import { decoded, withoutBlankEnd, withUnixLineEnds } from './source-text.js'
import type { WorkspaceFiles } from './workspace-files.js'

/** A file of the workspace, found. */
export type FoundFile = {
  /** Absolute path under which it was named: what it includes is relative to this one, symbolic links or not. */
  readonly namedPath: string
  /** Absolute path without symbolic links. */
  readonly path: string
  /** `path` relative to the workspace, with slashes. */
  readonly name: string
}

/** The workspace that must not be left: its root as stated, and without symbolic links. */
export type Confines = { readonly stated: string; readonly resolved: string }

/**
 * Finds the workspace.
 *
 * @throws Failure `workspace-not-found`
 */
export async function confinesOf(files: WorkspaceFiles): Promise<Confines> {
  const located = await files.locate(files.root)
  if (located.kind === 'found') return { stated: files.root, resolved: located.path }
  throw new Failure({
    code: 'workspace-not-found',
    message: `The workspace "${files.root}" does not exist or cannot be read.`,
    remedy: 'Run actions/checkout before this step.',
  })
}

/**
 * Finds the file that `naming` names, relative to the directory `from`. What is not in the workspace by its very name is
 * not even looked up: on Windows, looking up `\\host\share` signs in to that host.
 *
 * @throws Failure where there is none, or where it is not in the workspace
 */
export async function findFile(
  naming: Naming,
  from: string,
  confines: Confines,
  files: WorkspaceFiles,
): Promise<FoundFile> {
  const namedPath = files.path.resolve(from, naming.path)
  if (!isWithin(namedPath, confines.stated, files.path) && !isWithin(namedPath, confines.resolved, files.path)) {
    throw readFailure('outside-workspace', naming)
  }
  const located = await files.locate(namedPath)
  if (located.kind === 'missing') throw readFailure('not-found', naming)
  if (located.kind === 'unreadable') throw readFailure('unreadable', naming, ` (${located.reason})`)
  if (!isWithin(located.path, confines.resolved, files.path)) throw readFailure('outside-workspace', naming)

  const parts = files.path.relative(confines.resolved, located.path).split(files.path.sep)
  if (parts.some(part => part.toLowerCase() === '.git')) throw readFailure('in-git-directory', naming)
  return { namedPath, path: located.path, name: parts.join('/') }
}

/**
 * Reads a file that was found, as text with LF at the ends of lines and no blank lines at its end.
 *
 * @throws Failure where it is not a regular file, too large or not UTF-8
 */
export async function readText(naming: Naming, file: FoundFile, files: WorkspaceFiles): Promise<string> {
  const outcome = await files.read(file.path, SIZE_LIMIT)
  switch (outcome.kind) {
    case 'missing':
      throw readFailure('not-found', naming)
    case 'unreadable':
      throw readFailure('unreadable', naming, ` (${outcome.reason})`)
    case 'not-a-file':
    case 'too-large':
      throw readFailure(outcome.kind, naming)
    case 'read':
      break
  }
  const text = decoded(outcome.bytes)
  if (text.kind === 'utf-16') throw readFailure('utf-16', naming)
  if (text.kind === 'not-utf-8') throw readFailure('not-utf8', naming, ` (line ${text.line})`)
  return withoutBlankEnd(withUnixLineEnds(text.text))
}
