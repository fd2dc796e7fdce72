import { createThrottle, type Limits } from '../../emulator/azure/throttle.js'
import type { Clock } from '../../src/clock.js'
import type { Reply, Send } from '../../src/network/transport.js'

/** What a simulated service is like. */
export type ServiceOptions = {
  readonly clock: Clock
  readonly random: () => number
  /** Milliseconds that the build of an image takes. */
  readonly buildTime: (image: string) => number
  /** Token buckets for all requests together, as those of one principal; undefined: it never throttles. */
  readonly limits: Limits | undefined
}

/** Resource Manager with the builds of images, on simulated time. */
export type Service = {
  readonly send: Send
  /** When the build of an image began and ended or will end, in milliseconds. */
  readonly build: (image: string) => { readonly from: number; readonly to: number } | undefined
  /** Requests so far, and how many of them were answered 429. */
  readonly count: { requests: number; throttled: number }
}

/** Milliseconds of a round trip to the service, evenly spread. */
const roundTrip = { shortest: 50, longest: 150 }

/** A service without any images; every image is on a cluster of its own, so that builds do not wait for each other. */
export function createService({ clock, random, buildTime, limits }: ServiceOptions): Service {
  const images = new Map<string, { readonly body: string; readonly from: number; readonly to: number }>()
  const count = { requests: 0, throttled: 0 }
  const throttle = createThrottle(() => limits ?? unlimited, clock)

  const answer = (method: string, url: string, body: string): Reply => {
    count.requests++
    const turn = throttle.take('the principal', method === 'GET' ? 'reads' : 'writes')
    if ('retryAfterSeconds' in turn) {
      count.throttled++
      const error = { code: 'SubscriptionRequestsThrottled', message: 'Please try again later.' }
      return { ...reply(429, { error }), retryAfter: turn.retryAfterSeconds * 1000 }
    }
    const { pathname } = new URL(url)
    const name = pathname.slice(pathname.lastIndexOf('/') + 1)
    if (method === 'PUT') {
      images.set(name, { body, from: clock.now(), to: clock.now() + buildTime(name) })
      return reply(201, resource(name, body, 'Creating'), { 'azure-asyncoperation': operationUrl(url, name) })
    }
    const image = images.get(name)
    if (image === undefined) {
      const message = `The Resource 'Microsoft.Kusto/clusters/c/sandboxCustomImages/${name}' was not found.`
      return reply(404, { error: { code: 'ResourceNotFound', message } })
    }
    const ended = clock.now() >= image.to
    if (pathname.includes('/operationResults/')) return reply(200, { name, status: ended ? 'Succeeded' : 'Running' })
    return reply(200, resource(name, image.body, ended ? 'Succeeded' : 'Creating'))
  }

  return {
    count,
    build: name => images.get(name),
    send: async ({ method, url, body = '' }, signal) => {
      const there = (roundTrip.shortest + (roundTrip.longest - roundTrip.shortest) * random()) / 2
      await clock.sleep(there, signal)
      const given = answer(method, url, body)
      await clock.sleep(there, signal)
      return given
    },
  }
}

const unlimited: Limits = {
  reads: { capacity: 1e9, perSecond: 1e9 },
  writes: { capacity: 1e9, perSecond: 1e9 },
}

function operationUrl(imageUrl: string, name: string): string {
  const provider = 'subscriptions/s/providers/Microsoft.Kusto/locations/East%20US'
  return `${new URL(imageUrl).origin}/${provider}/operationResults/${name}?api-version=2024-04-13`
}

function resource(name: string, sent: string, provisioningState: string): object {
  const { properties } = JSON.parse(sent) as { properties: object }
  return { id: `/SandboxCustomImages/${name}`, name: `c/${name}`, properties: { ...properties, provisioningState } }
}

function reply(status: number, content: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, text: JSON.stringify(content), header: name => headers[name.toLowerCase()], retryAfter: undefined }
}
