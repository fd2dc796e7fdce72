import type { Clock } from './clock.js'
import { Stopped } from './failure.js'

/** Tells a time limit that runs: the signal that it aborts, and when. */
export type Deadline = {
  readonly signal: AbortSignal
  /** Milliseconds on the clock. */
  readonly at: number
  readonly clear: () => void
}

/** Starts a time limit of `ms` milliseconds, whose signal is aborted with a {@link Stopped} unless it is cleared before. */
export function startDeadline(ms: number, clock: Clock): Deadline {
  const limit = new AbortController()
  const cleared = new AbortController()
  clock.sleep(ms, cleared.signal).then(
    () => limit.abort(new Stopped('timeout')),
    () => undefined,
  )
  return { signal: limit.signal, at: clock.now() + ms, clear: () => cleared.abort(new Error('cleared')) }
}
