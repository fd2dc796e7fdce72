import { describe, expect, test } from '@jest/globals'
import { type ImageContent, pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { World } from '../../emulator/world.js'
import { pullRequest } from '../../emulator/github/events.js'
import { all, expectEnd, expectFailure, other, play, type PlayOptions, requirements, wanted } from './harness.js'

/** The name of the member that a step names itself: all worlds begin at this time. */
const own = /^forecasting-20261126-0800\d\d-[\da-f]{6}$/

const family = { 'image-name': 'forecasting-*' }

const member =
  (name: string, content: ImageContent = wanted, state = 'Succeeded') =>
  (world: World): void =>
    void world.cluster.images.set(name, content, state)

const active =
  (name: string) =>
  (world: World): void =>
    setExtension(world.cluster, pythonOn(name))

const [oldest, older, newer] = ['20261001-080000-aaaaaa', '20261101-080000-bbbbbb', '20261120-080000-cccccc'].map(
  suffix => `forecasting-${suffix}`,
) as [string, string, string]

const apply = (options: PlayOptions) => play({ ...options, inputs: { ...family, ...options.inputs } })

const kinds = ({ world }: { world: World }) => world.requests.map(({ kind }) => kind)

describe('nothing is submitted, in three requests, when a member holds the content', () => {
  test.concurrent.each<[string, (world: World) => void, string]>([
    ['the only one', member(older), older],
    ['by meaning', member(older, { ...wanted, requirementsFileContent: `# x\n${requirements}\n` }), older],
    ['an older one', all(member(older), member(newer, other)), older],
    ['the newest of several', all(member(newer), member(older)), newer],
    ['beside one that has failed', all(member(older), member(newer, wanted, 'Failed')), older],
    ['beside one that is not of this action', all(member(older), member('forecasting-pr-12')), older],
    ['in other capitals', member(older.toUpperCase()), older.toUpperCase()],
  ])('%s', async (_, prepare, image) => {
    const step = await apply({ prepare })
    expect(kinds(step)).toEqual(['id-token', 'token', 'list-images'])
    expectEnd(step, {
      exitCode: 0,
      outputs: { state: 'Succeeded', changed: 'false', action: 'none', 'image-name': image },
    })
    expect(step.outputs['image-id']).toMatch(new RegExp(`/SandboxCustomImages/${image}$`))
  })
})

describe('a new member is built', () => {
  test.concurrent.each<[string, (world: World) => void, Record<string, string>]>([
    ['where there is none', () => {}, {}],
    ['where none holds the content', member(older, other), {}],
    [
      'where the one that does is built on another version',
      member(older, { ...wanted, languageVersion: '3.11.7' }),
      {},
    ],
    ['where the one that does has failed', member(older, wanted, 'Failed'), {}],
    ['where the one that does is not of this action', member('forecasting-pr-12'), {}],
    ['where only the fixed name holds it', member('forecasting'), {}],
    ['by force', member(older), { force: 'true' }],
  ])('%s', async (_, prepare, inputs) => {
    const step = await apply({ prepare, inputs })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
    expect(step.outputs['image-name']).toMatch(own)
    expect(step.ownBuilds.map(({ image }) => image)).toEqual([step.outputs['image-name']])
    const story = 'id-token token list-images check-name get-cluster put-image list-images poll get-image'
    expect(step.story).toEqual(story.split(' '))
  })

  test('whose name ends in digits of the content', async () => {
    const step = await apply({})
    expect(step.outputs['image-name']).toMatch(new RegExp(`-${step.outputs['requirements-sha256']!.slice(0, 6)}$`))
  })

  test('and the cluster is switched to it, the former one being left as it is', async () => {
    const step = await apply({ prepare: all(member(older, other), active(older)), inputs: { activate: 'true' } })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', 'previous-image': older } })
    expect(step.outputs['active-image']).toBe(step.outputs['image-name'])
    expect(step.world.cluster.images.get(older)?.provisioningState).toBe('Succeeded')
  })
})

test('one that is being built with the content is followed', async () => {
  const step = await apply({
    prepare: world => world.startForeignBuild({ image: older, content: wanted, seconds: 600 }),
  })
  expectEnd(step, {
    exitCode: 0,
    outputs: { state: 'Succeeded', changed: 'false', action: 'attach', 'image-name': older },
  })
  expect(step.puts).toEqual([])
})

test('where that fails, a member of its own is built', async () => {
  const outcome = { status: 'Failed' } as const
  const step = await apply({
    prepare: world => world.startForeignBuild({ image: older, content: wanted, seconds: 600, outcome }),
  })
  expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
  expect(step.outputs['image-name']).toMatch(/^forecasting-20261126-/)
})

test('of several that hold the content, the active one is used', async () => {
  const step = await apply({
    prepare: all(member(older), member(newer), active(older)),
    inputs: { activate: 'true' },
  })
  expectEnd(step, { exitCode: 0, outputs: { action: 'none', activated: 'false', 'image-name': older } })
  expect(step.ownSwitches).toEqual([])
})

test('an older member that holds the content is switched to', async () => {
  const step = await apply({
    prepare: all(member(older), member(newer, other), active(newer)),
    inputs: { activate: 'true' },
  })
  expectEnd(step, { exitCode: 0, outputs: { action: 'none', activated: 'true', 'image-name': older } })
})

test('a newer run that has switched the cluster meanwhile is not overridden', async () => {
  const late = 'forecasting-20261126-080300-dddddd'
  const step = await apply({
    prepare: all(member(older, other), active(older), world => {
      world.fault({ on: 'poll', meanwhile: () => all(member(late, other), active(late))(world) })
    }),
    inputs: { activate: 'true' },
  })
  expectFailure(step, 'newer-image-active', [late], { changed: 'true', activated: 'false', 'active-image': late })
  expect(step.ownSwitches).toEqual([])
})

describe('of two that build the same at once', () => {
  const beside = (image: string) => (world: World) => {
    world.settings.conflictScope = 'image'
    world.fault({
      on: 'put-image',
      meanwhile: () => void world.startForeignBuild({ image, content: wanted, seconds: 500 }),
    })
  }

  test('the one with the later name follows the earlier', async () => {
    const earlier = 'forecasting-20261126-075959-eeeeee'
    const step = await apply({ prepare: beside(earlier) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', 'image-name': earlier } })
    expect(step.outputs['image-id']).toMatch(new RegExp(`${earlier}$`))
  })

  test('the one with the earlier name goes on', async () => {
    const step = await apply({ prepare: beside('forecasting-20261126-080500-eeeeee') })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
    expect(step.outputs['image-name']).toMatch(own)
  })
})

test('a name that the service does not allow is an error before anything is submitted', async () => {
  const step = await apply({ prepare: world => void (world.settings.imageNames = /^[a-z\d]+$/i) })
  expectFailure(step, 'image-name-refused', [/is not a valid name/], { changed: 'false' })
  expect(step.puts).toEqual([])
})

test('that names may not be checked is no obstacle', async () => {
  const action = 'Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action'
  const step = await apply({ prepare: world => void world.principal.actions.delete(action) })
  expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action: 'create' } })
})

describe('a plan', () => {
  const plan = (options: PlayOptions) =>
    play({ event: pullRequest(), ...options, inputs: { mode: 'plan', ...family, ...options.inputs } })

  test.each<[string, (world: World) => void, object, RegExp]>([
    [
      'creates',
      () => {},
      { action: 'create', baseline: null, reasons: ['new'] },
      /create a new image `forecasting-\*`/,
    ],
    [
      'compares with what queries run on',
      all(member(oldest, other), member(newer, { ...wanted, requirementsFileContent: '' }), active(oldest)),
      { action: 'create', baseline: oldest, reasons: ['requirements'] },
      new RegExp(oldest),
    ],
    [
      'compares with the newest that succeeded',
      all(member(oldest, other), member(older, other), member(newer, wanted, 'Failed')),
      { action: 'create', baseline: older, reasons: ['requirements'] },
      new RegExp(older),
    ],
    [
      'finds what holds the content',
      member(older),
      { action: 'none', changed: false, state: 'Succeeded' },
      /up to date/,
    ],
  ])('%s', async (_, prepare, expected, words) => {
    const step = await plan({ prepare })
    expectEnd(step, { exitCode: 0 })
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject(expected)
    expect(step.summary.split('\n')[0]).toMatch(words)
  })

  const inFamily = { activate: 'true' }
  const fixed = { 'image-name': 'forecasting', activate: 'true' }
  test.each<[string, (world: World) => void, Record<string, string>, string[]]>([
    ['nothing when the image is active', all(member(older), active(older)), inFamily, []],
    ['another image that is active', all(member(older), member(newer, other), active(newer)), inFamily, ['inactive']],
    ['other content', all(member(older, other), active(older)), inFamily, ['content']],
    ['no image at all', () => {}, inFamily, ['inactive', 'content']],
    ['another image than the fixed one', all(member('forecasting'), active(older)), fixed, ['inactive']],
    [
      'another version',
      all(member('forecasting', { ...wanted, languageVersion: '3.11.7' }), active('forecasting')),
      fixed,
      ['foundation'],
    ],
    ['a failed build', all(member('forecasting', wanted, 'Failed'), active('forecasting')), fixed, ['failed']],
    ['nothing of an image that is not to be active', member('forecasting'), { 'image-name': 'forecasting' }, []],
  ])('tells the drift: %s', async (_, prepare, inputs, driftReasons) => {
    const step = await plan({ prepare, inputs })
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject({ drift: driftReasons.length > 0, driftReasons })
  })

  test('keeps one comment, whatever is pushed', async () => {
    const inputs = { comment: 'true' }
    const first = await plan({ inputs })
    const second = await plan({ inputs, files: { 'requirements.txt': 'polars==1.0.0' } })
    const marker = ({ world }: typeof first) => /<!--.*?-->/.exec(world.api.comments[0]!.body)?.[0]
    expect(marker(first)).toBe(marker(second))
    expect(second.world.api.comments[0]!.body).toMatch(/polars/)
  })
})
