import { getOctokit } from '@actions/github'
import type { Clock } from '../clock.js'
import { Failure } from '../failure.js'
import { type JsonObject, listIn, objectIn, textIn, wordIn } from '../json.js'
import { truncate } from '../format.js'
import { fetchThrough, isTransient, NoResponseError, retryWithBackoff, type Send } from '../network/transport.js'

/** A comment that is kept up to date on a pull request. */
type StickyComment = {
  /** `owner/name`. */
  readonly repository: string
  readonly pullRequest: number
  /** Hidden at the start of the body; the comment that begins with it is the one. */
  readonly marker: string
  /** Markdown of at most 65,536 characters, the marker included. */
  readonly body: string
  /** Whether one is made where there is none. */
  readonly create: boolean
}

/** How the API is reached. */
type ApiAccess = {
  /** As the runner names it: `https://api.github.com`, or that of an enterprise's server. */
  readonly apiUrl: string
  readonly token: string
  readonly send: Send
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** What became of the comment; `refused`: GitHub does not let this run comment, for the reason in a clause. */
type KeptComment = { readonly as: Kept } | { readonly as: 'refused'; readonly why: string }
type Kept = 'created' | 'updated' | 'unchanged' | 'not made'

/** Trying again does not help. */
class Refused extends Error {}

const tries = 4

/**
 * Brings the comment up to date: updates the one that is there, makes one where there is none and one is wanted, and
 * leaves never a second one. Only comments of the token's own are looked at, for anybody may write a marker in theirs, and
 * of those only such as begin with it: many share the token of a job, and quote what stands on the page.
 * After an answer that was lost it looks again before it repeats anything.
 * @throws {NoResponseError} when GitHub gave no useful answer, again and again.
 */
export async function keepComment(comment: StickyComment, access: ApiAccess): Promise<KeptComment> {
  if (!access.apiUrl.startsWith('https://')) {
    return { as: 'refused', why: `the API at ${access.apiUrl} is not reached by https` }
  }
  const query = queryThrough(access)
  const { clock, signal } = access
  try {
    return { as: await retryWithBackoff(() => keepOnce(comment, query), tries, clock, signal) }
  } catch (error) {
    if (error instanceof Refused) return { as: 'refused', why: error.message }
    throw error
  }
}

type Query = (text: string, variables: JsonObject) => Promise<JsonObject>

type Own = { readonly id: string; readonly isCurrent: boolean }

/** A pull request has at most 2,500 comments, which is 25 pages: more pages than this are a circle. */
const mostPages = 100

async function keepOnce(comment: StickyComment, query: Query): Promise<Kept> {
  const { subject, own } = await ownComments(comment, query)
  if (own.length === 0) {
    if (!comment.create) return 'not made'
    await query(addition, { subject, body: comment.body })
    // Another run may have done the same at the same moment: the first one stays.
    const after = await ownComments(comment, query)
    await keepFirst(after.own, comment.body, query)
    return 'created'
  }
  return (await keepFirst(own, comment.body, query)) ? 'updated' : 'unchanged'
}

/** Lets the first of the comments say this, and removes the others; tells whether anything was to be done. */
async function keepFirst([first, ...others]: readonly Own[], body: string, query: Query): Promise<boolean> {
  for (const { id } of others) await query(deletion, { id }).catch(unlessGone)
  if (first === undefined || first.isCurrent) return others.length > 0
  await query(update, { id: first.id, body })
  return true
}

/** Someone else, the other run for one, has removed it. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Refused) || !/could not resolve to a node/i.test(error.message)) throw error
}

/** The pull request, and the comments on it of this token that begin with the marker, from the first page to the last. */
async function ownComments(
  { repository, pullRequest, marker, body: wanted }: StickyComment,
  query: Query,
): Promise<{ readonly subject: string; readonly own: readonly Own[] }> {
  const [owner, name] = repository.split('/')
  const own: Own[] = []
  let after: string | null = null
  for (let pages = 0; pages < mostPages; pages++) {
    const data = await query(listing, { owner, name, number: pullRequest, after })
    const found = objectIn(objectIn(data['repository'])?.['pullRequest'])
    const subject = textIn(found?.['id'])
    const page = objectIn(found?.['comments'])
    if (subject === undefined || page === undefined)
      throw new NoResponseError('GitHub answered without the pull request')
    for (const node of listIn(page['nodes'])) {
      const { id: named, body, viewerDidAuthor } = objectIn(node) ?? {}
      const id = wordIn(named)
      if (viewerDidAuthor !== true || id === undefined || typeof body !== 'string') continue
      if (body.startsWith(marker)) own.push({ id, isCurrent: body === wanted })
    }
    const { hasNextPage, endCursor } = objectIn(page['pageInfo']) ?? {}
    const next = textIn(endCursor)
    if (hasNextPage !== true || next === undefined || next === after) return { subject, own }
    after = next
  }
  throw new Refused(`the list of its comments has more than ${mostPages} pages`)
}

const listing = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`

const addition = `mutation ($subject: ID!, $body: String!) {
  addComment(input: { subjectId: $subject, body: $body }) { commentEdge { node { id } } }
}`

const update = `mutation ($id: ID!, $body: String!) {
  updateIssueComment(input: { id: $id, body: $body }) { issueComment { id } }
}`

const deletion = `mutation ($id: ID!) {
  deleteIssueComment(input: { id: $id }) { clientMutationId }
}`

/** GitHub's API, whose passing errors are distinguished from lasting ones. */
function queryThrough({ apiUrl, token, send, signal }: ApiAccess): Query {
  const quiet = () => undefined
  const octokit = getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: 'kusto-sandbox-image',
    request: { fetch: fetchThrough(send, signal) },
    // It would print by itself, past src/github/log.ts.
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  })
  return async (text, variables) => {
    const data = await octokit.graphql(text, { ...variables }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw meaningOf(error)
    })
    const object = objectIn(data)
    if (object === undefined) throw new NoResponseError('GitHub answered without data')
    return object
  }
}

/** Characters of the API's words that are shown. */
const mostTold = 1_000

/** What an error of the API means: that GitHub refuses, or that it has a bad moment. */
function meaningOf(error: unknown): Error {
  const { errors, status, cause, message, response } = objectIn(error) ?? {}
  // Nothing was sent, nor would it be the next time: the proxy cannot be used.
  if (cause instanceof Failure) return cause
  if (cause instanceof Error) return new NoResponseError(truncate(cause.message, mostTold))
  if (Array.isArray(errors)) {
    const [first] = errors.map(each => objectIn(each))
    const words = truncate(textIn(first?.['message']) ?? 'an error without a message', mostTold)
    const type = textIn(first?.['type']) ?? ''
    const isRefused = ['FORBIDDEN', 'NOT_FOUND', 'UNPROCESSABLE', 'INSUFFICIENT_SCOPES'].includes(type)
    return isRefused ? new Refused(words) : new NoResponseError(words)
  }
  if (typeof status !== 'number') return error instanceof Error ? error : new Error(String(error))
  const words = truncate(`HTTP ${status}${typeof message === 'string' ? `, ${message}` : ''}`, mostTold)
  const seconds = objectIn(objectIn(response)?.['headers'])?.['retry-after']
  const retryAfter = typeof seconds === 'string' && /^\d{1,3}$/.test(seconds) ? Number(seconds) * 1000 : undefined
  const passes = isTransient(status) || retryAfter !== undefined || /rate limit/i.test(words)
  return passes ? new NoResponseError(words, retryAfter) : new Refused(words)
}
