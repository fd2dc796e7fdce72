import { afterEach, describe, expect, test } from '@jest/globals'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import type { CloudName } from '../../emulator/azure/clouds.js'
import { type StartedWorld, startWorld, type WorldOptions } from '../../emulator/world.js'
import { type Client, connectTo } from './client.js'

let world: StartedWorld
let client: Client

async function enter(options: WorldOptions = {}): Promise<void> {
  world = await startWorld(options)
  client = connectTo(world)
}

afterEach(async () => {
  client.close()
  await world.close()
})

describe('GitHub', () => {
  test('signs ID tokens that its published keys belong to', async () => {
    await enter()
    const token = await client.idToken('api://AzureADTokenExchange')
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:contoso/forecasting:ref:refs/heads/main',
      aud: 'api://AzureADTokenExchange',
    })
    expect(claims.exp! - claims.iat!).toBe(300)
    const configuration = await client.send(`${claims.iss}/.well-known/openid-configuration`)
    const { json } = await client.send(configuration.json.jwks_uri)
    expect(json.keys).toMatchObject([{ kid: decodeProtectedHeader(token).kid, kty: 'RSA', alg: 'RS256' }])
  })

  test('wants its own bearer', async () => {
    await enter()
    expect((await client.send(world.github.requestUrl, { token: 'wrong' })).status).toBe(401)
  })

  test('gives no variables to a job without the permission', async () => {
    await enter({ idTokenPermission: false })
    expect(Object.keys(world.env)).toEqual(['HTTPS_PROXY', 'NODE_EXTRA_CA_CERTS'])
  })
})

describe('Entra', () => {
  test.each<CloudName>(['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'])('exchanges in %s', async cloud => {
    await enter({ cloud })
    const answer = await client.exchange(await client.idToken())
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 })
    const twoSlashes = { scope: `https://${world.cloud.armHost}//.default` }
    expect((await client.exchange(await client.idToken(), twoSlashes)).status).toBe(200)
    expect((await client.exchange(await client.idToken(), {}, 'contoso.com')).status).toBe(200)
  })

  const refusals: [string, (world: StartedWorld) => Promise<{ status: number; json: any }>, number, string][] = [
    ['unknown tenant', async () => client.exchange(await client.idToken(), {}, 'fabrikam.com'), 400, 'AADSTS90002'],
    [
      'unknown application',
      async () => client.exchange(await client.idToken(), { client_id: 'x' }),
      400,
      'AADSTS700016',
    ],
    [
      'foreign scope',
      async () => client.exchange(await client.idToken(), { scope: 'https://vault/.default' }),
      400,
      'AADSTS500011',
    ],
    ['other audience', async () => client.exchange(await client.idToken('api://other')), 401, 'AADSTS700212'],
    [
      'other subject',
      async ({ github }) => {
        github.subject = 'repo:contoso/forecasting:pull_request'
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS700213',
    ],
    [
      'the subject in another case',
      async ({ github }) => {
        github.subject = github.subject.toUpperCase()
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS7002138',
    ],
    [
      'an application that trusts nobody',
      async ({ principal }) => {
        principal.federatedCredentials.splice(0)
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS70025',
    ],
    [
      'an application without a service principal',
      async ({ principal }) => {
        principal.hasServicePrincipal = false
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS7000229',
    ],
    [
      'other issuer',
      async ({ github }) => {
        github.issuer += '/contoso'
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS700211',
    ],
    [
      'an ID token that expired',
      async ({ github }) => {
        github.idTokenSeconds = -1
        return client.exchange(await client.idToken())
      },
      401,
      'AADSTS700024',
    ],
    ['no token at all', async () => client.exchange('nonsense'), 401, 'AADSTS50027'],
    [
      'a token of another key',
      async ({ github, cloud }) => {
        const { privateKey } = await generateKeyPair('RS256')
        const claims = { iss: github.issuer, sub: github.subject, aud: cloud.exchangeAudience, exp: 4e9 }
        const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
        return client.exchange(forged)
      },
      401,
      'AADSTS700027',
    ],
  ]
  test.each(refusals)('refuses %s', async (_, attempt, status, code) => {
    await enter()
    const answer = await attempt(world)
    expect(answer.status).toBe(status)
    expect(answer.json.error_codes).toEqual([Number(code.slice('AADSTS'.length))])
    expect(answer.json.error_description).toMatch(
      new RegExp(`^${code}: .* Trace ID: .* Correlation ID: .* Timestamp: `),
    )
  })

  test('answers and counts the round trips that a client could spare', async () => {
    await enter()
    const url = `https://login.microsoftonline.com/${world.tenant.id}/v2.0/.well-known/openid-configuration`
    expect((await client.send(url)).json.token_endpoint).toContain('/oauth2/v2.0/token')
    const instances = 'https://login.microsoftonline.com/common/discovery/instance?api-version=1.1'
    expect((await client.send(instances)).json.metadata[0].aliases).toContain('login.microsoftonline.com')
    expect(world.seen('discovery')).toHaveLength(2)
  })
})
