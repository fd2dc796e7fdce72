import { describe, expect, test } from '@jest/globals'
import type { ImageContent } from '../../emulator/azure/cluster.js'
import { pullRequest } from '../../emulator/github/events.js'
import type { Releases } from '../../emulator/github/releases.js'
import { uvWith } from './fake-uv.js'
import { expectEnd, expectFailure, holding, play, type Played, type PlayOptions } from './harness.js'

const newest: Releases = {
  pandas: [{ version: '2.2.2', requires: ['numpy', 'pytz'] }],
  numpy: [{ version: '2.0.1' }],
  pytz: [{ version: '2024.2' }],
}

const files = { 'requirements.txt': '# ours\npandas>=2\n' }

const content = (text: string): ImageContent => ({
  language: 'Python',
  languageVersion: '3.10.8',
  requirementsFileContent: text,
})

const all = 'numpy==2.0.1\npandas==2.2.2\npytz==2024.2'
const older = 'numpy==2.0.0\npandas==2.2.2\npytz==2024.1'

const run = (options: PlayOptions = {}): Promise<Played> =>
  play({ files, tools: uvWith(newest), ...options, inputs: { lock: 'true', ...options.inputs } })

const sent = ({ puts }: Played): unknown =>
  (JSON.parse(puts.at(-1)!.body) as { readonly properties: ImageContent }).properties.requirementsFileContent

test('all that would be installed is sent, every version pinned', async () => {
  const step = await run()
  expectEnd(step, { exitCode: 0, outputs: { action: 'create', changed: 'true', state: 'Succeeded' } })
  expect(sent(step)).toBe(all)
  expect(step.annotations).toEqual([])
  expect(step.summary).toMatch(/pytz/)
})

test('versions that the image has are kept, so nothing is built', async () => {
  const step = await run({ prepare: holding(content(older)) })
  expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false' } })
  expect(step.puts).toEqual([])
})

describe('it is built anew', () => {
  test('with the newest versions on an upgrade, whose names are told', async () => {
    const step = await run({ prepare: holding(content(older)), inputs: { lock: 'upgrade' } })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update', changed: 'true' } })
    expect(sent(step)).toBe(all)
    expect(step.log).toMatch(/numpy ==2\.0\.0 → ==2\.0\.1 and pytz ==2024\.1 → ==2024\.2/)
  })

  test('unless an upgrade finds nothing newer', async () => {
    const step = await run({ prepare: holding(content(all)), inputs: { lock: 'upgrade' } })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false' } })
  })

  test('where the image has failed, with the newest versions', async () => {
    const step = await run({ prepare: holding(content(older), 'Failed') })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'true' } })
    expect(sent(step)).toBe(all)
  })

  test('with a package more, keeping the others', async () => {
    const step = await run({
      prepare: holding(content(older)),
      files: { 'requirements.txt': 'pandas>=2\nrequests\n' },
      tools: uvWith({ ...newest, requests: [{ version: '2.32.3' }] }),
    })
    expect(sent(step)).toBe(`${older}\nrequests==2.32.3`)
  })
})

test('a plan agrees with what is applied, and says so', async () => {
  const inputs = { lock: 'upgrade' }
  const options = { prepare: holding(content(older)), event: pullRequest() }
  const plan = await run({ ...options, inputs: { ...inputs, mode: 'plan' } })
  expectEnd(plan, { exitCode: 0, outputs: { action: 'update' } })
  expect(JSON.parse(plan.outputs['plan']!)).toMatchObject({
    locked: true,
    packages: { changed: [{ name: 'numpy' }, { name: 'pytz' }] },
  })
  const applied = await run({ prepare: holding(content(older)), inputs })
  expect(plan.outputs['requirements-sha256']).toBe(applied.outputs['requirements-sha256'])
})

test('a file with hashes is sent as it is', async () => {
  const text = `numpy==2.0.1 --hash=sha256:${'0'.repeat(64)}`
  const step = await run({ files: { 'requirements.txt': text } })
  expect(sent(step)).toBe(text)
})

test('what verifies the image tries all of it', async () => {
  const step = await run({ inputs: { activate: 'true', verify: 'true', database: 'telemetry' } })
  expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
  expect(step.world.requests.some(({ kind, body }) => kind === 'query' && body.includes('pytz'))).toBe(true)
})

test('a build that fails for a dependency points at the line that leads to it', async () => {
  const message = 'ERROR: No matching distribution found for pytz==2024.2'
  const error = { code: 'SandboxCustomImageCreationFailed', message }
  const step = await run({ world: { outcomes: [{ status: 'Failed', error }] } })
  expectFailure(step, 'build-failed')
  expect(step.annotations).toContainEqual(expect.objectContaining({ file: 'requirements.txt', line: 2 }))
})

describe('nothing is submitted', () => {
  test.each<[string, PlayOptions]>([
    ['without uv', { tools: (...world) => ({ ...uvWith(newest)(...world), find: () => Promise.resolve(undefined) }) }],
    [
      'where the index is out of reach',
      {
        tools: (...world) => ({
          ...uvWith(newest)(...world),
          run: ({ args }) =>
            Promise.resolve(
              args[0] === '--version'
                ? { code: 0, output: 'uv 0.9.18', errors: '' }
                : { code: 2, output: '', errors: 'error: Failed to fetch: `https://pypi.org/simple/pandas/`' },
            ),
        }),
      },
    ],
  ])('%s', async (_, options) => {
    for (const mode of ['apply', 'plan']) {
      const step = await run({ ...options, inputs: { mode } })
      expectFailure(step, 'not-locked', [/uv/])
      expect(step.puts).toEqual([])
    }
  })

  test('where nothing may be resolved', async () => {
    expectFailure(await run({ inputs: { resolve: 'false' } }), 'inputs', ['lock', 'resolve'])
  })
})

test('a family keeps the versions of its newest image', async () => {
  const member = 'forecasting-20261101-080000-aaaaaa'
  const step = await run({
    prepare: world => void world.cluster.images.set(member, content(older)),
    inputs: { 'image-name': 'forecasting-*' },
  })
  expectEnd(step, { exitCode: 0, outputs: { action: 'none', 'image-name': member } })
})
