import type { HttpMethods } from '@azure/core-rest-pipeline'
import type { Send } from './transport.js'

/** What a library that expects `fetch` does with it here: one request with a text, and the whole answer. */
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
 * `send` in the shape of `fetch`, so that a library's requests take the one door to the network: proxies, time limits and
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
