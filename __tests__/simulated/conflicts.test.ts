import { describe, expect, test } from '@jest/globals'
import { type ArmError, maintenanceError } from '../../emulator/azure/arm-errors.js'
import type { ImageContent } from '../../emulator/azure/cluster.js'
import type { World } from '../../emulator/world.js'
import { endingAt, expectEnd, expectFailure, holding, imageName, other, play, wanted } from './harness.js'

const maintenance = maintenanceError('adxforecast')
const conflict: ArmError = {
  code: 'RequestConflict',
  message: 'Cannot modify resource: the resource entity provisioning state is not terminal.',
}
const nested: ArmError = { code: 'Conflict', message: 'See below.', details: [maintenance] }
const refusing = (error: ArmError, times: number) => (world: World) =>
  void world.fault({ on: 'put-image', times, answer: { status: 409, body: { error } } })

describe('409 RequestConflict', () => {
  test('of another image under way: waits until it is over, and builds once', async () => {
    const { exitCode, outputs, puts, ownBuilds, world, annotations } = await play({
      world: { buildSeconds: 5 },
      prepare(world) {
        world.startForeignBuild({ image: 'fraud-scoring', content: other, seconds: 6000 })
        endingAt('put-image', 4)(world)
      },
    })
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { state: 'Succeeded', changed: 'true', action: 'create' },
    })
    expect(ownBuilds).toHaveLength(1)
    expect(puts.map(({ status }) => status)).toEqual([409, 409, 409, 201])
    // The image is read again before each try.
    const order = world.requests.map(({ kind }) => kind).filter(kind => kind === 'get-image' || kind === 'put-image')
    expect(order.slice(0, 2 * puts.length)).toEqual(puts.flatMap(() => ['get-image', 'put-image']))
    expect(annotations).toEqual([])
  })

  const meanwhile = (content: ImageContent, outcome: 'Succeeded' | 'Failed' = 'Succeeded') => ({
    world: { buildSeconds: 5 },
    prepare(world: World) {
      const meanwhile = (): void =>
        void world.startForeignBuild({ image: imageName, content, seconds: 6000, outcome: { status: outcome } })
      world.fault({ on: 'put-image', meanwhile })
      endingAt('get-image', 4)(world)
    },
  })

  test('of the same build, started meanwhile: follows it and starts no second one', async () => {
    const { exitCode, outputs, puts, world } = await play(meanwhile(wanted))
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'false', action: 'attach' })
    expect(puts).toHaveLength(1)
    expect(world.builds).toHaveLength(1)
  })

  test.concurrent.each([
    ['of another build of the image', meanwhile(other), 'update'],
    ['of the same build that fails', meanwhile(wanted, 'Failed'), 'rebuild'],
  ])('%s: waits, looks and decides again', async (_, options, action) => {
    const { exitCode, outputs, puts, ownBuilds } = await play(options)
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action })
    expect(puts.map(({ status }) => status)).toEqual([409, 200])
    expect(ownBuilds).toHaveLength(1)
  })

  test('as the end of an operation: submits again', async () => {
    const { exitCode, outputs, ownBuilds } = await play({
      world: { buildSeconds: 3, outcomes: [{ status: 'Failed', error: conflict }] },
    })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action: 'create' })
    expect(ownBuilds).toHaveLength(2)
    expect(outputs['operation-id']).toBe(ownBuilds[1]!.id)
  })

  test('as the end of an operation beside one of another run of this application: follows that one', async () => {
    const step = await play({
      world: { repeatedPut: 'second-operation' },
      prepare(world) {
        const by = { by: world.principal.clientId }
        const build = { image: imageName, content: wanted, seconds: 600, ...by }
        world.fault({ on: 'put-image', meanwhile: () => void world.startForeignBuild(build) })
      },
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' } })
    expect(step.puts.map(({ status }) => status)).toEqual([200])
  })

  test('of another kind fails at once', async () => {
    const error = { code: 'ScopeLocked', message: "The scope '/x' cannot perform write operation because of lock 'l'." }
    const step = await play({ prepare: refusing(error, 1) })
    const facts = ['ScopeLocked', "The scope '/x' cannot perform write operation"]
    expectFailure(step, 'refused', facts, { changed: 'false' })
    expect(step.puts).toHaveLength(1)
  })
})

describe('ServiceIsInMaintenance', () => {
  test.concurrent.each([
    ['at once', maintenance],
    ['at once, nested', nested],
  ])('%s: submits again, and builds once', async (_, error) => {
    const { exitCode, outputs, puts, ownBuilds } = await play({
      world: { buildSeconds: 5 },
      prepare: refusing(error, 4),
    })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action: 'create' })
    expect(puts.map(({ status }) => status)).toEqual([409, 409, 409, 409, 201])
    expect(ownBuilds).toHaveLength(1)
  })

  test.concurrent.each([
    ['as the end of an operation', maintenance, undefined, 'create'],
    ['as the end of an operation, nested', nested, undefined, 'create'],
    ['as the end of an update', maintenance, holding(other), 'update'],
  ])('%s: submits again', async (_, error, prepare, action) => {
    const { exitCode, outputs, ownBuilds, puts } = await play({
      world: { buildSeconds: 3, outcomes: [{ status: 'Failed', error }] },
      ...(prepare && { prepare }),
    })
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action })
    expect(ownBuilds).toHaveLength(2)
    expect(puts).toHaveLength(2)
    expect(outputs['operation-id']).toBe(ownBuilds[1]!.id)
  })

  test('that lasts longer than the step may: fails at the limit, with nothing built', async () => {
    const step = await play({
      inputs: { 'timeout-minutes': '0.5' },
      prepare: refusing(maintenance, 1000),
    })
    expectFailure(step, 'timeout', [], { changed: 'false' })
    expect(step.ownBuilds).toEqual([])
    expect(step.puts.length).toBeGreaterThan(2)
    expect(step.log).toContain("Cluster 'adxforecast' is in process of maintenance")
  })
})
