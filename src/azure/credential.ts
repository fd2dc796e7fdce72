import { ClientAssertionCredential, type ClientAssertionCredentialOptions } from '@azure/identity'
import { createEmptyPipeline, createHttpHeaders, type HttpClient, type Pipeline } from '@azure/core-rest-pipeline'
import { type Clock, orStopped } from '../clock.js'
import { Failure, messageOf } from '../failure.js'
import { objectIn, parseJson, textIn, tokenIn } from '../json.js'
import { isTransient, NoResponseError, type Reply, retryWithBackoff, type Send } from '../network/transport.js'
import type { Cloud } from '../model/target.js'
import { entraFailure } from './sign-in-errors.js'

/** Holds an access token and when it ends, in milliseconds since the epoch. */
export type AccessToken = { readonly token: string; readonly expires: number }

/** Asks for a new token. @throws {Failure} when that is refused, {NoResponseError} when nobody answers who decides. */
export type Exchange = (signal: AbortSignal) => Promise<AccessToken>

/** What the exchange of GitHub's ID token for an access token needs. */
type Federation = {
  readonly cloud: Cloud
  /** Origin of the service that the token is for. */
  readonly audience: string
  readonly tenantId: string
  readonly clientId: string
  /** Asks GitHub for a fresh ID token. */
  readonly idToken: (signal: AbortSignal) => Promise<string>
  readonly send: Send
  readonly clock: Clock
}

/**
 * Signs in with GitHub's ID token, asked afresh at each exchange: it lives five minutes, and a client that keeps the
 * first one fails in long jobs with AADSTS700024.
 */
export function federatedExchange({ cloud, audience, tenantId, clientId, idToken, send, clock }: Federation): Exchange {
  return async signal => {
    // The credential asks for its assertion twice an exchange, so one is asked for and handed over twice.
    const assertion = await idToken(signal)
    let lost: NoResponseError | undefined
    // The library counts on the machine's clock; this run may be on another.
    let expires: number | undefined
    let refused: string | undefined
    // The library words every network error as "network_error: See https://aka.ms/…", so the cause is kept here.
    const httpClient: HttpClient = {
      sendRequest: async request => {
        try {
          const reply = await send(
            {
              method: request.method,
              url: request.url,
              headers: request.headers.toJSON({ preserveCase: true }),
              ...(typeof request.body === 'string' ? { body: request.body } : {}),
            },
            signal,
          )
          refused = refusalIn(reply)
          if (refused === undefined && !holdsToken(reply)) {
            const what = `${new URL(request.url).host} answered HTTP ${reply.status}`
            throw (lost = new NoResponseError(what, reply.retryAfter))
          }
          const seconds = objectIn(parseJson(reply.text))?.['expires_in']
          if (seconds !== undefined) expires = clock.time() + Number(seconds) * 1000
          return { request, status: reply.status, headers: createHttpHeaders(), bodyAsText: reply.text }
        } catch (error) {
          if (!(error instanceof NoResponseError)) throw error
          const { message, retryAfter, connection } = error
          lost ??= new NoResponseError(`${new URL(request.url).host}: ${message}`, retryAfter, connection)
          throw error
        }
      },
    }
    // The type of the options does not name the pipeline, which they hand through to the library's client. The usual one
    // would repeat requests, and touches the global FormData, which makes Node load its own undici: 20 ms a run.
    const options: ClientAssertionCredentialOptions & { readonly pipeline: Pipeline } = {
      authorityHost: cloud.authority,
      disableInstanceDiscovery: true,
      httpClient,
      pipeline: createEmptyPipeline(),
    }
    const credential = new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), options)
    try {
      const { token, expiresOnTimestamp } = await orStopped(credential.getToken(`${audience}/.default`), signal)
      // The library takes any value for a token, a number too.
      if (lost !== undefined) throw lost
      return { token, expires: expires ?? expiresOnTimestamp }
    } catch (error) {
      signal.throwIfAborted()
      if (lost !== undefined) throw lost
      throw entraFailure(refused ?? messageOf(error), { cloud, tenantId, clientId, assertion })
    }
  }
}

/**
 * Whether an answer holds an access token that can be used: of the characters that a header may hold (RFC 6750, 2.1), and
 * with a lifetime, which some endpoints give as a text.
 */
function holdsToken({ status, text }: Reply): boolean {
  const body = objectIn(parseJson(text))
  if (status !== 200 || body === undefined || body['error'] !== undefined) return false
  const { access_token: token, expires_in: seconds, token_type: type } = body
  const isToken = /^[\w\-.~+/]+=*$/.test(tokenIn(token) ?? '')
  return isToken && /^\d{1,9}$/.test(String(seconds)) && textIn(type) !== undefined
}

/**
 * Returns what Entra itself says where it refuses, with an error that has a code; a gateway's page has none. In Entra's words alone:
 * the library's message has "Not Available" in the place of whatever is not there.
 */
function refusalIn({ status, text }: Reply): string | undefined {
  if (status < 400 || isTransient(status)) return undefined
  const body = objectIn(parseJson(text))
  const [error, description, trace, correlation] = ['error', 'error_description', 'trace_id', 'correlation_id'].map(
    name => textIn(body?.[name]),
  )
  if (error === undefined) return undefined
  return `${description ?? error} Trace ID: ${trace ?? ''} Correlation ID: ${correlation ?? ''}`
}

/** Hands out an access token: the one kept, or a new one. */
export type Credential = {
  /** @param fresh whether the kept token was refused. @throws {Failure} and, after a few tries, {NoResponseError}. */
  readonly token: (fresh: boolean, signal: AbortSignal) => Promise<string>
}

/** A token is renewed this long before its end, or at the half of a short life, so that it does not end on the way. */
const margin = 5 * 60_000
const tries = 6

/** Keeps the token of `exchange` until shortly before its end. @param mask hears of each one first. */
export function cacheToken(exchange: Exchange, clock: Clock, mask: (secret: string) => void): Credential {
  let kept: (AccessToken & { readonly renewal: number }) | undefined
  return {
    token: async (fresh, signal) => {
      if (fresh || kept === undefined || clock.time() >= kept.renewal) {
        const previous = kept
        try {
          const token = await retryWithBackoff(() => exchange(signal), tries, clock, signal)
          kept = { ...token, renewal: token.expires - Math.min(margin, (token.expires - clock.time()) / 2) }
        } catch (error) {
          // Nobody could be asked, but the previous token still has some minutes to live.
          const isKept = !fresh && error instanceof NoResponseError && (previous?.expires ?? 0) > clock.time()
          if (previous === undefined || !isKept) throw error
          return previous.token
        }
        mask(kept.token)
      }
      return kept.token
    },
  }
}

/** Returns the failure of a sign-in that was tried again and again without an answer. */
export function signInUnanswered({ message, connection }: NoResponseError): Failure {
  if (connection === undefined) {
    return new Failure({
      code: 'sign-in-unreachable',
      headline: `Could not sign in: ${message}, ${tries} times in a row.`,
      remedy: 'Run the workflow again later; see https://azure.status.microsoft and https://www.githubstatus.com.',
    })
  }
  const { host, proxy, code = '' } = connection
  // https://nodejs.org/api/tls.html#x509-certificate-error-codes
  if (/^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT_)/.test(code)) {
    return new Failure({
      code: 'certificate-untrusted',
      headline: `The certificate of ${host} is not trusted by this runner (${code}).`,
      details: ['A proxy of your company probably inspects the connection.'],
      remedy: "Set NODE_EXTRA_CA_CERTS on this runner to the file with the company's root certificate.",
    })
  }
  const way = proxy === undefined ? '' : ` through the proxy ${proxy}`
  return new Failure({
    code: 'sign-in-unreachable',
    headline: `Could not reach ${host}${way}: ${connectionErrors[code] ?? message}, ${tries} times.`,
    details: code in connectionErrors ? [`The error was: ${message}`] : [],
    remedy:
      proxy === undefined
        ? 'Run the workflow again. On a self-hosted runner, check that the host can be reached; behind a proxy, set HTTPS_PROXY.'
        : 'Check HTTPS_PROXY and NO_PROXY on this runner.',
  })
}

const connectionErrors: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the DNS lookup failed',
  ETIMEDOUT: 'connection timed out',
}
