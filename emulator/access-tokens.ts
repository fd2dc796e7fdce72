import { randomBytes, randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock } from './clock.js'
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

/** The tokens of one tenant, with a key of their own. */
export function createAccessTokens(tenant: Tenant, clock: Clock): AccessTokens {
  const key = randomBytes(32)
  return {
    issue(principal, audience, seconds) {
      const now = Math.floor(clock.now() / 1000)
      return new SignJWT({ appid: principal.clientId, oid: principal.objectId, tid: tenant.id, ver: '1.0' })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'emulator' })
        .setIssuer(`https://sts.windows.net/${tenant.id}/`)
        .setSubject(principal.objectId)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setNotBefore(now - 300)
        .setExpirationTime(now + seconds)
        .sign(key)
    },
    async check(token, audience) {
      try {
        const { payload } = await jwtVerify(token, key, { audience, currentDate: new Date(clock.now()) })
        const principal = tenant.principals.find(each => each.clientId === payload.appid)
        return principal ? { valid: true, principal } : { valid: false, fault: 'malformed' }
      } catch (error) {
        if (error instanceof errors.JWTExpired) {
          return { valid: false, fault: 'expired', expiredAt: new Date((error.payload.exp ?? 0) * 1000) }
        }
        const wrongAudience = error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud'
        return { valid: false, fault: wrongAudience ? 'audience' : 'malformed' }
      }
    },
  }
}
