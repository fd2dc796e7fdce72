import { Failure } from '../failure.js'
import { objectIn, parseJson, tokenIn } from '../json.js'
import { isTransient, NoResponseError, type Send } from '../network/transport.js'
import type { WorkflowRun } from './workflow-run.js'

type IdTokenRequest = {
  readonly run: WorkflowRun
  readonly audience: string
  readonly send: Send
  /** Is called with the token before anything else sees it. */
  readonly mask: (secret: string) => void
}

/**
 * Asks GitHub for a new ID token of this run, once. The toolkit's own `getIDToken` repeats neither a 500, a 429 nor a
 * lost connection, and its errors do not say what to change.
 * @throws {Failure} when the run may not have one.
 * @throws {NoResponseError} when GitHub gave none this time.
 */
export async function requestIdToken(
  { run, audience, send, mask }: IdTokenRequest,
  signal: AbortSignal,
): Promise<string> {
  const { idTokenUrl, idTokenBearer, isOfFork } = run
  if (idTokenUrl === undefined || idTokenBearer === undefined)
    throw new Failure(withoutPermission[isOfFork ? 'fork' : 'none'])
  const url = new URL(idTokenUrl)
  url.searchParams.set('audience', audience)
  const headers = {
    Accept: 'application/json',
    Authorization: `Bearer ${idTokenBearer}`,
    'User-Agent': 'kusto-sandbox-image',
  }
  const reply = await send({ method: 'GET', url: url.href, headers }, signal)
  if (reply.status >= 400 && !isTransient(reply.status)) {
    throw new Failure({
      code: 'id-token-refused',
      headline: `GitHub refused to issue an ID token for this run (HTTP ${reply.status}).`,
      remedy:
        'Check that the job has the permission "id-token: write" and that the input audience is plain text such as api://AzureADTokenExchange, then run the workflow again.',
    })
  }
  const token = tokenIn(objectIn(parseJson(reply.text))?.['value'])
  if (reply.status !== 200 || token === undefined) {
    throw new NoResponseError(`${url.host} answered ${reply.status} without a token`, reply.retryAfter)
  }
  mask(token)
  return token
}

const withoutPermission = {
  fork: {
    code: 'id-token-fork',
    headline: 'This run cannot sign in to Azure: GitHub gives no ID token to pull requests from forks.',
    remedy:
      'Nothing is wrong with the pull request. Run this step only for your own branches, for example with "if: github.event.pull_request.head.repo.full_name == github.repository".',
  },
  none: {
    code: 'id-token-permission',
    headline: 'This job cannot sign in to Azure: it lacks the permission "id-token: write".',
    remedy:
      'Add "permissions:" with "id-token: write" and "contents: read" to the job in the workflow file; in a reusable workflow, to the calling job too. That also works for runs that Dependabot starts.',
  },
} as const
