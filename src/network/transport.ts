import { Readable } from 'node:stream'
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
} from '@azure/core-rest-pipeline'
import { type Clock, orStopped } from '../clock.js'
import { createAgents } from './proxy.js'
import { readBody } from './body.js'

/** Holds one HTTP request. `headers` may hold secrets: they are sent and never traced. */
export type Request = {
  readonly method: HttpMethods
  /** Absolute https URL, sent byte for byte as it stands here. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds that it may take, body included, before it counts as lost; a minute unless said otherwise. */
  readonly limit?: number
  /** Bytes of the longest answer, where that is not the usual one. */
  readonly longest?: number
}

/** Holds a whole answer: its body was read to the end, and is of a length that may be parsed. */
export type Reply = {
  readonly status: number
  /** The value of a header, whatever the case of its name. */
  readonly header: (name: string) => string | undefined
  readonly text: string
  /** Milliseconds that the service asks to wait before the next request. */
  readonly retryAfter: number | undefined
}

/** Tells where a connection failed: the host, the proxy on the way to it, and the system's code for why. */
type FailedConnection = {
  readonly host: string
  readonly proxy: string | undefined
  readonly code: string | undefined
}

/** Says that no whole answer came: the request may or may not have been received, and may or may not have had its effect. */
export class NoResponseError extends Error {
  override readonly name = 'Unanswered'

  /**
   * @param retryAfter milliseconds that whoever did answer asks to wait.
   * @param connection the one that failed, where nobody answered.
   */
  constructor(
    message: string,
    readonly retryAfter?: number,
    readonly connection?: FailedConnection,
  ) {
    super(message)
  }
}

/** Tells whether a status speaks of the service's moment and not of the request. */
export function isTransient(status: number): boolean {
  return status >= 500 || status === 408 || status === 429 || (status >= 300 && status < 400)
}

/** Tries up to `most` times what ends in a {@link NoResponseError}, with pauses of 1, 2, 4… s, or longer if asked to. */
export async function retryWithBackoff<T>(
  attempt: () => Promise<T>,
  most: number,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NoResponseError) || tried === most) throw error
      await clock.sleep(Math.max(1000 * 2 ** (tried - 1), error.retryAfter ?? 0), signal)
    }
  }
}

/**
 * Sends one request, once, and reads the whole answer.
 * @throws {NoResponseError} when no whole answer came within the time limit of one request.
 * @throws {Failure} when the environment names a proxy that cannot be used: nothing is sent then.
 * @throws the signal's reason, as soon as that is aborted.
 */
export type Send = (request: Request, signal: AbortSignal) => Promise<Reply>

/** Holds a transport and the end of it. */
export type Transport = {
  readonly send: Send
  /** Closes the connections kept open, so that the process can end. */
  readonly close: () => void
}

/** Milliseconds that one request may take as a rule. */
const requestLimit = 60_000

/**
 * Opens the only door to the network: no repeats, no redirects followed, connections kept, proxies taken from `env`
 * (`HTTPS_PROXY`, `NO_PROXY`).
 *
 * The pipeline's own client is used without its policies: they would repeat a PUT as readily as a GET, obey any
 * `Retry-After` without a cap, and open a new tunnel through the proxy for each request.
 *
 * @param trace is label of each request: method, URL without its query's values, status, duration and ids.
 */
export function createTransport(clock: Clock, trace: (line: string) => void, env: NodeJS.ProcessEnv): Transport {
  const client = createDefaultHttpClient()
  const agents = createAgents(env)

  const send: Send = async (request, signal) => {
    signal.throwIfAborted()
    const { host, hostname } = new URL(request.url)
    const agent = agents.agentFor(hostname)
    const started = clock.now()
    const attempt = new AbortController()
    const stop = () => attempt.abort(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    const allowed = request.limit ?? requestLimit
    const late = new NoResponseError(`no whole answer within ${allowed / 1000} seconds`)
    const limit = setTimeout(() => attempt.abort(late), allowed)
    const label = `${request.method} ${withoutQuery(request.url)}`
    const spent = () => `${Math.round(clock.now() - started)} ms`
    try {
      const outgoing = createPipelineRequest({
        url: request.url,
        method: request.method,
        headers: createHttpHeaders(request.headers),
        abortSignal: attempt.signal,
        // Any status: the body is read here, for the client reads one without end.
        streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
        ...(request.body === undefined ? {} : { body: request.body }),
        // The client would send the URL as the parser normalises it; a signed URL must not change by a byte.
        requestOverrides: { path: hostAndPath(request.url) },
      })
      // As an option above, the agent would be dropped (core-rest-pipeline 1.25).
      outgoing.agent = agent
      const response = await orStopped(client.sendRequest(outgoing), attempt.signal)
      const body = (response.readableStreamBody ?? Readable.from([])) as Readable
      const text = await orStopped(readBody(body, request.longest), attempt.signal)
      trace(`${label} → ${response.status} in ${spent()}${idsOf(name => response.headers.get(name))}`)
      return {
        status: response.status,
        header: name => response.headers.get(name),
        text,
        retryAfter: retryAfterIn(response.headers.get('retry-after'), clock),
      }
    } catch (error) {
      signal.throwIfAborted()
      const cause = causeOf(error)
      trace(`${label} → no answer after ${spent()}: ${cause}`)
      if (error instanceof NoResponseError) throw error
      throw new NoResponseError(cause, undefined, { host, proxy: agents.proxyFor(hostname), code: codeOf(error) })
    } finally {
      clearTimeout(limit)
      signal.removeEventListener('abort', stop)
    }
  }

  return { send, close: agents.destroy }
}

/** Reads `Retry-After` in milliseconds: seconds, or a date (RFC 9110, 10.2.3). Anything else counts as absent. @internal */
export function retryAfterIn(value: string | undefined, clock: Clock): number | undefined {
  if (value === undefined) return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.time())
}

/** Tells what stands behind the host in a URL, as it stands there. @internal */
export function hostAndPath(url: string): string {
  const target = url.replace(/^https:\/\/[^/?#]*/i, '')
  return target.startsWith('/') ? target : `/${target}`
}

/** Returns the URL as it may be shown: the values of its query can be a signature of the service. @internal */
export function withoutQuery(url: string): string {
  const [path = '', query] = url.split('?', 2)
  if (query === undefined) return path
  const version = /(?:^|&)(api-version=[\w.-]+)/.exec(query)?.[1]
  return version === query ? url : `${path}?${version === undefined ? '' : `${version}&`}…`
}

const idHeaders = ['x-ms-request-id', 'x-ms-correlation-request-id', 'x-ms-operation-root-activity-id']

function idsOf(header: (name: string) => string | undefined): string {
  return idHeaders.map(name => (header(name) === undefined ? '' : `, ${name} ${header(name)}`)).join('')
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = codeOf(error)
  return code !== undefined && !error.message.includes(code) ? `${error.message} (${code})` : error.message
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

/** Holds what a library that expects `fetch` does with it here: one request with a text, and the whole answer. */
export type Fetch = (url: string, options: FetchOptions) => Promise<FetchedResponse>

type FetchOptions = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

type FetchedResponse = {
  readonly status: number
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
  readonly text: () => Promise<string>
}

/** What of an answer's headers is handed on. */
const handedOn = ['content-type', 'retry-after', 'x-github-request-id']

/**
 * Returns `send` in the shape of `fetch`, so that a library's requests take the one door to the network: proxies, time limits and
 * traces are those of all others. The global `fetch` knows no proxy, and costs 40 ms at its first use.
 */
export function fetchThrough(send: Send, signal: AbortSignal): Fetch {
  return async (url, { method = 'GET', headers = {}, body }) => {
    const request = { method: method as HttpMethods, url, headers }
    const reply = await send(typeof body === 'string' ? { ...request, body } : request, signal)
    const shown = handedOn.flatMap(name => {
      const value = reply.header(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    return { status: reply.status, url, headers: new Map(shown), text: () => Promise.resolve(reply.text) }
  }
}
