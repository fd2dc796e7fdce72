import { describe, expect, test } from '@jest/globals'
import { pullRequest, workflowRun } from '../../emulator/github/events.js'
import type { World } from '../../emulator/world.js'
import { expectEnd, expectFailure, type Fact, failureOf, holding, kindsOf, play, wanted } from './harness.js'

describe('a fork that can sign in, for its event is', () => {
  test.concurrent.each([
    ['pull_request_target', { ...pullRequest('dana/forecasting'), name: 'pull_request_target' }],
    ['workflow_run', workflowRun('dana/forecasting')],
    ['workflow_run, and the fork is deleted', workflowRun(null)],
  ])('%s, is warned of', async (_, event) => {
    const step = await play({ event })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(kindsOf(step)).toEqual(['warning fork-signed-in'])
  })

  test('workflow_run of the repository itself is not warned of', async () => {
    const step = await play({ event: workflowRun('contoso/forecasting') })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(step.annotations).toEqual([])
  })
})

describe('a job without an ID token', () => {
  const world = { idTokenPermission: false }
  const headedBy = (head: object | null, name = 'pull_request') => ({
    event: { ...pullRequest(), name, payload: { pull_request: { head } } },
  })
  const permission = 'id-token: write'

  test.concurrent.each<[string, string, Fact, object]>([
    ['lacks the permission', 'id-token-permission', permission, {}],
    [
      'lacks it in a pull request from the same repository',
      'id-token-permission',
      permission,
      headedBy({ repo: { full_name: 'contoso/forecasting' } }),
    ],
    ['runs for a fork', 'id-token-fork', /fork/, headedBy({ repo: { full_name: 'dana/forecasting' } })],
    ['runs for a fork that is deleted', 'id-token-fork', /fork/, headedBy({ repo: null })],
    [
      'runs for a fork with rights of its target',
      'id-token-fork',
      /fork/,
      headedBy({ repo: { full_name: 'dana/forecasting' } }, 'pull_request_target'),
    ],
    ['runs for Dependabot', 'id-token-permission', permission, { env: { GITHUB_ACTOR: 'dependabot[bot]' } }],
    [
      'has no readable event',
      'id-token-permission',
      permission,
      { env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/none' } },
    ],
  ])('%s: the error says what to change, and nothing is asked of anybody', async (_, code, fact, options) => {
    const step = await play({ world, ...options })
    expectFailure(step, code, [fact], { changed: 'false' })
    expect(step.world.requests).toEqual([])
  })
})

describe('an ID token that Entra does not trust', () => {
  test.concurrent.each<[string, (world: World) => void, Record<string, string>, string, string]>([
    [
      'for its subject',
      world => void (world.github.subject = 'repo:contoso/forecasting:pull_request'),
      {},
      'repo:contoso/forecasting:pull_request',
      'AADSTS700213',
    ],
    [
      "for its subject's case",
      world => void (world.github.subject = 'repo:Contoso/forecasting:ref:refs/heads/main'),
      {},
      'repo:Contoso/forecasting:ref:refs/heads/main',
      'AADSTS7002138',
    ],
    [
      'for its issuer',
      world => void (world.github.issuer = 'https://token.actions.githubusercontent.com/contoso'),
      {},
      'https://token.actions.githubusercontent.com/contoso',
      'AADSTS700211',
    ],
    [
      'for nothing is trusted',
      world => void world.principal.federatedCredentials.splice(0),
      {},
      'repo:contoso/forecasting:ref:refs/heads/main',
      'AADSTS70025',
    ],
    ['for its audience', () => undefined, { audience: 'api://Other' }, 'api://Other', 'AADSTS700212'],
  ])('%s: shows what it said, and what to change', async (_, prepare, inputs, claim, code) => {
    const step = await play({ prepare, inputs })
    const { github, principal } = step.world
    const claims = [github.issuer, github.subject, inputs['audience'] ?? 'api://AzureADTokenExchange']
    // All three of them, one a line, as they have to stand in the credential.
    const whole = claims.map(value => new RegExp(`${value.replace(/[.?]/g, '\\$&')}(?:[\\s\`"'|,.]|$)`, 'm'))
    const facts = [...whole, claim, code, principal.clientId]
    expectFailure(step, 'federated-credential-mismatch', facts, { changed: 'false' })
    // Asked once: trying again changes nothing.
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['id-token', 'token'])
  })

  test('for it has ended already says to look at the clock', async () => {
    const step = await play({ prepare: world => void (world.github.idTokenSeconds = -60) })
    expectFailure(step, 'id-token-expired', [/clock/i])
  })
})

describe('what Entra does not know', () => {
  test.concurrent.each([
    ['the tenant', { 'tenant-id': 'fabrikam.com' }, 'unknown-tenant', 'fabrikam.com', 'AADSTS90002'],
    [
      'the application',
      { 'client-id': '99999999-7f4e-4c0b-9a63-0d1e8c7f2b94' },
      'unknown-application',
      '99999999-7f4e-4c0b-9a63-0d1e8c7f2b94',
      'AADSTS700016',
    ],
  ])('%s: says so, and which input to check', async (what, inputs, code, name, entraCode) => {
    const step = await play({ inputs })
    const input = what === 'the tenant' ? 'tenant-id' : 'client-id'
    // The last is the correlation ID.
    expectFailure(step, code, [name, entraCode, input, /correlation.* [\da-f-]{36}\b/i], { changed: 'false' })
  })

  test('the application where it has no service principal: says how to create one', async () => {
    const step = await play({ prepare: world => void (world.principal.hasServicePrincipal = false) })
    const { clientId } = step.world.principal
    expectFailure(step, 'service-principal-missing', [`az ad sp create --id ${clientId}`], { changed: 'false' })
  })

  test('a tenant of another cloud: names the input environment', async () => {
    const step = await play({ world: { cloud: 'AzureUSGovernment' } })
    expectFailure(step, 'wrong-cloud', ['AADSTS900382', /\benvironment\b/], { changed: 'false' })
  })

  test.concurrent.each<[string, object, RegExp]>([
    ['words', { error_description: 'AADSTS53003: Oh, no.' }, /AADSTS53003: Oh, no\.$/m],
    ['a code', {}, /\binvalid_grant$/m],
  ])('an error of nothing but %s is shown with no ids and no words of others', async (_, body, said) => {
    const answer = { status: 400, body: { error: 'invalid_grant', ...body } }
    const step = await play({ prepare: world => void world.fault({ on: 'token', answer }) })
    expectFailure(step, 'sign-in-refused', [said])
    expect(failureOf(step).message + step.summary).not.toMatch(/Not Available|trace|correlation/i)
  })

  test('an error of another kind is shown as it is', async () => {
    const step = await play({
      prepare: world =>
        void world.fault({
          on: 'token',
          answer: {
            status: 400,
            body: {
              error: 'invalid_grant',
              error_description:
                'AADSTS53003: Access has been blocked by Conditional Access policies. Trace ID: 0a4f5e57-1d0c-4c8e-8a53-6a3e8bb10e00 Correlation ID: 11111111-2222-4333-8444-555555555555 Timestamp: 2026-01-01 00:00:00Z',
              error_codes: [53003],
            },
          },
        }),
    })
    const said = 'AADSTS53003: Access has been blocked by Conditional Access policies.'
    expectFailure(step, 'sign-in-refused', [said, '11111111-2222-4333-8444-555555555555'])
    expect(step.world.seen('token')).toHaveLength(1)
  })
})

describe('an answer of Entra that is none', () => {
  const good = { token_type: 'Bearer', expires_in: 3599, access_token: 'a.b.c' }
  test.concurrent.each<[string, object]>([
    ['a token that is a number', { ...good, access_token: 12345 }],
    ['a token that is a list', { ...good, access_token: ['a.b.c'] }],
    ['a token of two lines', { ...good, access_token: 'a.b.c\r\nX-Other: 1' }],
    ['a token that is empty', { ...good, access_token: '' }],
    ['no token', { token_type: 'Bearer', expires_in: 3599 }],
    ['a token without end', { ...good, expires_in: 1e300 }],
    ['a lifetime that is none', { ...good, expires_in: 'soon' }],
    ['a type that is a number', { ...good, token_type: 7 }],
    ['a token and an error', { ...good, error: 5 }],
    ['a list', [good]],
  ])('%s: is asked again', async (_, body) => {
    const step = await play({
      prepare: world => void world.fault({ on: 'token', answer: { status: 200, body } }),
    })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(step.world.seen('token')).toHaveLength(2)
    expect(step.annotations).toEqual([])
  })
})

test.concurrent.each([400, 401, 403, 404])('GitHub refuses an ID token with %i: fails at once', async status => {
  const step = await play({ prepare: world => void world.fault({ on: 'id-token', answer: { status } }) })
  expectFailure(step, 'id-token-refused', [String(status)], { changed: 'false' })
  expect(step.world.requests).toHaveLength(1)
})

test('what is sent to Entra holds a GitHub token and no other secret', async () => {
  const step = await play({ prepare: holding(wanted), inputs: { 'tenant-id': 'contoso.onmicrosoft.com' } })
  expect(step.exitCode).toBe(0)
  const [request] = step.world.seen('token')
  expect(request!.target.split('?')[0]).toBe('/contoso.onmicrosoft.com/oauth2/v2.0/token')
  const form = Object.fromEntries(new URLSearchParams(request!.body))
  expect(form).toMatchObject({
    client_id: step.world.principal.clientId,
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })
  expect(form['scope']).toContain('https://management.azure.com/.default')
  expect(form).not.toHaveProperty('client_secret')
  const audience = step.world.seen('id-token')[0]!.query.get('audience')
  expect(audience).toBe('api://AzureADTokenExchange')
})
