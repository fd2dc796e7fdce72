import type { Clock } from '../clock.js'

/** How much each 429 lengthens the least pause, and up to what. Milliseconds. */
const lengthening = 10_000
const longest = 60_000

/** After so many milliseconds it is half as long. */
const halfLife = 900_000

/**
 * Tells how long a pause between two reads is at least, once the service has throttled this run. All runs of a principal
 * draw on one quota, and its 429s are all that one of them gets to know of the others.
 */
export type MinPause = {
  /** Milliseconds; 0 for a run that was never throttled. */
  readonly now: () => number
  /** Takes note of a 429, whatever was asked for: who had to wait for the request for a build has many beside it. */
  readonly throttled: () => void
}

/**
 * Keeps the least pause of a run: 10 seconds more with each 429, up to a minute, and half as long every 15 minutes. It
 * wears off with time, not with answers, for else those that ask most often would soon ask more often still.
 */
export function createMinPause(clock: Pick<Clock, 'now'>): MinPause {
  let pause = 0
  let since = clock.now()
  const now = () => pause * 0.5 ** ((clock.now() - since) / halfLife)
  return {
    now,
    throttled: () => {
      pause = Math.min(now() + lengthening, longest)
      since = clock.now()
    },
  }
}
