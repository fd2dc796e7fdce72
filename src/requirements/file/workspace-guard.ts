import { Failure } from '../../failure.js'
import { isWithin } from '../../programs/workspace-paths.js'
import { type Naming, type ReadFault, readFailure, SIZE_LIMIT } from './read-failure.js'
import { decode, type Decoded, withoutBlankEnd, withUnixLineEnds } from './decode.js'
import type { WorkspaceFiles } from './workspace-files.js'

/** Holds a file of the workspace, found. */
export type FoundFile = {
  /** Absolute path under which it was named: what it includes is relative to this one, symbolic links or not. */
  readonly namedPath: string
  /** Absolute path without symbolic links. */
  readonly path: string
  /** `path` relative to the workspace, with slashes. */
  readonly name: string
}

/** Holds a file's text, with LF at the ends of lines and no blank lines at the end; or why there is none. */
export type TextOfFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: ReadFault; readonly detail: string }

/** Holds the workspace that must not be left: its root as stated, and without symbolic links. */
export type WorkspaceGuard = { readonly stated: string; readonly resolved: string }

/** In characters; what Windows takes, and more than others do. To resolve a longer one would take long. */
const LONGEST_PATH = 32_767

/**
 * Finds the workspace.
 *
 * @throws Failure `workspace-not-found`
 */
export async function workspaceGuardOf(files: WorkspaceFiles): Promise<WorkspaceGuard> {
  const located = await files.locate(files.root)
  if (located.kind === 'found') return { stated: files.root, resolved: located.path }
  throw new Failure({
    code: 'workspace-not-found',
    headline: `The workspace ${files.root} does not exist or cannot be read.`,
    remedy: 'Run actions/checkout before this step.',
  })
}

/**
 * Finds the file that `naming` names, relative to the directory `from`. What is not in the workspace by its very name is
 * not even looked up: on Windows, looking up `\\host\share` signs in to that host.
 *
 * @throws ReadFailure where there is none, or where it is not in the workspace
 */
export async function findFile(
  naming: Naming,
  from: string,
  guard: WorkspaceGuard,
  files: WorkspaceFiles,
): Promise<FoundFile> {
  const namedPath = files.path.resolve(from, naming.path)
  if (namedPath.length > LONGEST_PATH) throw readFailure('not-found', naming)
  if (!isWithin(namedPath, guard.stated, files.path) && !isWithin(namedPath, guard.resolved, files.path)) {
    throw readFailure('outside-workspace', naming)
  }
  const located = await files.locate(namedPath)
  if (located.kind === 'missing') throw readFailure('not-found', naming)
  if (located.kind === 'unreadable') throw readFailure('unreadable', naming, ` (${located.reason})`)
  const fault = faultAt(located.path, guard, files)
  if (fault !== undefined) throw readFailure(fault, naming)
  return { namedPath, path: located.path, name: namesIn(located.path, guard, files).join('/') }
}

/** Says why a path without symbolic links must not be read; undefined where it may be. */
function faultAt(path: string, guard: WorkspaceGuard, files: WorkspaceFiles): ReadFault | undefined {
  if (!isWithin(path, guard.resolved, files.path)) return 'outside-workspace'
  return namesIn(path, guard, files).some(name => name.toLowerCase() === '.git') ? 'in-git-directory' : undefined
}

function namesIn(path: string, { resolved }: WorkspaceGuard, files: WorkspaceFiles): readonly string[] {
  return files.path.relative(resolved, path).split(files.path.sep)
}

/**
 * Reads a file that was found. Where something else has taken its place since, or that of a directory above it, what counts
 * is where the open file lies.
 *
 * @returns its text, and how many bytes were read for it
 */
export async function readText(
  file: FoundFile,
  guard: WorkspaceGuard,
  files: WorkspaceFiles,
  limit = SIZE_LIMIT,
  normalized = requirementsText,
): Promise<{ readonly text: TextOfFile; readonly size: number }> {
  const result = await files.read(file.path, limit, path => faultAt(path, guard, files) === undefined)
  if (result.kind === 'read') return { text: textOf(result.bytes, normalized), size: result.bytes.length }
  if (result.kind === 'unreadable') return { text: { kind: 'unreadable', detail: ` (${result.reason})` }, size: 0 }
  const kind = result.kind === 'missing' ? 'not-found' : result.kind
  return { text: { kind, detail: kind === 'too-large' ? ` ${limit / SIZE_LIMIT} MiB` : '' }, size: 0 }
}

/**
 * Reads the one file at `path`, which is relative to the workspace or absolute within it.
 *
 * @returns its name, relative to the workspace with slashes
 * @throws Failure `workspace-not-found`; ReadFailure where it cannot be read, or is larger than `limit`
 */
export async function readWorkspaceFile(
  path: string,
  limit: number,
  files: WorkspaceFiles,
): Promise<{ readonly name: string; readonly text: string }> {
  const guard = await workspaceGuardOf(files)
  const file = await findFile({ path }, guard.stated, guard, files)
  const { text } = await readText(file, guard, files, limit)
  if (text.kind !== 'text') throw readFailure(text.kind, { path }, text.detail)
  return { name: file.name, text: text.text }
}

/** What is wrong, in a clause. */
const UTF_16: { readonly [why in Extract<Decoded, { kind: 'utf-16' }>['why']]: (line: number) => string } = {
  'no-mark': () => 'it looks like UTF-16, but does not begin with a byte order mark',
  mixed: line => `line ${line} holds NUL bytes, as if UTF-16 had been appended to UTF-8`,
  malformed: line => `it begins as UTF-16, but line ${line} is something else`,
}

/** What a text of requirements is without what means nothing in it. */
function requirementsText(text: string): string {
  return withoutBlankEnd(withUnixLineEnds(text))
}

function textOf(bytes: Uint8Array, normalized: (text: string) => string): TextOfFile {
  const text = decode(bytes)
  if (text.kind === 'utf-16') return { kind: 'utf-16', detail: `: ${UTF_16[text.why](text.line)}` }
  if (text.kind === 'not-utf-8') return { kind: 'not-utf8', detail: ` (line ${text.line})` }
  return { kind: 'text', text: normalized(text.text) }
}
