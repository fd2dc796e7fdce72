import { describe, expect, test } from '@jest/globals'
import { type ArmError, maintenanceError } from '../../emulator/azure/arm-errors.js'
import type { Fault } from '../../emulator/azure/faults.js'
import type { Answer } from '../../emulator/network/messages.js'
import type { World, WorldOptions } from '../../emulator/world.js'
import { built, expectEnd, expectFailure, failureOf, play, printedBetween } from './harness.js'

const start = ['id-token', 'token', 'get-image', 'list-images', 'get-cluster', 'put-image']

/** Changes fields of an answer's JSON. */
const fields =
  (change: (body: any) => void) =>
  (answer: Answer): Answer => {
    const body = JSON.parse(answer.body)
    change(body)
    return { ...answer, body: JSON.stringify(body) }
  }

describe('a build is followed by', () => {
  test.concurrent.each<[string, ('Azure-AsyncOperation' | 'Location')[], string[]]>([
    ['its Azure-AsyncOperation alone', ['Azure-AsyncOperation'], [...start, 'poll', 'get-image']],
    ['its Location alone', ['Location'], [...start, 'location', 'get-image']],
    [
      'Azure-AsyncOperation where there are both',
      ['Azure-AsyncOperation', 'Location'],
      [...start, 'poll', 'get-image'],
    ],
    ['its image where there is neither', [], [...start, 'get-image']],
  ])('%s', async (_, putHeaders, story) => {
    const step = await play({ world: { putHeaders, buildSeconds: 0.6 } })
    expectEnd(step, built)
    expect(step.story).toEqual(story)
    expect(step.ownBuilds).toHaveLength(1)
    expect(step.annotations).toEqual([])
    // The signed URL byte for byte, and never the image alone before the end of the operation.
    const [operation] = step.ownBuilds
    const polls = step.world.seen('poll', 'location')
    const targets = new Set([operation!.statusTarget, operation!.resultTarget])
    expect(polls.filter(({ target, status }) => !targets.has(target) || (status ?? 0) >= 300)).toEqual([])
    expect(step.outputs['operation-id']).toBe(putHeaders.length === 0 ? undefined : operation!.id)
  })

  test.concurrent.each([
    '&t=1&c=a%2fb%2Bc%7e~&s=%C3%a9&h=_-.',
    "&s=!'()*;,$@:/?&h=a=b==&&x",
    '&s={"a"|^`<b>}&h=[1]',
    '&s=%&h=%zz+%20+',
  ])('its URL byte for byte, whatever its signature is made of: %s', async signature => {
    const path = '/subscriptions/3f/providers/Microsoft.Kusto/locations/East%20us/operationResults/a%2e%2Eb'
    const target = `${path}?api-version=2022-12-29${signature}`
    const named = { 'Azure-AsyncOperation': `https://management.azure.com${target}` }
    const step = await play({
      prepare: world =>
        void world.fault({
          on: 'put-image',
          alter: answer => ({ ...answer, headers: { ...answer.headers, ...named } }),
        }),
    })
    expectEnd(step, built)
    // It is no operation of the emulator's, and is asked for until that is certain.
    expect(new Set(step.world.seen('poll').map(poll => poll.target))).toEqual(new Set([target]))
    expect(step.stdout.toString()).not.toContain(signature.slice(0, 12))
  })

  test.concurrent.each<[string, ('Azure-AsyncOperation' | 'Location')[], 'Failed' | 'Canceled']>([
    ['its Azure-AsyncOperation', ['Azure-AsyncOperation'], 'Failed'],
    ['its Azure-AsyncOperation', ['Azure-AsyncOperation'], 'Canceled'],
    ['its Location', ['Location'], 'Failed'],
    ['its Location', ['Location'], 'Canceled'],
    ['its image', [], 'Failed'],
    ['its image', [], 'Canceled'],
  ])('%s to a bad end: %s %s', async (_, putHeaders, status) => {
    const step = await play({ world: { putHeaders, outcomes: [{ status }] } })
    expectEnd(step, { exitCode: 1, outputs: { state: status, changed: 'true', action: 'create' } })
    expect(failureOf(step).code).toBe(status === 'Failed' ? 'build-failed' : 'build-canceled')
    expect(step.puts).toHaveLength(1)
  })
})

describe('a Location that ends in an error', () => {
  const world = (error: ArmError): WorldOptions => ({
    buildSeconds: 3,
    putHeaders: ['Location'],
    outcomes: [{ status: 'Failed', error }],
  })

  test('tells why the build failed', async () => {
    const step = await play({ world: world({ code: 'X', message: 'No matching distribution found for pandas' }) })
    const facts = ['X: No matching distribution found for pandas']
    expectFailure(step, 'build-failed', facts, { state: 'Failed', changed: 'true' })
    expect(step.annotations.filter(({ line }) => line !== undefined)).toHaveLength(1)
  })

  test('of maintenance has the build submitted again', async () => {
    const step = await play({ world: world(maintenanceError('adxforecast')) })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(2)
  })
})

describe('states', () => {
  test.concurrent.each(['Accepted', 'Validating', 'succeeded-ish', 'Moving', ' '])(
    'that nobody knows are in progress: %p',
    async status => {
      const step = await play({
        world: { buildSeconds: 0.5 },
        prepare(world) {
          world.fault({ on: 'poll', times: 3, alter: fields(body => void (body.status = status)) })
          world.fault({
            on: 'get-image',
            skip: 1,
            times: 2,
            alter: fields(body => void (body.properties.provisioningState = status)),
          })
        },
      })
      expectEnd(step, built)
      expect(step.ownBuilds[0]).toMatchObject({ finished: true })
    },
  )

  test.concurrent.each([
    ['SUCCEEDED', 0, 'Succeeded'],
    ['succeeded', 0, 'Succeeded'],
    ['fAILED', 1, 'Failed'],
    ['canceled', 1, 'Canceled'],
  ] as const)('have no case: %s', async (spelled, exitCode, state) => {
    const step = await play({
      world: { outcomes: [{ status: state }] },
      prepare: world =>
        void world.fault({
          on: 'poll',
          times: 1000,
          alter: fields(body => void (body.status = body.status === state ? spelled : 'RUNNING')),
        }),
    })
    expectEnd(step, { exitCode, outputs: { state } })
  })

  test('that are missing on a finished image mean Succeeded', async () => {
    const missing = fields(body => void delete body.properties.provisioningState)
    const step = await play({
      prepare: world => void world.fault({ on: 'get-image', skip: 1, times: 9, alter: missing }),
    })
    expectEnd(step, built)
  })
})

describe('Retry-After', () => {
  const gaps = (world: World) =>
    [...world.seen('put-image'), ...world.seen('poll')].map(({ at }) => at).map((at, i, all) => at - (all[i - 1] ?? at))

  test.concurrent.each<[string, Partial<Fault> | undefined, Record<string, string>, number]>([
    ['longer than the growing pause wins', undefined, {}, 8000],
    ['longer than the fixed pause wins', undefined, { 'poll-interval-seconds': '2' }, 8000],
    ['shorter than the fixed pause does not', undefined, { 'poll-interval-seconds': '12.5' }, 12_500],
    [
      'as a date is understood',
      {
        alter: answer => ({
          ...answer,
          headers: {
            ...answer.headers,
            'Retry-After': new Date(Date.parse(answer.headers['Date']!) + 9000).toUTCString(),
          },
        }),
      },
      { 'poll-interval-seconds': '2' },
      8000,
    ],
  ])('%s', async (_, fault, inputs, least) => {
    const step = await play({
      world: { buildSeconds: 30, retryAfterSeconds: 8 },
      prepare: world => void (fault && world.fault({ on: ['put-image', 'poll'], times: 1000, ...fault })),
      inputs,
    })
    expectEnd(step, built)
    const waits = gaps(step.world).slice(1)
    expect(waits.length).toBeGreaterThan(1)
    // The clock of the world shows a few milliseconds less than has passed in the other process.
    expect(Math.min(...waits)).toBeGreaterThan(least - 500)
  })

  test('that makes no sense is passed over', async () => {
    const step = await play({
      world: { buildSeconds: 10 },
      prepare: world =>
        void world.fault({
          on: ['put-image', 'poll'],
          times: 1000,
          alter: answer => ({ ...answer, headers: { ...answer.headers, 'Retry-After': '-1e9, soon' } }),
        }),
    })
    expectEnd(step, built)
    expect(step.world.seen('poll').length).toBeGreaterThan(3)
  })
})

test('a build of six and a half minutes costs few requests, and few lines', async () => {
  const step = await play({ world: { buildSeconds: 390 } })
  expectEnd(step, built)
  expect(step.world.requests.length).toBeLessThan(100)
  expect(step.world.seen('poll').length).toBeGreaterThan(25)
  const polls = step.world.seen('poll').map(({ at }) => at)
  const heartbeats = printedBetween(step, polls[0]! + 30_000, polls.at(-1)!)
  // One with the first poll of each minute.
  const due = dueHeartbeats(step.world.seen('put-image', 'poll').map(({ at }) => at))
  expect(Math.abs(heartbeats.length - due)).toBeLessThanOrEqual(1)
  expect(due).toBeGreaterThan(1)
  for (const line of heartbeats) expect(line).toMatch(/\d min \d+ s.*\bRunning\b/)
})

/** How many of these moments come a minute or more after the first, or after the last that did. */
function dueHeartbeats(moments: readonly number[]): number {
  let [due, last] = [0, moments[0]!]
  for (const at of moments) {
    if (at - last < 60_000) continue
    last = at
    due += 1
  }
  return due
}
