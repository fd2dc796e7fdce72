import { describe, expect, test } from '@jest/globals'
import { runStep, type StepOptions, type StepResult } from '../../emulator/github/runner.js'
import { startWorld } from '../../emulator/world.js'
import { expectEnd, inputsFor, outcomeLine, play, type Played, type PlayOptions, requirements } from './harness.js'

/** /dev/full, which is full as a disk is. */
const onLinux = {
  test: process.platform === 'linux' ? test.concurrent : test.concurrent.skip,
  why: process.platform === 'linux' ? '' : ' (skipped: only Linux has /dev/full)',
}

/** A step whose outputs or log are lost, so that not all is true of it that is true of others. */
async function lossy(options: StepOptions): Promise<StepResult & { built: number }> {
  const world = await startWorld({ buildSeconds: 0.3 })
  try {
    const step = await runStep({
      files: { 'requirements.txt': `${requirements}\n` },
      ...options,
      world,
      inputs: { ...inputsFor(world), resolve: 'false', ...options.inputs },
    })
    return { ...step, built: world.builds.length }
  } finally {
    await world.close()
  }
}

const titled = ({ annotations }: StepResult, title: string) => annotations.filter(each => each.title === title)

describe('where the outputs cannot be written', () => {
  const cases: readonly [string, string | undefined, RegExp][] = [
    ['the file is missing', '/nowhere/set_output', /ENOENT/],
    ['the runner names none', undefined, /GITHUB_OUTPUT/],
  ]
  const lost = async (GITHUB_OUTPUT: string | undefined, why: RegExp): Promise<void> => {
    const good = await lossy({ env: { GITHUB_OUTPUT } })
    expectEnd(good, { exitCode: 0 })
    expect(good.built).toBe(1)
    expect(outcomeLine(good)).toMatch(/forecasting.*adxforecast/)
    expect(good.summary).toContain('forecasting')
    const bad = await lossy({ env: { GITHUB_OUTPUT }, inputs: { 'tenant-id': 'fabrikam.com' } })
    expectEnd(bad, { exitCode: 1 })
    expect(titled(bad, 'unknown-tenant')).toHaveLength(1)
    expect(bad.summary).toContain('unknown-tenant')
    for (const step of [good, bad]) {
      expect(step.stderr.toString()).toBe('')
      expect(titled(step, 'defect')).toEqual([])
      expect(titled(step, 'outputs')).toEqual([
        expect.objectContaining({ level: 'warning', message: expect.stringMatching(why) }),
      ])
    }
  }

  test.concurrent.each(cases)('for %s, a warning says so, and the outcome is told and stays', (_, file, why) =>
    lost(file, why),
  )

  onLinux.test(`for the disk is full, a warning says so, and the outcome is told and stays${onLinux.why}`, () =>
    lost('/dev/full', /ENOSPC/),
  )
})

describe('where the summary cannot be written', () => {
  const lost = async (GITHUB_STEP_SUMMARY: string): Promise<void> => {
    const step = await play({ env: { GITHUB_STEP_SUMMARY } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(titled(step, 'summary')).toEqual([expect.objectContaining({ level: 'warning' })])
  }

  test.concurrent('for the file is missing, a warning says so', () => lost('/nowhere/summary'))

  onLinux.test(`for the disk is full, a warning says so${onLinux.why}`, () => lost('/dev/full'))
})

describe('where there is no room for the files of uv and pip', () => {
  const unresolved = async (mode: string, resolve: string, RUNNER_TEMP: string): Promise<Played> => {
    const options: PlayOptions = { inputs: { mode, resolve }, env: { RUNNER_TEMP }, uv: { pandas: [] } }
    return play(options)
  }
  const places: readonly [string, string, RegExp][] = [
    ['is missing', '/nowhere/temp', /ENOENT/],
    ['is no directory', process.execPath, /ENOTDIR|ENOENT/],
  ]

  test.concurrent.each(places)('for RUNNER_TEMP %s, a notice says so, and the run goes on', async (_, place, why) => {
    for (const mode of ['plan', 'apply']) {
      const step = await unresolved(mode, 'auto', place)
      expectEnd(step, { exitCode: 0 })
      expect(titled(step, 'not-resolved')).toEqual([
        expect.objectContaining({ level: 'notice', message: expect.stringMatching(why) }),
      ])
    }
  })

  test.concurrent('where the user insists on an answer, that is an error', async () => {
    const step = await unresolved('apply', 'true', '/nowhere/temp')
    expectEnd(step, { exitCode: 1 })
    expect(titled(step, 'not-resolved')).toEqual([expect.objectContaining({ level: 'error' })])
    expect(step.puts).toEqual([])
  })
})

describe('where the output goes nowhere', () => {
  const unheard = async (output: 'closed' | 'full'): Promise<void> => {
    const step = await lossy({ output })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(step.built).toBe(1)
    expect(step.summary).toContain('forecasting')
  }

  test.concurrent('for nobody reads it any more, the run goes on to its end', () => unheard('closed'))

  onLinux.test(`for the disk is full, the run goes on to its end${onLinux.why}`, () => unheard('full'))
})
