import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import type { Releases } from '../../emulator/github/releases.js'
import { tableRow } from '../shown-text.js'
import { uvWith } from './fake-uv.js'
import {
  expectEnd,
  failureOf,
  holding,
  kindsOf,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  wanted,
} from './harness.js'

const releases: Releases = {
  pandas: [
    { version: '2.2.1', requires: ['numpy', 'pytz'] },
    { version: '2.2.2', requires: ['numpy', 'tzdata'] },
  ],
  numpy: [{ version: '2.0.0' }],
  pytz: [{ version: '2026.6' }],
  tzdata: [{ version: '2026.6' }],
  gone: [],
  withdrawn: [{ version: '1.0', yanked: 'breaks everything' }],
}
const older = { ...wanted, requirementsFileContent: 'pandas==2.2.1' }
const pandas = { 'requirements.txt': 'pandas==2.2.2' }

const uv = uvWith(releases)

const plan = ({ inputs, ...options }: PlayOptions): Promise<Played> =>
  play({ event: pullRequest(), tools: uv, ...options, inputs: { mode: 'plan', resolve: 'auto', ...inputs } })
const apply = ({ inputs, ...options }: PlayOptions): Promise<Played> =>
  play({ tools: uv, ...options, inputs: { resolve: 'auto', ...inputs } })
const documentOf = ({ outputs }: Played) => JSON.parse(outputs['plan']!)

const notices = ({ annotations }: Played) => annotations.filter(({ title }) => title === 'not-resolved')

describe('a plan tells what would really be installed', () => {
  test('and what would change in the image, dependencies included', async () => {
    const step = await plan({ files: pandas, prepare: holding(older) })
    expectEnd(step, { exitCode: 0 })
    expect(documentOf(step).resolution).toEqual({
      tool: 'uv',
      toolVersion: '0.9.18',
      packages: [
        { name: 'numpy', version: '2.0.0', origin: 'installed' },
        { name: 'pandas', version: '2.2.2', origin: 'installed' },
        { name: 'tzdata', version: '2026.6', origin: 'installed' },
      ],
      added: [{ name: 'tzdata', to: '2026.6' }],
      removed: [{ name: 'pytz', from: '2026.6' }],
      changed: [{ name: 'pandas', from: '2.2.1', to: '2.2.2' }],
    })
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast.*\b1\b.*\b3\b/)
    expect(step.log).toMatch(/\buv 0\.9\.18\b.*\b3\.10\.8\b.*\b3\b/)
    for (const name of ['numpy', 'pandas', 'tzdata']) expect(tableRow(step.summary, name)).not.toBe('')
  })

  test('where nothing is compared, without the changes', async () => {
    const none = { 'subscription-id': '', 'resource-group': '', 'cluster-name': '', 'image-name': '' }
    const step = await plan({ files: pandas, inputs: none })
    expectEnd(step, { exitCode: 0 })
    expect(documentOf(step)).toMatchObject({
      compared: false,
      resolution: { packages: [{}, {}, {}], added: null, removed: null, changed: null },
    })
  })

  test('to a new image everything is added', async () => {
    const step = await plan({ files: pandas })
    expect(documentOf(step).resolution).toMatchObject({ added: [{}, {}, {}], removed: [], changed: [] })
    expect(outcomeLine(step)).toMatch(/\b1\b.*\b3\b/)
  })
})

describe('what uv says is a finding at the line that asked for it, and stops what would fail', () => {
  const files = { 'requirements.txt': '-r more.txt', 'more.txt': 'pandas==2.2.2\ngone==1.0' }

  test('in a plan', async () => {
    const step = await plan({ files })
    expectEnd(step, { exitCode: 1, outputs: { action: 'create', changed: 'true' } })
    expect(documentOf(step)).toMatchObject({
      resolution: null,
      findings: [{ id: 'not-found', severity: 'error', file: 'more.txt', line: 2, column: 1, endColumn: 10 }],
    })
    expect(step.stdout.toString()).toContain('::error title=not-found,file=more.txt,line=2,col=1,endColumn=10::')
    expect(failureOf(step)).toMatchObject({ code: 'findings' })
  })

  test('before anything is submitted', async () => {
    const step = await apply({ files })
    expectEnd(step, { exitCode: 1, outputs: { action: 'none', changed: 'false', state: 'NotFound' } })
    expect(step.story).toEqual(['id-token', 'token', 'get-image', 'list-images', 'package-index'])
    expect(kindsOf(step)).toEqual(['error findings', 'error not-found'])
  })

  test('unless it is ignored', async () => {
    const step = await apply({ files, inputs: { 'ignore-findings': 'not-found' } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(step.annotations).toEqual([])
  })

  test('a warning stops it where the user is strict', async () => {
    const withdrawn = { 'requirements.txt': 'withdrawn==1.0' }
    const [lenient, strict] = [
      await apply({ files: withdrawn }),
      await apply({ files: withdrawn, inputs: { strict: 'true' } }),
    ]
    expectEnd(lenient, { exitCode: 0, outputs: { changed: 'true' } })
    expect(lenient.annotations).toEqual([expect.objectContaining({ level: 'warning', title: 'yanked', line: 1 })])
    expectEnd(strict, { exitCode: 1, outputs: { changed: 'false' } })
    expect(strict.puts).toEqual([])
  })

  test('annotations of both checks together are as many as the runner keeps', async () => {
    const many = (index: number) => `p${index}==1.0; sys_platform == "linux"`
    const lines = [...Array.from({ length: 9 }, (_, index) => many(index)), 'withdrawn==1.0', 'withdrawn==1.0']
    const step = await plan({ files: { 'requirements.txt': lines.join('\n') } })
    expectEnd(step, { exitCode: 0 })
    expect(step.annotations.filter(({ level }) => level === 'warning')).toHaveLength(10)
    expect(
      documentOf(step).findings.filter(({ severity }: { severity: string }) => severity === 'warning').length,
    ).toBeGreaterThan(10)
  })
})

describe('nobody is asked', () => {
  test('when nothing changed', async () => {
    const step = await apply({
      files: { 'requirements.txt': 'gone==1.0' },
      prepare: holding({ ...wanted, requirementsFileContent: 'gone==1.0' }),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none' } })
  })

  test.each(['plan', 'apply'])('where the user does not want it: %s', async mode => {
    const step = await play({
      tools: uv,
      inputs: { mode, resolve: 'false' },
      files: { 'requirements.txt': 'gone==1.0' },
    })
    expectEnd(step, { exitCode: 0 })
    expect(notices(step)).toEqual([])
  })

  test('before errors are corrected', async () => {
    const step = await plan({ files: { 'requirements.txt': 'gone==1.0\n-e .' } })
    expect(documentOf(step).findings).toMatchObject([{ id: 'unsupported-option' }])
  })
})

describe('without an answer', () => {
  const withoutPrograms: PlayOptions['tools'] = (...world) => ({
    ...uv(...world),
    find: () => Promise.resolve(undefined),
  })
  const cases: readonly [string, PlayOptions, RegExp][] = [
    ['there is no tool', { tools: withoutPrograms }, /\buv 0\.5\b.*\bPython\b/],
    ['the Python is not known', { inputs: { 'language-version': '', 'base-image-name': 'ours' } }, /\bPython\b/],
    ['a line names a URL', { files: { 'requirements.txt': 'a @ https://example.org/a.zip' } }, /\bURL\b/],
  ]

  test.each(cases)('%s: that is a notice, and the run goes on', async (_, options, why) => {
    for (const step of [await plan(options), await apply(options)]) {
      expectEnd(step, { exitCode: 0 })
      expect(notices(step)).toEqual([expect.objectContaining({ level: 'notice', message: expect.stringMatching(why) })])
    }
  })

  test.each(cases)('%s: that is an error where the user insists', async (_, options, why) => {
    const insisting = { ...options, inputs: { ...options.inputs, resolve: 'true' } }
    for (const step of [await plan(insisting), await apply(insisting)]) {
      expectEnd(step, { exitCode: 1 })
      expect(failureOf(step).message).toMatch(why)
      expect(kindsOf(step)).toContain('error not-resolved')
      expect(step.puts).toEqual([])
    }
  })
})
