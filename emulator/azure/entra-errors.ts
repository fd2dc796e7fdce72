import type { Chance } from '../chance.js'
import { json } from '../network/messages.js'
import type { Answer } from '../network/messages.js'

/** What a refusal names. */
export type ErrorDetails = { [name: string]: string | Date | null | undefined }

const lookAtCredential =
  'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ' +
  'https://learn.microsoft.com/entra/workload-id/workload-identity-federation'

/** Entra's refusals: the HTTP status and OAuth error of each, and its words. */
const refusals = {
  AADSTS90002: {
    status: 400,
    error: 'invalid_request',
    words: (what: ErrorDetails) =>
      `Tenant '${show(what.tenant)}' not found. Check to make sure you have the correct tenant ID and are signing into ` +
      'the correct cloud. Check with your subscription administrator, this may happen if there are no active ' +
      'subscriptions for the tenant.',
  },
  AADSTS900382: {
    status: 400,
    error: 'invalid_request',
    words: () => 'Confidential Client is not supported in Cross Cloud request.',
  },
  AADSTS70003: {
    status: 400,
    error: 'unsupported_grant_type',
    words: (what: ErrorDetails) => `The app requested an unsupported grant type '${show(what.value)}'.`,
  },
  AADSTS700016: {
    status: 400,
    error: 'unauthorized_client',
    words: (what: ErrorDetails) =>
      `Application with identifier '${show(what.clientId)}' was not found in the directory '${show(what.tenant)}'. This ` +
      'can happen if the application has not been installed by the administrator of the tenant or consented to by any ' +
      'user in the tenant. You may have sent your authentication request to the wrong tenant.',
  },
  AADSTS7000229: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `The client application ${show(what.clientId)} is missing service principal in the tenant ${show(what.tenant)}. See ` +
      'instructions here: https://go.microsoft.com/fwlink/?linkid=2225119',
  },
  AADSTS7000218: {
    status: 401,
    error: 'invalid_client',
    words: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  AADSTS500011: {
    status: 400,
    error: 'invalid_resource',
    words: (what: ErrorDetails) =>
      `The resource principal named ${show(what.scope)} was not found in the tenant named ${show(what.tenant)}. This can ` +
      'happen if the application has not been installed by the administrator of the tenant or consented to by any ' +
      'user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  AADSTS50027: { status: 401, error: 'invalid_client', words: () => 'JWT token is invalid or malformed.' },
  AADSTS700211: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `No matching federated identity record found for presented assertion issuer '${show(what.value)}'. ${lookAtCredential}`,
  },
  AADSTS700212: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `No matching federated identity record found for presented assertion audience '${show(what.value)}'. ${lookAtCredential}`,
  },
  AADSTS700213: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `No matching federated identity record found for presented assertion subject '${show(what.value)}'. ${lookAtCredential}`,
  },
  // As Entra answers since it compares with the case: Azure/login issue 515.
  AADSTS7002138: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `No matching federated identity record found for presented assertion subject '${show(what.value)}'. The subject ` +
      `matches with case-insensitive comparison, but not with case-sensitive comparison. ${lookAtCredential}`,
  },
  AADSTS70025: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails) =>
      `The client '${show(what.clientId)}'(sandbox image) has no configured federated identity credentials.`,
  },
  AADSTS700024: {
    status: 401,
    error: 'invalid_client',
    words: (what: ErrorDetails, now: Date) =>
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}, assertion valid from ` +
      `${show(what.from)}, expiry time of assertion ${show(what.to)}. Review the documentation at ` +
      'https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  },
  AADSTS700027: {
    status: 401,
    error: 'invalid_client',
    words: () => 'The certificate with identifier used to sign the client assertion is not registered on application.',
  },
}

export type EntraErrorCode = keyof typeof refusals

/** Entra's answer to a request that it refuses. */
export function entraError(code: EntraErrorCode, what: ErrorDetails, now: Date, { newId }: Chance): Answer {
  const { status, error, words } = refusals[code]
  const [traceId, correlationId] = [newId(), newId()]
  const timestamp = now.toISOString().replace('T', ' ').replace(/\.\d+/, '')
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`
  return json(status, {
    error,
    error_description: `${code}: ${words(what, now)} ${ids}`,
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
