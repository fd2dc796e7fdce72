import { Readable } from 'node:stream'
import type { Service } from '../../emulator/service.js'
import type { Delivery } from '../../emulator/network/receive.js'
import type { RequestKind, SeenRequest } from '../../emulator/network/messages.js'
import { type Clock, orStopped } from '../../src/clock.js'
import { mostValues, readBody } from '../../src/network/body.js'
import { hostAndPath, NoResponseError, type Reply, retryAfterIn, type Send } from '../../src/network/transport.js'

/** A request of someone, and what came back. Times in milliseconds since 1970. */
export type Exchange = {
  readonly request: SeenRequest
  readonly kind: RequestKind
  readonly sentAt: number
  /** When the client knew more; undefined while it does not. */
  repliedAt: number | undefined
  /** Undefined where no answer came. */
  reply: Reply | undefined
}

/** Milliseconds that an unanswered request is waited for, unless it says otherwise. */
const requestLimit = 60_000

/** Milliseconds of a way to the service or back. */
const trip = { shortest: 20, longest: 150 }

const never = new AbortController().signal

/** What a connection needs: the service, the time, and how long the way is. */
export type Line = { readonly service: Service; readonly clock: Clock; readonly random: () => number }

/** Sends to the service without a network; each exchange is noted. @param actor who sends. */
export function connect({ service, clock, random }: Line, actor: string, note: (exchange: Exchange) => void): Send {
  return (request, signal) => {
    signal.throwIfAborted()
    const { host } = new URL(request.url)
    const target = hostAndPath(request.url)
    const headers: Record<string, string> = { actor }
    for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value
    const pause = () => clock.sleep(trip.shortest + (trip.longest - trip.shortest) * random(), never)

    const limit = request.limit ?? requestLimit
    const exchange = async (): Promise<Reply> => {
      const sentAt = clock.time()
      await pause()
      const delivering = service.receive({ host, method: request.method, target, headers, body: request.body ?? '' })
      const seen = service.requests.at(-1)!
      const noted: Exchange = { request: seen, kind: seen.kind, sentAt, repliedAt: undefined, reply: undefined }
      note(noted)
      const delivery = await delivering
      if (delivery.as === 'nothing') await clock.sleep(sentAt + limit - clock.time(), never)
      else await pause()
      // Who has been stopped meanwhile never hears of it.
      signal.throwIfAborted()
      noted.repliedAt = clock.time()
      if (delivery.as === 'nothing') throw new NoResponseError(`no whole answer within ${limit / 1000} seconds`)
      if (delivery.as !== 'answer') throw new NoResponseError('socket hang up')
      return (noted.reply = await replyOf(delivery, request.longest, clock))
    }
    return orStopped(exchange(), signal)
  }
}

async function replyOf(
  { answer }: Extract<Delivery, { as: 'answer' | 'part' }>,
  longest: number | undefined,
  clock: Clock,
): Promise<Reply> {
  const headers = new Map(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    status: answer.status,
    // What has fewer characters is never too long.
    text: answer.body.length < mostValues ? answer.body : await readWhole(answer.body, longest),
    header: name => headers.get(name.toLowerCase()),
    retryAfter: retryAfterIn(headers.get('retry-after'), clock),
  }
}

/** Reads an answer as the transport does. @throws {NoResponseError} where it is longer than any that is meant. */
function readWhole(text: string, longest: number | undefined): Promise<string> {
  return readBody(Readable.from([Buffer.from(text)]), longest).catch((error: Error) => {
    throw new NoResponseError(error.message)
  })
}
