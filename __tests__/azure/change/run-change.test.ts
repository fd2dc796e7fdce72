import { describe, expect, test } from '@jest/globals'
import type { ArmResponse, Arm, NoResponse } from '../../../src/azure/arm.js'
import { buildSpec } from '../../../src/azure/change/change-specs.js'
import { newChange } from '../../../src/azure/change/change.js'
import { runChange } from '../../../src/azure/change/run-change.js'
import { type CurrentImage, imageFrom } from '../../../src/model/image.js'
import { answer, desired, locationUrl, lost, operationUrl, shown, target } from '../fake-arm.js'
import { fakeClock } from '../fake-clock.js'

/** What is answered from when on, in seconds since the first request. */
type Timeline = readonly (readonly [number, ArmResponse | NoResponse])[]

type Case = {
  readonly name: string
  readonly before?: ArmResponse
  readonly put?: ArmResponse | NoResponse
  readonly operation?: Timeline
  readonly location?: Timeline
  readonly image?: Timeline
  readonly limitSeconds?: number
  /** How long throttling makes each pause at least. */
  readonly leastSeconds?: number
  readonly waits?: boolean
  readonly as: string
  readonly error?: object
  /** When it is known, in seconds, between. */
  readonly within?: readonly [number, number]
  /** So many requests for the operation at the most. */
  readonly asked?: string
}

const missing = answer(404, { error: { code: 'ResourceNotFound', message: 'sandboxCustomImages/forecasting' } })
const running = answer(200, { status: 'Running' })
const succeeded = answer(200, { status: 'Succeeded' })
const failedWith = (code: string) =>
  answer(200, { status: 'Failed', error: { code, message: 'no matching distribution' } })
const accepted = answer(201, shown('Accepted').body, { operationUrl })
const bare = answer(201, shown('Accepted').body)
const created = (end: ArmResponse, at = 400): Timeline => [
  [0, shown('Creating')],
  [at, end],
]
const until = (at: number, end: ArmResponse | NoResponse): Timeline => [
  [0, running],
  [at, end],
]

const readableOperation: Case[] = [
  {
    name: 'succeeds',
    operation: until(380, succeeded),
    image: created(shown('Succeeded'), 380),
    as: 'succeeded',
    within: [380, 400],
  },
  {
    name: 'succeeds, and the image shows it late',
    operation: until(380, succeeded),
    image: created(shown('Succeeded'), 480),
    as: 'succeeded',
    within: [480, 500],
  },
  {
    name: 'succeeds, and the look at the image is throttled, which costs no whole pause',
    operation: until(380, succeeded),
    image: [
      [0, answer(429, '', { retryAfter: 1_000 })],
      [421, shown('Succeeded')],
    ],
    leastSeconds: 60,
    as: 'succeeded',
    within: [421, 427],
  },
  {
    name: 'succeeds, and the image shows something else for longer than reads lag',
    operation: until(380, succeeded),
    image: created(shown('Succeeded', 'polars'), 380),
    as: 'superseded',
    within: [500, 540],
  },
  {
    name: 'succeeds, and someone builds something else right away, which ends',
    operation: until(380, succeeded),
    image: [
      [0, shown('Creating', 'polars')],
      [900, shown('Succeeded', 'polars')],
    ],
    as: 'superseded',
    within: [900, 930],
  },
  {
    name: 'succeeds, and the image is gone',
    operation: until(380, succeeded),
    image: [[0, missing]],
    as: 'gone',
    within: [500, 540],
  },
  {
    name: 'fails: its word stands, whatever the image shows',
    operation: until(90, failedWith('Pip')),
    image: created(shown('Creating')),
    as: 'failed',
    error: { code: 'Pip' },
    within: [90, 100],
  },
  {
    name: 'fails, and the image shows its former success',
    before: shown('Succeeded'),
    operation: until(90, failedWith('Pip')),
    image: [[0, shown('Succeeded')]],
    as: 'failed',
    error: { code: 'Pip' },
  },
  {
    name: 'fails by a conflict: it is time to look again',
    operation: until(60, failedWith('RequestConflict')),
    as: 'decide-again',
  },
  {
    name: 'fails by a second operation beside the first one',
    operation: until(5, failedWith('Conflict')),
    as: 'decide-again',
  },
  { name: 'fails by a maintenance', operation: until(60, failedWith('ServiceIsInMaintenance')), as: 'decide-again' },
  { name: 'is canceled', operation: until(60, answer(200, { status: 'Canceled' })), as: 'canceled' },
  {
    name: 'is not visible at first',
    operation: [
      [0, answer(404)],
      [100, running],
      [380, failedWith('Pip')],
    ],
    image: created(shown('Failed'), 380),
    as: 'failed',
    error: { code: 'Pip' },
  },
  {
    name: 'cannot be read for ten minutes, and then tells the reason',
    operation: [
      [0, lost],
      [600, failedWith('Pip')],
    ],
    image: [[0, shown('Creating')]],
    as: 'failed',
    error: { code: 'Pip' },
    within: [600, 660],
  },
  {
    name: 'has states that nobody knows',
    operation: [
      [0, answer(200, { status: 'Pondering' })],
      [380, answer(200, { status: 'SUCCEEDED' })],
    ],
    image: created(shown('succeeded'), 380),
    as: 'succeeded',
  },
  {
    name: 'answers nothing at all at times',
    operation: [
      [0, answer(200, '')],
      [20, answer(200, '<html>')],
      [40, answer(429, '', { retryAfter: 5_000 })],
      [60, running],
      [380, succeeded],
    ],
    image: created(shown('Succeeded'), 380),
    as: 'succeeded',
    within: [380, 400],
  },
  {
    name: 'asks for an hour of patience by one 429: a last read before the time limit',
    operation: [
      [0, answer(429, '', { retryAfter: 3_600_000 })],
      [300, succeeded],
    ],
    image: created(shown('Succeeded'), 300),
    limitSeconds: 1800,
    as: 'succeeded',
    within: [1789, 1800],
  },
  { name: 'is not waited for', operation: until(380, succeeded), waits: false, as: 'accepted', within: [0, 1] },
]

const unreadableOperation: Case[] = [
  {
    name: 'a former success is not believed',
    before: shown('Succeeded'),
    operation: [[0, answer(403)]],
    image: [
      [0, shown('Succeeded')],
      [60, shown('Creating')],
      [400, shown('Failed')],
    ],
    as: 'failed',
    within: [400, 420],
  },
  {
    name: 'a former failure is not told as this one',
    before: shown('Failed'),
    operation: [[0, answer(403)]],
    image: [
      [0, shown('Failed')],
      [100, shown('Creating')],
      [400, shown('Succeeded')],
    ],
    as: 'succeeded',
    within: [400, 420],
  },
  {
    name: 'a late 404 is no deletion',
    operation: [[0, answer(403)]],
    image: [
      [0, missing],
      [110, shown('Creating')],
      [400, shown('Succeeded')],
    ],
    as: 'succeeded',
    within: [400, 420],
  },
  {
    name: 'a 404 for longer than reads lag is one',
    operation: [[0, answer(403)]],
    image: [[0, missing]],
    as: 'gone',
    within: [120, 140],
  },
  {
    name: 'reads that jump back and forth in time',
    operation: [[0, answer(403)]],
    image: [
      [0, missing],
      [10, shown('Creating')],
      [30, missing],
      [119, shown('Creating')],
      [400, shown('Succeeded')],
    ],
    as: 'succeeded',
  },
  {
    name: 'a stranger’s failure is not this one’s',
    operation: [[0, answer(403)]],
    image: [
      [0, shown('Creating')],
      [400, shown('Failed', 'polars')],
    ],
    as: 'superseded',
  },
  {
    name: 'a 404 for good',
    operation: [[0, answer(404)]],
    image: created(shown('Succeeded')),
    as: 'succeeded',
    within: [400, 420],
  },
  {
    name: 'the location takes over, and knows the reason',
    put: answer(201, shown('Accepted').body, { operationUrl, locationUrl }),
    operation: [[0, answer(403)]],
    location: [
      [0, answer(202, '')],
      [300, answer(400, { error: { code: 'Pip', message: 'no' } })],
    ],
    image: created(shown('Failed'), 300),
    as: 'failed',
    error: { code: 'Pip' },
  },
  {
    name: 'URLs that lead away are not asked',
    put: answer(201, shown('Accepted').body, { operationUrl: 'https://evil.example/x' }),
    image: created(shown('Succeeded')),
    as: 'succeeded',
    asked: 'image',
  },
  {
    name: 'no URL at all',
    put: bare,
    image: [
      [0, shown('Creating')],
      [50, lost],
      [80, answer(502)],
      [400, shown('Succeeded')],
    ],
    as: 'succeeded',
    asked: 'image',
  },
]

const lostAnswer: Case[] = [
  { name: 'it is taken at once', put: lost, image: created(shown('Succeeded')), as: 'succeeded', within: [400, 420] },
  {
    name: 'it is taken late, and shows late',
    put: answer(504, '<html>'),
    image: [
      [0, missing],
      [230, shown('Creating')],
      [600, shown('Succeeded')],
    ],
    as: 'succeeded',
    within: [600, 630],
  },
  {
    name: 'it is never taken: nothing is asked for again before that is certain',
    put: lost,
    image: [[0, missing]],
    as: 'decide-again',
    within: [240, 260],
  },
  {
    name: 'it is never taken, and the image was like that before',
    before: shown('Failed'),
    put: lost,
    image: [[0, shown('Failed')]],
    as: 'decide-again',
    within: [240, 260],
  },
  {
    name: 'someone else builds something else',
    put: lost,
    image: [[0, shown('Creating', 'polars')]],
    as: 'decide-again',
    within: [240, 260],
  },
  {
    name: 'it has failed before it was seen',
    put: lost,
    image: [
      [0, missing],
      [100, shown('Failed')],
    ],
    as: 'failed',
    within: [240, 260],
  },
  {
    name: 'it is seen, and nobody waits for its end',
    put: lost,
    image: [
      [0, missing],
      [60, shown('Creating')],
    ],
    waits: false,
    as: 'accepted',
    within: [120, 130],
  },
  {
    name: 'an answer that accepts nothing counts as lost',
    put: answer(200, '<html>'),
    image: created(shown('Succeeded')),
    as: 'succeeded',
  },
]

const refused: Case[] = [
  {
    name: 'a conflict is waited out',
    put: answer(409, { error: { code: 'RequestConflict', message: 'not terminal' } }),
    as: 'decide-again',
    within: [1, 4],
  },
  {
    name: 'a maintenance, for as long as told',
    put: answer(409, { error: { code: 'ServiceIsInMaintenance', message: 'm' } }, { retryAfter: 60_000 }),
    as: 'decide-again',
    within: [60, 70],
  },
  {
    name: 'a lock is not',
    put: answer(409, { error: { code: 'ScopeLocked', message: 'locked' } }),
    as: 'threw refused',
  },
  {
    name: 'a right that is missing',
    put: answer(403, { error: { code: 'AuthorizationFailed', message: 'no' } }),
    as: 'threw forbidden',
  },
]

describe.each([
  ['with an operation that', readableOperation],
  ['without an operation that can be read:', unreadableOperation],
  ['when the answer to the request is lost:', lostAnswer],
  ['when the request is refused:', refused],
])('%s', (_, cases) => {
  test.each(cases)('$name', async ({ as, error, within = [0, Infinity], asked, ...world }) => {
    const played = await play(world)
    expect(played.as).toBe(as)
    if (error !== undefined) expect(played.result).toMatchObject({ error })
    if (asked !== undefined) expect(played.asked).toEqual(new Set([asked]))
    expect(played.seconds).toBeGreaterThanOrEqual(within[0])
    expect(played.seconds).toBeLessThanOrEqual(within[1])
  })
})

test('gives up after four requests without an answer', async () => {
  const change = newChange<CurrentImage>('build')
  const results: unknown[] = []
  for (let count = 0; count < 4; count++)
    results.push((await play({ put: lost, image: [[0, missing]] }, change)).result)
  expect(results.slice(0, 3)).toEqual(['decide-again', 'decide-again', 'decide-again'])
  expect(results[3]).toMatchObject({ as: 'unanswered', tries: 4 })
})

test('remembers, of each request, what became of it', async () => {
  const change = newChange<CurrentImage>('build')
  await play({ put: lost, image: [[0, missing]] }, change)
  await play({ operation: until(60, failedWith('RequestConflict')) }, change)
  await play({ operation: until(380, succeeded), image: created(shown('Succeeded'), 380) }, change)
  expect(change.attempts.map(({ fate }) => fate)).toEqual(['not-received', 'refused', 'accepted'])
})

async function play(world: Omit<Case, 'name' | 'as'>, change = newChange<CurrentImage>('build')) {
  const clock = fakeClock()
  const asked = new Set<string>()
  let started = clock.now()
  const at = (timeline: Timeline = [], what: string): ArmResponse | NoResponse => {
    asked.add(what)
    const now = (clock.now() - started) / 1000
    const found = timeline.findLast(([from]) => from <= now)?.[1]
    if (found === undefined) throw new Error(`nobody says what ${what} shows after ${now} s`)
    return found
  }
  const arm: Arm = {
    isTrustedUrl: url => url.startsWith('https://management.azure.com/'),
    leastPause: () => (world.leastSeconds ?? 0) * 1000,
    ask: async ({ method, url }) => {
      if (method === 'PUT') {
        started = clock.now()
        return world.put ?? accepted
      }
      if (url === operationUrl) return at(world.operation, 'operation')
      return url === locationUrl ? at(world.location, 'location') : at(world.image, 'image')
    },
  }
  const deadline = clock.now() + (world.limitSeconds ?? 7200) * 1000
  const azure = { arm, clock, random: () => 0.5, signal: new AbortController().signal, deadline }
  const silent = (): void => undefined
  const progress = {
    accepted: silent,
    answerLost: silent,
    answerSettled: silent,
    obstacle: silent,
    state: silent,
    unreadable: silent,
    closed: silent,
  }
  const before = { sentAt: clock.now(), resource: world.before && imageFrom(world.before.body) }
  const options = { azure, pollInterval: undefined, progress, waits: world.waits ?? true }
  const result = await runChange(change, before, buildSpec(desired, target, azure, silent), options).catch(
    (error: { code: string }) => `threw ${error.code}` as const,
  )
  return { result, as: typeof result === 'string' ? result : result.as, seconds: (clock.now() - started) / 1000, asked }
}
