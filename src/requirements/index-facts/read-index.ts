import { NoResponseError, type Send } from '../../network/transport.js'
import type { DistributionFile } from './distribution-file.js'
import { acceptedTypes, parseProjectPage } from './project-page.js'

/** Holds what an index says of a project. @internal */
export type ProjectListing =
  | { readonly kind: 'files'; readonly files: readonly DistributionFile[] }
  | { readonly kind: 'no-project' }
  /** Why it is not known, in a clause to stand after a colon; it names no host. */
  | { readonly kind: 'unknown'; readonly why: string }

/** Reads the page of a project, by its normalised name; the same one once. */
export type ReadProject = (project: string) => Promise<ProjectListing>

/** Requests of one reader. */
const MOST_REQUESTS = 10

/** Milliseconds that a page may take. */
const TIME_LIMIT = 15_000

/** Bytes of a page; those of the largest projects have 2 MiB. */
const LONGEST_PAGE = 8 * 1024 * 1024

/**
 * Makes a reader of a package index: one GET for each project, no redirect followed. It throws what `send` throws, but for
 * {@link NoResponseError}.
 *
 * @param indexUrl of the simple API, perhaps with a user name and a password, which go into a header and nowhere else;
 *   undefined where it is not known.
 */
export function createIndexReader(indexUrl: string | undefined, send: Send, signal: AbortSignal): ReadProject {
  const index = indexUrl === undefined ? undefined : readableIndex(indexUrl)
  const listings = new Map<string, Promise<ProjectListing>>()
  let isSilent = false
  return async project => {
    if (index === undefined)
      return unknown('it is not known which package index was used, or it is not reached by https')
    const before = listings.get(project)
    if (before !== undefined) return await before
    if (isSilent) return unknown('the package index did not answer before')
    if (listings.size === MOST_REQUESTS) return unknown(`the package index was asked ${MOST_REQUESTS} times already`)
    const listing = readProject(project, index, send, signal).catch((error: unknown) => {
      if (!(error instanceof NoResponseError)) throw error
      // Another fifteen seconds for each package would help nobody.
      isSilent = true
      return unknown(`the package index did not answer for ${project}`)
    })
    listings.set(project, listing)
    return await listing
  }
}

type Index = { readonly url: string; readonly headers: Readonly<Record<string, string>> }

function readableIndex(indexUrl: string): Index | undefined {
  if (!URL.canParse(indexUrl)) return undefined
  const url = new URL(indexUrl)
  if (url.protocol !== 'https:') return undefined
  const headers: Record<string, string> = { accept: acceptedTypes }
  if (url.username !== '' || url.password !== '') {
    const credentials = credentialsOf(url)
    if (credentials === undefined) return undefined
    headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`
  }
  return { url: `${url.origin}${url.pathname.replace(/\/?$/, '/')}`, headers }
}

function credentialsOf({ username, password }: URL): string | undefined {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  } catch {
    return undefined
  }
}

async function readProject(
  project: string,
  { url, headers }: Index,
  send: Send,
  signal: AbortSignal,
): Promise<ProjectListing> {
  const request = { method: 'GET', url: `${url}${encodeURIComponent(project)}/`, headers } as const
  const reply = await send({ ...request, limit: TIME_LIMIT, longest: LONGEST_PAGE }, signal)
  if (reply.status === 404) return { kind: 'no-project' }
  if (reply.status !== 200) return unknown(`the package index answered HTTP ${reply.status} for ${project}`)
  const files = parseProjectPage(reply.text, reply.header('content-type') ?? '', project)
  return files === undefined ? unknown(`the page of ${project} cannot be read`) : { kind: 'files', files }
}

function unknown(why: string): ProjectListing {
  return { kind: 'unknown', why }
}

/** The default index of uv: https://docs.astral.sh/uv/concepts/indexes/ */
const DEFAULT_INDEX = 'https://pypi.org/simple/'

/** What has uv look in other places as well, or in others instead. */
const ELSEWHERE = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_CONFIG_FILE', 'UV_FIND_LINKS']

/** Tells whether a variable gives uv credentials that are not in the URL of the index: `UV_INDEX_NAME_PASSWORD`, or a file of them. */
function holdsCredentials(name: string): boolean {
  return name === 'NETRC' || /^UV_INDEX_.+_(?:USERNAME|PASSWORD)$/.test(name)
}

/** Tells which index uv asks, by its environment; undefined where it may be several, or credentials are elsewhere. It may hold a password. */
export function uvIndexUrl(variables: Readonly<Record<string, string | undefined>>): string | undefined {
  if (ELSEWHERE.some(name => variables[name])) return undefined
  if (Object.keys(variables).some(name => holdsCredentials(name) && variables[name])) return undefined
  const url = variables['UV_DEFAULT_INDEX'] || variables['UV_INDEX_URL'] || DEFAULT_INDEX
  // An index may have a name: `mirror=https://…`.
  return url.trim().replace(/^[\w.-]{1,100}=/, '')
}
