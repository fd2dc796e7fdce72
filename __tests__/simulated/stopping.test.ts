import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/azure/faults.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import {
  all,
  endingAt,
  expectEnd,
  expectFailure,
  type Fact,
  failureOf,
  holding,
  imageName,
  other,
  play,
  type Played,
  type PlayOptions,
  wanted,
} from './harness.js'

/** A moment of a run at which it can be stopped. */
type Moment = {
  readonly when: string
  readonly world?: PlayOptions['world']
  readonly inputs?: Record<string, string>
  readonly prepare?: (world: World) => void
  readonly reached: (world: World) => boolean
  /** Whether a line of the log comes between. */
  readonly printed?: true
  readonly outputs: Record<string, string>
}

const hanging = (on: RequestKind, more: Partial<Fault> = { hang: 'before' }) => ({
  prepare: (world: World) => void world.fault({ on, times: 1000, ...more }),
})
const asked =
  (kind: RequestKind, times = 1) =>
  (world: World) =>
    world.seen(kind).length >= times
const answered = (kind: RequestKind) => (world: World) => world.seen(kind).some(({ status }) => status !== undefined)
const page = { status: 504, body: '<html>Gateway Time-out</html>' }

const moments: Moment[] = [
  { when: 'GitHub hangs', ...hanging('id-token'), reached: asked('id-token'), outputs: {} },
  { when: 'Entra hangs', ...hanging('token'), reached: asked('token'), outputs: {} },
  { when: 'the first look hangs', ...hanging('get-image'), reached: asked('get-image'), outputs: {} },
  {
    when: 'the first look is tried again',
    ...hanging('get-image', { answer: page }),
    reached: asked('get-image'),
    outputs: {},
  },
  {
    when: 'the request for the build hangs',
    ...hanging('put-image'),
    reached: asked('put-image'),
    outputs: { action: 'create' },
  },
  {
    when: 'the request for the build hangs, and the build has begun',
    ...hanging('put-image', { hang: 'after' }),
    reached: world => world.builds.length > 0,
    outputs: { action: 'create' },
  },
  {
    when: 'the request for the build is throttled',
    ...hanging('put-image', { answer: { status: 429, headers: { 'Retry-After': '600' } } }),
    printed: true,
    reached: answered('put-image'),
    outputs: { action: 'none', changed: 'false' },
  },
  {
    when: 'another change is in the way',
    ...hanging('put-image', { answer: { status: 409, body: { error: { code: 'RequestConflict', message: 'x' } } } }),
    printed: true,
    reached: answered('put-image'),
    outputs: { action: 'none', changed: 'false' },
  },
  {
    when: 'a build is looked for whose answer was lost',
    ...hanging('put-image', { answerAfter: page }),
    printed: true,
    reached: answered('put-image'),
    outputs: { action: 'create' },
  },
  {
    when: 'the same build by someone else is followed',
    prepare: world => void world.startForeignBuild({ image: imageName, content: wanted, seconds: 600 }),
    reached: asked('get-image', 3),
    outputs: { state: 'Creating', changed: 'false', action: 'attach' },
  },
  {
    when: 'another build is waited for',
    prepare(world) {
      holding(other)(world)
      world.startForeignBuild({ image: imageName, content: { ...other, languageVersion: '3.9.7' }, seconds: 600 })
    },
    reached: asked('get-image', 3),
    outputs: { state: 'Running', changed: 'false' },
  },
  {
    when: 'a poll hangs',
    ...hanging('poll', { hang: 'before', skip: 1 }),
    reached: asked('poll', 2),
    outputs: { state: 'Running', changed: 'true', action: 'create' },
  },
  {
    when: 'the build is polled',
    reached: asked('poll', 3),
    outputs: { state: 'Running', changed: 'true', action: 'create' },
  },
  {
    when: 'it sleeps between two polls',
    inputs: { 'poll-interval-seconds': '600' },
    printed: true,
    reached: answered('put-image'),
    outputs: { state: 'Accepted', changed: 'true', action: 'create' },
  },
  {
    when: 'the image is watched',
    world: { putHeaders: [] },
    reached: asked('get-image', 3),
    outputs: { state: 'Creating', changed: 'true', action: 'create' },
  },
  {
    when: 'the last look hangs',
    world: { buildSeconds: 0.2 },
    ...hanging('get-image', { hang: 'before', skip: 1 }),
    reached: asked('get-image', 2),
    outputs: { changed: 'true', action: 'create' },
  },
]

function stopped({ world, inputs, prepare }: Moment, more: PlayOptions): Promise<Played> {
  return play({
    world: { buildSeconds: 600, ...world },
    ...(prepare && { prepare }),
    ...more,
    inputs: { ...inputs, ...more.inputs },
  })
}

function expectStopped(step: Played, { outputs }: Moment, code: string): void {
  expectEnd(step, { exitCode: 1, outputs: { 'image-name': imageName, ...outputs } })
  expect(step.outputs['state']).not.toBe('Succeeded')
  expectFailure(step, code)
  const { message } = failureOf(step)
  const ids = step.ownBuilds.length > 0 && outputs['changed'] === 'true'
  if (ids && step.world.settings.putHeaders.length > 0) {
    expect(step.outputs['operation-id']).toBe(step.ownBuilds[0]!.id)
    expect(message).toContain(step.ownBuilds[0]!.id)
  }
  expect(step.ownBuilds.length).toBeLessThanOrEqual(1)
}

describe('a cancellation ends the step at once, with all that is known, when', () => {
  test.concurrent.each(moments.map(moment => [moment.when, moment] as const))('%s', async (_, moment) => {
    const { printed, reached } = moment
    let before: number | undefined
    const step = await stopped(moment, {
      cancelWhen: (world, lines) => {
        if (!reached(world)) return false
        before ??= lines.length
        return printed === undefined || lines.length > before
      },
    })
    expectStopped(step, moment, 'cancelled')
    expect(step.endedAfterCancelMs).toBe(0)
  })
})

describe('timeout-minutes ends the step, with all that is known, when', () => {
  test.concurrent.each(moments.map(moment => [moment.when, moment] as const))('%s', async (_, moment) => {
    const step = await stopped(moment, { inputs: { 'timeout-minutes': '0.05' } })
    expectStopped(step, moment, 'timeout')
    expect(failureOf(step).message).toMatch(/\b3 s\b/)
  })
})

test.each(['cancelled', 'timeout'])('a step that is %s tells apart whether something goes on in Azure', async code => {
  const afterwards = async (moment: Omit<Moment, 'when' | 'outputs'>) => {
    const stop = code === 'timeout' ? { inputs: { 'timeout-minutes': '0.05' } } : { cancelWhen: moment.reached }
    const { message } = failureOf(await stopped({ when: '', outputs: {}, ...moment }, stop))
    // What is left when states, times and ids are taken away.
    return message.replace(/[\da-f-]{36}|\d+|\b(?:Running|Creating|NotFound|none)\b/g, '')
  }
  const messages = [
    await afterwards({ ...hanging('get-image'), reached: asked('get-image') }),
    await afterwards({ ...hanging('put-image'), reached: asked('put-image') }),
    await afterwards({ reached: asked('poll', 3) }),
    await afterwards({
      prepare: world => void world.startForeignBuild({ image: imageName, content: wanted, seconds: 600 }),
      reached: asked('get-image', 3),
    }),
  ]
  expect(new Set(messages).size).toBe(4)
})

test('a switch that has succeeded is told as that, and not what was active before, where the cluster was not read since', async () => {
  const step = await play({
    inputs: { activate: 'true' },
    prepare: all(holding(wanted), hanging('get-cluster', { hang: 'before', skip: 1 }).prepare),
    cancelWhen: asked('get-cluster', 2),
  })
  expectFailure(step, 'cancelled', ['not confirmed', 'Azure reports that the switch has succeeded'])
  expect(step.outputs).not.toHaveProperty('active-image')
  expect(step.outputs).not.toHaveProperty('activated')
  expect(failureOf(step).message).not.toContain('still be running')
})

test('a time limit that is over at once ends well too', async () => {
  const step = await play({ inputs: { 'timeout-minutes': '0.000001' } })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
  expect(failureOf(step).code).toBe('timeout')
  expect(step.ownBuilds).toEqual([])
})

test('running again after the time limit follows the build that goes on', async () => {
  const first = await play({ world: { buildSeconds: 600 }, inputs: { 'timeout-minutes': '0.05' } })
  expectEnd(first, { exitCode: 1, outputs: { state: 'Running', changed: 'true' } })
  const left = first.world.cluster.images.get(imageName)!
  const second = await play({
    prepare(world) {
      world.startForeignBuild({ image: imageName, content: left.content, seconds: 600 })
      endingAt('get-image', 3)(world)
    },
  })
  expectEnd(second, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'attach' } })
})

describe('a time limit says what was waited for:', () => {
  const conflict = { code: 'RequestConflict', message: 'The provisioning state is not terminal.' }
  const throttled = { status: 429, body: { error: { code: 'TooManyRequests', message: 'Slow down.' } } }
  const broken = { status: 500, body: { error: { code: 'InternalServerError', message: 'Oops.' } } }
  const verifying = { verify: 'true', database: 'telemetry', activate: 'true' }
  test.concurrent.each<[string, PlayOptions, Fact[]]>([
    ['a build', { world: { buildSeconds: 9_000 } }, [imageName, 'Running', 'timeout-minutes']],
    [
      'another change of the cluster',
      hanging('put-image', { answer: { status: 409, body: { error: conflict } } }),
      ['adxforecast', `RequestConflict: ${conflict.message}`, 'submitted nothing', 'activity log'],
    ],
    [
      'Azure, which throttles the request',
      hanging('put-image', { answer: throttled }),
      ['429', 'Slow down.', 'submitted nothing'],
    ],
    ['Azure, which throttles each read', hanging('get-image', { answer: throttled }), ['429', 'submitted nothing']],
    [
      'Azure, which is broken',
      { inputs: { 'timeout-minutes': '3' }, ...hanging('put-image', { answer: broken }) },
      ['500', 'InternalServerError: Oops.', 'not known'],
    ],
    [
      'a cluster that is down',
      { prepare: ({ cluster }) => void (cluster.state = 'Unavailable') },
      ['adxforecast', 'Unavailable', 'Resource health', 'submitted nothing'],
    ],
    [
      'a cluster that is being changed',
      { prepare: ({ cluster }) => void (cluster.state = 'Updating') },
      ['adxforecast', 'Updating', 'activity log', 'submitted nothing'],
    ],
    [
      'a build of something else',
      {
        prepare: world =>
          void world.startForeignBuild({
            image: imageName,
            content: { ...other, languageVersion: '3.9.7' },
            seconds: 9_000,
          }),
      },
      [imageName, 'Creating', 'activity log', 'submitted nothing'],
    ],
    [
      'sandboxes',
      {
        inputs: verifying,
        ...hanging('query', { answer: { status: 429, body: { error: { '@message': 'E_SB_QUERY_THROTTLED_ERROR' } } } }),
      },
      ['adxforecast', 'E_SB_QUERY_THROTTLED_ERROR'],
    ],
  ])('%s', async (_, options, facts) => {
    const step = await play({ ...options, inputs: { 'timeout-minutes': '20', ...options.inputs } })
    expectFailure(step, 'timeout', [`${options.inputs?.['timeout-minutes'] ?? 20} min`, ...facts])
  })

  test('and while it waits, the log says when it gives up', async () => {
    const step = await play({ inputs: { 'timeout-minutes': '90' } })
    expectEnd(step, { exitCode: 0 })
    expect(step.log).toMatch(/\b6 to 60 min\b.* \d\d:\d\d UTC/)
  })
})
