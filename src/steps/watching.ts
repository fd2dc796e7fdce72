import type { Watcher } from '../azure/follow.js'
import type { DesiredImage } from '../image/image.js'
import { noteImage } from '../record.js'
import type { Record } from '../record.js'
import { duration } from '../phrases.js'
import type { World } from '../world.js'

/** A line this often while nothing changes, so that the log shows that somebody is still looking. Milliseconds. */
const heartbeat = 60_000

/** Tells the log what is seen of a build, a line a change, and notes it in the record. */
export function watching(record: Record, desired: DesiredImage, { log, clock }: World): Watcher {
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
      record.state = state
      troubled = false
      if (state !== shown) line(state, 'plain')
      else if (clock.now() - last >= heartbeat) line(`still ${state}`, 'quiet')
      shown = state
    },
    image: image => noteImage(record, image, desired),
    trouble: why => {
      if (!troubled) line(`the state could not be read, trying again: ${why}`, 'quiet')
      else log.debug(`the state could not be read: ${why}`)
      troubled = true
    },
    turn: why => {
      log.warning(`${why}. The build itself is not affected: its image is asked instead.`, {
        title: 'operation-unreadable',
      })
    },
  }
}
