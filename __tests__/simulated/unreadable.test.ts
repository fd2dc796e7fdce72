import { describe, expect, test } from '@jest/globals'
import { maintenanceError } from '../../emulator/azure/arm-errors.js'
import type { Substitute } from '../../emulator/azure/faults.js'
import type { World } from '../../emulator/world.js'
import { expectAnnotation, expectEnd, failureOf, holding, other, play, printedBetween, wanted } from './harness.js'

const readOperations = 'Microsoft.Kusto/locations/operationresults/read'
const always =
  (answer: Substitute) =>
  (world: World): void =>
    void world.fault({ on: ['poll', 'location'], times: 1000, answer })

const page = '<html><body>Please sign in to the Wi-Fi</body></html>'
/** Answers after which an operation is not asked again. */
const closed: [string, (world: World) => void][] = [
  ['401, and again with a fresh token', always({ status: 401 })],
  ['403, for the role is too narrow', world => void world.principal.actions.delete(readOperations)],
  ['404', always({ status: 404, body: { error: { code: 'OperationNotFound', message: 'Gone.' } } })],
  ['400', always({ status: 400, body: { error: { code: 'InvalidOperationUrl', message: 'Signature.' } } })],
]
/** Answers that may be better the next time. */
const troubled: [string, (world: World) => void][] = [
  ['500, again and again', always({ status: 500 })],
  ['503, again and again', always({ status: 503, body: page })],
  ['a page, again and again', always({ status: 200, body: page })],
  ['nothing in a 200, again and again', always({ status: 200 })],
  ['null, again and again', always({ status: 200, headers: { 'Content-Type': 'application/json' }, body: 'null' })],
  ['a list, again and again', always({ status: 200, body: ['Succeeded'] })],
  ['a status that is no text, again and again', always({ status: 200, body: { status: 1 } })],
]

describe('an operation that cannot be read is no failed build: the image tells', () => {
  const each = [
    ...closed.map(([name, prepare]) => [name, prepare, true] as const),
    ...troubled.map(([name, prepare]) => [name, prepare, false] as const),
  ]

  test.concurrent.each(each)('Succeeded after %s', async (_, prepare, isClosed) => {
    const step = await play({ prepare })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
    expect(step.ownBuilds).toHaveLength(1)
    expect(step.outputs['operation-id']).toBe(step.ownBuilds[0]!.id)
    const warning = expect.objectContaining({ level: 'warning', title: 'operation-unreadable' })
    expect(step.annotations).toEqual(isClosed ? [warning] : [])
    // Why is told: in the warning, or while it goes on trying.
    const [first, last] = [step.world.seen('poll').at(0)!.at, step.world.seen('poll').at(-1)!.at]
    if (!isClosed) expect(printedBetween(step, first, last)).toContainEqual(expect.stringMatching(/HTTP [25]\d\d/))
  })

  test.concurrent.each([...closed, ...troubled])('Failed after %s', async (_, prepare) => {
    const step = await play({
      world: { outcomes: [{ status: 'Failed', error: { code: 'BadRequest', message: 'No.' } }] },
      prepare,
    })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed', changed: 'true' } })
    expect(step.ownBuilds).toHaveLength(1)
    expect(failureOf(step).code).toBe('build-failed')
  })

  test.concurrent.each([
    ['an update', holding(other), 'update'],
    ['a build by force of what is there', holding(wanted), 'rebuild'],
  ])('of %s, that the old image is not mistaken for the new one', async (_, prepare, action) => {
    const step = await play({
      inputs: { force: 'true' },
      prepare(world) {
        prepare(world)
        world.principal.actions.delete(readOperations)
      },
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action } })
    expect(step.world.requests.at(-1)!.at).toBeGreaterThanOrEqual(step.ownBuilds[0]!.to)
  })

  test.concurrent.each([403, 404])('after %i by the Location, where that may be read', async status => {
    const step = await play({
      world: { putHeaders: ['Azure-AsyncOperation', 'Location'] },
      prepare: world => void world.fault({ on: 'poll', times: 1000, answer: { status } }),
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    const [put] = step.puts
    const byPoll = step.world.seen('poll').at(-1)!.at - put!.at
    // An operation that is not there may not be there yet, for two minutes.
    if (status === 404) expect(byPoll).toBeGreaterThan(120_000)
    else expect(byPoll).toBeLessThan(10_000)
    const rest = step.world.requests.slice(step.world.requests.indexOf(put!) + 1).map(({ kind }) => kind)
    const meanwhile = status === 404 ? ['poll', 'get-image'] : ['poll']
    expect(new Set(rest.slice(0, rest.indexOf('location')))).toEqual(new Set(meanwhile))
    expect(new Set(rest.slice(rest.indexOf('location'), -1))).toEqual(new Set(['location']))
    expect(rest.at(-1)).toBe('get-image')
  })

  test('that a maintenance ended is a failed build: why is not to be known', async () => {
    const outcomes = [{ status: 'Failed', error: maintenanceError('adxforecast') }] as const
    const step = await play({
      world: { outcomes: [...outcomes] },
      prepare: world => void world.principal.actions.delete(readOperations),
    })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed' } })
    expect(step.ownBuilds).toHaveLength(1)
  })
})

test('a 403 on the operation names the action to grant, without its signature', async () => {
  const step = await play({ prepare: world => void world.principal.actions.delete(readOperations) })
  expectAnnotation(step, 'warning operation-unreadable', [/Microsoft\.Kusto\/locations\/operationresults\/read/i])
})

test.concurrent.each([500, 502, 503, 504, 408, 429])('a few answers of %i do not close the operation', async status => {
  const step = await play({
    prepare: world => void world.fault({ on: 'poll', skip: 1, times: 4, answer: { status } }),
  })
  expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
  expect(step.annotations).toEqual([])
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
