/** Milliseconds. */
const shortest = 1_000
const longest = 15_000
const share = 0.05
/** How far being throttled may stretch the pauses, and up to which pause. */
const mostSlowness = 64
const slowest = 45_000

/**
 * How the pauses between two looks stretch while the service throttles: doubled by each 429, and eased again by each
 * answer, so that a thousand runs under one principal settle at what its quota gives.
 */
export function slowness(former: number, throttled: boolean): number {
  return throttled ? Math.min(former * 2, mostSlowness) : Math.max(1, former * 0.9)
}

/** What the next pause depends on. Milliseconds. */
export type Pacing = {
  /** How long was waited already. */
  readonly waited: number
  /** The pause that the user fixed. */
  readonly fixed?: number | undefined
  /** What the service asked for last. */
  readonly retryAfter?: number | undefined
  readonly slowness?: number
  /** Between 0 and 1, to keep runs that started together from asking together. */
  readonly random: number
}

/**
 * Milliseconds until the next look: about 5 % of the time already waited, between 1 and 15 seconds, so that the end of a
 * short build is noticed at once and a long one costs few requests; or the user's fixed pause. The service's
 * `Retry-After` wins over both when it asks for longer.
 */
export function nextPause({ waited, fixed, retryAfter = 0, slowness = 1, random }: Pacing): number {
  const own = fixed ?? Math.min(Math.max(waited * share, shortest), longest) * (0.9 + 0.2 * random)
  const stretched = Math.max(own, Math.min(own * slowness, slowest * (0.8 + 0.4 * random)))
  return retryAfter >= stretched ? retryAfter + stretched * 0.5 * random : stretched
}

/**
 * Milliseconds until the next try of something that others keep from being done: 2, 4, 8… up to 60 seconds, or longer
 * where the service says so.
 */
export function nextTry(tried: number, retryAfter: number | undefined, random: number): number {
  const own = Math.min(2_000 * 2 ** Math.min(tried, 10), 60_000) * (0.8 + 0.4 * random)
  return Math.max(own, (retryAfter ?? 0) * (1 + 0.1 * random))
}

/** How far apart runs are spread that were throttled together. Milliseconds. */
const spread = 10_000

/**
 * Milliseconds until the next try of a request that was throttled: as told, and up to 10 seconds more. The spread does
 * not grow, for else those that have waited longest would wait longest: with it, a thousand runs use every token there is.
 */
export function afterThrottling(retryAfter: number | undefined, random: number): number {
  return Math.max(retryAfter ?? 0, 1_000) + spread * random
}
