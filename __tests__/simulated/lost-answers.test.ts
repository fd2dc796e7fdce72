import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/azure/faults.js'
import { expectFailure, holding, play, type Played, type PlayOptions, printedBetween, wanted } from './harness.js'

const world = { buildSeconds: 30 }
const lossOf = (fault: Omit<Fault, 'on'>, more: PlayOptions = {}): Promise<Played> =>
  play({ world, prepare: world => void world.fault({ on: 'put-image', ...fault }), ...more })

const page = '<html><head><title>504</title></head><body>Gateway Time-out</body></html>'

describe('the answer to the request for the build is lost, and the service', () => {
  test.concurrent.each<[string, Omit<Fault, 'on'>]>([
    ['500', { answerAfter: { status: 500, body: { error: { code: 'InternalServerError', message: 'Oh' } } } }],
    ['502', { answerAfter: { status: 502, body: { message: 'Bad gateway' } } }],
    ['503', { answerAfter: { status: 503 } }],
    ['504', { answerAfter: { status: 504, body: page } }],
    ['408', { answerAfter: { status: 408 } }],
    ['a redirect', { answerAfter: { status: 307, headers: { Location: 'https://evil.example/' } } }],
    ['a page of a gateway that calls itself a success', { answerAfter: { status: 200, body: page } }],
    ['an empty success', { answerAfter: { status: 201 } }],
    ['a cut connection', { reset: 'after' }],
    ['a cut answer', { truncate: true }],
    ['silence', { hang: 'after' }],
  ])('has begun it: it is found and followed, not repeated (%s)', async (_, fault) => {
    const { exitCode, outputs, puts, world } = await lossOf(fault)
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', action: 'create' })
    expect(outputs).not.toHaveProperty('changed')
    expect(puts).toHaveLength(1)
    expect(world.builds).toHaveLength(1)
  })

  test.concurrent.each<[string, Omit<Fault, 'on'>]>([
    ['500', { answer: { status: 500 } }],
    ['503', { answer: { status: 503, body: page } }],
    ['504', { answer: { status: 504, body: page } }],
    ['408', { answer: { status: 408 } }],
    ['a cut connection', { reset: 'before' }],
    ['silence', { hang: 'before' }],
    ['three times 504', { answer: { status: 504 }, times: 3 }],
  ])('has not: it is asked again, after a look (%s)', async (_, fault) => {
    const { exitCode, outputs, puts, world } = await lossOf(fault)
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action: 'create' })
    expect(puts).toHaveLength((fault.times ?? 1) + 1)
    expect(world.builds).toHaveLength(1)
    const afterFirst = world.requests.slice(world.requests.indexOf(puts[0]!) + 1)
    expect(afterFirst[0]!.kind).toBe('get-image')
    // It may be taken for two minutes, and show itself two minutes later.
    const pauses = puts.slice(1).map(({ at }, index) => at - puts[index]!.at)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(240_000)
  })

  test.concurrent.each([3, 110])('begins it %i s late: it is found', async seconds => {
    const { exitCode, outputs, puts, world } = await lossOf({
      answer: { status: 504 },
      takenAfterMs: seconds * 1000,
    })
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'Succeeded', action: 'create' } })
    expect(outputs).not.toHaveProperty('changed')
    expect(puts).toHaveLength(1)
    expect(world.builds).toHaveLength(1)
  })

  test('has begun to build by force what was there already: it is found', async () => {
    const { exitCode, outputs, puts, world } = await lossOf(
      { answerAfter: { status: 504 } },
      {
        inputs: { force: 'true' },
        world: { buildSeconds: 400 },
        prepare(world) {
          holding(wanted)(world)
          world.fault({ on: 'put-image', answerAfter: { status: 504 } })
        },
      },
    )
    expect(exitCode).toBe(0)
    expect(outputs).toMatchObject({ state: 'Succeeded', action: 'rebuild' })
    expect(outputs).not.toHaveProperty('changed')
    expect(puts).toHaveLength(1)
    expect(world.builds).toHaveLength(1)
  })

  test('has begun it: the log says so as soon as a read shows it, and once', async () => {
    const step = await lossOf({ reset: 'after' }, { world: { buildSeconds: 1000 } })
    expect(step.exitCode).toBe(0)
    // Two minutes after the request no read can show what was before it.
    const [put] = step.puts
    const reads = step.world.seen('get-image').map(({ at }) => at)
    const shown = reads.find(at => at >= put!.at + 120_000)!
    const found = printedBetween(step, shown, shown + 1000)
    expect(found).toHaveLength(1)
    expect(step.lines.filter(({ text }) => text === found[0])).toHaveLength(1)
    const before = printedBetween(step, put!.at, shown)
    expect(before.filter(line => found.includes(line))).toEqual([])
    expect(before).not.toEqual([])
  })

  test('has begun it, and it failed before anybody looked: that is the end', async () => {
    const error = { code: 'BadRequest', message: 'No.' }
    const { exitCode, outputs, world } = await lossOf(
      { reset: 'after' },
      { world: { buildSeconds: 0.1, outcomes: [{ status: 'Failed', error }] } },
    )
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 1, outputs: { state: 'Failed' } })
    expect(outputs).not.toHaveProperty('changed')
    expect(world.builds).toHaveLength(1)
  })

  test('has begun it, and nobody waits: it is accepted', async () => {
    const { exitCode, outputs, puts, world } = await lossOf(
      { reset: 'after' },
      { inputs: { wait: 'false' }, world: { buildSeconds: 400 } },
    )
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'Creating' } })
    expect(outputs).not.toHaveProperty('changed')
    expect(puts).toHaveLength(1)
    expect(world.builds).toHaveLength(1)
  })

  test('never has: the step fails after a few tries, and says so', async () => {
    const step = await lossOf({ answer: { status: 504, body: page }, times: 1000 })
    expectFailure(step, 'submission-unanswered', ['504', 'Gateway Time-out'], { changed: 'false' })
    expect(step.world.builds).toEqual([])
    expect(step.puts.length).toBeGreaterThan(1)
    expect(step.puts.length).toBeLessThan(10)
  })
})
