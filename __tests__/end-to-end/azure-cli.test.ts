import { delimiter } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { CloudName } from '../../emulator/clouds.js'
import { signedIn, systemPath, withCli } from './azure-cli.js'
import { expectEnd, failureOf, holding, play, wanted } from './step.js'

describe("with neither client-id nor tenant-id, the Azure CLI's session", () => {
  test('signs in to the data endpoint as well', async () => {
    const inputs = { activate: 'true', verify: 'true', database: 'telemetry' }
    const { step, calls } = await withCli(signedIn, { inputs, world: { switchSeconds: 0.3 } })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    expect(calls.map(call => /--resource (\S+)/.exec(call)?.[1])).toEqual([
      expect.stringMatching(/^https:\/\/management\.azure\.com/),
      expect.stringMatching(/^https:\/\/adxforecast\.eastus\.kusto\.windows\.net/),
    ])
  })

  test('signs in, and GitHub and Entra are not asked', async () => {
    const { step, calls } = await withCli(signedIn)
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
    expect(step.story).toEqual(['get-image', 'get-cluster', 'put-image', 'poll', 'get-image'])
    expect(calls).toEqual([
      expect.stringMatching(/^account get-access-token .*--resource https:\/\/management\.azure\.com/),
    ])
    expect(step.masks).toHaveLength(1)
  })

  test('makes one request of a run that finds nothing to do', async () => {
    const { step } = await withCli(signedIn, { prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' } })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['get-image'])
  })

  test.concurrent.each<[CloudName, string]>([
    ['AzureUSGovernment', 'https://management.usgovcloudapi.net'],
    ['AzureChinaCloud', 'https://management.chinacloudapi.cn'],
  ])('is asked for a token of %s', async (cloud, resource) => {
    const { step, calls } = await withCli(signedIn, { world: { cloud }, inputs: { environment: cloud } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(calls[0]).toContain(`--resource ${resource}`)
  })

  test.concurrent.each([
    [
      'is not there',
      `console.error("ERROR: Please run 'az login' to setup account."); process.exit(1)`,
      /azure\/login/,
    ],
    [
      'is told in words that could be commands',
      "console.error('ERROR: x\\n##[error]y\\n::add-mask::z'); process.exit(1)",
      /x/,
    ],
    ['gives no token', "console.log('Upgrade available!')", /azure\/login/],
  ])('%s: the error says what to do', async (_, script, words) => {
    const { step } = await withCli(() => Promise.resolve(script))
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step)).toMatchObject({ code: 'azure-cli-session', message: expect.stringMatching(words) })
    expect(failureOf(step).message).toMatch(/client-id and tenant-id/)
    expect(step.world.requests).toEqual([])
  })

  test('cannot be asked where there is no Azure CLI', async () => {
    const step = await play({ inputs: { 'client-id': '', 'tenant-id': '' }, env: { PATH: systemPath.join(delimiter) } })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step)).toMatchObject({
      code: 'azure-cli-session',
      message: expect.stringContaining('azure/login'),
    })
    expect(step.world.requests).toEqual([])
  })

  test('that hangs holds nothing up when the step is cancelled', async () => {
    const started = { yet: false }
    const { step } = await withCli(() => Promise.resolve('setTimeout(() => {}, 5000)'), {
      cancelWhen: () => started.yet,
      onLine: ({ text }) => void (started.yet ||= text.includes('Sign in')),
    })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(step.endedAfterCancelMs).toBeLessThan(1000)
    expect(step.summary).toContain('cancelled')
  })
})
