import { nextTry } from '../azure/interval.js'
import type { Dealings } from './scene.js'

/** What keeps this run from changing something, where that passes. */
export type Obstacle = {
  readonly by: 'conflict' | 'maintenance'
  /** The service's own words. */
  readonly why: string
  readonly retryAfter: number | undefined
}

const words = { conflict: 'Another change of the cluster is under way', maintenance: 'The cluster is in maintenance' }

/** A line this often while nothing changes. Milliseconds. */
const heartbeat = 60_000

/** Waits, a little longer each time, before whatever was kept from being done is looked at again. */
export async function waitOut({ by, why, retryAfter }: Obstacle, { world, means, setbacks }: Dealings): Promise<void> {
  const { log, clock } = world
  if (setbacks.told?.by !== by) {
    log.line(`${words[by]}; waiting for the end of that.`)
    log.line(why, 'quiet')
    setbacks.told = { by, at: clock.now() }
  } else if (clock.now() - setbacks.told.at >= heartbeat) {
    log.line(`${words[by]} still.`, 'quiet')
    setbacks.told.at = clock.now()
  }
  await means.clock.sleep(nextTry(setbacks.obstructed++, retryAfter, means.random()), means.signal)
}
