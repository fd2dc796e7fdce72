import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildSchema, graphql, GraphQLError, type GraphQLSchema } from 'graphql'
import type { Chance } from '../chance.js'
import { pullRequestNumber } from './events.js'
import { type Answer, json, type SeenRequest } from '../network/messages.js'
import { projectRoot } from './project.js'

/** Holds where GitHub's GraphQL API is: on github.com, and on a server of an enterprise. */
export const apiPaths: ReadonlyMap<string, string> = new Map([
  ['api.github.com', '/graphql'],
  ['github.contoso.com', '/api/graphql'],
])

/** Describes GitHub's API as far as comments on one pull request go. All of it may be changed while the world runs. */
export type GitHubApi = {
  readonly repository: string
  /** The job's own token, and what it may do with pull requests. */
  readonly token: string
  permission: 'write' | 'read' | 'none'
  /** Whose token it is. */
  viewer: string
  /** In the order of their making. */
  readonly comments: PostedComment[]
  /** How many there ever were. */
  posted: number
}

/** Describes a comment on the pull request. */
type PostedComment = { readonly id: string; readonly author: string; body: string; edits: number }

/** GitHub takes no longer one. */
const longestBody = 65_536

/** Creates a repository whose pull request nobody has commented on yet. */
export function createGitHubApi(repository: string, { bytes }: Chance): GitHubApi {
  const token = `ghs_${bytes(27).toString('base64url').replace(/[-_]/g, 'x')}`
  return { repository, token, permission: 'write', viewer: 'github-actions[bot]', comments: [], posted: 0 }
}

/** Adds a comment, as someone does who is not the workflow. */
export function post(api: GitHubApi, author: string, body: string): PostedComment {
  const comment = { id: `IC_${String(++api.posted).padStart(16, '0')}`, author, body, edits: 0 }
  api.comments.push(comment)
  return comment
}

/** Answers a request to the API; queries are held against GitHub's own schema. */
export async function answerApi(api: GitHubApi, request: SeenRequest): Promise<Answer> {
  const bearer = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== api.token)
    return json(401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' })
  if (request.method !== 'POST' || request.path !== apiPaths.get(request.host))
    return json(404, { message: 'Not Found' })
  const { query, variables } = JSON.parse(request.body) as { query: string; variables?: Record<string, unknown> }
  const { data, errors } = await graphql({
    schema: await githubSchema(),
    source: query,
    rootValue: rootOf(api),
    ...(variables && { variableValues: variables }),
  })
  return json(200, { ...(data === undefined ? {} : { data }), ...(errors && { errors: errors.map(asGitHubSaysIt) }) })
}

type Named = { readonly owner: string; readonly name: string }
type Numbered = { readonly number: number }
type Paged = { readonly first?: number; readonly after?: string | null }
type Input<Fields> = { readonly input: Fields }

function rootOf(api: GitHubApi): object {
  return {
    viewer: { login: api.viewer },
    repository({ owner, name }: Named) {
      if (`${owner}/${name}` !== api.repository) {
        throw refusal('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
      }
      return { pullRequest: (numbered: Numbered) => pullRequestOf(api, numbered) }
    },
    addComment({ input: { subjectId, body } }: Input<{ subjectId: string; body: string }>) {
      checkWrite(api, body)
      if (subjectId !== subject) throw refusal('NOT_FOUND', 'Could not resolve to a node.')
      return { commentEdge: { node: shown(api, post(api, api.viewer, body)) } }
    },
    updateIssueComment({ input: { id, body } }: Input<{ id: string; body: string }>) {
      checkWrite(api, body)
      const comment = find(api, id)
      comment.body = body
      comment.edits += 1
      return { issueComment: shown(api, comment) }
    },
    deleteIssueComment({ input: { id } }: Input<{ id: string }>) {
      checkWrite(api, '')
      api.comments.splice(api.comments.indexOf(find(api, id)), 1)
      return { clientMutationId: null }
    },
  }
}

const subject = 'PR_kwDOABCD1234'

function pullRequestOf(api: GitHubApi, { number }: Numbered): object {
  if (api.permission === 'none') throw refusal('FORBIDDEN', 'Resource not accessible by integration')
  if (number !== pullRequestNumber) {
    throw refusal('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
  }
  return {
    id: subject,
    comments({ first = 0, after = null }: Paged) {
      if (first < 1 || first > 100)
        throw refusal('ARGUMENT_LIMIT', '`first` on the `comments` connection must be 1 to 100.')
      const from = after === null ? 0 : Number(Buffer.from(after, 'base64').toString())
      const end = from + first
      return {
        nodes: api.comments.slice(from, end).map(comment => shown(api, comment)),
        pageInfo: {
          hasNextPage: end < api.comments.length,
          endCursor: Buffer.from(String(Math.min(end, api.comments.length))).toString('base64'),
        },
      }
    },
  }
}

function shown(api: GitHubApi, { id, body, author }: PostedComment): object {
  return { id, body, viewerDidAuthor: author === api.viewer }
}

function find(api: GitHubApi, id: string): PostedComment {
  const comment = api.comments.find(each => each.id === id)
  if (comment) return comment
  throw refusal('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
}

function checkWrite(api: GitHubApi, body: string): void {
  if (api.permission !== 'write') throw refusal('FORBIDDEN', 'Resource not accessible by integration')
  if (body.length > longestBody) throw refusal('UNPROCESSABLE', 'Body is too long (maximum is 65536 characters)')
}

function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

/** GitHub puts an error's type beside its message. */
function asGitHubSaysIt(error: GraphQLError): object {
  const { extensions, ...rest } = error.toJSON()
  return { ...(extensions?.['type'] === undefined ? {} : { type: extensions['type'] }), ...rest }
}

let schema: Promise<GraphQLSchema> | undefined

/** Reads the schema of the API, once. */
export function githubSchema(): Promise<GraphQLSchema> {
  const file = join(projectRoot, 'node_modules/@octokit/graphql-schema/schema.graphql')
  schema ??= readFile(file, 'utf8').then(text => buildSchema(text, { assumeValid: true }))
  return schema
}
