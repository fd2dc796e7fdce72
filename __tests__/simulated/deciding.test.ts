import { describe, expect, test } from '@jest/globals'
import type { ImageContent } from '../../emulator/azure/cluster.js'
import type { World } from '../../emulator/world.js'
import { endingAt, expectEnd, holding, imageName, other, play, requirements, wanted } from './harness.js'

const start = ['id-token', 'token', 'get-image']
const build = ['get-cluster', 'put-image', 'poll', 'get-image']

describe('what a run finds decides what it does', () => {
  const force = { force: 'true' }
  const upon = (baseImageName: string): ImageContent => ({
    language: 'PYTHON',
    baseImageName,
    requirementsFileContent: requirements,
  })
  test.concurrent.each<[string, ((world: World) => void) | undefined, Record<string, string>, string]>([
    ['no image', undefined, {}, 'create'],
    ['no image, and force', undefined, force, 'create'],
    ['other requirements', holding(other), {}, 'update'],
    ['no requirements', holding({ language: 'Python', languageVersion: '3.10.8' }), {}, 'update'],
    ['another language version', holding({ ...wanted, languageVersion: '3.11.7' }), {}, 'update'],
    ['the managed image of another version', holding(upon('Python3_11_7')), {}, 'update'],
    ["someone's base image instead of a version", holding(upon('fraud')), {}, 'update'],
    [
      "someone's base image, whose version the service filled in",
      holding({ ...upon('fraud'), languageVersion: '3.10.8' }),
      {},
      'update',
    ],
    ['other requirements, and force', holding(other), force, 'update'],
    ['other requirements, failed', holding(other, 'Failed'), {}, 'update'],
    ['the same, failed', holding(wanted, 'Failed'), {}, 'rebuild'],
    ['the same, canceled', holding(wanted, 'Canceled'), {}, 'rebuild'],
    ['the same, and force', holding(wanted), force, 'rebuild'],
  ])('%s', async (_, prepare, inputs, action) => {
    const step = await play({ ...(prepare && { prepare }), inputs })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action } })
    // The list confirms that there is none: a 404 alone may be wrong.
    expect(step.story).toEqual([...start, ...(action === 'create' ? ['list-images'] : []), ...build])
    expect(step.ownBuilds).toHaveLength(1)
    expect(step.ownBuilds[0]).toMatchObject({ content: wanted, finished: true })
  })
})

describe('nothing is submitted, in three requests, when the image', () => {
  const meaning = '# pinned by hand\n\nScikit_Learn == 1.4.2  # 1.5 changed the solver\n  PANDAS==2.2.2\n'
  const base = { 'language-version': '', 'base-image-name': 'Python3_10_8' }
  test.concurrent.each<[string, object, Record<string, string>, string]>([
    ['is equal', wanted, {}, requirements],
    ['is equal by meaning', wanted, {}, meaning],
    ['has its language in other capitals', { ...wanted, language: 'pYTHON' }, {}, requirements],
    ['shows a base that the service filled in', { ...wanted, baseImageName: 'Python3_10_8' }, {}, requirements],
    [
      'shows the managed image of its version alone',
      { language: 'Python', baseImageName: 'Python3_10_8', requirementsFileContent: requirements },
      {},
      requirements,
    ],
    ['shows a version that the service completed', wanted, { 'language-version': '3.10' }, requirements],
    ['shows null for a version', { ...wanted, languageVersion: null }, {}, requirements],
    ['shows null for a base', { ...wanted, baseImageName: null }, {}, requirements],
    [
      'shows a version that the service filled in',
      { language: 'Python', languageVersion: '3.10.8', baseImageName: 'PYTHON3_10_8', requirementsFileContent: 'a' },
      base,
      'a',
    ],
    ['has no packages, as wanted', { ...wanted, requirementsFileContent: null }, { 'requirements-file': '' }, ''],
    ['has no packages, and the file none either', { ...wanted, requirementsFileContent: '' }, {}, '# nothing\n'],
    ['is equal, and nobody waits', wanted, { wait: 'false' }, requirements],
  ])('%s', async (_, content, inputs, text) => {
    const step = await play({
      prepare: holding(content as ImageContent),
      inputs,
      files: { 'requirements.txt': text },
    })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token', 'get-image'])
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' } })
    expect(step.outputs).not.toHaveProperty('operation-id')
    expect(step.outputs).not.toHaveProperty('correlation-id')
  })
})

describe('an image that is being built', () => {
  const buildOf =
    (content: ImageContent, outcome: 'Succeeded' | 'Failed' | 'Canceled' = 'Succeeded') =>
    (world: World): void => {
      world.startForeignBuild({ image: imageName, content, seconds: 600, outcome: { status: outcome } })
      endingAt('get-image', 4)(world)
    }

  test.concurrent.each([
    ['', {}],
    [', even by force', { force: 'true' }],
  ])('of the same content is followed, not repeated%s', async (_, inputs) => {
    const step = await play({
      prepare: buildOf({ ...wanted, requirementsFileContent: `# x\n${requirements}` }),
      inputs,
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'attach' } })
    expect(step.story).toEqual(start)
    expect(step.world.builds).toHaveLength(1)
  })

  test.concurrent.each([
    ['of another content is waited for, then updated', buildOf(other), 'update'],
    ['of the same content that fails is built again', buildOf(wanted, 'Failed'), 'rebuild'],
    ['of the same content that is canceled is built again', buildOf(wanted, 'Canceled'), 'rebuild'],
  ])('%s', async (_, prepare, action) => {
    const { exitCode, outputs, ownBuilds, puts, story, world } = await play({ prepare })
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 0,
      outputs: { state: 'Succeeded', changed: 'true', action },
    })
    expect(ownBuilds).toHaveLength(1)
    // Nothing is tried before the other build has ended.
    expect(puts).toHaveLength(1)
    expect(puts[0]!.at).toBeGreaterThanOrEqual(world.builds[0]!.to)
    expect(story).toEqual([...start, ...build])
  })

  test('and deleted in the end is created', async () => {
    const { outputs, ownBuilds } = await play({
      prepare(world) {
        holding(other, 'Deleting')(world)
        world.fault({ on: 'get-image', skip: 3, meanwhile: () => world.cluster.images.delete(imageName) })
      },
    })
    expect(outputs).toMatchObject({ state: 'Succeeded', changed: 'true', action: 'create' })
    expect(ownBuilds).toHaveLength(1)
  })
})

describe('without waiting', () => {
  const inputs = { wait: 'false' }

  test('a step ends once the build is accepted', async () => {
    const step = await play({ world: { buildSeconds: 600 }, inputs })
    const [operation] = step.ownBuilds
    expectEnd(step, {
      exitCode: 0,
      outputs: { state: 'Accepted', changed: 'true', action: 'create', 'operation-id': operation!.id },
    })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual([
      'id-token',
      'token',
      'get-image',
      'list-images',
      'get-cluster',
      'put-image',
    ])
  })

  test('a step leaves the same build under way alone', async () => {
    const step = await play({
      prepare: world => void world.startForeignBuild({ image: imageName, content: wanted, seconds: 600 }),
      inputs,
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Creating', changed: 'false', action: 'attach' } })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token', 'get-image'])
  })

  test('a step that meets another build still has its own accepted', async () => {
    const step = await play({
      world: { buildSeconds: 600 },
      prepare(world) {
        world.startForeignBuild({ image: imageName, content: other, seconds: 600 })
        endingAt('get-image', 3)(world)
      },
      inputs,
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Accepted', changed: 'true', action: 'update' } })
    expect(step.puts).toHaveLength(1)
    expect(step.ownBuilds).toHaveLength(1)
  })
})
