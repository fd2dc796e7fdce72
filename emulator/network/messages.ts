import type { IncomingHttpHeaders } from 'node:http'

/** Says what a request asks for, as faults and records name it. */
export type RequestKind =
  | 'connect'
  | 'id-token'
  | 'github-api'
  | 'package-index'
  | 'token'
  | 'discovery'
  | 'get-image'
  | 'put-image'
  | 'delete-image'
  | 'list-images'
  | 'check-name'
  | 'get-cluster'
  | 'switch'
  | 'query'
  | 'poll'
  | 'location'
  | 'foreign'
  | 'other'

/** Describes a request that reached one of the emulated hosts. */
export type SeenRequest = {
  readonly number: number
  readonly kind: RequestKind
  readonly host: string
  readonly method: string
  /** Path and query exactly as they came. */
  readonly target: string
  /** Path alone, as it came. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** When it came, on the world's clock. */
  readonly at: number
  /** Status that went back; absent when no answer did. */
  status?: number
  /** Client ID of the principal whose token it carried. */
  principal?: string
  /** Image whose sandbox answered it, of a query in Python. */
  sandbox?: string
  /** Whether the service acted on it, which it may do without an answer arriving. */
  processed: boolean
  /** When it did. */
  takenAt?: number
}

/** Says what is sent back. */
export type Answer = {
  status: number
  headers: Record<string, string>
  body: string
}

/** Makes an answer of JSON. */
export function json(status: number, content: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(content),
  }
}

/** Describes a request as it comes in. */
export type Incoming = Pick<SeenRequest, 'host' | 'method' | 'target' | 'headers' | 'body'>

/** Describes the same with its path and its query apart. */
export type Parsed = Incoming & Pick<SeenRequest, 'path' | 'query'>

/** Takes path and query apart. */
export function parsed(incoming: Incoming): Parsed {
  const [path = '/', query = ''] = incoming.target.split('?', 2)
  return { ...incoming, path, query: new URLSearchParams(query) }
}

/** Describes a request that has come, and on which nobody has acted yet. */
export function seenRequest(request: Parsed, kind: RequestKind, number: number, at: number): SeenRequest {
  return { ...request, number, kind, at, processed: false }
}

/** Describes a CONNECT as faults see it; it is no request to a host, and is not recorded as one. */
export function connectRequest(target: string, at: number): SeenRequest {
  const host = target.replace(/:\d+$/, '')
  return seenRequest(parsed({ host, method: 'CONNECT', target, headers: {}, body: '' }), 'connect', 0, at)
}
