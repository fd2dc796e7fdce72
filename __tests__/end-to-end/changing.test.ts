import { describe, expect, test } from '@jest/globals'
import { pythonOn } from '../../emulator/azure/cluster.js'
import { pullRequest } from '../../emulator/github/events.js'
import {
  all,
  built,
  endingAt,
  expectEnd,
  failureOf,
  fast,
  holding,
  imageName,
  other,
  play,
  running,
  wanted,
} from './harness.js'

// One case of each kind on the shipped file, for all that lies between it and the service. What else can happen is
// played in simulated time.

describe('the shipped action', () => {
  test.concurrent('builds', async () => {
    const step = await play()
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
    expect(step.ownBuilds).toMatchObject([{ content: wanted, finished: true }])
    expect(step.outputs['operation-id']).toBe(step.ownBuilds[0]!.id)
  })

  test.concurrent('submits nothing, in three requests, where nothing is to be done', async () => {
    const step = await play({ prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' } })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token', 'get-image'])
  })

  test.concurrent('tells why a build failed, at the line that is to blame', async () => {
    const error = { code: 'BadRequest', message: 'ERROR: No matching distribution found for scikit-learn==1.4.2' }
    const step = await play({ world: { outcomes: [{ status: 'Failed', error }] } })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed', changed: 'true', action: 'create' } })
    expect(failureOf(step).code).toBe('build-failed')
    expect(step.annotations.filter(({ file }) => file === 'requirements.txt').map(({ line }) => line)).toEqual([2])
  })

  test.concurrent('plans, and comments on the pull request', async () => {
    const step = await play({
      event: pullRequest(),
      inputs: { mode: 'plan', comment: 'true' },
      prepare: holding(other),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update', changed: 'true' } })
    expect(step.world.api.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- .* -->\n### .*forecasting/),
    ])
  })

  const used = { activate: 'true', verify: 'true', database: 'telemetry' }

  test.concurrent('activates and verifies', async () => {
    const step = await play({ world: fast, inputs: used, prepare: running('fraud', other) })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', verified: 'true', 'previous-image': 'fraud' } })
    expect(step.ownSwitches).toHaveLength(1)
  })

  test.concurrent('goes back from an image that is found wanting', async () => {
    const step = await play({
      world: fast,
      inputs: used,
      prepare: all(running('fraud', other), holding(wanted), ({ settings }) =>
        settings.installed.set(`${imageName}/pandas`, { version: '2.2.1' }),
      ),
    })
    expectEnd(step, { exitCode: 1, outputs: { activated: 'false', verified: 'false', 'active-image': 'fraud' } })
    expect(failureOf(step).code).toBe('verification-failed')
    expect(step.world.cluster.languageExtensions).toContainEqual(pythonOn('fraud'))
  })

  test.concurrent('deletes', async () => {
    const step = await play({ world: fast, inputs: { mode: 'delete' }, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { action: 'delete', changed: 'true', state: 'NotFound' } })
    expect(step.world.cluster.images.get(imageName)).toBeUndefined()
  })

  test.concurrent('replaces a token that is refused before its time, and asks again', async () => {
    const step = await play({ prepare: world => void world.fault({ on: 'get-image', answer: { status: 401 } }) })
    expectEnd(step, built)
    const [refused, repeated] = step.world.seen('get-image')
    expect(repeated!.target).toBe(refused!.target)
    expect(repeated!.headers.authorization).not.toBe(refused!.headers.authorization)
    expect(step.annotations).toEqual([])
  })

  test.concurrent('waits while another change is in the way', async () => {
    const step = await play({
      world: fast,
      prepare: all(
        world => void world.startForeignBuild({ image: 'fraud', content: other, seconds: 100_000 }),
        endingAt('put-image', 3),
      ),
    })
    expectEnd(step, built)
    expect(step.puts.map(({ status }) => status)).toEqual([409, 409, 201])
    expect(step.ownBuilds).toHaveLength(1)
  })

  test.concurrent('finds the build whose answer was lost, and asks for it once', async () => {
    const step = await play({
      world: fast,
      prepare: world => void world.fault({ on: 'put-image', reset: 'after' }),
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action: 'create' } })
    expect(step.outputs).not.toHaveProperty('changed')
    expect(step.puts).toHaveLength(1)
  })

  test.concurrent('comes through an answer that is cut in the middle, wherever', async () => {
    const step = await play({
      world: fast,
      prepare(world) {
        for (const on of ['id-token', 'token', 'get-image', 'get-cluster', 'poll'] as const) {
          world.fault({ on, truncate: true })
        }
      },
    })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(1)
  })
})
