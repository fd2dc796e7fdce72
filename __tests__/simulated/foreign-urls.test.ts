import { describe, expect, test } from '@jest/globals'
import type { Answer } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import { built, expectEnd, kindsOf, play } from './harness.js'

const named = (header: string, url: (original: string) => string) => (world: World) => {
  world.addForeignHost('evil.example')
  world.addForeignHost('management.azure.com.evil.example')
  const alter = (answer: Answer) => ({
    ...answer,
    headers: { ...answer.headers, [header]: url(answer.headers[header]!) },
  })
  world.fault({ on: 'put-image', alter })
}

describe.each(['Azure-AsyncOperation', 'Location'] as const)('%s', header => {
  const world = { putHeaders: [header] }

  // That nothing is sent there, with or without a token, is checked after every step.
  test.concurrent.each<[string, (original: string) => string]>([
    ['a foreign host', () => 'https://evil.example/operationResults/1?api-version=2024-04-13'],
    ['a host that only starts like it', url => url.replace('azure.com/', 'azure.com.evil.example/')],
    ['http', url => url.replace('https:', 'http:')],
    ['a user', url => url.replace('https://', 'https://management.azure.com@')],
    ['a user before a foreign host', () => 'https://management.azure.com@evil.example/'],
    ['another port', url => url.replace('azure.com/', 'azure.com:8443/')],
    ['no scheme', () => '//evil.example/x'],
    ['a path alone', url => url.replace('https://management.azure.com', '')],
    ['back slashes', () => 'https:\\\\evil.example\\'],
    ['nothing like a URL', () => 'soon'],
    ['a script', () => 'javascript:fetch("https://evil.example/")'],
  ])('with %s is not followed: a warning says so, and the image is asked', async (_, url) => {
    const step = await play({ world, prepare: named(header, url) })
    expectEnd(step, built)
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-image',
      'list-images',
      'get-cluster',
      'put-image',
      'get-image',
    ])
    expect(kindsOf(step)).toEqual(['warning operation-unreadable'])
    expect(step.ownBuilds).toHaveLength(1)
  })

  test('with a back slash after the right host leads to nowhere else', async () => {
    const step = await play({
      world,
      prepare: named(header, () => 'https://management.azure.com\\@evil.example/x'),
    })
    expectEnd(step, built)
  })

  test.concurrent.each<[string, (original: string) => string]>([
    ['the host in capitals', url => url.replace('management.azure.com', 'MANAGEMENT.Azure.com')],
    ['the port of https', url => url.replace('azure.com/', 'azure.com:443/')],
  ])('with %s is followed', async (_, url) => {
    const step = await play({ world, prepare: named(header, url) })
    expectEnd(step, built)
    expect(step.world.seen('poll', 'location').length).toBeGreaterThan(0)
    expect(step.annotations).toEqual([])
  })
})

test.concurrent.each(['get-image', 'get-cluster', 'put-image', 'poll', 'id-token', 'token'] as const)(
  'a redirect of %s is not followed',
  async kind => {
    const step = await play({
      world: { buildSeconds: 20 },
      prepare(world) {
        world.addForeignHost('evil.example')
        world.fault({ on: kind, answer: { status: 307, headers: { Location: 'https://evil.example/' } } })
      },
    })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(1)
  },
)

test('hosts that headers of other answers name are not asked either', async () => {
  const step = await play({
    prepare(world) {
      world.addForeignHost('evil.example')
      const alter = (answer: Answer) => ({
        ...answer,
        headers: { ...answer.headers, Location: 'https://evil.example/', Link: '<https://evil.example/>; rel=next' },
      })
      world.fault({ on: ['get-image', 'poll'], times: 1000, alter })
    },
  })
  expectEnd(step, built)
  expect(step.story).toEqual([
    'id-token',
    'token',
    'get-image',
    'list-images',
    'get-cluster',
    'put-image',
    'poll',
    'get-image',
  ])
})
