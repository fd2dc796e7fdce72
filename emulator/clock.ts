import type { ChildProcess } from 'node:child_process'

/** Holds the time of an emulated world, which may run faster than the real one. */
export type Clock = {
  readonly speed: number
  /** The real moment at which this clock and the real one showed the same, in milliseconds since 1970. */
  readonly origin: number
  /** The world's time, in milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds of the world. */
  sleep(ms: number): Promise<void>
  /**
   * Has a process that was started with {@link drivenEnv} live on this clock. Until it has ended, time goes on in small steps,
   * each once the process has taken note of the last, so that to a busy machine a minute of the world is as long as to any.
   */
  drive(child: ChildProcess): void
}

/** Tells a process the time. */
export type Tick = { readonly now: number }

/** Holds what the process answers. */
export const ticked = 'ticked'

/** Real milliseconds from one step to the next; time goes on by no more, however long a step took. */
const step = 5

/** Starts a clock that runs `speed` times as fast as the real one, from now on. */
export function startClock(speed: number): Clock {
  const origin = realNow()
  const driven = new Set<ChildProcess>()
  let [shown, since] = [origin, origin]
  const now = (): number => (driven.size > 0 ? shown : shown + (realNow() - since) * speed)

  async function driveOn(): Promise<void> {
    for (let last = realNow(); driven.size > 0; last = realNow()) {
      shown += step * speed
      await Promise.all([...driven].map(child => tell(child, { now: shown })))
      await pause(Math.max(0, last + step - realNow()))
    }
  }
  return {
    speed,
    origin,
    now,
    async sleep(ms) {
      const end = now() + ms
      for (let left = ms; left > 0; left = end - now()) await pause(left / speed)
    },
    drive(child) {
      shown = now()
      driven.add(child)
      child.once('close', () => {
        driven.delete(child)
        since = realNow()
      })
      if (driven.size === 1) void driveOn()
    },
  }
}

/** Resolves once the process has taken note, or has ended. */
function tell(child: ChildProcess, tick: Tick): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      child.off('message', answered)
      child.off('close', done)
      resolve()
    }
    const answered = (message: unknown): void => {
      if (message === ticked) done()
    }
    if (!child.connected)
      return child.exitCode === null && child.signalCode === null ? void child.once('close', done) : done()
    child.on('message', answered)
    child.once('close', done)
    child.send(tick, () => undefined)
  })
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** The wall clock with the precision of the monotonic one: at 500 times its speed a millisecond is half a second. */
function realNow(): number {
  return performance.timeOrigin + performance.now()
}

/** Returns the variables that have a process of Node live on this clock, as long as the machine keeps up. */
export function clockEnv(clock: Clock): Record<string, string> {
  if (clock.speed === 1) return {}
  return {
    NODE_OPTIONS: `--import=${new URL('./fast-clock.js', import.meta.url).href}`,
    FAST_CLOCK_SPEED: String(clock.speed),
    FAST_CLOCK_ORIGIN: String(clock.origin),
  }
}

/** Returns the variables with which this clock can drive a process that this one starts, with a channel to it. */
export function drivenEnv(clock: Clock): Record<string, string> {
  return clock.speed === 1 ? {} : { ...clockEnv(clock), FAST_CLOCK_DRIVEN_FROM: String(clock.now()) }
}
