import type { Clock } from './clock.js'
import { Stopped } from './failure.js'

/** A signal that is aborted after `ms` milliseconds, unless it is lifted before. */
export function timeLimit(ms: number, clock: Clock): { readonly signal: AbortSignal; readonly lift: () => void } {
  const limit = new AbortController()
  const lifted = new AbortController()
  clock.sleep(ms, lifted.signal).then(
    () => limit.abort(new Stopped('timeout')),
    () => undefined,
  )
  return { signal: limit.signal, lift: () => lifted.abort(new Error('lifted')) }
}
