import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type StartedWorld, startWorld } from '../../emulator/world.js'
import { type Client, connectTo, imageBody, imageUrl } from './client.js'

let world: StartedWorld
let client: Client

beforeEach(async () => {
  world = await startWorld()
  client = connectTo(world)
})

afterEach(async () => {
  client.close()
  await world.close()
})

const codeOf = async (url: string, token?: string): Promise<[number, string]> => {
  const { status, json } = await client.send(url, token === undefined ? {} : { token })
  return [status, json.error.code]
}

describe('what is missing is told apart', () => {
  test.each([
    ['subscription', { subscriptionId: '00000000-0000-0000-0000-000000000000' }, 'SubscriptionNotFound'],
    ['resource group', { resourceGroup: 'other' }, 'ResourceGroupNotFound'],
    ['cluster', { name: 'other' }, 'ParentResourceNotFound'],
    ['image', {}, 'ResourceNotFound'],
  ])('%s', async (_, changes, code) => {
    expect(await codeOf(imageUrl(world, 'forecast', changes), await client.signIn())).toEqual([404, code])
  })

  test('the cluster may also be missing as a resource', async () => {
    world.settings.missingClusterCode = 'ResourceNotFound'
    const { json } = await client.send(imageUrl(world, 'a', { name: 'other' }), { token: await client.signIn() })
    expect(json.error).toMatchObject({
      code: 'ResourceNotFound',
      message: expect.stringContaining("'Microsoft.Kusto/clusters/other'"),
    })
  })

  test('paths have no case', async () => {
    world.cluster.images.set('forecast', { language: 'Python', languageVersion: '3.10.8' })
    const url = imageUrl(world, 'forecast').replace(/subscriptions.*(?=\?)/, path => path.toUpperCase())
    expect((await client.send(url, { token: await client.signIn() })).status).toBe(200)
  })
})

describe('the bearer', () => {
  test('is asked for', async () => {
    const answer = await client.send(imageUrl(world, 'forecast'))
    expect([answer.status, answer.json.error.code]).toEqual([401, 'AuthenticationFailed'])
    expect(answer.headers['www-authenticate']).toContain('Bearer authorization_uri=')
  })

  test('must be one of Entra', async () => {
    expect(await codeOf(imageUrl(world, 'forecast'), 'made.up.token')).toEqual([401, 'InvalidAuthenticationToken'])
  })

  test('expires', async () => {
    world.entra.accessTokenSeconds = -1
    expect(await codeOf(imageUrl(world, 'forecast'), await client.signIn())).toEqual([
      401,
      'ExpiredAuthenticationToken',
    ])
  })

  test('of one cloud opens no other', async () => {
    const url = imageUrl(world, 'forecast').replace('management.azure.com', 'management.chinacloudapi.cn')
    expect(await codeOf(url, await client.signIn())).toEqual([401, 'InvalidAuthenticationTokenAudience'])
  })

  test('needs the role', async () => {
    world.principal.actions.delete('Microsoft.Kusto/Clusters/SandboxCustomImages/write')
    const token = await client.signIn()
    const { status, json } = await client.send(imageUrl(world, 'a'), { method: 'PUT', token, body: imageBody('a') })
    expect(status).toBe(403)
    expect(json.error.code).toBe('AuthorizationFailed')
    expect(json.error.message).toContain(
      `The client '${world.principal.clientId}' with object id '${world.principal.objectId}' does not have authorization`,
    )
    expect(json.error.message).toContain("action 'Microsoft.Kusto/Clusters/SandboxCustomImages/write' over scope '/sub")
  })
})

test('a request without api-version is refused', async () => {
  const url = imageUrl(world, 'forecast').replace(/\?.*/, '')
  expect(await codeOf(url, await client.signIn())).toEqual([400, 'MissingApiVersionParameter'])
})

test('every answer carries ids, and the correlation id of who sent one', async () => {
  const { headers } = await client.send(imageUrl(world, 'forecast'), {
    token: await client.signIn(),
    headers: { 'x-ms-correlation-request-id': 'mine' },
  })
  expect(headers).toMatchObject({
    'x-ms-request-id': expect.any(String),
    'x-ms-correlation-request-id': 'mine',
    'x-ms-routing-request-id': expect.stringMatching(/^EASTUS:\d{8}T\d{6}Z:/),
    'x-ms-ratelimit-remaining-subscription-resource-requests': '249',
  })
})

test('who asks too often waits', async () => {
  world.settings.limits.reads = { capacity: 2, perSecond: 0.2 }
  const token = await client.signIn()
  const answers = []
  for (let count = 0; count < 3; count += 1) answers.push(await client.send(imageUrl(world, 'forecast'), { token }))
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 429])
  expect(answers[2]!.headers['retry-after']).toBe('5')
})

test('the cluster and the list of its images can be read', async () => {
  const token = await client.signIn()
  world.cluster.images.set('forecast', { language: 'Python', baseImageName: 'Python3_10_8' })
  const list = await client.send(imageUrl(world, '').replace('/?', '?'), { token })
  expect(list.json.value).toMatchObject([{ properties: { baseImageName: 'Python3_10_8' } }])
  const cluster = await client.send(imageUrl(world, '').replace('/sandboxCustomImages/', ''), { token })
  expect(cluster.json.properties).toMatchObject({ state: 'Running', provisioningState: 'Succeeded' })
  expect(world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token', 'list-images', 'get-cluster'])
})
