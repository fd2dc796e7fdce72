/**
 * Preloaded into a process (`node --import`), makes its clocks and timers run faster, so that an unmodified program
 * lives through a build of 40 minutes in seconds. `FAST_CLOCK_SPEED` is the factor; `FAST_CLOCK_ORIGIN` the real moment
 * at which both clocks showed the same, so that several processes agree on the time. Timeouts of sockets stay real.
 */
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { promisify } from 'node:util'

const speed = Number(process.env.FAST_CLOCK_SPEED)
if (!(speed > 0)) throw new Error('FAST_CLOCK_SPEED must be a positive number')

const RealDate = Date
const realPerformanceNow = performance.now.bind(performance)
const realHrtime = process.hrtime.bigint.bind(process.hrtime)
const hrtimeOrigin = realHrtime()
const origin = Number(process.env.FAST_CLOCK_ORIGIN ?? RealDate.now())

const fastNow = (): number => origin + (performance.timeOrigin + realPerformanceNow() - origin) * speed

globalThis.Date = new Proxy(RealDate, {
  // Called without `new`, Date is a text of the current time, whatever its arguments.
  apply: () => new RealDate(fastNow()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [fastNow()] : args, newTarget),
  get: (target, property, receiver) =>
    property === 'now' ? () => Math.floor(fastNow()) : Reflect.get(target, property, receiver),
})

performance.now = () => realPerformanceNow() * speed

const fastBigint = (): bigint => hrtimeOrigin + BigInt(Math.round(Number(realHrtime() - hrtimeOrigin) * speed))
process.hrtime = Object.assign(
  (since: [number, number] = [0, 0]): [number, number] => {
    const passed = fastBigint() - (BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]))
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)]
  },
  { bigint: fastBigint },
)

const scaled = (ms: number | undefined): number => (ms ?? 0) / speed

const realAbortTimeout = AbortSignal.timeout.bind(AbortSignal)
AbortSignal.timeout = ms => realAbortTimeout(Math.ceil(scaled(ms)))

const real = { setTimeout: timers.setTimeout, setInterval: timers.setInterval }
const realPromises = { setTimeout: timersPromises.setTimeout, setInterval: timersPromises.setInterval }

// The real functions return Timeout objects, so ref, unref, refresh and clear go on working.
const fastSetTimeout = Object.assign(
  (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
    real.setTimeout(callback, scaled(ms), ...args),
  { [promisify.custom]: fastSleep },
)
const fastSetInterval = (callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
  real.setInterval(callback, scaled(ms), ...args)

function fastSleep<T>(ms?: number, value?: T, options?: timers.TimerOptions): Promise<T> {
  return realPromises.setTimeout<T>(scaled(ms), value, options)
}

Object.assign(globalThis, { setTimeout: fastSetTimeout, setInterval: fastSetInterval })
Object.assign(timers, { setTimeout: fastSetTimeout, setInterval: fastSetInterval })
Object.assign(timersPromises, {
  setTimeout: fastSleep,
  setInterval: <T>(ms?: number, value?: T, options?: timers.TimerOptions) =>
    realPromises.setInterval(scaled(ms), value, options),
})
timersPromises.scheduler.wait = (ms, options) => fastSleep(ms, undefined, options)
syncBuiltinESMExports()
