import { describe, expect, test } from '@jest/globals'
import type { RequestKind } from '../../emulator/network/messages.js'
import { built, expectEnd, expectFailure, play } from './harness.js'

const error = { code: 'SubscriptionRequestsThrottled', message: 'Please try again later.' }

describe('429 with Retry-After is waited for as told', () => {
  test.concurrent.each<[string, RequestKind, number]>([
    ['GitHub', 'id-token', 0],
    ['Entra', 'token', 0],
    ['the first look', 'get-image', 0],
    ['the request for the build', 'put-image', 0],
    ['a look at the operation', 'poll', 1],
    ['the last look', 'get-image', 1],
  ])('by %s', async (_, kind, skip) => {
    const step = await play({
      world: { buildSeconds: 15 },
      prepare: world =>
        void world.fault({
          on: kind,
          skip,
          answer: { status: 429, headers: { 'Retry-After': '25' }, body: { error } },
        }),
    })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(1)
    const refused = step.world.requests.find(({ status }) => status === 429)!
    const next = step.world.seen(kind).find(({ number }) => number > refused.number)!
    expect(next.at - refused.at).toBeGreaterThan(24_000)
    expect(step.annotations).toEqual([])
  })

  test.concurrent.each<[string, number, RequestKind]>([
    ['503', 503, 'get-image'],
    ['503', 503, 'poll'],
  ])('and %s with Retry-After too', async (_, status, kind) => {
    const step = await play({
      world: { buildSeconds: 15 },
      prepare: world => void world.fault({ on: kind, answer: { status, headers: { 'Retry-After': '20' } } }),
    })
    expectEnd(step, built)
    const [refused, next] = step.world.seen(kind)
    expect(next!.at - refused!.at).toBeGreaterThan(19_000)
  })
})

test('429 without a word of when is waited for all the same', async () => {
  const step = await play({
    world: { buildSeconds: 15 },
    prepare(world) {
      for (const on of ['id-token', 'token'] as const) world.fault({ on, answer: { status: 429 } })
      for (const on of ['get-image', 'get-cluster', 'put-image', 'poll'] as const) {
        world.fault({ on, times: 2, answer: { status: 429 } })
      }
    },
  })
  expectEnd(step, built)
  expect(step.puts).toHaveLength(3)
  expect(step.ownBuilds).toHaveLength(1)
})

test('many 429 in a row close nothing and fail nothing', async () => {
  const step = await play({
    world: {
      buildSeconds: 100,
      limits: { reads: { capacity: 2, perSecond: 0.05 }, writes: { capacity: 1, perSecond: 1 } },
    },
  })
  expectEnd(step, built)
  expect(step.ownBuilds).toHaveLength(1)
  expect(step.world.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  expect(step.annotations).toEqual([])
})

test('a Retry-After beyond the time limit ends with that limit', async () => {
  const step = await play({
    inputs: { 'timeout-minutes': '0.5' },
    prepare: world =>
      void world.fault({ on: 'put-image', answer: { status: 429, headers: { 'Retry-After': '86400' } } }),
  })
  expectFailure(step, 'timeout', ['30 s'], { changed: 'false' })
  expect(Number(step.outputs['duration-seconds'])).toBeLessThan(40)
  expect(step.ownBuilds).toEqual([])
})
