import { describe, expect, test } from '@jest/globals'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import { pullRequest } from '../../emulator/github/events.js'
import type { World } from '../../emulator/world.js'
import {
  all,
  endingAt,
  expectAnnotation,
  expectEnd,
  expectFailure,
  failureOf,
  holding,
  imageName,
  kindsOf,
  other,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  printedBetween,
  running,
  wanted,
} from './harness.js'

const quick = { switchSeconds: 0.3 }

/** Plays a step that activates the image. */
const activate = ({ world, inputs, ...options }: PlayOptions = {}): Promise<Played> =>
  play({ ...options, world: { ...quick, ...world }, inputs: { activate: 'true', ...inputs } })

const R = { languageExtensionName: 'R', languageExtensionImageName: 'R' }

describe('an image that is built', () => {
  test('is switched to, and other languages stay as they are', async () => {
    const step = await activate({ prepare: ({ cluster }) => void cluster.languageExtensions.push(R) })
    expectEnd(step, {
      exitCode: 0,
      outputs: {
        state: 'Succeeded',
        changed: 'true',
        activated: 'true',
        'active-image': imageName,
        'previous-image': 'Python3_10_8',
      },
    })
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-image',
      'list-images',
      'get-cluster',
      'put-image',
      'poll',
      'get-image',
      'get-cluster',
      'switch',
      'poll',
      'get-cluster',
      'get-image',
    ])
    const [request] = step.world.seen('switch')
    expect(JSON.parse(request!.body)).toEqual({ value: [pythonOn(imageName)] })
    expect(step.world.cluster.languageExtensions).toContainEqual(R)
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
    expect(step.annotations).toEqual([])
  })

  test('while queries run on it is switched to again, with a warning', async () => {
    const step = await activate({ prepare: running(imageName, other) })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', 'previous-image': imageName } })
    expect(step.ownSwitches).toHaveLength(1)
    expect(step.world.cluster.activeContent).toMatchObject({ requirementsFileContent: wanted.requirementsFileContent })
    expect(kindsOf(step)).toEqual(['warning active-image'])
    expectAnnotation(step, 'warning active-image', [imageName])
  })

  test('while queries run on it, without activate: a warning says that they may go on with the former build', async () => {
    const prepare = running(imageName, other)
    const [step, switched] = [await play({ prepare }), await activate({ prepare })]
    expectEnd(step, { exitCode: 0, outputs: { activated: 'false', 'active-image': imageName } })
    expect(step.ownSwitches).toEqual([])
    expect(kindsOf(step)).toEqual(['warning active-image'])
    expectAnnotation(step, 'warning active-image', [imageName])
    // It is not the one of a run that switches to it again.
    expect(step.annotations).not.toEqual(switched.annotations)
  })

  test('by someone else meanwhile is switched to as well', async () => {
    const step = await activate({
      prepare: all(
        running(imageName, other),
        world => void world.startForeignBuild({ image: imageName, content: wanted, seconds: 600 }),
        endingAt('get-image', 3),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'attach', activated: 'true' } })
    expect(step.ownSwitches).toHaveLength(1)
  })
})

describe('an image that is there already', () => {
  test('is switched to where another one is active', async () => {
    const step = await activate({ prepare: all(holding(wanted), running('fraud', other)) })
    expectEnd(step, {
      exitCode: 0,
      outputs: {
        action: 'none',
        changed: 'false',
        activated: 'true',
        'active-image': imageName,
        'previous-image': 'fraud',
      },
    })
    expect(step.puts).toEqual([])
  })

  test('and where no queries in Python are enabled', async () => {
    const step = await activate({
      prepare: all(holding(wanted), ({ cluster }) => void (cluster.languageExtensions = [R])),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', 'active-image': imageName } })
    expect(step.outputs).not.toHaveProperty('previous-image')
    expect(step.world.cluster.languageExtensions).toContainEqual(R)
  })

  test.each(['forecasting', 'FORECASTING'])('and active is left alone: nothing is submitted (%s)', async name => {
    const step = await activate({
      prepare: all(holding(wanted), ({ cluster }) => setExtension(cluster, pythonOn(name))),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'false', 'active-image': name, 'previous-image': name } })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token', 'get-image', 'get-cluster'])
    expect(step.ownSwitches).toEqual([])
  })
})

describe('a cluster that cannot be changed stops the run before anything is submitted', () => {
  const states = [
    ['Stopped', 'cluster-stopped'],
    ['Stopping', 'cluster-stopped'],
    ['Suspended', 'cluster-suspended'],
    ['Deleting', 'cluster-deleted'],
    ['Migrated', 'cluster-migrated'],
  ] as const
  test.concurrent.each(states)('%s', async (state, code) => {
    const prepare = (world: World) => void (world.cluster.state = state)
    const inputs = [{}, { mode: 'plan' }, { activate: 'true' }, { mode: 'plan', activate: 'true' }]
    for (const each of inputs) {
      const step = await play({ prepare, inputs: each })
      expectFailure(step, code, ['adxforecast'], { action: each.mode === 'plan' ? 'create' : 'none' })
      expect(step.world.requests.map(({ kind }) => kind)).toEqual([
        'id-token',
        'token',
        'get-image',
        'list-images',
        'get-cluster',
      ])
    }
  })

  test('nor is anything switched where there is nothing to build', async () => {
    const step = await activate({ prepare: all(holding(wanted), ({ cluster }) => void (cluster.state = 'Stopped')) })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Succeeded', activated: 'false' } })
    expect(failureOf(step).code).toBe('cluster-stopped')
  })

  test('but where there is nothing to do at all, nobody asks', async () => {
    const step = await play({ prepare: all(holding(wanted), ({ cluster }) => void (cluster.state = 'Stopped')) })
    expectEnd(step, { exitCode: 0 })
    expect(step.world.requests).toHaveLength(3)
  })
})

describe('a cluster that is being changed is waited for', () => {
  test('before the build, and before the switch', async () => {
    const step = await activate({
      prepare: all(
        running('fraud', other),
        world => void world.startForeignSwitch(pythonOn('fraud'), 600),
        endingAt('get-cluster', 3),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    expect(step.ownSwitches).toHaveLength(1)
    const [foreign] = step.world.switches
    const looks = step.world.seen('get-cluster')
    expect(printedBetween(step, looks[1]!.at, looks[2]!.at)).not.toEqual([])
    expect(step.puts[0]!.at).toBeGreaterThanOrEqual(foreign!.to)
  })

  test('whatever its state is called', async () => {
    const step = await activate({
      prepare(world) {
        holding(wanted)(world)
        world.cluster.state = 'Defragmenting'
        world.fault({ on: 'get-cluster', skip: 3, meanwhile: () => void (world.cluster.state = 'Running') })
      },
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    expect(step.log).toContain('Defragmenting')
  })

  test('a plan does not wait, for apply will', async () => {
    const step = await play({
      inputs: { mode: 'plan', activate: 'true' },
      prepare: all(running('fraud', other), world => void world.startForeignSwitch(pythonOn('fraud'), 600)),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'create', 'active-image': 'fraud' } })
  })
})

describe('a switch that does not begin at once', () => {
  const held = all(holding(wanted), running('fraud', other))

  test.concurrent.each<[string, Parameters<World['fault']>[0]]>([
    [
      'another change of the cluster',
      {
        on: 'switch',
        answer: { status: 409, body: { error: { code: 'RequestConflict', message: 'the state is not terminal' } } },
      },
    ],
    [
      'a maintenance',
      {
        on: 'switch',
        answer: {
          status: 409,
          body: { error: { code: 'ServiceIsInMaintenance', message: 'in process of maintenance' } },
        },
      },
    ],
    ['throttling', { on: 'switch', answer: { status: 429, headers: { 'Retry-After': '1' } } }],
    ['a request that is lost', { on: 'switch', reset: 'before' }],
    ['an answer that is lost', { on: 'switch', reset: 'after' }],
    ['a gateway that has no patience', { on: 'switch', answerAfter: { status: 504, body: '<html>' } }],
    ['a page in the place of an answer', { on: 'switch', answerAfter: { status: 200, body: '<html>' } }],
    ['a page, and no switch', { on: 'switch', answer: { status: 200, body: '<html>' } }],
  ])('for %s begins later, once', async (_, fault) => {
    const step = await activate({
      world: { switchSeconds: 60 },
      prepare: all(held, world => void world.fault(fault)),
    })
    expectEnd(step, { exitCode: 0, outputs: { 'active-image': imageName, 'previous-image': 'fraud' } })
    const isLost = fault.reset === 'after' || fault.answerAfter !== undefined
    // Where the answer was lost, nobody knows whose switch it was that was found.
    expect(step.outputs['activated']).toBe(isLost ? undefined : 'true')
    expect(step.ownSwitches).toHaveLength(1)
  })

  test('is asked for again when a maintenance ended it', async () => {
    const error = { code: 'ServiceIsInMaintenance', message: '[Conflict] in process of maintenance' }
    const step = await activate({
      world: { switchOutcomes: [{ status: 'Failed', error }], switchSeconds: 5 },
      prepare: held,
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    expect(step.ownSwitches).toHaveLength(2)
  })

  test('and never does, is given up with what is active', async () => {
    const step = await activate({
      prepare: all(held, world => void world.fault({ on: 'switch', times: 9, answer: { status: 503 } })),
    })
    const outputs = { activated: 'false', 'active-image': 'fraud' }
    expectFailure(step, 'submission-unanswered', ['fraud', '503'], outputs)
    expect(step.world.seen('switch')).toHaveLength(4)
  })
})

describe('a switch is followed', () => {
  const held = all(holding(wanted), running('fraud', other))
  const slow = { switchSeconds: 1000 }

  test('by the cluster itself where its operation may not be read', async () => {
    const step = await activate({
      world: slow,
      prepare: all(
        held,
        ({ principal }) => void principal.actions.delete('Microsoft.Kusto/locations/operationresults/read'),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    expect(kindsOf(step)).toEqual(['warning operation-unreadable', 'warning operation-unreadable'])
  })

  test('in place, too, where nothing but the state tells', async () => {
    const step = await activate({
      world: { ...slow, buildSeconds: 100 },
      prepare: all(
        running(imageName, other),
        ({ principal }) => void principal.actions.delete('Microsoft.Kusto/locations/operationresults/read'),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    const [build] = step.ownSwitches
    const last = step.world.seen('get-cluster').at(-1)!
    expect(last.at).toBeGreaterThanOrEqual(build!.to)
  })

  test('through lost and useless answers', async () => {
    const step = await activate({
      world: slow,
      prepare: all(held, world => {
        world.fault({ on: 'poll', times: 2, answer: { status: 502, body: '<html>' } })
        world.fault({ on: 'poll', skip: 2, reset: 'before' })
        world.fault({ on: 'get-cluster', skip: 1, truncate: true })
        world.fault({ on: 'get-cluster', skip: 1, answer: { status: 200, body: '<html>' } })
      }),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true' } })
    expect(step.ownSwitches).toHaveLength(1)
  })

  test.each(['Failed', 'Canceled'] as const)('and has %s: that is said, with what is active', async status => {
    const error = { code: 'InternalServerError', message: 'The nodes did not come up.' }
    const step = await activate({ world: { ...quick, switchOutcomes: [{ status, error }] }, prepare: held })
    const facts = ['fraud', 'The nodes did not come up.', step.ownSwitches[0]!.id]
    const outputs = { state: 'Succeeded', activated: 'false', 'active-image': 'fraud' }
    expectFailure(step, `switch-${status.toLowerCase()}`, facts, outputs)
  })

  test('and someone else switches on at once: that is said', async () => {
    const again = (world: World) => (): void => setExtension(world.cluster, pythonOn('fraud'))
    const step = await activate({
      prepare: all(held, world => void world.fault({ on: 'get-cluster', skip: 1, times: 99, meanwhile: again(world) })),
      world: { ...quick },
    })
    const outputs = { 'active-image': 'fraud', 'previous-image': 'fraud' }
    expectFailure(step, 'switch-superseded', ['fraud'], outputs)
    // Whether it was active in between nobody knows.
    expect(step.outputs).not.toHaveProperty('activated')
  })
})

describe('a run that ends while the cluster is being switched', () => {
  const held = all(holding(wanted), running('fraud', other))
  const long = { switchSeconds: 3600 }

  test('by its time limit says that the switch goes on', async () => {
    const step = await activate({ world: long, inputs: { 'timeout-minutes': '5' }, prepare: held })
    const outputs = { 'active-image': 'fraud', 'previous-image': 'fraud' }
    expectFailure(step, 'timeout', [step.ownSwitches[0]!.id], outputs)
    expect(step.outputs).not.toHaveProperty('activated')
  })

  test('by being cancelled, too, and at once; the next run follows it', async () => {
    const step = await activate({ world: long, prepare: held, cancelWhen: world => world.seen('poll').length > 2 })
    expectFailure(step, 'cancelled', [step.ownSwitches[0]!.id])
    expect(step.outputs).not.toHaveProperty('activated')
    expect(step.endedAfterCancelMs).toBe(0)

    const next = await activate({
      prepare: all(held, world => void world.startForeignSwitch(pythonOn(imageName), 300)),
    })
    expectEnd(next, { exitCode: 0, outputs: { activated: 'false', 'active-image': imageName } })
    expect(next.ownSwitches).toEqual([])
  })
})

describe('what the application may not do', () => {
  const without =
    (action: string) =>
    ({ principal }: World) =>
      void principal.actions.delete(action)

  test('switch the cluster: the action is named', async () => {
    const step = await activate({ prepare: without('Microsoft.Kusto/Clusters/AddLanguageExtensions/action') })
    const outputs = { changed: 'true', state: 'Succeeded', activated: 'false' }
    expectFailure(step, 'forbidden', [/AddLanguageExtensions\/action/i], outputs)
  })

  test('read the cluster: then nothing can be activated', async () => {
    const step = await activate({ prepare: all(holding(wanted), without('Microsoft.Kusto/Clusters/read')) })
    expectFailure(step, 'forbidden', ['clusters/read'])
  })

  test('read the cluster: then the image is built all the same', async () => {
    const step = await play({ prepare: without('Microsoft.Kusto/Clusters/read') })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'true' } })
    expect(step.annotations).toEqual([])
  })
})

describe('a plan', () => {
  const plan = (options: PlayOptions) => activate({ event: pullRequest(), ...options, inputs: { mode: 'plan' } })

  const plans: [string, (world: World) => void, RegExp, object][] = [
    ['to an image that is not there', () => undefined, /\b2\b/, { action: 'create', activates: true }],
    ['to another image', all(holding(other), running('fraud')), /\b3\b/, { action: 'update', activates: true }],
    [
      'to an image that is not active',
      all(holding(wanted), running('fraud')),
      /^/,
      { action: 'none', activates: true },
    ],
    ['to one that is', running(imageName), /^/, { action: 'none', activates: false }],
  ]
  test.each(plans)('tells it: %s', async (_, prepare, packages, expected) => {
    const step = await plan({ prepare })
    expectEnd(step, { exitCode: 0 })
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
    expect(outcomeLine(step)).toMatch(packages)
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject(expected)
  })

  test('tells each in words that it has for no other', async () => {
    const steps = await Promise.all(plans.map(([, prepare]) => plan({ prepare })))
    expect(new Set(steps.map(outcomeLine)).size).toBe(plans.length)
  })

  test('warns of a build of what is active', async () => {
    const step = await plan({ prepare: running(imageName, other) })
    expect(step.annotations.map(({ title }) => title)).toEqual(['active-image'])
  })
})

test('what someone else has built in its place during the switch is not told as this run’s', async () => {
  const step = await activate({
    world: { buildSeconds: 300, switchSeconds: 1200 },
    prepare: world =>
      void world.fault({
        on: 'get-cluster',
        skip: 2,
        meanwhile: () => void world.startForeignBuild({ image: imageName, content: other, seconds: 0 }),
      }),
  })
  expectEnd(step, { exitCode: 1, outputs: { state: 'Outdated' } })
  expect(failureOf(step)).toMatchObject({ code: 'superseded' })
})
