import type { Clock } from '../clock.js'
import type { Runtime } from '../runtime.js'

/** What repeats itself is told this often, so that the log shows that somebody is still looking. Milliseconds. */
const heartbeat = 60_000

/** Makes a judge of what is to be told: what is `new`, and what is the same `still` once a minute; the rest is not. */
export function eachMinute(clock: Pick<Clock, 'now'>): (key: string) => 'new' | 'still' | undefined {
  let told: { readonly key: string; readonly at: number } | undefined
  return key => {
    const now = clock.now()
    const isNew = told?.key !== key
    if (told !== undefined && !isNew && now - told.at < heartbeat) return undefined
    told = { key, at: now }
    return isNew ? 'new' : 'still'
  }
}

/**
 * Makes a writer of lines of which each new one is written at once, and one that repeats only every minute, in other words.
 * @returns whether the line was new.
 */
export function lineEachMinute({
  log,
  clock,
}: Pick<Runtime, 'log' | 'clock'>): (line: string, repeated: string, key?: string) => boolean {
  const judge = eachMinute(clock)
  return (line, repeated, key = line) => {
    const told = judge(key)
    if (told === 'new') log.line(line)
    if (told === 'still') log.line(repeated, 'quiet')
    return told === 'new'
  }
}
