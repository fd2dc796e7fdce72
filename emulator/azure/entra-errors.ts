import type { Chance } from '../chance.js'
import { type Answer, json } from '../network/messages.js'

/** Says what a refusal names. */
export type ErrorDetails = { [name: string]: string | Date | null | undefined }

const lookAtCredential =
  'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ' +
  'https://learn.microsoft.com/entra/workload-id/workload-identity-federation'

/** What Entra says as it refuses a request. */
const words = {
  AADSTS90002: what =>
    `Tenant '${show(what.tenant)}' not found. Check to make sure you have the correct tenant ID and are signing into ` +
    'the correct cloud. Check with your subscription administrator, this may happen if there are no active ' +
    'subscriptions for the tenant.',
  AADSTS900382: () => 'Confidential Client is not supported in Cross Cloud request.',
  AADSTS70003: what => `The app requested an unsupported grant type '${show(what.value)}'.`,
  AADSTS700016: what =>
    `Application with identifier '${show(what.clientId)}' was not found in the directory '${show(what.tenant)}'. This ` +
    'can happen if the application has not been installed by the administrator of the tenant or consented to by any ' +
    'user in the tenant. You may have sent your authentication request to the wrong tenant.',
  AADSTS7000229: what =>
    `The client application ${show(what.clientId)} is missing service principal in the tenant ${show(what.tenant)}. See ` +
    'instructions here: https://go.microsoft.com/fwlink/?linkid=2225119',
  AADSTS7000218: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  AADSTS500011: what =>
    `The resource principal named ${show(what.scope)} was not found in the tenant named ${show(what.tenant)}. This can ` +
    'happen if the application has not been installed by the administrator of the tenant or consented to by any ' +
    'user in the tenant. You might have sent your authentication request to the wrong tenant.',
  AADSTS50027: () => 'JWT token is invalid or malformed.',
  AADSTS700211: what =>
    `No matching federated identity record found for presented assertion issuer '${show(what.value)}'. ${lookAtCredential}`,
  AADSTS700212: what =>
    `No matching federated identity record found for presented assertion audience '${show(what.value)}'. ${lookAtCredential}`,
  AADSTS700213: what =>
    `No matching federated identity record found for presented assertion subject '${show(what.value)}'. ${lookAtCredential}`,
  // As Entra answers since it compares with the case: Azure/login issue 515.
  AADSTS7002138: what =>
    `No matching federated identity record found for presented assertion subject '${show(what.value)}'. The subject ` +
    `matches with case-insensitive comparison, but not with case-sensitive comparison. ${lookAtCredential}`,
  AADSTS70025: what =>
    `The client '${show(what.clientId)}'(sandbox image) has no configured federated identity credentials.`,
  AADSTS700024: (what, now) =>
    `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ` +
    `${show(what.from)}, expiry time of assertion ${show(what.to)}. Review the documentation at ` +
    'https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  AADSTS700027: () =>
    'The certificate with identifier used to sign the client assertion is not registered on application.',
} satisfies Record<string, (what: ErrorDetails, now: Date) => string>

export type EntraErrorCode = keyof typeof words

/** The OAuth errors, where it is not `invalid_client`, which alone comes with HTTP 401. */
const oauthErrors: { readonly [code in EntraErrorCode]?: string } = {
  AADSTS90002: 'invalid_request',
  AADSTS900382: 'invalid_request',
  AADSTS70003: 'unsupported_grant_type',
  AADSTS700016: 'unauthorized_client',
  AADSTS500011: 'invalid_resource',
}

/** Makes the answer of Entra to a request that it refuses. */
export function entraError(code: EntraErrorCode, what: ErrorDetails, now: Date, { newId }: Chance): Answer {
  const error = oauthErrors[code] ?? 'invalid_client'
  const [traceId, correlationId] = [newId(), newId()]
  const timestamp = now.toISOString().replace('T', ' ').replace(/\.\d+/, '')
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`
  return json(error === 'invalid_client' ? 401 : 400, {
    error,
    error_description: `${code}: ${words[code](what, now)} ${ids}`,
    error_codes: [Number(code.replace('AADSTS', ''))],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code.replace('AADSTS', '')}`,
  })
}

function show(value: string | Date | null | undefined): string {
  return value instanceof Date ? value.toISOString() : (value ?? '')
}
