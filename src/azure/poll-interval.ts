import type { AzureContext } from './arm.js'

/** Milliseconds. */
const shortest = 1_000
const longest = 15_000
const share = 0.05

/** What the next pause depends on. Milliseconds. */
type Pacing = {
  /** How long was waited already. */
  readonly waited: number
  /** The pause that the user fixed. */
  readonly fixed?: number | undefined
  /** What the service asked for last. */
  readonly retryAfter?: number | undefined
  /** How long the pause is at least, for a run that was throttled. */
  readonly least?: number
  /** Between 0 and 1, to keep runs that started together from asking together. */
  readonly random: number
}

/**
 * Returns the milliseconds until the next look: about 5 % of the time already waited, between 1 and 15 seconds, so
 * that the end of a short build is noticed at once and a long one costs few requests, and longer for a run that was
 * throttled; or the user's fixed pause. The service's `Retry-After` wins over both when it asks for longer.
 * @internal
 */
export function pollDelay({ waited, fixed, retryAfter = 0, least = 0, random }: Pacing): number {
  const own = Math.min(Math.max(waited * share, shortest), longest)
  const pause = fixed ?? Math.max(own, least) * (0.9 + 0.2 * random)
  return retryAfter >= pause ? retryAfter + pause * 0.5 * random : pause
}

/** Tells how many milliseconds to wait until the next read, after what the last answer asked for. */
export type Poller = (retryAfter?: number) => number

/** Starts a series of reads. @param fixed the user's own pause in milliseconds. */
export function createPoller(
  { arm, clock, random }: Pick<AzureContext, 'arm' | 'clock' | 'random'>,
  fixed: number | undefined,
): Poller {
  const started = clock.now()
  return retryAfter =>
    pollDelay({ waited: clock.now() - started, fixed, retryAfter, least: arm.leastPause(), random: random() })
}

/** Returns the milliseconds until the next try of what others prevent: 2, 4, 8… 60 s, or what the service asks. */
export function retryDelay(tried: number, retryAfter: number | undefined, random: number): number {
  const own = Math.min(2_000 * 2 ** Math.min(tried, 10), 60_000) * (0.8 + 0.4 * random)
  return Math.max(own, (retryAfter ?? 0) * (1 + 0.1 * random))
}

/** How far apart runs are spread that were throttled together. Milliseconds. */
const spread = 10_000

/**
 * Returns the milliseconds until the next try of a request that was throttled: as the service asks, and up to 10 seconds more. The
 * spread does not grow, for else those that have waited longest would wait longest: with it, a thousand runs use every
 * token there is.
 */
export function throttleDelay(retryAfter: number | undefined, random: number): number {
  return Math.max(retryAfter ?? 0, 1_000) + spread * random
}
