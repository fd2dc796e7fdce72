import { describe, expect, test } from '@jest/globals'
import { follow } from '../../src/azure/follow.js'
import { startPace } from '../../src/azure/pace.js'
import { imageSubject } from '../../src/azure/build.js'
import { standingOf } from '../../src/image/provisioning-state.js'
import { answer, desired, locationUrl, lost, operationUrl, scripted, shown, target } from './fake-arm.js'
import type { Script } from './fake-arm.js'

const running = answer(200, { status: 'Running' })
const succeeded = answer(200, { status: 'Succeeded' })
const failed = answer(200, { status: 'Failed', error: { code: 'PipFailed', message: 'no matching distribution' } })
const error = { code: 'PipFailed', message: 'no matching distribution', details: [], additionalInfo: [] }

type Case = {
  readonly name: string
  readonly urls?: { readonly operationUrl?: string; readonly locationUrl?: string }
  /** State of the image in the answer to the PUT; Creating unless said otherwise. */
  readonly put?: string
  readonly script: Script
  readonly as: string
  readonly error?: object
  /** Requests by kind, runs of the same kind counted. */
  readonly asked: string
  readonly states?: string[]
  readonly turns?: number
}

const both = { operationUrl, locationUrl }
const only = { operationUrl }
const none = {}

const cases: Case[] = [
  {
    name: 'the operation succeeds and the image says so',
    script: { operation: [running, running, succeeded], image: [shown('Succeeded')] },
    as: 'succeeded',
    asked: 'operation 3, image 1',
    states: ['Running', 'Running'],
  },
  {
    name: 'states nobody has heard of are in progress',
    script: {
      operation: [answer(200, { status: 'Accepted' }), answer(200, { status: 'Pondering' }), succeeded],
      image: [shown('Succeeded')],
    },
    as: 'succeeded',
    asked: 'operation 3, image 1',
    states: ['Accepted', 'Pondering'],
  },
  {
    name: 'a terminal status counts in any case',
    script: { operation: [answer(200, { status: 'SUCCEEDED' })], image: [shown('succeeded')] },
    as: 'succeeded',
    asked: 'operation 1, image 1',
  },
  {
    name: 'the operation fails',
    script: { operation: [running, failed], image: [shown('Failed')] },
    as: 'failed',
    error,
    asked: 'operation 2, image 1',
  },
  {
    name: 'the operation fails and the image still shows its former success',
    script: { operation: [failed], image: [shown('Succeeded')] },
    as: 'failed',
    error,
    asked: 'operation 1, image 1',
  },
  {
    name: 'the operation fails while another one goes on to build the same',
    script: { operation: [failed], image: [shown('Creating'), shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'operation 1, image 3',
  },
  {
    name: 'the operation fails, the image is late to say so',
    script: { operation: [failed], image: [shown('Creating'), shown('Failed')] },
    as: 'failed',
    error,
    asked: 'operation 1, image 2',
  },
  {
    name: 'the operation failed; that its image may not be read does not change that',
    script: { operation: [failed], image: [answer(403)] },
    as: 'failed',
    error,
    asked: 'operation 1, image 1',
  },
  {
    name: 'the operation is canceled',
    script: {
      operation: [running, answer(200, { status: 'Canceled', error: { code: 'C', message: 'by Ada' } })],
      image: [shown('Canceled')],
    },
    as: 'canceled',
    error: { code: 'C', message: 'by Ada', details: [], additionalInfo: [] },
    asked: 'operation 2, image 1',
  },
  {
    name: 'the operation succeeds, the image holds other requirements',
    script: { operation: [succeeded], image: [shown('Succeeded', 'pandas==1')] },
    as: 'superseded',
    asked: 'operation 1, image 3',
  },
  {
    name: 'the operation succeeds, the image is built anew by somebody and then holds something else',
    script: {
      operation: [succeeded],
      image: [shown('Creating', 'x'), shown('Creating', 'x'), shown('Succeeded', 'x')],
    },
    as: 'superseded',
    asked: 'operation 1, image 5',
  },
  {
    name: 'the operation succeeds, the image is late to show it',
    script: { operation: [succeeded], image: [shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'operation 1, image 2',
  },
  {
    name: 'the operation succeeds, the image is not there',
    script: {
      operation: [succeeded],
      image: [answer(404, { error: { code: 'ResourceNotFound', message: 'sandboxCustomImages/forecasting' } })],
    },
    as: 'gone',
    asked: 'operation 1, image 3',
  },
  {
    name: 'an empty answer is no success',
    script: {
      operation: [answer(200, ''), answer(200, {}), running, answer(200, '<html>'), succeeded],
      image: [shown('Succeeded')],
    },
    as: 'succeeded',
    asked: 'operation 5, image 1',
    states: ['Running'],
  },
  {
    name: 'five answers without a status close the operation, the image decides',
    script: { operation: [answer(200, '')], image: [shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'operation 5, image 2',
    turns: 1,
  },
  {
    name: 'five lost or 5xx answers in a row close the operation',
    script: { operation: [lost, answer(500), answer(503, '<html>'), lost, answer(504)], image: [shown('Failed')] },
    as: 'failed',
    asked: 'operation 5, image 1',
    turns: 1,
  },
  {
    name: 'four do not',
    script: {
      operation: [lost, answer(500), lost, lost, running, lost, answer(502), lost, lost, succeeded],
      image: [shown('Succeeded')],
    },
    as: 'succeeded',
    asked: 'operation 10, image 1',
  },
  {
    name: 'throttling never closes it',
    script: {
      operation: [...Array.from({ length: 12 }, () => answer(429, '', { retryAfter: 1000 })), succeeded],
      image: [shown('Succeeded')],
    },
    as: 'succeeded',
    asked: 'operation 13, image 1',
  },
  ...[401, 403, 404, 410].map(status => ({
    name: `a ${status} of the operation is no failure of the build`,
    script: { operation: [answer(status)], image: [shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'operation 1, image 2',
    turns: 1,
  })),
  {
    name: 'nor does it hide one',
    script: { operation: [answer(403)], image: [shown('Creating'), shown('Failed')] },
    as: 'failed',
    asked: 'operation 1, image 2',
    turns: 1,
  },
  {
    name: 'the location takes over from the operation',
    urls: both,
    script: {
      operation: [answer(404)],
      location: [answer(202, ''), answer(200, { status: 'Succeeded' })],
      image: [shown('Succeeded')],
    },
    as: 'succeeded',
    asked: 'operation 1, location 2, image 1',
    turns: 1,
  },
  {
    name: 'a location alone, that ends with the resource',
    urls: { locationUrl },
    script: { location: [answer(202, ''), shown('Succeeded')], image: [shown('Succeeded')] },
    as: 'succeeded',
    asked: 'location 2, image 1',
  },
  {
    name: 'a location that ends with nothing leaves it to the image',
    urls: { locationUrl },
    script: { location: [answer(204, '')], image: [shown('Creating'), shown('Failed')] },
    as: 'failed',
    asked: 'location 1, image 2',
    turns: 1,
  },
  {
    name: 'foreign URLs are not asked',
    urls: { operationUrl: 'https://management.azure.com.evil.example/x', locationUrl: 'http://management.azure.com/x' },
    script: { image: [shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'image 2',
    turns: 2,
  },
  {
    name: 'without any header the image is followed',
    urls: none,
    script: { image: [shown('Creating'), lost, answer(502), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'image 4',
  },
  {
    name: 'a former success that was never seen being built is believed after three looks only',
    urls: none,
    put: 'Succeeded',
    script: { image: [shown('Succeeded')] },
    as: 'succeeded',
    asked: 'image 3',
  },
  {
    name: 'a former failure does not hide the build that begins late',
    urls: none,
    put: 'Failed',
    script: { image: [shown('Failed'), shown('Creating'), shown('Succeeded')] },
    as: 'succeeded',
    asked: 'image 3',
  },
]

describe('following a build', () => {
  test.each(cases)(
    '$name',
    async ({ urls = only, put = 'Creating', script, as, error: wanted, asked, states, turns = 0 }) => {
      const world = scripted(script)
      const seen = { states: [] as string[], turns: [] as string[] }
      const end = await follow(
        {
          operationUrl: undefined,
          locationUrl: undefined,
          retryAfter: undefined,
          correlationId: 'c',
          inProgress: standingOf(put) === 'in-progress',
          ...urls,
        },
        imageSubject(desired, target, world.means),
        {
          means: world.means,
          pace: startPace(world.means, undefined),
          watcher: {
            state: state => seen.states.push(state),
            resource: () => undefined,
            trouble: () => undefined,
            turn: why => seen.turns.push(why),
          },
        },
      )
      expect(end.as).toBe(as)
      if (wanted !== undefined) expect(end).toMatchObject({ error: wanted })
      expect(counted(world.asked)).toBe(asked)
      if (states !== undefined) expect(seen.states).toEqual(states)
      expect(seen.turns).toHaveLength(turns)
    },
  )

  test('that nobody may read the image any more is said, not guessed', async () => {
    const world = scripted({
      operation: [succeeded],
      image: [answer(403, { error: { code: 'AuthorizationFailed', message: 'no' } })],
    })
    const build = { operationUrl, locationUrl: undefined, retryAfter: undefined, correlationId: 'c', inProgress: false }
    const nobody = {
      state: () => undefined,
      resource: () => undefined,
      trouble: () => undefined,
      turn: () => undefined,
    }
    const end = follow(build, imageSubject(desired, target, world.means), {
      means: world.means,
      pace: startPace(world.means, undefined),
      watcher: nobody,
    })
    await expect(end).rejects.toMatchObject({ code: 'forbidden' })
  })
})

function counted(kinds: readonly string[]): string {
  const runs: { kind: string; count: number }[] = []
  for (const kind of kinds) {
    const last = runs.at(-1)
    if (last?.kind === kind) last.count++
    else runs.push({ kind, count: 1 })
  }
  return runs.map(({ kind, count }) => `${kind} ${count}`).join(', ')
}
