import { describe, expect, test } from '@jest/globals'
import { maintenanceError } from '../../emulator/azure/arm-errors.js'
import type { World } from '../../emulator/world.js'
import { drawnBy } from '../github/drawn.js'
import { shownText, tableRow, tableRows } from '../shown-text.js'
import {
  expectEnd,
  expectFailure,
  failureOf,
  holding,
  imageName,
  other,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  running,
  wanted,
} from './harness.js'

describe('the job summary', () => {
  test('shows what was asked, what happened, the packages, links and the phases', async () => {
    const step = await play({
      inputs: { 'requirements-file': 'python/requirements.txt' },
      files: {
        'python/requirements.txt': 'pandas==2.2.2\n-r "more files/a&b.txt"',
        'python/more files/a&b.txt': '\nplotly>=5',
      },
    })
    expectEnd(step, { exitCode: 0 })
    const { cluster } = step.world
    const text = shownText(step.summary)
    for (const word of ['forecasting', 'adxforecast', 'analytics-prod', cluster.subscriptionId, 'Python 3.10.8']) {
      expect(text).toContain(word)
    }
    const [heading = ''] = text.split('\n')
    expect(`### ✅ ${outcomeLine(step)}`).toContain(heading)
    expect(tableRow(step.summary, 'pandas')).toContain('==2.2.2')
    expect(tableRow(step.summary, 'plotly')).toContain('>=5')
    const [build] = step.ownBuilds
    expect(text).toContain(build!.id)
    expect(text).toContain(step.outputs['correlation-id'])

    const blob = 'https://github.com/contoso/forecasting/blob/6dcb09b5b57875f334f61aebed695e2e4193db5e/python'
    const clusterId = `/subscriptions/${cluster.subscriptionId}/resourceGroups/analytics-prod/providers/Microsoft.Kusto/clusters/adxforecast`
    const { links } = drawnBy(step.summary)
    expect(links).toContain(`${blob}/requirements.txt`)
    expect(links).toContain(`${blob}/more%20files/a%26b.txt#L2`)
    expect(links.find(link => link.startsWith('https://portal.azure.com/'))).toContain(clusterId)

    const mermaid = /```mermaid\n([^]*?)\n```/.exec(step.summary)![1]!
    const bars = mermaid.split('\n').filter(line => /:\d+, \d+$/.test(line))
    expect(mermaid).toMatch(/^gantt\n/)
    // The groups of the log, in their order.
    const groups = step.commands.filter(({ name }) => name === 'group').map(({ data }) => data)
    expect(groups).toHaveLength(6)
    expect(bars.map(line => line.replace(/ :.*/, '').trim())).toEqual(groups)
    const times = bars.map(line => /:(\d+), (\d+)$/.exec(line)!.slice(1).map(Number))
    expect(times.every(([from, to]) => from! < to!)).toBe(true)
  })

  test('says that nothing was to be done', async () => {
    const step = await play({ prepare: holding(wanted) })
    expect(shownText(step.summary.split('\n')[0]!)).toBe(`### ✅ ${outcomeLine(step)}`)
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
    // It tells of no build.
    expect(outcomeLine(step)).not.toBe(outcomeLine(await play({ inputs: { force: 'true' }, prepare: holding(wanted) })))
  })

  test('is written on failure too, with the words of the log', async () => {
    const step = await play({
      world: { outcomes: [{ status: 'Failed', error: { code: 'BadRequest', message: 'No.\nReally not.' } }] },
    })
    expectFailure(step, 'build-failed', ['Really not.'])
    const text = shownText(step.summary)
    expect(text).toMatch(/^### ❌ .*forecasting.*adxforecast/)
    expect(text.split('\n')[0]).toContain(failureOf(step).message.split('\n')[0])
    expect(text).toContain('Really not.')
    expect(text).toContain(step.ownBuilds[0]!.id)
  })

  test.concurrent.each([
    ['inputs', { force: 'yes', 'image-name': 'a|b' }],
    ['the requirements file', { 'requirements-file': 'no|ne.txt' }],
    ['signing in', { 'tenant-id': 'fabrikam.com' }],
  ])('is written when %s is wrong', async (_, inputs) => {
    const step = await play({ inputs })
    expectEnd(step, { exitCode: 1 })
    expect(step.summary).toMatch(/^### ❌ /)
    // Code needs no quotes around it.
    const [first = ''] = failureOf(step).message.replaceAll('"', '').split('\n')
    expect(shownText(step.summary).replaceAll('"', '')).toContain(first)
  })

  test('is left out where it is not wanted, on success and failure', async () => {
    const inputs = { summary: 'false' }
    const [good, bad] = [
      await play({ inputs, prepare: holding(wanted) }),
      await play({ inputs: { ...inputs, 'tenant-id': 'fabrikam.com' } }),
    ]
    expect([good.exitCode, bad.exitCode]).toEqual([0, 1])
    expect([good.summary, bad.summary]).toEqual(['', ''])
  })
})

describe('the summary says without being opened', () => {
  const openPart = ({ summary }: Played) => summary.slice(0, summary.indexOf('<details>'))
  const items = (step: Played) =>
    openPart(step)
      .split('\n')
      .filter(line => line.startsWith('- '))

  test('which packages changed', async () => {
    const step = await play({ prepare: holding(other) })
    const rows = tableRows(openPart(step)).slice(1)
    expect(rows.map(([name]) => name)).toEqual(['pandas', 'scikit-learn', 'polars'])
    expect(tableRow(step.summary, 'pandas')).toContain('==2.2.2')
    expect(tableRow(step.summary, 'polars')).toContain('==1')
  })

  test('nothing of packages where nothing was built', async () => {
    expect(tableRows(openPart(await play({ prepare: holding(wanted) })))).toEqual([])
  })

  test.each<[string, PlayOptions, RegExp]>([
    [
      'for how long another change was waited for',
      { prepare: world => void world.startForeignBuild({ image: 'fraud', content: other, seconds: 240 }) },
      /\bbuild\b.*\b4 min/,
    ],
    [
      'which build a maintenance has ended, and after which time',
      { world: { outcomes: [{ status: 'Failed', error: maintenanceError('adxforecast') }] } },
      /\bbuild\b.*\b6 min/,
    ],
    [
      'that an answer was lost',
      { prepare: world => void world.fault({ on: 'put-image', answerAfter: { status: 504, body: 'x' } }) },
      /\bbuild\b.*`HTTP 504/,
    ],
    [
      'that a request was throttled',
      {
        prepare: world =>
          void world.fault({ on: 'put-image', answer: { status: 429, headers: { 'Retry-After': '90' } } }),
      },
      /429.*\b1 min 3\d s/,
    ],
  ])('%s', async (_, options, fact) => {
    const step = await play(options)
    expectEnd(step, { exitCode: 0 })
    expect(items(step)).toEqual([expect.stringMatching(fact)])
  })

  test('what the log warned of', async () => {
    const step = await play({ prepare: running(imageName, other) })
    const [warning] = step.annotations.filter(({ level }) => level === 'warning')
    expect(items(step).map(shownText)).toContainEqual(expect.stringContaining(warning!.message))
  })

  test.each<[string, PlayOptions, boolean]>([
    ['that queries do not use the image yet', {}, true],
    ['nothing of use where they do', { inputs: { activate: 'true' } }, false],
    ['how a build ends that is not waited for', { inputs: { wait: 'false' } }, true],
  ])('%s', async (_, options, isNoted) => {
    const step = await play(options)
    expect(/^> \[!NOTE\]$/m.test(openPart(step))).toBe(isNoted)
    expect(step.summary.startsWith('### ⏳ ')).toBe(options.inputs?.['wait'] === 'false')
  })
})

/** Expects that nothing of the page is cut in the middle: what is opened is closed, and its links are there. */
function expectWhole({ summary }: Played): void {
  expect(summary.match(/<\/details>/g)?.length).toBe(summary.match(/<details/g)?.length)
  expect((summary.match(/^`{3,}/gm)?.length ?? 0) % 2).toBe(0)
  expect(drawnBy(summary).links).toContainEqual(expect.stringMatching(/^https:\/\/portal\.azure\.com\//))
}

describe('the summary stays under 1 MiB, and is cut with a note, with', () => {
  const punctuation = '|*_<'.repeat(60_000)
  const failed = (message: string) => ({ outcomes: [{ status: 'Failed', error: { code: 'X', message } } as const] })

  // A summary that is larger is an error of the emulated runner already.
  test('many packages', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `package-${index}==1.${index} # |`)
    const step = await play({ files: { 'requirements.txt': lines.join('\n') } })
    expectEnd(step, { exitCode: 0 })
    expect(step.summary.length).toBeGreaterThan(400_000)
    const rows = tableRows(step.summary).filter(cells => cells.some(cell => cell.startsWith('package-')))
    expect(shownText(step.summary)).toMatch(/\b30000\b/)
    // How many are left out.
    expect(shownText(step.summary)).toMatch(new RegExp(`\\b${30_000 - rows.length}\\b`))
    expectWhole(step)
  })

  test.concurrent.each([
    ['a long line of the file', { files: { 'requirements.txt': `x @ https://example.com/${'|'.repeat(900_000)}` } }, 0],
    ['a long line of the service', { world: failed(punctuation) }, 1],
    ['many lines of the service', { world: failed('*\n'.repeat(200_000)) }, 1],
    [
      'a long state of the service',
      {
        prepare: (world: Parameters<ReturnType<typeof holding>>[0]) => {
          const body = { status: punctuation }
          world.fault({ on: 'poll', times: 1000, answer: { status: 200, body } })
        },
        timeOutWhen: (world: World) => world.seen('poll').length > 2,
      },
      1,
    ],
    [
      'a long scope that may not be written',
      {
        prepare: (world: Parameters<ReturnType<typeof holding>>[0]) => {
          const message = `The client does not have authorization to perform action 'a' over scope '${punctuation}'`
          world.fault({
            on: 'put-image',
            answer: { status: 403, body: { error: { code: 'AuthorizationFailed', message } } },
          })
        },
      },
      1,
    ],
    [
      'a long correlation id',
      {
        prepare: (world: Parameters<ReturnType<typeof holding>>[0]) => {
          const headers = { 'x-ms-correlation-request-id': '<'.repeat(12_000) }
          world.fault({ on: 'put-image', alter: answer => ({ ...answer, headers: { ...answer.headers, ...headers } }) })
        },
      },
      0,
    ],
  ])('%s', async (_, options, exitCode) => {
    const step = await play(options)
    expectEnd(step, { exitCode })
    expectWhole(step)
    expect(Buffer.byteLength(step.summary)).toBeLessThanOrEqual(1024 * 1024)
  })
})
