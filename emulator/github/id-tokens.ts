import { createLocalJWKSet, decodeJwt, errors, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import type { CryptoKey, JWK } from 'jose'

/** What an ID token says, times in seconds since 1970. */
export type IdTokenClaims = Readonly<Record<string, unknown>> & { readonly nbf: number; readonly exp: number }

/** Makes GitHub's ID tokens and checks them again. */
export type IdTokens = {
  readonly sign: (claims: IdTokenClaims) => Promise<string>
  /** Whether a token is of these keys, and of this time. */
  readonly check: (token: string, now: Date) => Promise<'valid' | 'outside its time' | 'invalid'>
  readonly publicKeys: () => Promise<{ keys: JWK[] }>
}

type SigningKey = { privateKey: CryptoKey; publicKey: JWK }

/** Tokens signed with a key, as GitHub's are. One key serves all: making one takes long enough to be felt in every test. */
export function signedIdTokens(): IdTokens {
  signingKey ??= createSigningKey()
  return signed
}

const keyId = 'emulator'
let signingKey: Promise<SigningKey> | undefined

const signed: IdTokens = {
  async sign(claims) {
    const { privateKey } = await signingKey!
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'JWT' }).sign(privateKey)
  },
  async check(token, now) {
    try {
      const keys = createLocalJWKSet(await signed.publicKeys())
      await jwtVerify(token, keys, { currentDate: now, algorithms: ['RS256'], clockTolerance: 0 })
      return 'valid'
    } catch (error) {
      const outsideItsTime = error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed
      return outsideItsTime ? 'outside its time' : 'invalid'
    }
  },
  publicKeys: async () => ({ keys: [(await signingKey!).publicKey] }),
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

/** A token in the shape of a signed one. */
export function unsigned(claims: object): string {
  const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.unsigned`
}
