import { describe, expect, test } from '@jest/globals'
import type { CloudName } from '../../emulator/azure/clouds.js'
import { expectEnd, failureOf, play } from './harness.js'

describe('each cloud has its own hosts and audience', () => {
  test.concurrent.each<[CloudName, string, string, string]>([
    ['AzureCloud', 'AZURECLOUD', 'api://AzureADTokenExchange', 'https://portal.azure.com/'],
    ['AzureUSGovernment', 'azureusgovernment', 'api://AzureADTokenExchangeUSGov', 'https://portal.azure.us/'],
    ['AzureChinaCloud', 'AzureChinaCloud', 'api://AzureADTokenExchangeChina', 'https://portal.azure.cn/'],
  ])('%s', async (cloud, environment, audience, portal) => {
    const step = await play({ world: { cloud }, inputs: { environment } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(step.world.seen('id-token')[0]!.query.get('audience')).toBe(audience)
    const azure = step.world.requests.filter(({ kind }) => kind !== 'id-token' && kind !== 'token')
    expect(new Set(azure.map(({ host }) => host))).toEqual(new Set([step.world.cloud.armHost]))
    expect(step.world.cloud.authorityHosts).toContain(step.world.seen('token')[0]!.host)
    expect(step.summary).toContain(portal)
    expect(step.outputs['portal-url']).toContain(portal)
  })
})

test('an audience of the user is asked for in any cloud', async () => {
  const step = await play({
    world: { cloud: 'AzureUSGovernment' },
    inputs: { environment: 'AzureUSGovernment', audience: 'api://Contoso Exchange&x=1' },
    prepare: ({ principal }) => void (principal.federatedCredentials[0]!.audience = 'api://Contoso Exchange&x=1'),
  })
  expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
  expect(step.world.seen('id-token')[0]!.query.get('audience')).toBe('api://Contoso Exchange&x=1')
})

test('the tenant of another cloud is unknown, and the environment is named', async () => {
  const step = await play({ world: { cloud: 'AzureChinaCloud' } })
  expect(step.exitCode).toBe(1)
  expect(failureOf(step)).toMatchObject({ code: 'unknown-tenant', message: expect.stringContaining('environment') })
})
