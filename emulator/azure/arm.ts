import type { Answer, SeenRequest } from '../network/messages.js'
import { armError, resourceNotFound } from './arm-errors.js'
import type { Arm, ResourcePath } from './arm-call.js'
import { findRoute, type Route } from './arm-routes.js'
import { armAudience } from './entra.js'
import { mayDo, type Principal } from './tenant.js'

/** Answers a request to ARM, in the order in which ARM itself looks at things. */
export async function answerArm(arm: Arm, request: SeenRequest): Promise<Answer> {
  arm.operations.settle()
  const answer = await judge(arm, request)
  return { ...answer, headers: { ...answer.headers, ...diagnosticHeaders(arm, request) } }
}

async function judge(arm: Arm, request: SeenRequest): Promise<Answer> {
  const principal = await authenticate(arm, request)
  if ('status' in principal) return principal
  request.principal = principal.clientId

  const kind = request.method === 'GET' ? 'reads' : 'writes'
  const turn = arm.throttle.take(principal.clientId, kind)
  if ('retryAfterSeconds' in turn) return tooManyRequests(arm, kind, turn.retryAfterSeconds)

  const answer = dispatch(arm, request, principal)
  const counter = kind === 'reads' ? 'resource-requests' : 'writes'
  const remaining = { [`x-ms-ratelimit-remaining-subscription-${counter}`]: String(turn.remaining) }
  return { ...answer, headers: { ...answer.headers, ...remaining } }
}

function dispatch(arm: Arm, request: SeenRequest, principal: Principal): Answer {
  const match = findRoute(request.method, request.path)
  if (!match) return armError(404, 'InvalidResourceType', 'The resource type could not be found in this namespace.')
  const { route, resource } = match
  const version = request.query.get('api-version')
  if (version === null) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.'
    return armError(400, 'MissingApiVersionParameter', message)
  }
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(version)) {
    return armError(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`)
  }
  if (!same(resource.subscription, arm.cluster.subscriptionId)) {
    return armError(404, 'SubscriptionNotFound', `The subscription '${resource.subscription}' could not be found.`)
  }
  if (!mayDo(principal, route.action)) return authorizationFailed(principal, route, resource)
  if (resource.group !== undefined && !same(resource.group, arm.cluster.resourceGroup)) {
    return armError(404, 'ResourceGroupNotFound', `Resource group '${resource.group}' could not be found.`)
  }
  if (resource.cluster !== undefined && !same(resource.cluster, arm.cluster.name)) return clusterNotFound(arm, resource)
  return route.answer({ arm, request, principal, resource })
}

async function authenticate(arm: Arm, request: SeenRequest): Promise<Principal | Answer> {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) {
    const message = "Authentication failed. The 'Authorization' header is missing."
    return unauthorized(arm, 'AuthenticationFailed', message)
  }
  const foreignCloud = request.host !== arm.cloud.armHost
  const verdict = await arm.tokens.check(token, foreignCloud ? `https://${request.host}` : armAudience(arm.cloud))
  if (verdict.valid) return verdict.principal
  if (verdict.fault === 'expired') {
    const expired = verdict.expiredAt.toLocaleString('en-US', { timeZone: 'UTC' })
    const now = new Date(arm.clock.now()).toLocaleString('en-US', { timeZone: 'UTC' })
    const message = `The access token expiry UTC time '${expired}' is earlier than current UTC time '${now}'.`
    return unauthorized(arm, 'ExpiredAuthenticationToken', message)
  }
  if (verdict.fault === 'audience') {
    const message = 'The access token has been obtained for wrong audience or resource.'
    return unauthorized(arm, 'InvalidAuthenticationTokenAudience', message)
  }
  return unauthorized(arm, 'InvalidAuthenticationToken', 'The access token is invalid.')
}

function unauthorized(arm: Arm, code: string, message: string): Answer {
  const authority = `https://${arm.cloud.authorityHosts[0]}/${arm.tenant.id}`
  const challenge = `Bearer authorization_uri="${authority}", error="invalid_token", error_description="${message}"`
  return armError(401, code, message, { headers: { 'WWW-Authenticate': challenge } })
}

function tooManyRequests(arm: Arm, kind: 'reads' | 'writes', seconds: number): Answer {
  const what = kind === 'reads' ? 'read' : 'write'
  const message =
    `Number of '${what}' requests for subscription '${arm.cluster.subscriptionId}' actor exceeded. ` +
    `Please try again after '${seconds}' seconds after additional tokens are available.`
  return armError(429, 'SubscriptionRequestsThrottled', message, { headers: { 'Retry-After': String(seconds) } })
}

function authorizationFailed(principal: Principal, route: Route, resource: ResourcePath): Answer {
  const message =
    `The client '${principal.clientId}' with object id '${principal.objectId}' does not have authorization to perform ` +
    `action '${route.action}' over scope '${resource.scope}' or the scope is invalid. ` +
    'If access was recently granted, please refresh your credentials.'
  return armError(403, 'AuthorizationFailed', message)
}

function clusterNotFound(arm: Arm, resource: ResourcePath): Answer {
  if (resource.image === undefined || arm.settings.missingClusterCode === 'ResourceNotFound') {
    return resourceNotFound(`Microsoft.Kusto/clusters/${resource.cluster}`, resource.group)
  }
  const asParent = `Can not perform requested operation on nested resource. Parent resource '${resource.cluster}' not found.`
  return armError(404, 'ParentResourceNotFound', asParent)
}

function diagnosticHeaders(arm: Arm, request: SeenRequest): Record<string, string> {
  const correlationId = request.headers['x-ms-correlation-request-id']
  const requestId = arm.chance.newId()
  const time = new Date(arm.clock.now())
  const stamp = time.toISOString().replace(/[-:]|\.\d+/g, '')
  return {
    Date: time.toUTCString(),
    'Cache-Control': 'no-cache',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': typeof correlationId === 'string' ? correlationId : arm.chance.newId(),
    'x-ms-routing-request-id': `EASTUS:${stamp}:${requestId}`,
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
