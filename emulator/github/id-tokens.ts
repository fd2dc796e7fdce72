import { timingSafeEqual } from 'node:crypto'
import {
  createLocalJWKSet,
  type CryptoKey,
  decodeJwt,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { type Answer, json, type SeenRequest } from '../network/messages.js'

export const issuerHost = 'token.actions.githubusercontent.com'
export const idTokenHost = 'run-actions-1-azure-eastus.actions.githubusercontent.com'

/** Describes GitHub's token service, and the job that asks it. All of it may be changed while the world runs. */
export type GitHub = {
  issuer: string
  repository: string
  subject: string
  /** Seconds that an ID token lives. */
  idTokenSeconds: number
  readonly requestToken: string
  readonly requestUrl: string
}

/** Says what GitHub signs its tokens with. */
export type TokenService = {
  readonly github: GitHub
  readonly idTokens: IdTokens
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
}

/** Creates a job of the repository's main branch. */
export function createGitHub({ newId }: Chance): GitHub {
  const job = `${newId()}/${newId()}`
  return {
    issuer: `https://${issuerHost}`,
    repository: 'contoso/forecasting',
    subject: 'repo:contoso/forecasting:ref:refs/heads/main',
    idTokenSeconds: 300,
    requestToken: `${Buffer.from('{"typ":"JWT"}').toString('base64url')}.${newId()}.${newId()}`,
    requestUrl: `https://${idTokenHost}/121//idtoken/${job}?api-version=2.0`,
  }
}

/** Returns the variables that a job with the permission `id-token: write` gets. */
export function idTokenEnv(github: GitHub): Record<string, string> {
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: github.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: github.requestToken,
  }
}

/** Answers a request for an ID token. */
export async function answerIdTokenRequest(service: TokenService, request: SeenRequest): Promise<Answer> {
  const { github } = service
  if (request.path !== new URL(github.requestUrl).pathname || request.query.get('api-version') !== '2.0') {
    return json(404, { message: 'Not found' })
  }
  if (!sameText(request.headers.authorization ?? '', `Bearer ${github.requestToken}`)) {
    return json(401, { message: 'Unauthorized' })
  }
  const audience = request.query.get('audience') ?? `https://github.com/${github.repository.split('/')[0]}`
  const value = await service.idTokens.sign(claimsFor(audience, service))
  return json(200, { count: value.length, value })
}

/** Answers with the issuer's public documents, with which relying parties check ID tokens. */
export async function answerIssuer(idTokens: IdTokens, request: SeenRequest): Promise<Answer> {
  const documents: Record<string, unknown> = {
    '/.well-known/jwks': await idTokens.publicKeys(),
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

function claimsFor(audience: string, { github, clock, chance }: TokenService): IdTokenClaims {
  const now = Math.floor(clock.now() / 1000)
  return {
    repository: github.repository,
    repository_owner: github.repository.split('/')[0],
    ref: 'refs/heads/main',
    event_name: 'push',
    runner_environment: 'github-hosted',
    iss: github.issuer,
    sub: github.subject,
    aud: audience,
    jti: chance.newId(),
    iat: now,
    nbf: now - 300,
    exp: now + github.idTokenSeconds,
  }
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}

/** Says what an ID token says, times in seconds since 1970. */
type IdTokenClaims = Readonly<Record<string, unknown>> & { readonly nbf: number; readonly exp: number }

/** Makes GitHub's ID tokens and checks them again. */
export type IdTokens = {
  readonly sign: (claims: IdTokenClaims) => Promise<string>
  /** Whether a token is of these keys, and of this time. */
  readonly check: (token: string, now: Date) => Promise<'valid' | 'outside its time' | 'invalid'>
  readonly publicKeys: () => Promise<{ keys: JWK[] }>
}

type SigningKey = { privateKey: CryptoKey; publicKey: JWK }

const keyId = 'emulator'
let created: Promise<SigningKey> | undefined
const signingKey = (): Promise<SigningKey> => (created ??= createSigningKey())

/** Signs tokens with a key, as GitHub does. One key serves all: making one takes long enough to be felt in every test. */
export const signedIdTokens: IdTokens = {
  async sign(claims) {
    const { privateKey } = await signingKey()
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' }).sign(privateKey)
  },
  async check(token, now) {
    try {
      const keys = createLocalJWKSet(await signedIdTokens.publicKeys())
      await jwtVerify(token, keys, { currentDate: now, algorithms: ['RS256'], clockTolerance: 0 })
      return 'valid'
    } catch (error) {
      const outsideItsTime = error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed
      return outsideItsTime ? 'outside its time' : 'invalid'
    }
  },
  publicKeys: async () => ({ keys: [(await signingKey()).publicKey] }),
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  return { privateKey, publicKey: { ...(await exportJWK(publicKey)), kid: keyId, alg: 'RS256', use: 'sig' } }
}

/** Tokens without a signature, for thousands of worlds a minute: what they say is checked all the same. */
export const unsignedIdTokens: IdTokens = {
  sign: claims => Promise.resolve(unsigned(claims)),
  check: (token, now) => {
    const { exp = 0, nbf = 0 } = decodeJwt(token)
    const seconds = now.getTime() / 1000
    return Promise.resolve(nbf <= seconds && seconds < exp ? 'valid' : 'outside its time')
  },
  publicKeys: () => Promise.resolve({ keys: [] }),
}

/** Makes a token in the shape of a signed one. */
export function unsigned(claims: object): string {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.unsigned`
}
