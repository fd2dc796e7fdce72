import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Answer } from './messages.js'
import type { Delivery, Incoming } from './reception.js'

/** Hands the requests of connections on to `receive`, and sends what it says. */
export function createRequestListener(receive: (incoming: Incoming) => Promise<Delivery>): RequestListener {
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

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  receive: (incoming: Incoming) => Promise<Delivery>,
): Promise<void> {
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
