import { describe, expect, test } from '@jest/globals'
import { type AccessToken, cacheToken, signInUnanswered } from '../../src/azure/credential.js'
import { clouds } from '../../src/model/target.js'
import { claimsOf, entraFailure } from '../../src/azure/sign-in-errors.js'
import { Failure } from '../../src/failure.js'
import { NoResponseError } from '../../src/network/transport.js'
import { fakeClock } from './fake-clock.js'

const { signal } = new AbortController()
const minute = 60_000

/** A credential whose exchanges end as told, in order; the last one repeats. A number is the life of the token. */
function credentialOf(...exchanges: (number | Error)[]) {
  const clock = fakeClock()
  const masked: string[] = []
  let count = 0
  const exchange = async (): Promise<AccessToken> => {
    const life = exchanges[Math.min(count++, exchanges.length - 1)]!
    if (life instanceof Error) throw life
    return { token: `token-${count}`, expires: clock.time() + life }
  }
  const credential = cacheToken(exchange, clock, secret => masked.push(secret))
  return { credential, clock, masked, exchanged: () => count }
}

describe('keeping an access token', () => {
  test('it is kept until five minutes before its end', async () => {
    const { credential, clock, masked } = credentialOf(60 * minute)
    expect(await credential.token(false, signal)).toBe('token-1')
    await clock.sleep(54 * minute, signal)
    expect(await credential.token(false, signal)).toBe('token-1')
    await clock.sleep(2 * minute, signal)
    expect(await credential.token(false, signal)).toBe('token-2')
    expect(masked).toEqual(['token-1', 'token-2'])
  })

  test('one of a short life is kept for half of it', async () => {
    const { credential, clock } = credentialOf(2 * minute)
    await credential.token(false, signal)
    await clock.sleep(50_000, signal)
    expect(await credential.token(false, signal)).toBe('token-1')
    await clock.sleep(11_000, signal)
    expect(await credential.token(false, signal)).toBe('token-2')
  })

  test('a refused one is replaced at once', async () => {
    const { credential } = credentialOf(60 * minute)
    await credential.token(false, signal)
    expect(await credential.token(true, signal)).toBe('token-2')
    expect(await credential.token(false, signal)).toBe('token-2')
  })

  test('nobody answers: six tries, with growing pauses, or as long as is asked for', async () => {
    const { credential, clock, exchanged } = credentialOf(
      new NoResponseError('down'),
      new NoResponseError('busy', 30_000),
      new NoResponseError('down'),
    )
    await expect(credential.token(false, signal)).rejects.toThrow('down')
    expect(exchanged()).toBe(6)
    expect(clock.slept).toEqual([1_000, 30_000, 4_000, 8_000, 16_000])
  })

  test('nobody answers at the time of renewal: the former token serves while it lives', async () => {
    const { credential, clock } = credentialOf(60 * minute, new NoResponseError('down'))
    await credential.token(false, signal)
    await clock.sleep(56 * minute, signal)
    expect(await credential.token(false, signal)).toBe('token-1')
    await expect(credential.token(true, signal)).rejects.toThrow('down')
    await clock.sleep(4 * minute, signal)
    await expect(credential.token(false, signal)).rejects.toThrow('down')
  })

  test('a refusal is not repeated', async () => {
    const refusal = new Failure({ code: 'sign-in-refused', headline: 'no', remedy: 'x' })
    const { credential, exchanged } = credentialOf(refusal)
    await expect(credential.token(false, signal)).rejects.toBe(refusal)
    expect(exchanged()).toBe(1)
  })
})

describe('a sign-in that nobody answered', () => {
  const entra = 'login.microsoftonline.com'
  const failed = (code: string, proxy?: string) =>
    signInUnanswered(new NoResponseError(`connect ${code}`, undefined, { host: entra, proxy, code }))

  test.each([
    ['ECONNREFUSED', undefined, 'sign-in-unreachable', [entra]],
    ['ECONNREFUSED', '10.0.0.1:3128', 'sign-in-unreachable', [entra, '10.0.0.1:3128', 'HTTPS_PROXY']],
    ['ENOTFOUND', undefined, 'sign-in-unreachable', [entra, 'ENOTFOUND']],
    ['EPROTO', undefined, 'sign-in-unreachable', [entra, 'EPROTO']],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, 'certificate-untrusted', [entra, 'NODE_EXTRA_CA_CERTS']],
    ['SELF_SIGNED_CERT_IN_CHAIN', '10.0.0.1:3128', 'certificate-untrusted', [entra, 'SELF_SIGNED_CERT_IN_CHAIN']],
    ['CERT_HAS_EXPIRED', undefined, 'certificate-untrusted', [entra, 'CERT_HAS_EXPIRED']],
  ])('%s, proxy %s', (code, proxy, expected, facts) => {
    const failure = failed(code, proxy)
    expect(failure.code).toBe(expected)
    for (const fact of facts) expect(`${failure.message} ${failure.remedy}`).toContain(fact)
  })

  test('but with something that is no token', () => {
    const failure = signInUnanswered(new NoResponseError(`${entra} answered 503 without a decision`))
    expect(failure).toMatchObject({ code: 'sign-in-unreachable', headline: expect.stringContaining('503') })
  })
})

describe('a refusal of Entra', () => {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:contoso/x:pull_request',
    aud: 'api://x',
  }
  const assertion = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
  const [trace, correlation] = ['0a4f5e57-1d0c-4c8e-8a53-6a3e8bb10e00', '11111111-2222-4333-8444-555555555555']
  const attempt = { cloud: clouds[0]!, tenantId: 'the-tenant', clientId: 'the-client', assertion }

  test.each([
    ['AADSTS700213', 'federated-credential-mismatch'],
    ['AADSTS70021', 'federated-credential-mismatch'],
    ['AADSTS7002138', 'federated-credential-mismatch'],
    ['AADSTS70025', 'federated-credential-mismatch'],
    ['AADSTS700211', 'federated-credential-mismatch'],
    ['AADSTS700212', 'federated-credential-mismatch'],
    ['AADSTS700016', 'unknown-application'],
    ['AADSTS90002', 'unknown-tenant'],
    ['AADSTS900382', 'wrong-cloud'],
    ['AADSTS7000229', 'service-principal-missing'],
    ['AADSTS700024', 'id-token-expired'],
    ['AADSTS53003', 'sign-in-refused'],
    ['something else', 'sign-in-refused'],
  ])('%s', (number, code) => {
    const said = `invalid_request: Error(s): 700213 - ${number}: It does not work. Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: 2026`
    const failure = entraFailure(said, attempt)
    expect(failure.code).toBe(code)
    for (const claim of Object.values(claims)) expect(failure.message).toContain(claim)
    const text = expect.stringMatching(/It does not work\.$/)
    expect(failure.details.filter(detail => typeof detail !== 'string')).toEqual([{ by: 'Entra', text }])
    expect(failure.ids).toEqual({ 'Entra trace': trace, 'Entra correlation': correlation })
  })

  test('the command that adds a credential is one of a shell, whatever the branch is called', () => {
    const hostile = { ...claims, sub: "repo:contoso/x:ref:refs/heads/';curl${IFS}evil;'" }
    const other = `e30.${Buffer.from(JSON.stringify(hostile)).toString('base64url')}.signature`
    const { command } = entraFailure('AADSTS700213: No.', { ...attempt, assertion: other })
    const [, argument = ''] = /--parameters (.*)$/.exec(command) ?? []
    // Between single quotes a shell obeys nothing; each quote of the text ends them, is escaped, and begins them anew.
    expect(argument).toMatch(/^'(?:[^']|'\\'')*'$/)
    const { subject } = JSON.parse(argument.slice(1, -1).replaceAll("'\\''", "'")) as { subject: string }
    expect(subject).toBe(hostile.sub)
  })

  test.each(['', 'x', 'a.b.c', `a.${Buffer.from('[]').toString('base64url')}.c`])(
    'a token that is none is told as such: %j',
    token => {
      expect(claimsOf(token)).toEqual({ issuer: '(none)', subject: '(none)', audience: '(none)' })
    },
  )
})
