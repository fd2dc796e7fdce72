import type { Clock } from '../clock.js'

/** Describes a token bucket: so many requests at once, refilled at so many a second. */
type Limit = { capacity: number; perSecond: number }

export type Limits = { reads: Limit; writes: Limit }

/** Holds ARM's documented limits for one principal. */
export const documentedLimits: Limits = {
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
}

/** Counts the requests of every principal. */
export type Throttle = {
  /** Takes one token; without one left, says after how many whole seconds there will be one. */
  take(principal: string, kind: keyof Limits): { remaining: number } | { retryAfterSeconds: number }
}

/** Creates full token buckets. The limits are looked up at every request, and may be changed meanwhile. */
export function createThrottle(limitsNow: () => Limits, clock: Pick<Clock, 'now'>): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(principal, kind) {
      const { capacity, perSecond } = limitsNow()[kind]
      const key = `${kind} ${principal}`
      const now = clock.now()
      const { tokens, at } = buckets.get(key) ?? { tokens: capacity, at: now }
      const filled = Math.min(capacity, tokens + ((now - at) / 1000) * perSecond)
      const taken = filled >= 1 ? filled - 1 : filled
      buckets.set(key, { tokens: taken, at: now })
      if (filled >= 1) return { remaining: Math.floor(taken) }
      return { retryAfterSeconds: Math.max(1, Math.ceil((1 - filled) / perSecond)) }
    },
  }
}
