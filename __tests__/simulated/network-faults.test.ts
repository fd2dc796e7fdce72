import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/azure/faults.js'
import type { World } from '../../emulator/world.js'
import { built, expectEnd, expectFailure, failureOf, play } from './harness.js'

const page = '<html><head><title>Oh</title></head><body><h1>Bad Gateway</h1></body></html>'

/** Strikes each kind of request but the one for the build once, the image at the first look and at the last. */
const everywhere =
  (fault: Omit<Fault, 'on'>) =>
  (world: World): void => {
    world.fault({ on: 'id-token', ...fault })
    world.fault({ on: 'token', ...fault })
    world.fault({ on: 'get-image', ...fault })
    world.fault({ on: 'get-image', skip: 1, ...fault })
    world.fault({ on: 'poll', skip: 1, ...fault })
  }

describe('one build comes of it when every request fails once, with', () => {
  test.concurrent.each<[string, Omit<Fault, 'on'>]>([
    ['500', { answer: { status: 500, body: { error: { code: 'InternalServerError', message: 'Oh' } } } }],
    ['502 and a page', { answer: { status: 502, body: page } }],
    ['503 and nothing', { answer: { status: 503 } }],
    ['504 after all', { answerAfter: { status: 504, body: page } }],
    ['408', { answer: { status: 408 } }],
    ['a connection cut before', { reset: 'before' }],
    ['a connection cut after', { reset: 'after' }],
    ['an answer cut in the middle', { truncate: true }],
    ['silence', { hang: 'before' }],
    ['a page that calls itself a success', { answer: { status: 200, body: page } }],
    ['an empty success', { answer: { status: 200 } }],
    [
      'half a success',
      { answer: { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"value": "' } },
    ],
  ])('%s', async (_, fault) => {
    const step = await play({ world: { buildSeconds: 40 }, prepare: everywhere(fault) })
    expectEnd(step, built)
    expect(step.puts).toHaveLength(1)
    expect(step.ownBuilds).toHaveLength(1)
    expect(step.annotations).toEqual([])
    // Each exchange has an ID token of its own.
    const assertions = step.world.seen('token').map(({ body }) => new URLSearchParams(body).get('client_assertion'))
    expect(new Set(assertions).size).toBe(assertions.length)
  })
})

test('slow answers are waited for', async () => {
  const step = await play({ world: { buildSeconds: 20, latencyMs: 12_000 } })
  expectEnd(step, built)
  expect(step.puts).toHaveLength(1)
})

test('a Resource Manager that is away for good fails the step, with its last words', async () => {
  const step = await play({
    prepare: world => void world.fault({ on: 'get-image', times: 1000, answer: { status: 503, body: page } }),
  })
  expectFailure(step, 'service-unavailable', ['503', 'Bad Gateway'], { changed: 'false' })
  expect(step.puts).toEqual([])
  expect(failureOf(step).message).not.toContain('<')
})
