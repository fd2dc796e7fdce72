import { describe, expect, test } from '@jest/globals'
import type { World } from '../../emulator/world.js'
import type { OwnQuery } from '../../emulator/azure/sandboxes.js'
import {
  all,
  expectEnd,
  expectFailure,
  holding,
  imageName,
  other,
  play,
  type PlayOptions,
  running,
  wanted,
} from './harness.js'

const good = 'let forecast = (x:long) { x + 1 };\nprint passed = forecast(1) == 2'
const bad = '// the trend must be positive\nprint passed = false, series = "eu", slope = -0.5'
const files = { 'requirements.txt': 'pandas==2.2.2\nscikit-learn==1.4.2', 'tests/good.kql': good, 'tests/bad.kql': bad }

const passing: OwnQuery = { columns: { passed: 'bool' }, rows: [[true], [true]] }

const answering =
  (answers: Readonly<Record<string, OwnQuery>>) =>
  (world: World): void => {
    for (const [text, answer] of Object.entries(answers)) world.settings.queries.set(text.trim(), answer)
  }

const verifying = { activate: 'true', verify: 'true', database: 'telemetry' }

const run = ({ inputs, ...options }: PlayOptions) =>
  play({ files, ...options, inputs: { ...verifying, 'verify-queries': 'tests/good.kql', ...inputs } })

const asked = ({ world }: { world: World }, text: string) =>
  world.requests.filter(({ kind, body }) => kind === 'query' && (JSON.parse(body) as { csl: string }).csl === text)

test('queries that pass are part of what is verified', async () => {
  const step = await run({ prepare: all(running('former', other), answering({ [good]: passing })) })
  expectEnd(step, { exitCode: 0, outputs: { verified: 'true', activated: 'true' } })
  expect(step.log).toMatch(/tests\/good\.kql: passes/)
  expect(step.summary).toMatch(/good\.kql/)
  // Nobody knows which image has answered until the answers are the same three times.
  expect(asked(step, good)).toHaveLength(3)
  const { properties } = JSON.parse(asked(step, good)[0]!.body) as { properties: { Options: object } }
  expect(properties.Options).toEqual({ servertimeout: '00:04:00', request_readonly: true })
})

describe('a query that does not pass', () => {
  const rows: OwnQuery = {
    columns: { passed: 'bool', series: 'string', slope: 'real' },
    rows: [
      [true, 'us', 0.5],
      [false, 'eu', -0.5],
      [null, 'ap', 0],
    ],
  }
  const semantic = "Semantic error: SEM0100: 'where' operator: Failed to resolve column [line:position=2:7]"
  test.each<[string, OwnQuery, RegExp, number]>([
    ['has rows that say so', rows, /2 of 3 rows[^]*series="eu", slope=-0\.5[^]*"ap"/, 1],
    ['returns no row', { columns: { x: 'long' }, rows: [] }, /returns no row/, 1],
    ['is not valid', { as: 'error', error: semantic }, /not a valid query[^]*SEM0100/, 2],
    ['fails halfway', { as: 'partial', error: 'E_LOW_MEMORY_CONDITION: too much' }, /limit of the engine/, 1],
    [
      'needs too much memory',
      { as: 'partial', error: 'E_SB_OUT_OF_MEMORY: sandbox memory' },
      /memory of its sandbox/,
      1,
    ],
  ])('%s: the cluster goes back', async (_, answer, words, line) => {
    const step = await run({
      prepare: all(running('former', other), answering({ [good]: passing, [bad]: answer })),
      inputs: { 'verify-queries': 'tests/*.kql' },
    })
    expectFailure(step, 'verification-failed', [words, /switched back to former/], { verified: 'false' })
    expect(step.outputs['active-image']).toBe('former')
    expect(step.annotations).toContainEqual(expect.objectContaining({ file: 'tests/bad.kql', line }))
    expect(step.summary).toMatch(/1 of 2 does not pass/)
  })

  test('is found before a switch is settled by packages alone', async () => {
    const byImage: OwnQuery = image => (image === imageName ? passing : rows)
    const step = await run({
      world: { formerSandboxSeconds: 150 },
      prepare: all(running('former', other), answering({ [good]: byImage })),
    })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
  })
})

test('a column passed that is missing counts for nothing', async () => {
  const step = await run({
    prepare: all(running('former', other), answering({ [good]: { columns: { n: 'long' }, rows: [[0]] } })),
  })
  expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
})

describe('nothing is sent', () => {
  test.each<[string, string, Record<string, string>, RegExp]>([
    ['of a file that is not there', 'tests/nope.kql', {}, /"tests\/nope\.kql" does not exist/],
    ['where nothing matches', 'nope/*.kql', {}, /nope/],
    ['of a control command', 'a.kql', { 'a.kql': '\n// drop it\n  .drop table T' }, /control command/],
    ['of an empty file', 'a.kql', { 'a.kql': ' // only a comment' }, /is empty/],
    ['of another file', 'requirements.txt', {}, /not a \.kql file/],
    ['outside the workspace', '../secret.kql', {}, /outside the workspace/],
    ['outside the workspace by a pattern', '../*.kql', {}, /outside the workspace/],
    ['outside the workspace by an absolute pattern', '/etc/*.kql', {}, /outside the workspace/],
  ])('%s', async (_, names, more, words) => {
    const step = await run({ files: { ...files, ...more }, inputs: { 'verify-queries': names } })
    expectFailure(step, 'query-unreadable', [words], { changed: 'false' })
    expect(step.world.requests).toEqual([])
  })

  test('without verify', async () => {
    expectFailure(await run({ inputs: { verify: 'false' } }), 'inputs', ['verify-queries'])
  })
})

describe('mode: verify', () => {
  const verify = ({ inputs, ...options }: PlayOptions) =>
    play({
      files,
      ...options,
      inputs: { mode: 'verify', database: 'telemetry', 'verify-queries': 'tests/good.kql', ...inputs },
    })

  test('tries what is active, and changes nothing', async () => {
    const step = await verify({ prepare: all(running(imageName), answering({ [good]: passing })) })
    expectEnd(step, {
      exitCode: 0,
      outputs: { verified: 'true', changed: 'false', state: 'Succeeded', 'active-image': imageName },
    })
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-cluster',
      'get-image',
      'id-token',
      'token',
      'query',
      'get-cluster',
    ])
    // Someone may have switched the cluster right before.
    expect(asked(step, good)).toHaveLength(3)
  })

  test('finds what does not pass, and leaves it active', async () => {
    const step = await verify({
      prepare: all(running(imageName), answering({ [good]: { columns: { passed: 'bool' }, rows: [[false]] } })),
    })
    expectFailure(step, 'verification-failed', [/tests\/good\.kql/], { verified: 'false', 'active-image': imageName })
    expect(step.ownSwitches).toEqual([])
  })

  test('tells that another image is active', async () => {
    const step = await verify({ prepare: all(holding(wanted), running('former', other)) })
    expectFailure(step, 'image-inactive', ['former'])
  })

  test('tries the member of a family that is active', async () => {
    const member = 'forecasting-20261101-080000-aaaaaa'
    const step = await verify({
      prepare: all(running(member), answering({ [good]: passing })),
      inputs: { 'image-name': 'forecasting-*' },
    })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true', 'image-name': member } })
  })

  test('names no image of a family where none is active', async () => {
    const step = await verify({ prepare: running('former', other), inputs: { 'image-name': 'forecasting-*' } })
    expectFailure(step, 'image-inactive', ['former', 'forecasting-*'])
    expect(step.outputs['image-name'] ?? '').toBe('')
  })

  test('needs a database', async () => {
    expectFailure(await verify({ inputs: { database: '' } }), 'inputs', ['database'])
  })
})
