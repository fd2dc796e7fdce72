import { describe, expect, test } from '@jest/globals'
import type { World } from '../../emulator/world.js'
import { built, expectEnd, play } from './harness.js'

const assertionsIn = (world: World) =>
  world.seen('token').map(({ body }) => new URLSearchParams(body).get('client_assertion'))

describe('access tokens that end during a build', () => {
  test('are replaced, each for an ID token of its own', async () => {
    const step = await play({
      world: { buildSeconds: 200 },
      prepare(world) {
        world.entra.accessTokenSeconds = 100
        // The first one would have ended when the next exchange comes.
        world.github.idTokenSeconds = 30
      },
    })
    expectEnd(step, built)
    const assertions = assertionsIn(step.world)
    expect(assertions.length).toBeGreaterThan(3)
    expect(new Set(assertions).size).toBe(assertions.length)
    expect(step.world.seen('id-token')).toHaveLength(assertions.length)
    expect(step.log).not.toContain('AADSTS700024')
    expect(step.annotations).toEqual([])
    // None was refused: they are replaced in time.
    expect(step.world.requests.filter(({ status }) => status === 401)).toEqual([])
  })

  test.concurrent.each(['get-image', 'poll'] as const)(
    'before their time (%s answers 401) are replaced, and the request is repeated',
    async kind => {
      const step = await play({
        prepare: world => void world.fault({ on: kind, answer: { status: 401 } }),
      })
      expectEnd(step, built)
      expect(assertionsIn(step.world)).toHaveLength(2)
      const [refused, repeated] = step.world.seen(kind)
      expect(repeated!.target).toBe(refused!.target)
      expect(repeated!.headers.authorization).not.toBe(refused!.headers.authorization)
      expect(step.annotations).toEqual([])
    },
  )

  test.concurrent.each([
    ['503', 10, { status: 503 }],
    ['503, longer than a token lives,', 30, { status: 503 }],
    ['a page', 10, { status: 200, body: '<html>Sign in to the Wi-Fi</html>' }],
    ['429', 10, { status: 429 }],
  ])('while Entra answers %s do not end the run', async (_, times, answer) => {
    const step = await play({
      world: { buildSeconds: 200 },
      prepare(world) {
        world.entra.accessTokenSeconds = 100
        world.fault({ on: 'token', skip: 1, times, answer })
      },
    })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(1)
  })
})

test('a token that is refused, and a fresh one too, fails the look', async () => {
  const step = await play({
    prepare: world => void world.fault({ on: 'get-image', times: 100, answer: { status: 401 } }),
  })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
  expect(step.world.requests.map(({ kind }) => kind)).toEqual([
    'id-token',
    'token',
    'get-image',
    'id-token',
    'token',
    'get-image',
  ])
  expect(step.annotations).toEqual([expect.objectContaining({ level: 'error', title: 'token-refused' })])
})
