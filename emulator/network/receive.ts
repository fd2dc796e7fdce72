import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { type Fault, type FaultSchedule, substitute } from '../azure/faults.js'
import type { Clock } from '../clock.js'
import { requestKind } from './hosts.js'
import { type Answer, type Incoming, parsed, type SeenRequest, seenRequest } from './messages.js'

/** Says what the receiver needs to know of its world. */
type Receiver = {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly faults: FaultSchedule
  readonly requests: SeenRequest[]
  /** Holds how many milliseconds of the world lie between a request and any work on it. */
  readonly settings: { readonly latencyMs: number }
  readonly answer: (request: SeenRequest) => Promise<Answer>
}

/** Says what the client gets: an answer, whole or in part, a connection that is cut, or nothing for ever. */
export type Delivery = { readonly as: 'answer' | 'part'; readonly answer: Answer } | { readonly as: 'cut' | 'nothing' }

/** Receives a request to any of the emulated hosts: records it, lets faults strike, and has the host answer. */
export async function receive(incoming: Incoming, receiver: Receiver): Promise<Delivery> {
  const { clock, faults, requests, settings } = receiver
  const asked = parsed(incoming)
  const request = seenRequest(asked, requestKind(asked), requests.length + 1, clock.now())
  requests.push(request)
  if (settings.latencyMs > 0) await clock.sleep(settings.latencyMs)

  const fault = faults.take(request)
  if (fault?.delayMs !== undefined) await clock.sleep(fault.delayMs)
  fault?.meanwhile?.()
  if (fault?.takenAfterMs !== undefined) takeLate(request, fault.takenAfterMs, receiver)
  if (fault?.hang === 'before') return { as: 'nothing' }
  if (fault?.reset === 'before') return { as: 'cut' }

  const answer = await answerTo(request, fault, receiver)
  if (fault?.hang === 'after') return { as: 'nothing' }
  if (fault?.reset === 'after') return { as: 'cut' }
  request.status = answer.status
  return { as: fault?.truncate === true ? 'part' : 'answer', answer }
}

async function answerTo(request: SeenRequest, fault: Fault | undefined, receiver: Receiver): Promise<Answer> {
  if (fault?.answer) return substitute(fault.answer)
  const answer = await take(request, receiver)
  return fault?.answerAfter ? substitute(fault.answerAfter) : (fault?.alter?.(answer) ?? answer)
}

function take(request: SeenRequest, { clock, answer }: Receiver): Promise<Answer> {
  request.processed = true
  request.takenAt = clock.now()
  return answer(request)
}

/** Nobody waits for the answer any more; what the service itself goes wrong with then is not hidden. */
function takeLate(request: SeenRequest, ms: number, receiver: Receiver): void {
  receiver.clock.sleep(ms).then(
    () => void take(request, receiver),
    () => undefined,
  )
}

type Receive = (incoming: Incoming) => Promise<Delivery>

/** Hands the requests of connections on to `receive`, and sends what it says. */
export function createRequestListener(receive: Receive): RequestListener {
  return (incoming, response) => {
    // A client that goes away in the middle of its own request has nothing to be told.
    incoming.on('error', () => response.destroy())
    serve(incoming, response, receive).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (!response.headersSent) response.writeHead(599, 'Emulator Broken', { 'Content-Type': 'text/plain' })
      response.end(`The emulator itself failed:\n${text}`)
    })
  }
}

async function serve(incoming: IncomingMessage, response: ServerResponse, receive: Receive): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const delivery = await receive({
    host: (incoming.headers.host ?? '').replace(/:443$/, '').toLowerCase(),
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  })
  if (delivery.as === 'cut') incoming.socket.destroy()
  if (delivery.as === 'answer' || delivery.as === 'part') send(response, delivery.answer, delivery.as === 'part')
}

function send(response: ServerResponse, { status, headers, body: text }: Answer, truncate: boolean): void {
  const body = Buffer.from(text)
  response.writeHead(status, { ...headers, ...(status !== 204 && { 'Content-Length': body.length }) })
  if (truncate) response.write(body.subarray(0, body.length / 2), () => response.destroy())
  else response.end(status === 204 ? undefined : body)
}
