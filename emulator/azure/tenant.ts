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
  'Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action',
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

/** Issues Entra's access tokens and knows them again; they look like tokens of Entra, without a signature. */
export type AccessTokens = {
  issue(principal: Principal, audience: string, seconds: number): string
  check(token: string, audience: string): Promise<TokenVerdict>
}

type TokenVerdict =
  | { readonly valid: true; readonly principal: Principal }
  | { readonly valid: false; readonly fault: 'expired'; readonly expiredAt: Date }
  | { readonly valid: false; readonly fault: 'audience' | 'malformed' }

type IssuedToken = { readonly principal: Principal; readonly audience: string; readonly exp: number }

/** Creates the tokens of one tenant. */
export function createAccessTokens(tenantId: string, clock: Pick<Clock, 'now'>, { newId }: Chance): AccessTokens {
  const issued = new Map<string, IssuedToken>()
  return {
    issue(principal, audience, seconds) {
      const now = Math.floor(clock.now() / 1000)
      const exp = now + seconds
      const token = unsigned({
        appid: principal.clientId,
        oid: principal.objectId,
        tid: tenantId,
        ver: '1.0',
        iss: `https://sts.windows.net/${tenantId}/`,
        sub: principal.objectId,
        aud: audience,
        jti: newId(),
        iat: now,
        nbf: now - 300,
        exp,
      })
      issued.set(token, { principal, audience, exp })
      return token
    },
    check: (token, audience) => Promise.resolve(verdictOn(issued.get(token), audience, clock.now())),
  }
}

function verdictOn(token: IssuedToken | undefined, audience: string, now: number): TokenVerdict {
  if (token === undefined) return { valid: false, fault: 'malformed' }
  const expiredAt = new Date(token.exp * 1000)
  if (expiredAt.getTime() <= now) return { valid: false, fault: 'expired', expiredAt }
  return token.audience === audience ? { valid: true, principal: token.principal } : { valid: false, fault: 'audience' }
}
