/**
 * Preloaded into a process (`node --import`), makes its clocks and timers run faster, so that an unmodified program
 * lives through a build of 40 minutes in seconds. `FAST_CLOCK_SPEED` is the factor; `FAST_CLOCK_ORIGIN` the real moment
 * at which both clocks showed the same, so that several processes agree on the time. With `FAST_CLOCK_DRIVEN_FROM`, it starts
 * at that moment, and whoever started the process tells it by messages how time goes on: see `drive` in clock.ts. Timeouts
 * of sockets stay real.
 */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Tick, ticked } from './clock.js'

const speed = Number(process.env.FAST_CLOCK_SPEED)
if (!(speed > 0)) throw new Error('FAST_CLOCK_SPEED must be a positive number')

const RealDate = Date
const realPerformanceNow = performance.now.bind(performance)
const realNow = (): number => performance.timeOrigin + realPerformanceNow()
const origin = Number(process.env.FAST_CLOCK_ORIGIN ?? RealDate.now())
let told = process.env.FAST_CLOCK_DRIVEN_FROM === undefined ? undefined : Number(process.env.FAST_CLOCK_DRIVEN_FROM)

const fastNow = (): number => told ?? origin + (realNow() - origin) * speed
const start = fastNow()

globalThis.Date = new Proxy(RealDate, {
  // Called without `new`, Date is a text of the current time, whatever its arguments.
  apply: () => new RealDate(fastNow()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [fastNow()] : args, newTarget),
  get: (target, property, receiver) =>
    property === 'now' ? () => Math.floor(fastNow()) : Reflect.get(target, property, receiver),
})

performance.now = () => fastNow() - start

const hrtimeOrigin = process.hrtime.bigint()
const fastBigint = (): bigint => hrtimeOrigin + BigInt(Math.round((fastNow() - start) * 1e6))
process.hrtime = Object.assign(
  (since: [number, number] = [0, 0]): [number, number] => {
    const passed = fastBigint() - (BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]))
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)]
  },
  { bigint: fastBigint },
)

const real = { setTimeout: timers.setTimeout, setInterval: timers.setInterval, sleep: timersPromises.setTimeout }

/** The real pause after which a timer looks whether it is time: no longer, for real time may run ahead of this clock. */
const pause = (ms: number): number => Math.min(ms / speed, 5)

// The real functions return Timeout objects, so ref, unref and clear go on working.
const fastSetTimeout = Object.assign(
  (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const due = fastNow() + ms
    const look = (): unknown => (fastNow() < due ? timer.refresh() : callback(...args))
    const timer = real.setTimeout(look, pause(ms))
    return timer
  },
  { [promisify.custom]: fastSleep },
)

const fastSetInterval = (callback: (...args: unknown[]) => void, ms = 1, ...args: unknown[]) => {
  let due = fastNow() + ms
  return real.setInterval(() => {
    if (fastNow() < due) return
    due = fastNow() + ms
    callback(...args)
  }, pause(ms))
}

async function fastSleep<T>(ms = 0, value?: T, options?: timers.TimerOptions): Promise<T> {
  const due = fastNow() + ms
  do await real.sleep(pause(due - fastNow()), undefined, options)
  while (fastNow() < due)
  return value as T
}

async function* fastTicks<T>(ms?: number, value?: T, options?: timers.TimerOptions): AsyncGenerator<T> {
  for (;;) yield fastSleep(ms, value, options)
}

AbortSignal.timeout = ms => {
  const controller = new AbortController()
  fastSetTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms).unref()
  return controller.signal
}

Object.assign(globalThis, { setTimeout: fastSetTimeout, setInterval: fastSetInterval })
Object.assign(timers, { setTimeout: fastSetTimeout, setInterval: fastSetInterval })
Object.assign(timersPromises, { setTimeout: fastSleep, setInterval: fastTicks })
timersPromises.scheduler.wait = (ms, options) => fastSleep(ms, undefined, options)
syncBuiltinESMExports()

if (told !== undefined) {
  process.on('message', (message: Tick | string | number) => {
    if (typeof message !== 'object') return
    told = message.now
    // Not before what is due now has had its turn.
    real.setTimeout(() => process.connected && process.send!(ticked), 0)
  })
  // Whoever waits for nothing else ends.
  process.channel?.unref()
}
