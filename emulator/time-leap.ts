/**
 * Preloaded into a process (`node --import`), lets time pass at once when a message says how many milliseconds: the timers
 * that are due by then fire in their order, and the clocks show it. So whoever tries a time limit need not wait for it,
 * nor guess how far a busy machine gets within it. Timers that are due later keep their real pauses.
 */
type Pending = { readonly due: number; readonly fire: () => void }

const pending = new Map<NodeJS.Timeout, Pending>()
const before = { setTimeout, clearTimeout, dateNow: Date.now, hrtime: process.hrtime.bigint.bind(process.hrtime) }
let ahead = 0

const now = (): number => Number(before.hrtime()) / 1e6 + ahead
process.hrtime.bigint = () => before.hrtime() + BigInt(Math.round(ahead * 1e6))
Date.now = () => before.dateNow() + ahead

const leapingSetTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout => {
  const fire = (): void => {
    pending.delete(timer)
    callback(...args)
  }
  const timer = before.setTimeout(fire, ms)
  pending.set(timer, { due: now() + ms, fire })
  return timer
}
const leapingClearTimeout = (timer: NodeJS.Timeout | undefined): void => {
  if (timer !== undefined) pending.delete(timer)
  before.clearTimeout(timer)
}
Object.assign(globalThis, {
  setTimeout: Object.assign(leapingSetTimeout, before.setTimeout),
  clearTimeout: leapingClearTimeout,
})

process.on('message', ms => {
  if (typeof ms !== 'number') return
  ahead += ms
  const due = [...pending].filter(([, timer]) => timer.due <= now())
  for (const [timer, { fire }] of due.toSorted(([, one], [, other]) => one.due - other.due)) {
    // One that fired may have taken back the next.
    if (!pending.has(timer)) continue
    before.clearTimeout(timer)
    fire()
  }
})
// Whoever waits for nothing else ends.
process.channel?.unref()
