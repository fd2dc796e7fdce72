import { decodeJwt } from 'jose'
import type { AccessTokens, Principal, Tenant } from './tenant.js'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import type { Cloud } from './clouds.js'
import { entraError, type EntraErrorCode, type ErrorDetails } from './entra-errors.js'
import type { IdTokens } from '../github/id-tokens.js'
import { type Answer, json, type SeenRequest } from '../network/messages.js'

/** Says what Entra knows; it serves one tenant of one cloud. */
export type Entra = {
  readonly cloud: Cloud
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  /** Those of GitHub, whose keys it looks up. */
  readonly idTokens: IdTokens
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  /** Origins of the services that tokens are issued for. */
  readonly services: readonly string[]
  /** Seconds that an access token lives. */
  accessTokenSeconds: number
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Answers a client-credentials request whose assertion is an ID token of GitHub. */
export async function answerTokenRequest(entra: Entra, request: SeenRequest): Promise<Answer> {
  const now = new Date(entra.clock.now())
  const form = new URLSearchParams(request.body)
  const refuse = (code: EntraErrorCode, what: ErrorDetails = {}): Answer => entraError(code, what, now, entra.chance)

  const tenantName = decodeURIComponent(request.path.split('/')[1] ?? '')
  const names = [entra.tenant.id, ...entra.tenant.domains]
  if (!names.some(name => name.toLowerCase() === tenantName.toLowerCase()))
    return refuse('AADSTS90002', { tenant: tenantName })
  if (!entra.cloud.authorityHosts.includes(request.host)) {
    // The worldwide cloud knows the tenants of the US Government's, and those of China are unknown to it.
    return entra.cloud.name === 'AzureUSGovernment'
      ? refuse('AADSTS900382')
      : refuse('AADSTS90002', { tenant: tenantName })
  }
  if (form.get('grant_type') !== 'client_credentials') return refuse('AADSTS70003', { value: form.get('grant_type') })
  const clientId = form.get('client_id') ?? ''
  const principal = entra.tenant.principals.find(each => each.clientId === clientId.toLowerCase())
  if (!principal) return refuse('AADSTS700016', { clientId, tenant: entra.tenant.name })
  if (!principal.hasServicePrincipal) return refuse('AADSTS7000229', { clientId, tenant: entra.tenant.id })
  const assertion = form.get('client_assertion')
  if (assertion === null || form.get('client_assertion_type') !== assertionType) return refuse('AADSTS7000218')
  const audience = audienceOfScope(form.get('scope') ?? '', entra.services)
  if (audience === undefined) return refuse('AADSTS500011', { scope: form.get('scope'), tenant: entra.tenant.name })

  const refusal = await checkAssertion(assertion, principal, entra.idTokens, now, refuse)
  if (refusal) return refusal
  const seconds = entra.accessTokenSeconds
  return json(200, {
    token_type: 'Bearer',
    expires_in: seconds - 1,
    ext_expires_in: seconds - 1,
    access_token: entra.tokens.issue(principal, audience, seconds),
  })
}

/** Answers who asks for what it could know: instance discovery and OpenID configuration. */
export function answerDiscovery(entra: Entra, request: SeenRequest): Answer {
  const host = entra.cloud.authorityHosts[0]
  const authority = `https://${request.host}/${request.path.split('/')[1]}`
  if (request.path === '/common/discovery/instance') {
    return json(200, {
      tenant_discovery_endpoint: `https://${host}/${entra.tenant.id}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: entra.cloud.authorityHosts }],
    })
  }
  if (request.path.endsWith('/.well-known/openid-configuration')) {
    return json(200, {
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      issuer: `https://${request.host}/${entra.tenant.id}/v2.0`,
    })
  }
  return json(404, { error: 'invalid_request' })
}

/** Returns the audience that ARM asks of a token in this cloud. */
export function armAudience(cloud: Cloud): string {
  return `https://${cloud.armHost}`
}

async function checkAssertion(
  assertion: string,
  principal: Principal,
  idTokens: IdTokens,
  now: Date,
  refuse: (code: EntraErrorCode, what?: ErrorDetails) => Answer,
): Promise<Answer | undefined> {
  let claims
  try {
    claims = decodeJwt(assertion)
  } catch {
    return refuse('AADSTS50027')
  }
  const { iss: issuer, sub: subject, exp = 0, nbf = 0 } = claims
  const presented = [claims.aud ?? []].flat()
  const trusted = principal.federatedCredentials
  if (trusted.length === 0) return refuse('AADSTS70025', { clientId: principal.clientId })
  const byIssuer = trusted.filter(credential => credential.issuer === issuer)
  if (byIssuer.length === 0) return refuse('AADSTS700211', { value: issuer })
  const bySubject = byIssuer.filter(credential => credential.subject === subject)
  if (bySubject.length === 0) {
    const inOtherCase = byIssuer.some(credential => credential.subject.toLowerCase() === subject?.toLowerCase())
    return refuse(inOtherCase ? 'AADSTS7002138' : 'AADSTS700213', { value: subject })
  }
  if (!bySubject.some(credential => presented.includes(credential.audience))) {
    return refuse('AADSTS700212', { value: presented.join() })
  }
  const found = await idTokens.check(assertion, now)
  if (found === 'valid') return undefined
  if (found === 'invalid') return refuse('AADSTS700027')
  return refuse('AADSTS700024', { from: new Date(nbf * 1000), to: new Date(exp * 1000) })
}

/** The scope's resource may end in a slash of its own, hence the double one. */
function audienceOfScope(scope: string, services: readonly string[]): string | undefined {
  const resource = /^(https:\/\/[^/]+)\/{1,2}\.default$/.exec(scope.split(' ')[0] ?? '')?.[1]
  return services.find(service => service === resource)
}
