import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { unsigned } from '../github/id-tokens.js'
import type { Principal, Tenant } from './principals.js'

/** Issues Entra's access tokens and checks them again; only the two ends of one world understand them. */
export type AccessTokens = {
  issue(principal: Principal, audience: string, seconds: number): Promise<string>
  check(token: string, audience: string): Promise<TokenVerdict>
}

export type TokenVerdict =
  | { readonly valid: true; readonly principal: Principal }
  | { readonly valid: false; readonly fault: 'expired'; readonly expiredAt: Date }
  | { readonly valid: false; readonly fault: 'audience' | 'malformed' }

/** What makes tokens: the tenant that they are of, the time, and their ids. */
type Mint = { readonly tenant: Tenant; readonly clock: Pick<Clock, 'now'>; readonly chance: Chance }

/** The tokens of one tenant, with a key of their own. */
export function signedAccessTokens({ tenant, clock, chance }: Mint): AccessTokens {
  const key = chance.bytes(32)
  return {
    issue: (principal, audience, seconds) =>
      new SignJWT(claimsOf(principal, audience, seconds, { tenant, clock, chance }))
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'emulator' })
        .sign(key),
    async check(token, audience) {
      try {
        const { payload } = await jwtVerify(token, key, { audience, currentDate: new Date(clock.now()) })
        return holderOf(payload['appid'], tenant)
      } catch (error) {
        if (error instanceof errors.JWTExpired) return expired(error.payload.exp)
        const wrongAudience = error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud'
        return { valid: false, fault: wrongAudience ? 'audience' : 'malformed' }
      }
    },
  }
}

/** The same tokens without a signature, for thousands of worlds a minute. */
export function unsignedAccessTokens(mint: Mint): AccessTokens {
  const { tenant, clock } = mint
  return {
    issue: (principal, audience, seconds) => Promise.resolve(unsigned(claimsOf(principal, audience, seconds, mint))),
    check: (token, audience) => {
      const { exp = 0, aud, appid } = decodeJwt(token)
      if (exp <= clock.now() / 1000) return Promise.resolve(expired(exp))
      return Promise.resolve(aud === audience ? holderOf(appid, tenant) : { valid: false, fault: 'audience' })
    },
  }
}

function claimsOf(principal: Principal, audience: string, seconds: number, { tenant, clock, chance }: Mint) {
  const now = Math.floor(clock.now() / 1000)
  return {
    appid: principal.clientId,
    oid: principal.objectId,
    tid: tenant.id,
    ver: '1.0',
    iss: `https://sts.windows.net/${tenant.id}/`,
    sub: principal.objectId,
    aud: audience,
    jti: chance.newId(),
    iat: now,
    nbf: now - 300,
    exp: now + seconds,
  }
}

function holderOf(clientId: unknown, tenant: Tenant): TokenVerdict {
  const principal = tenant.principals.find(each => each.clientId === clientId)
  return principal ? { valid: true, principal } : { valid: false, fault: 'malformed' }
}

function expired(exp = 0): TokenVerdict {
  return { valid: false, fault: 'expired', expiredAt: new Date(exp * 1000) }
}
