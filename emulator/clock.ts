/** The time of an emulated world, which may run faster than the real one. */
export type Clock = {
  readonly speed: number
  /** The real moment at which this clock and the real one showed the same, in milliseconds since 1970. */
  readonly origin: number
  /** The world's time, in milliseconds since 1970. */
  now(): number
  /** Resolves after so many milliseconds of the world. */
  sleep(ms: number): Promise<void>
}

/** Starts a clock that runs `speed` times as fast as the real one, from now on. */
export function startClock(speed: number): Clock {
  const origin = realNow()
  return {
    speed,
    origin,
    now: () => origin + (realNow() - origin) * speed,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms / speed)),
  }
}

/** The wall clock with the precision of the monotonic one: at 500 times its speed a millisecond is half a second. */
function realNow(): number {
  return performance.timeOrigin + performance.now()
}

/** The variables with which a child process started by Node lives on this clock too. */
export function clockEnv(clock: Clock): Record<string, string> {
  if (clock.speed === 1) return {}
  return {
    NODE_OPTIONS: `--import=${new URL('./fast-clock.js', import.meta.url).href}`,
    FAST_CLOCK_SPEED: String(clock.speed),
    FAST_CLOCK_ORIGIN: String(clock.origin),
  }
}
