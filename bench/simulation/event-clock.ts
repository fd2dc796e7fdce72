import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../src/clock.js'
import { createEventQueue, type Event } from './event-queue.js'

/** A clock that jumps from one event to the next, for any number of sleepers at once. */
export type EventClock = Clock & {
  /**
   * Lets time pass until `work` is done.
   * @throws {Error} when nobody sleeps any more, and the work is not done.
   */
  readonly elapse: <T>(work: Promise<T>) => Promise<T>
}

/** A clock that shows 0. @param epoch what it shows as the time of day, in milliseconds since 1970. */
export function createEventClock(epoch = 0): EventClock {
  const events = createEventQueue()
  let now = 0

  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const happen = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const event: Event = { at: now + Math.max(0, ms), happen }
      const stop = () => {
        // Nothing happens then, so time need not stand still there.
        event.cancelled = true
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', stop, { once: true })
      events.add(event)
    })

  return {
    now: () => now,
    time: () => epoch + now,
    sleep,
    elapse: async work => {
      let done = false
      const end = () => void (done = true)
      work.then(end, end)
      for (;;) {
        // Everything that the last event set off has run its course before the next one happens.
        await setImmediate()
        if (done) return work
        let event = events.next()
        while (event?.cancelled === true) event = events.next()
        if (event === undefined) throw new Error('the simulation stands still: nobody sleeps, and the work is not done')
        now = event.at
        event.happen()
      }
    },
  }
}
