import { imageSubject } from '../azure/build.js'
import type { Build } from '../azure/build.js'
import { follow as followToEnd } from '../azure/follow.js'
import { startPace } from '../azure/pace.js'
import { told } from '../azure/service-error.js'
import { buildFailure, interruption } from '../failures/build.js'
import type { CurrentImage } from '../image/image.js'
import { noteImage } from '../record.js'
import { waitOut } from './obstacle.js'
import type { Scene } from './scene.js'
import type { Begun } from './undertake.js'
import { watching } from './watching.js'

/**
 * Follows the build to its end.
 * @returns whether it has succeeded; if not, something came between, and it is time to look and decide again.
 * @throws {Failure} when it ended in any other way.
 */
export async function follow(scene: Scene, { change, found }: Begun<Build>): Promise<boolean> {
  const { inputs, record, world, target, desired, means, phase } = scene
  return phase('Build', async () => {
    const pace = startPace(means, inputs.pollInterval)
    const watcher = watching<CurrentImage>(world, {
      what: 'build',
      state: state => void (record.state = state),
      resource: image => noteImage(record, image, desired),
    })
    const end = await followToEnd(change, imageSubject(desired, target, means), { means, pace, watcher })
    record.build.ended = true
    if (end.as === 'succeeded') {
      if (end.resource !== undefined) record.state = end.resource.state
      world.log.line('Succeeded.', 'good')
      return true
    }
    // A build that was found by its traces may have been another one.
    const came = end.as === 'superseded' && found ? 'conflict' : interruption(end)
    if (came !== undefined) {
      const why = 'error' in end && end.error !== undefined ? told(end.error) : ''
      await waitOut({ by: came, why, retryAfter: undefined }, scene)
      return false
    }
    if (end.as === 'superseded') record.state = end.resource.state
    if (end.as === 'gone') record.state = 'NotFound'
    if (end.as === 'failed') record.state = 'Failed'
    if (end.as === 'canceled') record.state = 'Canceled'
    throw buildFailure(end, desired, target, record)
  })
}
