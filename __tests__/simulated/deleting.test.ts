import { describe, expect, test } from '@jest/globals'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { World } from '../../emulator/world.js'
import { tableRow } from '../shown-text.js'
import {
  all,
  expectEnd,
  expectFailure,
  type Fact,
  failureOf,
  holding,
  imageName,
  other,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  printedBetween,
  wanted,
} from './harness.js'

const quick = { deleteSeconds: 0.3 }
const remove = ({ world, inputs, ...options }: PlayOptions = {}): Promise<Played> =>
  play({ ...options, world: { ...quick, ...world }, inputs: { mode: 'delete', ...inputs } })

const left = ({ world }: Played) => world.cluster.images.all().map(({ name }) => name)
const deletions = ({ world }: Played) =>
  world.seen('delete-image').map(({ path }) => decodeURIComponent(path.split('/').at(-1)!))
const images =
  (...names: string[]) =>
  ({ cluster }: World): void =>
    names.forEach(name => cluster.images.set(name, wanted))
describe('mode: delete', () => {
  test('deletes the image, and nothing else', async () => {
    const step = await remove({ prepare: images('fraud', imageName) })
    expectEnd(step, {
      exitCode: 0,
      outputs: { action: 'delete', changed: 'true', state: 'NotFound', activated: 'false' },
    })
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-cluster',
      'list-images',
      'get-cluster',
      'list-images',
      'delete-image',
      'poll',
      'get-image',
    ])
    expect(left(step)).toEqual(['fraud'])
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
    expect(step.summary).toMatch(/^### ✅ /)
  })

  test('needs neither a requirements file nor a version', async () => {
    const inputs = { 'language-version': '', 'requirements-file': 'none.txt' }
    expectEnd(await remove({ inputs, prepare: images(imageName) }), { exitCode: 0, outputs: { action: 'delete' } })
  })

  test('is done where there is no such image', async () => {
    const step = await remove({ prepare: images('fraud') })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false', state: 'NotFound' } })
    expect(deletions(step)).toEqual([])
  })

  test.each<[string, Parameters<World['fault']>[0]]>([
    [
      '404',
      {
        on: 'delete-image',
        answer: {
          status: 404,
          body: { error: { code: 'ResourceNotFound', message: 'clusters/a/sandboxCustomImages/b' } },
        },
      },
    ],
    ['204', { on: 'delete-image', answer: { status: 204 } }],
  ])('or is not any more: %s', async (_, fault) => {
    const step = await remove({
      prepare: all(
        images(imageName),
        world => void world.fault({ ...fault, meanwhile: () => world.cluster.images.delete(imageName) }),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false', state: 'NotFound' } })
    // It does not claim to have deleted it.
    const deleted = await remove({ prepare: images(imageName) })
    expect(outcomeLine(step).replace(/\d+/g, '')).not.toBe(outcomeLine(deleted).replace(/\d+/g, ''))
  })

  test('is refused where queries run on it', async () => {
    const step = await remove({
      prepare: all(images('FORECASTING'), ({ cluster }) => setExtension(cluster, pythonOn('Forecasting'))),
    })
    const outputs = { state: 'Succeeded', changed: 'false', 'active-image': 'Forecasting' }
    expectFailure(step, 'image-in-use', ['adxforecast', /forecasting/i], outputs)
    expect(left(step)).toEqual(['FORECASTING'])
  })

  test('is refused where other images are built upon it, on whatever page of the list', async () => {
    const step = await remove({
      world: { listPage: 2 },
      prepare: all(images(imageName, 'a', 'b', 'c'), ({ cluster }) => {
        cluster.images.set('z', { language: 'Python', baseImageName: 'Forecasting' })
        cluster.images.set('zz', { language: 'Python', baseImageName: 'forecasting' })
      }),
    })
    expectFailure(step, 'image-in-use', [/\bz\b/, /\bzz\b/, imageName], { changed: 'false' })
    expect(step.world.seen('list-images')).toHaveLength(3)
  })

  test('waits for a build of it, and for another change of the cluster', async () => {
    const step = await remove({
      prepare: all(images('fraud'), world => {
        world.startForeignBuild({ image: imageName, content: wanted, seconds: 20 })
        world.startForeignBuild({ image: 'fraud', content: other, seconds: 600 })
      }),
      world: { ...quick },
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'delete', state: 'NotFound' } })
    expect(left(step)).toEqual(['fraud'])
    const [build, another] = step.world.builds
    expect(step.world.deletions[0]!.from).toBeGreaterThanOrEqual(Math.max(build!.to, another!.to))
    // One line at least tells of the build of it that is waited for, and one of the other change.
    expect(printedBetween(step, build!.from, build!.to)).not.toEqual([])
    expect(printedBetween(step, build!.to, another!.to)).not.toEqual([])
  })

  test('leaves alone what was put to use while it waited', async () => {
    const step = await remove({
      prepare: all(images(imageName), world => {
        const meanwhile = () => setExtension(world.cluster, pythonOn(imageName))
        const answer = { status: 409, body: { error: { code: 'RequestConflict', message: 'not terminal' } } }
        world.fault({ on: 'delete-image', answer, meanwhile })
      }),
    })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step).code).toBe('image-in-use')
    expect(left(step)).toEqual([imageName])
  })

  test('leaves alone what was put to use while the list was throttled', async () => {
    const step = await remove({
      prepare: all(images(imageName), world => {
        const meanwhile = () => setExtension(world.cluster, pythonOn(imageName))
        world.fault({
          on: 'list-images',
          skip: 1,
          answer: { status: 429, headers: { 'Retry-After': '300' } },
          meanwhile,
        })
      }),
    })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step).code).toBe('image-in-use')
    expect(left(step)).toEqual([imageName])
  })

  test.concurrent.each<[string, Parameters<World['fault']>[0]]>([
    ['a request that is lost', { on: 'delete-image', reset: 'before' }],
    ['an answer that is lost', { on: 'delete-image', reset: 'after' }],
    ['a gateway that has no patience', { on: 'delete-image', answerAfter: { status: 504, body: '<html>' } }],
    ['a page in the place of an answer', { on: 'delete-image', answer: { status: 200, body: '<html>' } }],
    ['throttling', { on: 'delete-image', answer: { status: 429, headers: { 'Retry-After': '1' } } }],
    ['polls that are lost', { on: 'poll', times: 3, reset: 'before' }],
    ['an operation that nobody may read', { on: 'poll', times: 99, answer: { status: 403 } }],
    ['a list that is cut', { on: 'list-images', truncate: true }],
    ['a list that is a page', { on: 'list-images', answer: { status: 200, body: '<html>' } }],
  ])('comes through %s, and deletes once', async (_, fault) => {
    const step = await remove({
      world: { deleteSeconds: 40 },
      prepare: all(images(imageName), world => void world.fault(fault)),
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'NotFound', action: 'delete' } })
    // Of a request whose answer was lost, nobody knows whether it has deleted the image, or someone else has.
    const isLost = fault.on === 'delete-image' && fault.answer?.status !== 429
    expect([undefined, 'true']).toContain(step.outputs['changed'])
    if (!isLost) expect(step.outputs['changed']).toBe('true')
    expect(step.world.seen('delete-image').filter(({ processed }) => processed)).toHaveLength(1)
  })

  test('says so when it may not', async () => {
    const step = await remove({
      prepare: all(
        images(imageName),
        ({ principal }) => void principal.actions.delete('Microsoft.Kusto/Clusters/SandboxCustomImages/delete'),
      ),
    })
    expectFailure(step, 'forbidden', [/SandboxCustomImages\/delete/i], { changed: 'false' })
  })

  test('deletes nothing where it may not read what is active', async () => {
    const step = await remove({
      prepare: all(
        images(imageName),
        ({ principal }) => void principal.actions.delete('Microsoft.Kusto/Clusters/read'),
      ),
    })
    expectFailure(step, 'forbidden', [/clusters\/read/i], { changed: 'false' })
    expect(deletions(step)).toEqual([])
    expect(left(step)).toEqual([imageName])
  })

  test('nor where the list leads away', async () => {
    const step = await remove({
      prepare: all(images(imageName), world => {
        world.addForeignHost('evil.example')
        const nextLink = 'https://evil.example/sandboxCustomImages?api-version=2024-04-13'
        world.fault({
          on: 'list-images',
          alter: answer => ({ ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), nextLink }) }),
        })
      }),
    })
    expectEnd(step, { exitCode: 1 })
    expect(failureOf(step).code).toBe('list-incomplete')
  })

  test('a run that is cancelled says that the deletion goes on', async () => {
    const step = await remove({
      world: { deleteSeconds: 600 },
      prepare: images(imageName),
      cancelWhen: world => world.seen('poll').length > 1,
    })
    expectFailure(step, 'cancelled', [step.world.deletions[0]!.id])
    expect(step.outputs['state']).toBe('Running')
    // It may still fail.
    expect(step.outputs).not.toHaveProperty('changed')
  })
})

describe('keep-latest', () => {
  const family = { 'image-name': 'forecasting-*' }
  const dated = ({ cluster }: World): void => {
    const days = { 'forecasting-5f': 3, 'forecasting-a0': 5, 'forecasting-1c': 4, 'forecasting-ff': 1 }
    for (const [name, day] of Object.entries(days)) {
      cluster.images.set(name, wanted).changedAt = new Date(Date.UTC(2026, 10, day))
    }
    cluster.images.set('fraud', wanted)
  }

  test('deletes all but the newest of a family', async () => {
    const step = await remove({ inputs: { ...family, 'keep-latest': '2' }, prepare: dated })
    expectEnd(step, { exitCode: 0, outputs: { action: 'delete', changed: 'true' } })
    expect(deletions(step)).toEqual(['forecasting-5f', 'forecasting-ff'])
    expect(left(step)).toEqual(['forecasting-a0', 'forecasting-1c', 'fraud'])
    expect(outcomeLine(step)).toMatch(/\b2\b.*forecasting-5f.*forecasting-ff/)
    expect(step.outputs).not.toHaveProperty('state')
  })

  test('by their numbers, where the service gives no dates', async () => {
    const step = await remove({
      inputs: { ...family, 'keep-latest': '1' },
      prepare: images('forecasting-9', 'forecasting-10'),
    })
    expectEnd(step, { exitCode: 0 })
    expect(deletions(step)).toEqual(['forecasting-9'])
  })

  test('but for what is in use', async () => {
    const step = await remove({
      inputs: { ...family, 'keep-latest': '0' },
      prepare: all(dated, ({ cluster }) => {
        setExtension(cluster, pythonOn('forecasting-ff'))
        cluster.images.set('top', { language: 'Python', baseImageName: 'forecasting-5f' })
      }),
    })
    expectEnd(step, { exitCode: 0 })
    expect(left(step)).toEqual(['forecasting-5f', 'forecasting-ff', 'fraud', 'top'])
    expect(tableRow(step.summary, 'forecasting-5f')).toMatch(/\btop\b/)
    const told = step.lines.map(({ text }) => text)
    expect(told).toContainEqual(expect.stringMatching(/forecasting-5f\b.*\btop\b/))
    expect(told).toContainEqual(expect.stringMatching(/forecasting-ff\b/))
  })

  test('deletes nothing where their order is not known', async () => {
    const step = await remove({
      inputs: { ...family, 'keep-latest': '1' },
      prepare: images('forecasting-5f', 'forecasting-a0'),
    })
    expectFailure(step, 'ages-unknown', ['forecasting-5f', 'forecasting-a0'], { changed: 'false' })
    expect(deletions(step)).toEqual([])
  })

  test('with mode: plan only says which', async () => {
    const step = await play({ inputs: { mode: 'plan', ...family, 'keep-latest': '3' }, prepare: dated })
    expectEnd(step, { exitCode: 0, outputs: { action: 'delete', changed: 'true' } })
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject({
      compared: true,
      images: [
        { name: 'forecasting-a0', deleted: false, why: 'latest' },
        { name: 'forecasting-1c', deleted: false, why: 'latest' },
        { name: 'forecasting-5f', deleted: false, why: 'latest' },
        { name: 'forecasting-ff', deleted: true, why: 'old' },
      ],
    })
    expect(outcomeLine(step)).toMatch(/\b1\b.*forecasting-ff/)
    expect(left(step)).toHaveLength(5)
  })

  test('and nothing to delete is no change', async () => {
    for (const mode of ['plan', 'delete']) {
      const step = await play({ inputs: { mode, ...family, 'keep-latest': '9' }, prepare: dated })
      expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false' } })
    }
  })

  test('tells what it has deleted when one cannot be', async () => {
    const error = { code: 'InternalServerError', message: 'Not now.' }
    const step = await remove({
      inputs: { ...family, 'keep-latest': '2' },
      prepare: all(dated, world => {
        const second = () => world.seen('delete-image').length === 2
        const meanwhile = () => void (world.deletions[1]!.outcome = { status: 'Failed', error })
        world.fault({ on: 'poll', when: second, meanwhile })
      }),
    })
    expectFailure(step, 'deletion-failed', ['Not now.'], { changed: 'true', action: 'delete' })
    const fates = ['forecasting-5f', 'forecasting-ff', 'forecasting-a0'].map(name =>
      tableRow(step.summary, name).replace(name, ''),
    )
    // Deleted, not deleted, and to stay.
    expect(fates).not.toContain('')
    expect(new Set(fates).size).toBe(3)
  })
})

describe('ages that names do not tell', () => {
  const names = ['forecasting-b', 'forecasting-a', 'forecasting-c']
  const build = (world: World): void => {
    for (const image of names) world.startForeignBuild({ image, content: wanted, seconds: 0 })
    world.operations.all.forEach((operation, index) =>
      Object.assign(operation, { from: operation.from - 1000 * index }),
    )
  }
  const inputs = { mode: 'delete', 'image-name': 'forecasting-*', 'keep-latest': '1' }

  test('are asked of the version of the API that has dates', async () => {
    const step = await play({ inputs, prepare: build })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'true' } })
    expect(step.world.cluster.images.all().map(({ name }) => name)).toEqual(['forecasting-b'])
  })

  test.each<[string, (world: World) => void]>([
    ['which the service may not fill', world => void (world.settings.systemData = false)],
    [
      'which a cloud may not know',
      world => {
        const body = JSON.stringify({ error: { code: 'InvalidResourceType', message: 'No such api-version.' } })
        world.fault({ on: 'list-images', skip: 1, times: 9, answer: { status: 400, body } })
      },
    ],
  ])('%s: nothing is deleted', async (_, prepare) => {
    const step = await play({ inputs, prepare: all(build, prepare) })
    expectFailure(step, 'ages-unknown', [], { changed: 'false' })
  })
})

describe('inputs that do not go together', () => {
  test.each<[Record<string, string>, readonly Fact[]]>([
    [{ mode: 'delete', 'image-name': 'forecasting-*' }, ['image-name', 'keep-latest', '"forecasting-*"']],
    [{ mode: 'delete', 'keep-latest': '2' }, ['image-name', '"forecasting"', 'keep-latest']],
    [{ mode: 'delete', 'keep-latest': '2', 'image-name': '*' }, ['image-name', '"*"']],
    [{ mode: 'delete', 'keep-latest': '2', 'image-name': 'a/*' }, ['image-name', '"a/*"']],
    [{ mode: 'delete', 'keep-latest': '-1', 'image-name': 'a*' }, ['keep-latest', '"-1"']],
    [{ mode: 'delete', 'keep-latest': '1.5', 'image-name': 'a*' }, ['keep-latest', '"1.5"']],
    [{ mode: 'apply', 'keep-latest': '1', 'image-name': 'a*' }, ['keep-latest', 'mode']],
    [{ mode: 'apply', 'image-name': 'a**' }, ['image-name', '"a**"']],
    [{ mode: 'plan', 'image-name': '*' }, ['image-name', '"*"']],
    [{ mode: 'delete', 'image-name': '' }, ['image-name']],
  ])('%j', async (inputs, facts) => {
    const step = await play({ inputs, prepare: holding(wanted) })
    expectFailure(step, 'inputs', facts)
    expect(step.world.requests).toEqual([])
  })
})
