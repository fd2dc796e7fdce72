import { randomUUID } from 'node:crypto'
import type { AccessTokens } from './access-tokens.js'
import { dataHost } from './cluster.js'
import { json } from './messages.js'
import type { Answer, SeenRequest } from './messages.js'
import type { Principal, Tenant } from './principals.js'
import { installed, pythonVersion, readinessOf } from './sandboxes.js'
import type { Sandboxes } from './sandboxes.js'
import { tablesOf } from './query-tables.js'

/** The place for queries of a cluster. */
export type DataEndpoint = Sandboxes & { readonly tenant: Tenant; readonly tokens: AccessTokens }

/** Answers a query: `{"db": …, "csl": …, "properties": {"Parameters": …}}`. */
export async function answerQuery(endpoint: DataEndpoint, request: SeenRequest): Promise<Answer> {
  endpoint.operations.settle()
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const verdict = await endpoint.tokens.check(token, `https://${dataHost(endpoint.cluster)}`)
  if (!verdict.valid) return unauthorized(endpoint.tenant, verdict.fault)
  request.principal = verdict.principal.clientId
  const query = readQuery(request.body)
  if (query === undefined) return kustoError(400, 'BadRequest', 'SyntaxError', 'Request is invalid.')
  return refusalOf(query.database, verdict.principal, endpoint) ?? run(query, request.number, endpoint)
}

type Query = { readonly database: string; readonly text: string; readonly names: readonly string[] }

function readQuery(body: string): Query | undefined {
  try {
    const { db, csl, properties } = JSON.parse(body) as { db: string; csl: string; properties?: Properties }
    if (typeof db !== 'string' || typeof csl !== 'string') return undefined
    const literal = properties?.Parameters?.['packages']
    const list = literal === undefined ? '[]' : /^dynamic\((\[.*\])\)$/s.exec(literal)?.[1]
    if (list === undefined || (literal !== undefined && !csl.startsWith('declare query_parameters('))) return undefined
    return { database: db, text: csl, names: JSON.parse(list) as string[] }
  } catch {
    return undefined
  }
}

type Properties = { readonly Parameters?: { readonly [name: string]: string } }

function refusalOf(database: string, { clientId }: Principal, { cluster, tenant }: DataEndpoint): Answer | undefined {
  const found = [...cluster.databases].find(([name]) => name.toLowerCase() === database.toLowerCase())
  if (found === undefined) {
    const words = `Entity ID '${database}' of kind 'Database' was not found.`
    return kustoError(400, 'BadRequest_EntityNotFound', 'Kusto.Data.Exceptions.EntityNotFoundException', words)
  }
  if (found[1].has(clientId)) return undefined
  const words = `Principal 'aadapp=${clientId};${tenant.id}' is not authorized to access database '${database}'.`
  return kustoError(403, 'Forbidden', 'Kusto.Data.Exceptions.KustoUnauthorizedDatabaseAccessException', words)
}

function run({ text, names }: Query, turn: number, endpoint: DataEndpoint): Answer {
  if (!text.includes('evaluate python(')) return tablesOf({ access: 'bool' }, [[true]])
  const readiness = readinessOf(endpoint)
  if (readiness === 'disabled') {
    const words = "Semantic error: SEM0005: The plugin 'python' is not enabled on this cluster."
    return kustoError(400, 'General_BadRequest', 'Kusto.Data.Exceptions.SemanticException', words)
  }
  if (readiness === 'starting') return startingUp(turn)
  const version = pythonVersion(endpoint)
  const rows = names.map(name => {
    if (name === '') return ['', '', '', '', version]
    const found = installed(endpoint, name)
    const trouble = found.trouble === undefined ? '' : `cannot be imported: ${found.trouble}`
    return [name, found.version ?? '', name, found.version === undefined ? 'is not installed' : trouble, version]
  })
  return tablesOf({ name: 'string', version: 'string', modules: 'string', problem: 'string', python: 'string' }, rows)
}

/** Both ways in which the service says that its sandboxes are not up, in turn. */
function startingUp(turn: number): Answer {
  const words = 'Sandboxes of kind PythonPlugin are being initialized, retry later (E_SB_QUERY_THROTTLED_ERROR).'
  return kustoError(turn % 2 === 0 ? 429 : 520, 'E_SB_QUERY_THROTTLED_ERROR', 'SandboxThrottled', words)
}

function unauthorized({ id }: Tenant, fault: string): Answer {
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${id}"`
  return { status: 401, headers: { 'WWW-Authenticate': challenge }, body: `Unauthorized: the token is ${fault}.` }
}

function kustoError(status: number, code: string, type: string, words: string): Answer {
  const message = status === 403 ? 'Caller is not authorized to perform this action.' : 'Request is invalid.'
  const context = { timestamp: new Date().toISOString(), activityId: randomUUID() }
  const permanent = status < 429
  return json(status, {
    error: { code, message, '@type': type, '@message': words, '@context': context, '@permanent': permanent },
  })
}
