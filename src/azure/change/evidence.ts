import type { Reading } from '../read-resource.js'

/**
 * Says how long after a change a read may still show what was before it. Milliseconds.
 *
 * Late reads of this provider and of its neighbours were reported; how late, nobody has measured. Resource Manager's own
 * caches are said to catch up within a minute or two. Builds take five minutes at least, and switches sixteen, so that
 * waiting this long before a read is believed delays nobody.
 */
export const readLag = 120_000

/**
 * How long after it left a request whose answer was lost may still be received. Milliseconds. Gateways give up after a
 * minute and say 504 while the provider carries on; what was not received a minute later was dropped on the way.
 */
const acceptanceDelay = 120_000

/** Says how long what was read before a request counts as read right before it. Milliseconds. */
export const freshFor = 10_000

/** Holds since when each read has shown that there is no such resource, and how many reads that were. */
export type Absence = { readonly since: number; readonly reads: number }

/** So many 404s in a row are more than a gateway or a cache makes up. */
const leastAbsentReads = 4

/** Adds a read to an absence, or ends it. */
export function absenceAfter(absence: Absence | undefined, reading: Reading<unknown>): Absence | undefined {
  const { resource, sentAt } = reading
  if (resource !== undefined) return undefined
  return { since: absence?.since ?? sentAt, reads: (absence?.reads ?? 0) + 1 }
}

/** Tells whether a resource is gone: a 404 can be wrong or late, and counts once each read has shown one for so long. */
export function isGone(absence: Absence | undefined, sentAt: number): boolean {
  return absence !== undefined && absence.reads >= leastAbsentReads && sentAt >= absence.since + readLag
}

type RequestTimes = { fate: string; sentAt: number; answeredAt?: number; seenUnderWayAt?: number }

/**
 * Tells from when on a read of the resource can only show what was after the request was received: what such a read
 * shows at rest is how the change ended, or that nothing came of it.
 */
export function settledFrom({ fate, sentAt, answeredAt = sentAt, seenUnderWayAt = 0 }: RequestTimes): number {
  if (fate === 'accepted') return answeredAt + readLag
  // What was seen under way may have been someone else's, and the request may still be received.
  return Math.max(sentAt + acceptanceDelay, seenUnderWayAt) + readLag
}
