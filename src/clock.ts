import { Stopped } from './failure.js'

/** Tells the time as the program knows it; passed in, so that tests and simulations bring their own. */
export type Clock = {
  /** Milliseconds on a clock that never goes back, for measuring. */
  readonly now: () => number
  /** Milliseconds since the epoch, for people and for the expiry of tokens. */
  readonly time: () => number
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as that is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Node fires timers of more than 2^31-1 ms at once, so longer waits are made of several. */
const longestTimer = 2 ** 31 - 1

/** Holds the machine's own clock. */
export const systemClock: Clock = {
  // `performance` would load another part of Node, which takes a millisecond.
  now: () => Number(process.hrtime.bigint()) / 1e6,
  time: () => Date.now(),
  sleep: async (ms, signal) => {
    // Time passes while someone computes how long to wait; about a negative wait Node would warn in the user's log.
    let left = Math.max(0, ms)
    do {
      await timer(Math.min(left, longestTimer), signal)
      left -= longestTimer
    } while (left > 0)
  },
}

function timer(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal))
    const stop = () => {
      clearTimeout(handle)
      reject(reasonOf(signal))
    }
    const handle = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** Returns `promise`, or the rejection with the signal's reason if that comes first: some libraries cannot be aborted. */
export function orStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(reasonOf(signal))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason))
}

/** Starts a time limit of `ms` milliseconds, whose signal is aborted with a {@link Stopped} unless it is cleared before. */
export function startDeadline(ms: number, clock: Pick<Clock, 'now' | 'sleep'>) {
  const limit = new AbortController()
  const cleared = new AbortController()
  clock.sleep(ms, cleared.signal).then(
    () => limit.abort(new Stopped('timeout')),
    () => undefined,
  )
  return { signal: limit.signal, at: clock.now() + ms, clear: () => cleared.abort(new Error('cleared')) }
}
