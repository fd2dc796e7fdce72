import { randomUUID, timingSafeEqual } from 'node:crypto'
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CryptoKey, JWK, LocalJWKSet } from 'jose'
import type { Clock } from './clock.js'
import { json } from './messages.js'
import type { Answer, SeenRequest } from './messages.js'

export const issuerHost = 'token.actions.githubusercontent.com'
export const idTokenHost = 'run-actions-1-azure-eastus.actions.githubusercontent.com'

/** GitHub's token service, and the job that asks it. All of it may be changed while the world runs. */
export type GitHub = {
  issuer: string
  repository: string
  subject: string
  /** Seconds that an ID token lives. */
  idTokenSeconds: number
  readonly requestToken: string
  readonly requestUrl: string
}

type SigningKey = { privateKey: CryptoKey; keyId: string; publicKeys: { keys: JWK[] } }

let signingKey: Promise<SigningKey> | undefined

/** A job of the repository's main branch. */
export function createGitHub(): GitHub {
  const job = `${randomUUID()}/${randomUUID()}`
  return {
    issuer: `https://${issuerHost}`,
    repository: 'contoso/forecasting',
    subject: 'repo:contoso/forecasting:ref:refs/heads/main',
    idTokenSeconds: 300,
    requestToken: `${Buffer.from('{"typ":"JWT"}').toString('base64url')}.${randomUUID()}.${randomUUID()}`,
    requestUrl: `https://${idTokenHost}/121//idtoken/${job}?api-version=2.0`,
  }
}

/** The variables that a job with the permission `id-token: write` gets. */
export function idTokenEnv(github: GitHub): Record<string, string> {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: github.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: github.requestToken,
  }
}

/** Answers a request for an ID token. */
export async function answerIdTokenRequest(github: GitHub, clock: Clock, request: SeenRequest): Promise<Answer> {
  if (request.path !== new URL(github.requestUrl).pathname || request.query.get('api-version') !== '2.0') {
    return json(404, { message: 'Not found' })
  }
  if (!sameText(request.headers.authorization ?? '', `Bearer ${github.requestToken}`)) {
    return json(401, { message: 'Unauthorized' })
  }
  const audience = request.query.get('audience') ?? `https://github.com/${github.repository.split('/')[0]}`
  const value = await signIdToken(github, clock, audience)
  return json(200, { count: value.length, value })
}

/** The issuer's public documents, with which relying parties check ID tokens. */
export async function answerIssuer(request: SeenRequest): Promise<Answer> {
  const { publicKeys } = await ensureSigningKey()
  const documents: Record<string, unknown> = {
    '/.well-known/jwks': publicKeys,
    '/.well-known/openid-configuration': {
      issuer: `https://${issuerHost}`,
      jwks_uri: `https://${issuerHost}/.well-known/jwks`,
      subject_types_supported: ['public', 'pairwise'],
      response_types_supported: ['id_token'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid'],
    },
  }
  const document = documents[request.path]
  return document === undefined ? json(404, { message: 'Not found' }) : json(200, document)
}

/** Makes the signing key ready, so that the first request need not wait for it. */
export async function prepareIssuer(): Promise<void> {
  await ensureSigningKey()
}

/** The issuer's keys, for who checks ID tokens. */
export async function issuerKeys(): Promise<LocalJWKSet> {
  return createLocalJWKSet((await ensureSigningKey()).publicKeys)
}

async function signIdToken(github: GitHub, clock: Clock, audience: string): Promise<string> {
  const { privateKey, keyId } = await ensureSigningKey()
  const now = Math.floor(clock.now() / 1000)
  return new SignJWT({
    repository: github.repository,
    repository_owner: github.repository.split('/')[0],
    ref: 'refs/heads/main',
    event_name: 'push',
    runner_environment: 'github-hosted',
  })
    .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' })
    .setIssuer(github.issuer)
    .setSubject(github.subject)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now - 300)
    .setExpirationTime(now + github.idTokenSeconds)
    .sign(privateKey)
}

/** One key serves all worlds of a process: making one takes long enough to be felt in every test. */
function ensureSigningKey(): Promise<SigningKey> {
  signingKey ??= createSigningKey()
  return signingKey
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const keyId = randomUUID()
  const jwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' }
  return { privateKey, keyId, publicKeys: { keys: [jwk] } }
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
