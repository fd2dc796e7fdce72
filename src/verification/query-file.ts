import type { Failure } from '../failure.js'
import { isPattern, matchFiles, TooManyFiles } from '../requirements/file/match-files.js'
import { queryUnreadable, SIZE_LIMIT } from '../requirements/file/read-failure.js'
import { findFile, readText, type WorkspaceGuard, workspaceGuardOf } from '../requirements/file/workspace-guard.js'
import { readFailure } from '../requirements/file/read-failure.js'
import type { WorkspaceFiles } from '../requirements/file/workspace-files.js'
import { quoted } from '../requirements/grammar/parse-error.js'

/** Holds a query that tests an image. */
export type QueryFile = {
  /** Relative to the workspace, with slashes. */
  readonly file: string
  /** As it is in the file. */
  readonly text: string
}

/** Limits the queries of one run, which are asked one after the other, up to three times each. */
const mostQueries = 50

/**
 * Reads the queries that paths and patterns name, each once, in their order.
 * @throws {Failure} when one cannot be read, lies outside the workspace or is a control command, or a pattern matches nothing.
 */
export async function readQueryFiles(names: readonly string[], files: WorkspaceFiles): Promise<readonly QueryFile[]> {
  const guard = await workspaceGuardOf(files)
  const queries = new Map<string, QueryFile>()
  for (const name of names) {
    for (const path of await pathsOf(name, guard, files)) {
      const query = await readQuery(path, guard, files)
      queries.set(query.file, query)
      if (queries.size > mostQueries)
        throw queryUnreadable(
          `The input verify-queries names more than ${mostQueries} files.`,
          'Name fewer files, or join their queries.',
        )
    }
  }
  return [...queries.values()]
}

async function pathsOf(name: string, guard: WorkspaceGuard, files: WorkspaceFiles): Promise<readonly string[]> {
  const segments = name.split('/').filter(segment => segment !== '' && segment !== '.')
  const first = segments.findIndex(isPattern)
  if (first === -1) return [name]
  if (name.startsWith('/') || segments.includes('..'))
    throw readFailure('outside-workspace', { path: name, as: 'query' })
  const prefix = segments.slice(0, first).join('/')
  const directory =
    prefix === '' ? guard.resolved : (await findFile({ path: prefix, as: 'query' }, guard.stated, guard, files)).path
  const found = await matchFiles(segments.slice(first), directory, files).catch((error: unknown) => {
    if (!(error instanceof TooManyFiles)) throw error
    throw queryUnreadable(
      `The pattern ${quoted(name, 300)} covers too many files and directories.`,
      'Name a directory that holds only queries.',
    )
  })
  const queries = found.filter(isQueryFile)
  if (queries.length > 0) return queries.map(each => (prefix === '' ? each : `${prefix}/${each}`))
  throw queryUnreadable(
    `No file in the workspace matches ${quoted(name, 300)}.`,
    "Run actions/checkout before this step, or correct the input verify-queries: paths and patterns of .kql files, relative to the repository's root.",
  )
}

function isQueryFile(name: string): boolean {
  return /\.kql$/i.test(name)
}

async function readQuery(path: string, guard: WorkspaceGuard, files: WorkspaceFiles): Promise<QueryFile> {
  const naming = { path, as: 'query' } as const
  const found = await findFile(naming, guard.stated, guard, files)
  if (!isQueryFile(found.name)) {
    throw queryUnreadable(
      `${quoted(path, 300)} is not a .kql file.`,
      'Name files whose names end in .kql: nothing else is sent to the cluster.',
    )
  }
  const { text } = await readText(found, guard, files, SIZE_LIMIT, asItIs)
  if (text.kind !== 'text') throw readFailure(text.kind, naming, text.detail)
  const problem = problemOf(text.text)
  if (problem !== undefined) throw notQuery(found.name, problem)
  return { file: found.name, text: text.text }
}

function asItIs(text: string): string {
  return text
}

/** Says why a text is no query, in a clause; undefined where it may be one. */
function problemOf(text: string): string | undefined {
  const first = firstCharacter(text)
  if (first === '') return 'is empty'
  return first === '.' ? 'begins with a control command, and only queries are sent' : undefined
}

/** The first character that is no white space and in no comment. */
function firstCharacter(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.startsWith('//', index)) {
      const end = text.indexOf('\n', index)
      if (end === -1) return ''
      index = end
    } else if (text.charAt(index).trim() !== '') return text.charAt(index)
  }
  return ''
}

function notQuery(file: string, problem: string): Failure {
  return queryUnreadable(
    `The query file ${quoted(file, 300)} ${problem}.`,
    'Correct the file: it holds one query, such as: print passed = true',
  )
}
