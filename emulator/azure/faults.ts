import type { Answer, RequestKind, SeenRequest } from '../network/messages.js'

/** Describes an answer that goes out in place of the true one. */
export type Substitute = { status: number; headers?: Record<string, string>; body?: string | object }

/**
 * Describes something that goes wrong with a request. The effects `answer`, `reset: 'before'` and `hang: 'before'` keep
 * the request from the service, unless `takenAfterMs` hands it on late; all others let the service act on it first, and
 * spoil the answer.
 */
export type Fault = {
  readonly on: RequestKind | readonly RequestKind[] | 'any'
  /** Narrows down which requests are meant. */
  readonly when?: (request: SeenRequest) => boolean
  /** So many matching requests pass first. */
  readonly skip?: number
  /** So many requests are hit; one by default. */
  readonly times?: number
  /** Milliseconds, on the world's clock, before anything else happens. */
  readonly delayMs?: number
  /** Happens elsewhere in the world just before the request is looked at. */
  readonly meanwhile?: () => void
  /** Hands the request on all the same, so many milliseconds after its answer was lost or replaced. */
  readonly takenAfterMs?: number
  /** Answers this, and nothing is processed. */
  readonly answer?: Substitute
  /** Processes the request, then answers this. */
  readonly answerAfter?: Substitute
  /** Cuts the connection before or after processing. */
  readonly reset?: 'before' | 'after'
  /** Never answers, without or with processing. */
  readonly hang?: 'before' | 'after'
  /** Cuts the connection in the middle of the answer's body. */
  readonly truncate?: boolean
  /** Changes the true answer. */
  readonly alter?: (answer: Answer) => Answer
}

/** Describes a scheduled fault, and how often it struck. */
export type FaultHandle = { readonly fault: Fault; hits: number; cancel(): void }

/** Describes the faults of a world. */
export type FaultSchedule = {
  add(fault: Fault): FaultHandle
  /** The first fault meant for this request, if any; counts it. */
  take(request: SeenRequest): Fault | undefined
}

/** Creates an empty schedule. */
export function createFaultSchedule(): FaultSchedule {
  const scheduled: (FaultHandle & { skipped: number })[] = []
  return {
    add(fault) {
      const handle = {
        fault,
        hits: 0,
        skipped: 0,
        cancel: () => void scheduled.splice(scheduled.indexOf(handle), scheduled.includes(handle) ? 1 : 0),
      }
      scheduled.push(handle)
      return handle
    },
    take(request) {
      for (const handle of scheduled) {
        const { fault } = handle
        if (handle.hits >= (fault.times ?? 1) || !concerns(fault, request)) continue
        if (handle.skipped < (fault.skip ?? 0)) {
          handle.skipped += 1
          continue
        }
        handle.hits += 1
        return fault
      }
      return undefined
    },
  }
}

/** Turns a substitute into an answer. */
export function substitute({ status, headers = {}, body = '' }: Substitute): Answer {
  const isText = typeof body === 'string'
  return {
    status,
    headers: { 'Content-Type': isText ? 'text/html' : 'application/json; charset=utf-8', ...headers },
    body: isText ? body : JSON.stringify(body),
  }
}

function concerns(fault: Fault, request: SeenRequest): boolean {
  const kinds = typeof fault.on === 'string' ? [fault.on] : fault.on
  // A failing CONNECT is asked for by name: "any" means what is said inside the tunnel.
  const kindMatches = kinds.some(kind => kind === request.kind || (kind === 'any' && request.kind !== 'connect'))
  return kindMatches && (fault.when?.(request) ?? true)
}
