import { latestTaken } from './limits.js'
import type { PlannedFault, Trouble } from './schedule.js'
import type { Draw } from './draw.js'

type Effect = PlannedFault['effect']

const reads = ['get-image', 'get-image', 'get-cluster', 'list-images', 'poll', 'poll', 'query'] as const
const changes = ['put-image', 'switch', 'delete-image'] as const

/** What goes wrong with requests of the action. */
export function drawFaults(draw: Draw, has: (trouble: Trouble) => boolean): PlannedFault[] {
  const faults: PlannedFault[] = []
  const add = (most: number, on: readonly string[], skips: number, effect: () => Effect, times = 1): void => {
    for (let left = 1 + draw.below(most); left > 0; left--) {
      faults.push({ on: draw.pick(on), skip: draw.below(skips), times: 1 + draw.below(times), effect: effect() })
    }
  }
  if (has('lost answers')) {
    add(4, changes, 2, () => ({
      as: draw.pick(['cut', 'hang', 'page'] as const),
      taken: draw.pick(['at once', 'never', draw.evenly(1, latestTaken)] as const),
    }))
  }
  if (has('gateway errors')) {
    add(6, [...reads, ...reads, 'token', 'id-token'], 20, () =>
      draw.pick<Effect>([
        { as: 'answer', status: 500 },
        { as: 'answer', status: 503 },
        { as: 'cut', taken: 'never' },
        { as: 'hang', taken: 'never' },
        { as: 'page', taken: 'never' },
        { as: 'delay', seconds: draw.evenly(1, 50) },
      ]),
    )
  }
  if (has('throttling')) {
    const retryAfter = () => draw.pick([undefined, draw.evenly(5, 3600), draw.evenly(5, 300)])
    add(4, [...reads, ...changes], 12, () => answer(429, 'SubscriptionRequestsThrottled', retryAfter()), 3)
  }
  if (has('conflicts')) add(2, changes, 2, () => answer(409, 'RequestConflict'), 4)
  if (has('maintenance'))
    add(2, changes, 2, () => answer(409, 'ServiceIsInMaintenance', draw.pick([undefined, 120])), 3)
  if (has('false 404s')) add(3, ['get-image', 'get-image', 'poll'], 4, () => answer(404, 'ResourceNotFound'))
  return faults
}

function answer(status: number, code: string, retryAfter?: number): Effect {
  return { as: 'answer', status, code, ...(retryAfter === undefined ? {} : { retryAfter: Math.ceil(retryAfter) }) }
}
