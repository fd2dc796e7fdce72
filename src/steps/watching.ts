import type { Watcher } from '../azure/follow.js'
import { duration } from '../phrases.js'
import type { Undertaking } from '../record.js'
import type { World } from '../world.js'

/** A line this often while nothing changes, so that the log shows that somebody is still looking. Milliseconds. */
const heartbeat = 60_000

/** What is watched, and who takes note of it. */
type Watched<Resource> = Pick<Watcher<Resource>, 'state' | 'resource'> & { readonly what: Undertaking['what'] }

/** Tells the log what is seen of a change, a line each time something is new, and hands it on. */
export function watching<Resource>({ log, clock }: World, watched: Watched<Resource>): Watcher<Resource> {
  const started = clock.now()
  let shown: string | undefined
  let last = started
  let troubled = false
  const line = (text: string, tone: 'plain' | 'quiet') => {
    last = clock.now()
    log.line(`${duration(last - started)}: ${text}`, tone)
  }
  return {
    state: state => {
      watched.state(state)
      troubled = false
      if (state !== shown) line(state, 'plain')
      else if (clock.now() - last >= heartbeat) line(`still ${state}`, 'quiet')
      shown = state
    },
    resource: watched.resource,
    trouble: why => {
      if (!troubled) line(`the state could not be read, trying again: ${why}`, 'quiet')
      else log.debug(`the state could not be read: ${why}`)
      troubled = true
    },
    turn: why => {
      log.warning(`${why}. The ${watched.what} itself is not affected: its outcome is looked for otherwise.`, {
        title: 'operation-unreadable',
      })
    },
  }
}
