import { type ResolverDiagnostic, type ResolverSuccess, inOneLine } from './resolver-diagnostic.js'
import { redactUrls } from '../../redact.js'
import type { ResolverInput } from './resolver-input.js'
import type { ToolName } from './resolution.js'
import type { ProcessResult, Programs } from '../../programs/programs.js'
import type { Environment } from '../../programs/environment.js'
import type { Clock } from '../../clock.js'
import type { ReadProject } from '../index-facts/read-index.js'

/** Resolves requirements with a tool of this machine. */
export type Resolver = {
  readonly tool: ToolName
  readonly toolVersion: string
  /** @param held versions by name that the base image holds, which uv keeps where they satisfy. */
  readonly resolve: (
    input: ResolverInput,
    pythonVersion: string,
    held?: ReadonlyMap<string, string>,
  ) => Promise<ResolverResult>
}

/** Holds what a tool answers. */
export type ResolverResult =
  | ({ readonly kind: 'resolved' } & ResolverSuccess)
  | { readonly kind: 'unresolvable'; readonly diagnostics: readonly ResolverDiagnostic[] }
  | { readonly kind: 'none'; readonly why: string }

/** Holds the name under which the requirements lie in the directory. */
export const FILE = 'requirements.txt'

/** How much of what a tool wrote is repeated as the reason for no answer. */
const WHY_LIMIT = 500

/** Returns that there is no answer, with what the tool wrote instead; warnings and tracebacks are not what went wrong. */
export function noResult(tool: ToolName, { code, errors }: ProcessResult): ResolverResult {
  const lines = redactUrls(errors)
    .slice(-64 * 1024)
    .split(/\r?\n/)
  const shown = lines.filter(line => line.trim() !== '' && !/^\s*(?:warning\b|Traceback |File "|\^+$)/i.test(line))
  const words = inOneLine((code === undefined ? shown : shown.slice(-8)).join(' ')).slice(0, WHY_LIMIT)
  const ended = code === undefined ? 'did not run to its end' : `ended with code ${code}`
  return { kind: 'none', why: words === '' ? `${tool} ${ended}` : `${tool} ${ended}: ${words}` }
}

/** Returns the environment of a tool: where it may write, and how its output looks. */
export function environmentIn(directory: Directory, environment: Environment): Environment {
  const { path } = directory
  return {
    ...environment,
    TMPDIR: path,
    TEMP: path,
    TMP: path,
    NO_COLOR: '1',
    COLUMNS: '10000',
    PYTHONUTF8: '1',
    PYTHONSAFEPATH: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  }
}

/** Tells whether `version`, such as `0.9.18` or `26.0`, is `[major, minor]` or later. */
export function isSince(version: string, [major, minor]: readonly [number, number]): boolean {
  const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number)
  return itsMajor > major || (itsMajor === major && itsMinor >= minor)
}

/** Holds what resolving needs of the machine. */
export type Tools = Pick<Programs, 'find' | 'run'> & {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  /** Returns what of this process's environment a tool may have. */
  readonly environment: () => Promise<Environment>
  /** Makes a reader of the package index that uv asks with this environment. */
  readonly indexReader: (environment: Environment, signal: AbortSignal) => ReadProject
  /**
   * Makes a directory that nobody else uses, and removes it with all its contents after `use`.
   * @throws an error of the system, with a `code`, where it cannot be made or written to.
   */
  readonly withDirectory: <Result>(use: (directory: Directory) => Promise<Result>) => Promise<Result>
}

/** Reads and writes a directory that exists as long as a resolution. */
export type Directory = {
  readonly path: string
  readonly write: (name: string, text: string) => Promise<void>
  /** Undefined where there is no such file, or one of more than `limit` bytes. */
  readonly read: (name: string, limit: number) => Promise<string | undefined>
}
