import type { Clock } from '../../src/clock.js'

/** A clock on which only sleeping passes time, at once. */
export function fakeClock(): Clock & { readonly slept: number[] } {
  let time = 0
  const slept: number[] = []
  return {
    slept,
    now: () => time,
    time: () => 1_800_000_000_000 + time,
    sleep: async (ms, signal) => {
      signal.throwIfAborted()
      slept.push(ms)
      time += ms
    },
  }
}
