import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { unsigned } from '../github/id-tokens.js'

/** Says what an application trusts: issuer, subject and audience of an ID token, each compared with its case. */
type FederatedCredential = { issuer: string; subject: string; audience: string }

/** Describes someone who signs in to Azure: here, an application with its federated credentials and its rights. */
export type Principal = {
  readonly clientId: string
  readonly objectId: string
  readonly federatedCredentials: FederatedCredential[]
  /** Whether the application has a service principal in the tenant: `az ad app create` alone makes none. */
  hasServicePrincipal: boolean
  /** Granted actions; `Microsoft.Kusto/locations/operationresults/read` is the one that lets operations be read. */
  readonly actions: Set<string>
}

/** Holds the actions a principal needs for its own builds, as the custom role of the documentation grants them. */
const leastPrivilege: readonly string[] = [
  'Microsoft.Kusto/Clusters/read',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/read',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/write',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/delete',
  'Microsoft.Kusto/Clusters/AddLanguageExtensions/action',
  'Microsoft.Kusto/locations/operationresults/read',
]

/** Creates an application with the least rights that it needs, and with the credentials given. */
export function createPrincipal(
  clientId: string,
  { newId }: Chance,
  ...federatedCredentials: FederatedCredential[]
): Principal {
  return {
    clientId,
    objectId: newId(),
    federatedCredentials,
    hasServicePrincipal: true,
    actions: new Set(leastPrivilege),
  }
}

/** Tells whether the principal may do this; actions have no case. */
export function mayDo(principal: Principal, action: string): boolean {
  return [...principal.actions].some(granted => granted.toLowerCase() === action.toLowerCase())
}

/** Describes an Entra tenant with its applications. */
export type Tenant = {
  readonly id: string
  readonly name: string
  readonly domains: readonly string[]
  readonly principals: Principal[]
}

/** Issues Entra's access tokens and checks them again; only the two ends of one world understand them. */
export type AccessTokens = {
  issue(principal: Principal, audience: string, seconds: number): Promise<string>
  check(token: string, audience: string): Promise<TokenVerdict>
}

type TokenVerdict =
  | { readonly valid: true; readonly principal: Principal }
  | { readonly valid: false; readonly fault: 'expired'; readonly expiredAt: Date }
  | { readonly valid: false; readonly fault: 'audience' | 'malformed' }

/** What makes tokens: the tenant that they are of, the time, and their ids. */
type TokenContext = { readonly tenant: Tenant; readonly clock: Pick<Clock, 'now'>; readonly chance: Chance }

/** Creates the tokens of one tenant, with a key of their own. */
export function signedAccessTokens({ tenant, clock, chance }: TokenContext): AccessTokens {
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

/** Creates the same tokens without a signature, for thousands of worlds a minute. */
export function unsignedAccessTokens(context: TokenContext): AccessTokens {
  const { tenant, clock } = context
  return {
    issue: (principal, audience, seconds) => Promise.resolve(unsigned(claimsOf(principal, audience, seconds, context))),
    check: (token, audience) => {
      const { exp = 0, aud, appid } = decodeJwt(token)
      if (exp <= clock.now() / 1000) return Promise.resolve(expired(exp))
      return Promise.resolve(aud === audience ? holderOf(appid, tenant) : { valid: false, fault: 'audience' })
    },
  }
}

function claimsOf(principal: Principal, audience: string, seconds: number, { tenant, clock, chance }: TokenContext) {
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
