import { emptyVariables, Failure, type FailureCode, type Quotation } from '../failure.js'
import { objectIn, parseJson, wordIn } from '../json.js'
import { shellQuote, truncate } from '../format.js'
import type { Cloud } from '../model/target.js'

/** Who tried to sign in, and with what. */
type SignInAttempt = {
  readonly cloud: Cloud
  readonly tenantId: string
  readonly clientId: string
  readonly assertion: string
}

/** What GitHub's ID token says of the run. None of it is secret. */
type Claims = { readonly issuer: string; readonly subject: string; readonly audience: string }

/** Returns the claims of a token, read without checking its signature: they are shown, not believed. @internal */
export function claimsOf(token: string): Claims {
  const body = objectIn(parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  const claim = (name: string) => wordIn(body?.[name]) ?? '(none)'
  return { issuer: claim('iss'), subject: claim('sub'), audience: claim('aud') }
}

/** Entra's refusals that a user can mend, by code. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const refusals: readonly {
  readonly aadsts: readonly string[]
  readonly code: FailureCode
  readonly headline: (attempt: SignInAttempt, claims: Claims, aadsts: string) => string
  readonly remedy: (attempt: SignInAttempt) => string
  readonly command?: (attempt: SignInAttempt, claims: Claims) => string
}[] = [
  {
    aadsts: [
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
    headline: ({ clientId }, { issuer, subject, audience }, aadsts) => {
      const claim = { AADSTS700211: `issuer ${issuer}`, AADSTS700212: `audience ${audience}` }[aadsts]
      return `Entra does not trust this run: no federated credential of application ${clientId} has the ${claim ?? `subject ${subject}`}.`
    },
    remedy: () => 'If this run may sign in, add one; the match is case-sensitive:',
    command: ({ clientId }, { issuer, subject, audience }) => {
      const credential = { name: 'github-actions', issuer, subject, audiences: [audience] }
      return `az ad app federated-credential create --id ${shellQuote(clientId)} --parameters ${shellQuote(JSON.stringify(credential))}`
    },
  },
  {
    aadsts: ['AADSTS700016'],
    code: 'unknown-application',
    headline: ({ clientId, tenantId }) => `Entra does not know application ${clientId} in tenant ${tenantId}.`,
    remedy: () =>
      "Check the inputs client-id and tenant-id: client-id is the application's Application (client) ID, not its object ID; tenant-id is the tenant that it is registered in.",
  },
  {
    aadsts: ['AADSTS7000229'],
    code: 'service-principal-missing',
    headline: ({ clientId, tenantId }) =>
      `Application ${clientId} has no service principal in tenant ${tenantId}, so nobody can sign in as it.`,
    remedy: () => 'Create one:',
    command: ({ clientId }) => `az ad sp create --id ${shellQuote(clientId)}`,
  },
  {
    aadsts: ['AADSTS900382'],
    code: 'wrong-cloud',
    headline: ({ tenantId, cloud }) => `Tenant ${tenantId} is not in ${cloud.name}, but in another cloud.`,
    remedy: () =>
      'Set the input environment to the cloud of the tenant: AzureCloud, AzureUSGovernment or AzureChinaCloud.',
  },
  {
    aadsts: ['AADSTS90002', 'AADSTS900023', 'AADSTS9002313'],
    code: 'unknown-tenant',
    headline: ({ tenantId, cloud }) => `Entra in ${cloud.name} does not know tenant ${tenantId}.`,
    remedy: () =>
      'Check the input tenant-id (Entra admin center › Overview › Tenant ID), and the input environment if the tenant is not in the public cloud.',
  },
  {
    aadsts: ['AADSTS700024'],
    code: 'id-token-expired',
    headline: () => "GitHub's ID token is outside its validity period, although it was just issued.",
    remedy: () => "Correct the clock of the self-hosted runner. On GitHub's own runners, run the workflow again.",
  },
]

/** Characters of a refusal that are read. Entra's own have a few hundred. */
const longestRefusal = 10_000

/** Returns the failure of an exchange that Entra refuses. */
export function entraFailure(words: string, attempt: SignInAttempt): Failure {
  const message = words.slice(0, longestRefusal)
  const aadsts = /AADSTS\d+/.exec(message)?.[0]
  const known = refusals.find(each => aadsts !== undefined && each.aadsts.includes(aadsts))
  const claims = claimsOf(attempt.assertion)
  const idAfter = (name: string) =>
    new RegExp(`${name} ID: ([\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12})`, 'i').exec(message)?.[1]
  const traceId = idAfter('Trace')
  const correlationId = idAfter('Correlation')
  return new Failure({
    code: known?.code ?? 'sign-in-refused',
    headline:
      known?.headline(attempt, claims, aadsts ?? '') ?? `Entra refused to sign in application ${attempt.clientId}.`,
    details: [
      `GitHub's ID token of this run has the issuer ${claims.issuer}, the subject ${claims.subject} and the audience ${claims.audience}.`,
      quoteEntra(message),
    ],
    remedy:
      known?.remedy(attempt) ??
      `Search for ${aadsts ?? "Entra's error"}; the sign-in logs of the tenant (service principal sign-ins) say more.`,
    command: known?.command?.(attempt, claims) ?? '',
    ids: {
      ...(traceId === undefined ? {} : { 'Entra trace': traceId }),
      ...(correlationId === undefined ? {} : { 'Entra correlation': correlationId }),
    },
  })
}

/** Characters of a refusal that are shown. Entra's own have some hundreds. */
const mostShown = 2_000

/** Quotes a refusal without what precedes its code, and without the ids, which are shown apart. */
function quoteEntra(message: string): Quotation {
  const start = message.search(/AADSTS\d+/)
  const from = start < 0 ? message : message.slice(start)
  const ids = from.search(/(?:Trace|Correlation) ID:/i)
  const text = (ids < 0 ? from : from.slice(0, ids)).replace(/\s+/g, ' ').trim()
  return { by: 'Entra', text: truncate(text, mostShown) }
}

/** Returns the failure to sign in with the session of the Azure CLI. @param detail what is wrong with that. */
export function cliFailure(detail: string | Quotation): Failure {
  return new Failure({
    code: 'azure-cli-session',
    headline:
      'The inputs client-id and tenant-id are empty, and the Azure CLI has no session of an earlier azure/login step.',
    details: [detail, emptyVariables],
    remedy:
      "Give client-id and tenant-id to sign in with GitHub's ID token, or run azure/login in an earlier step of the same job.",
  })
}
