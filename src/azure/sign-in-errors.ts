import { Failure } from '../failure.js'
import { objectIn, parseJson, wordIn } from '../json.js'
import { truncate } from '../format.js'
import type { Cloud } from './cloud.js'

/** Who tried to sign in, and with what. */
export type SignInAttempt = {
  readonly cloud: Cloud
  readonly tenantId: string
  readonly clientId: string
  readonly assertion: string
}

/** What GitHub's ID token says of the run. None of it is secret. */
export type Claims = { readonly issuer: string; readonly subject: string; readonly audience: string }

/** The claims of a JSON Web Token, read without checking its signature: they are shown, not believed. */
export function claimsOf(token: string): Claims {
  const body = objectIn(parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  const claim = (name: string) => wordIn(body?.[name]) ?? '(none)'
  return { issuer: claim('iss'), subject: claim('sub'), audience: claim('aud') }
}

/** Entra's refusals that a user can mend, by code. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const refusals: readonly {
  readonly codes: readonly string[]
  readonly code: string
  readonly happened: (attempt: SignInAttempt) => string
  readonly remedy: (attempt: SignInAttempt) => string
}[] = [
  {
    codes: [
      'AADSTS700213',
      'AADSTS700211',
      'AADSTS700212',
      'AADSTS70021',
      // The subject differs in its case alone.
      'AADSTS7002138',
      // The application has no federated credential at all.
      'AADSTS70025',
    ],
    code: 'federated-credential-mismatch',
    happened: ({ clientId }) =>
      `No federated credential of the application ${clientId} matches GitHub's ID token of this run.`,
    remedy: () =>
      "In the Entra admin center open App registrations › the application › Certificates & secrets › Federated credentials, and give one the issuer, subject and audience above, letter for letter: the match is case-sensitive. The subject depends on the event, the branch and the job's environment; new and renamed repositories send the form repo:owner@id/name@id:….",
  },
  {
    codes: ['AADSTS700016'],
    code: 'unknown-application',
    happened: ({ clientId, tenantId }) => `Entra does not know the application ${clientId} in the tenant ${tenantId}.`,
    remedy: () =>
      "Check the inputs client-id and tenant-id: client-id is the application's Application (client) ID, not its object ID, and tenant-id the tenant it is registered in.",
  },
  {
    codes: ['AADSTS7000229'],
    code: 'service-principal-missing',
    happened: ({ clientId, tenantId }) =>
      `The application ${clientId} has no service principal in the tenant ${tenantId}, so nobody can sign in as it.`,
    remedy: ({ clientId }) => `Create one: az ad sp create --id ${clientId}`,
  },
  {
    codes: ['AADSTS900382'],
    code: 'wrong-cloud',
    happened: ({ tenantId, cloud }) => `The tenant ${tenantId} is not in ${cloud.name}, but in another cloud.`,
    remedy: () =>
      'Set the input environment to the cloud of the tenant: AzureCloud, AzureUSGovernment or AzureChinaCloud.',
  },
  {
    codes: ['AADSTS90002', 'AADSTS900023', 'AADSTS9002313'],
    code: 'unknown-tenant',
    happened: ({ tenantId, cloud }) => `Entra in ${cloud.name} does not know the tenant ${tenantId}.`,
    remedy: () =>
      'Check the input tenant-id (Entra admin center › Overview › Tenant ID), and the input environment if the tenant is not in the public cloud.',
  },
  {
    codes: ['AADSTS700024'],
    code: 'id-token-expired',
    happened: () => "Entra found GitHub's ID token outside its validity period, although it was just issued.",
    remedy: () => "Check the clock of the self-hosted runner; on GitHub's own runners, run the job again.",
  },
]

/** Characters of a refusal that are read. Entra's own have a few hundred. */
const longestRefusal = 10_000

/** Entra's refusal of an exchange, told with what to change and where. */
export function entraFailure(words: string, attempt: SignInAttempt): Failure {
  const message = words.slice(0, longestRefusal)
  const number = /AADSTS\d+/.exec(message)?.[0]
  const known = refusals.find(({ codes }) => number !== undefined && codes.includes(number))
  const { issuer, subject, audience } = claimsOf(attempt.assertion)
  const said = sentence(message)
  const idAfter = (name: string) =>
    new RegExp(`${name} ID: ([\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12})`, 'i').exec(message)?.[1]
  const traceId = idAfter('Trace')
  const correlationId = idAfter('Correlation')
  return new Failure({
    code: known?.code ?? 'sign-in-refused',
    message: [
      known?.happened(attempt) ?? `Entra refused to sign in the application ${attempt.clientId}.`,
      `  issuer:   ${issuer}`,
      `  subject:  ${subject}`,
      `  audience: ${audience}`,
      `Entra said: ${said}`,
    ].join('\n'),
    remedy:
      known?.remedy(attempt) ??
      'Search for the AADSTS code above; the sign-in logs of the tenant (service principal sign-ins) say more.',
    ids: {
      ...(traceId === undefined ? {} : { 'Entra trace': traceId }),
      ...(correlationId === undefined ? {} : { 'Entra correlation': correlationId }),
    },
  })
}

/** Characters of a refusal that are told. Entra's own have some hundreds. */
const mostTold = 2_000

/** The message without what precedes the code, and without the ids, which are told apart. */
function sentence(message: string): string {
  const start = message.search(/AADSTS\d+/)
  const said = start < 0 ? message : message.slice(start)
  const ids = said.search(/(?:Trace|Correlation) ID:/i)
  return truncate((ids < 0 ? said : said.slice(0, ids)).replace(/\s+/g, ' ').trim(), mostTold)
}

/** What the Azure CLI said when it was asked for a token. */
export function cliFailure(message: string): Failure {
  return new Failure({
    code: 'azure-cli-session',
    message: `Neither client-id nor tenant-id is given, and the Azure CLI has no session to use: ${message.replace(/\s+/g, ' ').trim()}`,
    remedy:
      'Give client-id and tenant-id to sign in with the OIDC token of GitHub, or run azure/login in an earlier step of the same job.',
  })
}
