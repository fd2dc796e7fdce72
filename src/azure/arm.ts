import { parseJson } from '../json.js'
import type { Clock } from '../clock.js'
import { NoResponseError, type Reply, type Send } from '../network/transport.js'
import type { Credential } from './credential.js'

/** Holds Resource Manager's answer to one request, with what every caller needs of it. */
export type ArmResponse = {
  readonly status: number
  /** The body as JSON, undefined where it is none. */
  readonly body: unknown
  readonly text: string
  /** URLs of the operation, as the header gave them. They can name any host: see {@link Arm.isTrustedUrl}. */
  readonly operationUrl: string | undefined
  readonly locationUrl: string | undefined
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter: number | undefined
  readonly correlationId: string
}

/** Says that no whole answer came; `cause` says why, `correlationId` is the one that was sent. */
export type NoResponse = {
  readonly status: undefined
  readonly cause: string
  readonly correlationId: string
  readonly retryAfter?: undefined
}

/** Holds a request to Resource Manager. */
export type ArmRequest = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly url: string
  readonly body?: string
  /** Bytes of the longest answer, where that is not the usual one. */
  readonly longest?: number
}

/** Characters of a URL that servers take; those of operations have some 3,000. */
const longestUrl = 16 * 1024

/** Sends requests to Resource Manager: the only door through which they leave, and with them the bearer token. */
export type Arm = {
  /** Sends a request; after a 401, once more with a fresh token. @throws {Failure} when signing in is refused. */
  readonly ask: (request: ArmRequest, signal: AbortSignal) => Promise<ArmResponse | NoResponse>
  /** Whether a URL that an answer named may be asked: https, the service's own origin, and not endlessly long. */
  readonly isTrustedUrl: (url: string) => boolean
  /** Milliseconds that a pause between two reads lasts at least, after what the service has throttled so far. */
  readonly leastPause: () => number
}

type ArmConnection = {
  readonly origin: string
  readonly send: Send
  readonly credential: Credential
  readonly clock: Pick<Clock, 'now'>
  /** A new id for each request, for the service's logs. */
  readonly newId: () => string
}

/** Opens the door to the Resource Manager at `origin`. */
export function connectArm({ origin, send, credential, clock, newId }: ArmConnection): Arm {
  const leastPause = createMinPause(clock)
  const own = new URL(origin).origin
  const isTrustedUrl = (url: string): boolean => {
    // A backslash is a slash to the URL parser and not to others, which read another host then.
    if (url.length > longestUrl || !/^https:\/\/[\x21-\x5b\x5d-\x7e]+$/i.test(url)) return false
    const parsed = URL.parse(url)
    return parsed?.origin === own && parsed.username === '' && parsed.password === ''
  }

  const once = async (request: ArmRequest, token: string, correlationId: string, signal: AbortSignal) =>
    send(
      {
        ...request,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
          'User-Agent': 'kusto-sandbox-image',
          'x-ms-client-request-id': newId(),
          'x-ms-correlation-request-id': correlationId,
        },
      },
      signal,
    )

  return {
    isTrustedUrl,
    leastPause: leastPause.now,
    ask: async (request, signal) => {
      if (!isTrustedUrl(request.url)) throw new Error(`refusing to send a token to ${new URL(request.url).origin}`)
      const correlationId = newId()
      try {
        let reply = await once(request, await credential.token(false, signal), correlationId, signal)
        if (reply.status === 401) {
          reply = await once(request, await credential.token(true, signal), correlationId, signal)
        }
        if (reply.status === 429) leastPause.throttled()
        return answer(reply, correlationId)
      } catch (error) {
        if (!(error instanceof NoResponseError)) throw error
        return { status: undefined, cause: error.message, correlationId }
      }
    },
  }
}

function answer(reply: Reply, correlationId: string): ArmResponse {
  return {
    status: reply.status,
    body: parseJson(reply.text),
    text: reply.text,
    operationUrl: reply.header('azure-asyncoperation'),
    locationUrl: reply.header('location'),
    retryAfter: reply.retryAfter,
    correlationId: reply.header('x-ms-correlation-request-id') ?? correlationId,
  }
}

/** How much each 429 lengthens the least pause, and up to what. Milliseconds. */
const lengthening = 10_000
const longestPause = 60_000

/** After so many milliseconds it is half as long. */
const halfLife = 900_000

/**
 * Keeps the least pause between two reads of a run: 10 seconds more with each 429, up to a minute, and half as long every
 * 15 minutes. It wears off with time, not with answers, for else those that ask most often would soon ask more often still.
 * All runs of a principal draw on one quota, and its 429s are all that one of them gets to know of the others.
 * @internal
 */
export function createMinPause(clock: Pick<Clock, 'now'>) {
  let pause = 0
  let since = clock.now()
  /** Milliseconds; 0 for a run that was never throttled. */
  const now = () => pause * 0.5 ** ((clock.now() - since) / halfLife)
  return {
    now,
    /** Takes note of a 429, whatever was asked for: who had to wait for the request for a build has many beside it. */
    throttled: () => {
      pause = Math.min(now() + lengthening, longestPause)
      since = clock.now()
    },
  }
}

/** Holds what asking Resource Manager again and again needs. */
export type AzureContext = {
  readonly arm: Arm
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  /** Aborted when the step's time is over or the workflow is cancelled. */
  readonly signal: AbortSignal
  /** When the step's time is over, in milliseconds on the clock. */
  readonly deadline: number
}
