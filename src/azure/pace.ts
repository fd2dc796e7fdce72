import type { Means } from './means.js'
import { nextPause, slowness } from './interval.js'

/** What an answer said of when to ask again. */
export type Advice = { readonly throttled: boolean; readonly retryAfter: number | undefined }

/** Sets the pace of looks at one build: sleeps until it is time for the next. */
export type Pace = (advice?: Advice) => Promise<void>

/** A pace that starts now. @param fixed the user's own pause in milliseconds. */
export function startPace({ clock, random, signal }: Means, fixed: number | undefined): Pace {
  const started = clock.now()
  let slow = 1
  return async advice => {
    if (advice !== undefined) slow = slowness(slow, advice.throttled)
    const waited = clock.now() - started
    const pause = nextPause({ waited, fixed, retryAfter: advice?.retryAfter, slowness: slow, random: random() })
    await clock.sleep(pause, signal)
  }
}
