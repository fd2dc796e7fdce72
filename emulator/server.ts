import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Clock } from './clock.js'
import { substitute } from './faults.js'
import type { Fault, FaultSchedule } from './faults.js'
import type { Answer, RequestKind, SeenRequest } from './messages.js'

/** What the server needs to know of its world. */
export type Surroundings = {
  readonly clock: Clock
  readonly faults: FaultSchedule
  readonly requests: SeenRequest[]
  /** Milliseconds of the world between a request and any work on it. */
  latencyMs(): number
  kindOf(host: string, method: string, target: string): RequestKind
  answer(request: SeenRequest): Promise<Answer>
}

/** Receives the requests to all emulated hosts: records them, lets faults strike, and sends what the hosts answer. */
export function createRequestListener(surroundings: Surroundings): RequestListener {
  return (incoming, response) => {
    // A client that goes away in the middle of its own request has nothing to be told.
    incoming.on('error', () => response.destroy())
    receive(incoming, response, surroundings).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      if (!response.headersSent) response.writeHead(599, 'Emulator Broken', { 'Content-Type': 'text/plain' })
      response.end(`The emulator itself failed:\n${text}`)
    })
  }
}

async function receive(incoming: IncomingMessage, response: ServerResponse, world: Surroundings): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const request = record(incoming, Buffer.concat(chunks).toString('utf8'), world)
  if (world.latencyMs() > 0) await world.clock.sleep(world.latencyMs())

  const fault = world.faults.take(request)
  if (fault?.delayMs !== undefined) await world.clock.sleep(fault.delayMs)
  fault?.meanwhile?.()
  if (fault?.hang === 'before') return
  if (fault?.reset === 'before') return void incoming.socket.destroy()

  const answer = fault?.answer ? substitute(fault.answer) : await actOn(request, fault, world)
  if (fault?.hang === 'after') return
  if (fault?.reset === 'after') return void incoming.socket.destroy()
  request.status = answer.status
  request.answeredAt = world.clock.now()
  send(response, answer, fault?.truncate ?? false)
}

async function actOn(request: SeenRequest, fault: Fault | undefined, world: Surroundings): Promise<Answer> {
  request.processed = true
  const answer = await world.answer(request)
  if (fault?.answerAfter) return substitute(fault.answerAfter)
  return fault?.alter?.(answer) ?? answer
}

function record(incoming: IncomingMessage, body: string, world: Surroundings): SeenRequest {
  const target = incoming.url ?? '/'
  const [path = '/', query = ''] = target.split('?', 2)
  const host = (incoming.headers.host ?? '').replace(/:443$/, '').toLowerCase()
  const method = incoming.method ?? 'GET'
  const request: SeenRequest = {
    number: world.requests.length + 1,
    kind: world.kindOf(host, method, target),
    host,
    method,
    target,
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body,
    at: world.clock.now(),
    processed: false,
  }
  world.requests.push(request)
  return request
}

function send(response: ServerResponse, answer: Answer, truncate: boolean): void {
  const body = Buffer.from(answer.body)
  const hasBody = answer.status !== 204
  response.writeHead(answer.status, { ...answer.headers, ...(hasBody ? { 'Content-Length': body.length } : {}) })
  if (truncate) {
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
  } else {
    response.end(hasBody ? body : undefined)
  }
}
