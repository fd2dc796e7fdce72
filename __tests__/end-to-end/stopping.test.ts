import { describe, expect, test } from '@jest/globals'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import { expectEnd, expectFailure, failureOf, imageName, play, type PlayOptions } from './harness.js'

// At which other moments a run can be stopped, by a signal or its time limit, is played in simulated time.

const asked =
  (kind: RequestKind, times = 1) =>
  (world: World) =>
    world.seen(kind).length >= times

const moments: [string, PlayOptions, (world: World) => boolean, object][] = [
  [
    'a connection hangs',
    { prepare: world => void world.fault({ on: 'connect', times: 1000, hang: 'before' }) },
    () => true,
    {},
  ],
  [
    'the request for the build hangs',
    { prepare: world => void world.fault({ on: 'put-image', hang: 'before' }) },
    asked('put-image'),
    { action: 'create' },
  ],
  ['the build is polled', {}, asked('poll', 3), { state: 'Running', changed: 'true', action: 'create' }],
  [
    'it sleeps between two polls',
    { inputs: { 'poll-interval-seconds': '600' } },
    world => world.seen('put-image').some(({ status }) => status === 201),
    { action: 'create' },
  ],
]

describe.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the step within a second, with all that is known, when',
  signal => {
    test.concurrent.each(moments)('%s', async (_, options, reached, outputs) => {
      let logged = false
      const step = await play({
        world: { buildSeconds: 600 },
        ...options,
        cancelWhen: world => logged && reached(world),
        cancelSignals: [{ signal, afterMs: 0 }],
        onLine: ({ command }) => void (logged ||= command?.name === 'group'),
      })
      expectFailure(step, 'cancelled', [], { 'image-name': imageName, ...outputs })
      expect(step.lateRequests.length).toBeLessThanOrEqual(2)
    })
  },
)

test('timeout-minutes ends the step, with all that is known', async () => {
  const step = await play({ world: { buildSeconds: 600 }, inputs: { 'timeout-minutes': '0.05' } })
  expectEnd(step, { exitCode: 1, outputs: { state: 'Running', changed: 'true', action: 'create' } })
  expect(failureOf(step).code).toBe('timeout')
  expect(failureOf(step).message).toMatch(/\b3 s\b/)
})

test.each(['SIGINT', 'SIGBREAK'] as const)('%s ends the step as it comes on Windows', async signal => {
  const step = await play({
    world: { buildSeconds: 600 },
    cancelWhen: asked('poll', 2),
    cancelSignals: [{ signal, afterMs: 0 }],
    signalsByMessage: true,
  })
  expectEnd(step, { exitCode: 1, outputs: { state: 'Running', changed: 'true' } })
  expect(failureOf(step).code).toBe('cancelled')
  expect(step.lateRequests.length).toBeLessThanOrEqual(2)
})

test('both signals one after the other do no more than one', async () => {
  const step = await play({
    world: { buildSeconds: 600 },
    cancelWhen: asked('poll', 2),
    cancelSignals: [
      { signal: 'SIGINT', afterMs: 0 },
      { signal: 'SIGTERM', afterMs: 1 },
      { signal: 'SIGINT', afterMs: 2 },
    ],
  })
  expectEnd(step, { exitCode: 1, outputs: { state: 'Running', changed: 'true' } })
  expect(step.lateRequests.length).toBeLessThanOrEqual(2)
  expect(step.summary.match(/❌/g)).toHaveLength(1)
})
