import { type Chance, machineChance } from '../chance.js'
import { type Answer, json, type SeenRequest } from '../network/messages.js'
import { dataHost } from './cluster.js'
import { answeringImage, installed, pythonVersion, readinessOf, type Sandboxes } from './sandboxes.js'
import type { AccessTokens, Principal, Tenant } from './tenant.js'

/** Describes the place for queries of a cluster. */
export type DataEndpoint = Sandboxes & {
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly chance: Chance
}

/** Answers a query: `{"db": …, "csl": …, "properties": {"Parameters": …}}`. */
export async function answerQuery(endpoint: DataEndpoint, request: SeenRequest): Promise<Answer> {
  endpoint.operations.settle()
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const verdict = await endpoint.tokens.check(token, `https://${dataHost(endpoint.cluster)}`)
  if (!verdict.valid) return unauthorized(endpoint.tenant, verdict.fault)
  request.principal = verdict.principal.clientId
  const query = readQuery(request.body)
  if (query === undefined) return errorsOf(endpoint)(400, 'BadRequest', 'SyntaxError', 'Request is invalid.')
  return refusalOf(query.database, verdict.principal, endpoint) ?? run(query, request, endpoint)
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

function refusalOf(database: string, { clientId }: Principal, endpoint: DataEndpoint): Answer | undefined {
  const { cluster, tenant } = endpoint
  const kustoError = errorsOf(endpoint)
  const found = [...cluster.databases].find(([name]) => name.toLowerCase() === database.toLowerCase())
  if (found === undefined) {
    const words = `Entity ID '${database}' of kind 'Database' was not found.`
    return kustoError(400, 'BadRequest_EntityNotFound', 'Kusto.Data.Exceptions.EntityNotFoundException', words)
  }
  if (found[1].has(clientId)) return undefined
  const words = `Principal 'aadapp=${clientId};${tenant.id}' is not authorized to access database '${database}'.`
  return kustoError(403, 'Forbidden', 'Kusto.Data.Exceptions.KustoUnauthorizedDatabaseAccessException', words)
}

function run({ text, names }: Query, request: SeenRequest, endpoint: DataEndpoint): Answer {
  const { chance, clock, settings } = endpoint
  const kustoError = errorsOf(endpoint)
  const now = clock.now()
  if (!text.includes('evaluate python(')) return tablesOf({ access: 'bool' }, [[true]], { chance, now })
  const readiness = readinessOf(endpoint)
  if (readiness === 'disabled') {
    const words = "Semantic error: SEM0005: The plugin 'python' is not enabled on this cluster."
    return kustoError(400, 'General_BadRequest', 'Kusto.Data.Exceptions.SemanticException', words)
  }
  if (readiness === 'refused') {
    const words = "The plugin 'python' is not allowed by a policy of this cluster."
    return kustoError(403, 'Forbidden', 'Kusto.Data.Exceptions.KustoPolicyViolationException', words)
  }
  if (readiness === 'starting') return startingUp(request.number, endpoint)
  const sandbox = answeringImage(endpoint)
  request.sandbox = sandbox.image
  const version = pythonVersion(sandbox)
  const rows = names.map(name => {
    if (name === '') return ['', '', '', '', version]
    const found = installed(sandbox, name, settings)
    const trouble = found.trouble === undefined ? '' : `cannot be imported: ${found.trouble}`
    return [name, found.version ?? '', name, found.version === undefined ? 'is not installed' : trouble, version]
  })
  const columns = { name: 'string', version: 'string', modules: 'string', problem: 'string', python: 'string' }
  return tablesOf(columns, rows, { chance, now })
}

/** Both ways in which the service says that its sandboxes are not up, in turn. */
function startingUp(turn: number, endpoint: DataEndpoint): Answer {
  const words = 'Sandboxes of kind PythonPlugin are being initialized, retry later (E_SB_QUERY_THROTTLED_ERROR).'
  return errorsOf(endpoint)(turn % 2 === 0 ? 429 : 520, 'E_SB_QUERY_THROTTLED_ERROR', 'SandboxThrottled', words)
}

function unauthorized({ id }: Tenant, fault: string): Answer {
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${id}"`
  return { status: 401, headers: { 'WWW-Authenticate': challenge }, body: `Unauthorized: the token is ${fault}.` }
}

function errorsOf({ chance, clock }: DataEndpoint) {
  return (status: number, code: string, type: string, words: string): Answer => {
    const message = status === 403 ? 'Caller is not authorized to perform this action.' : 'Request is invalid.'
    const context = { timestamp: new Date(clock.now()).toISOString(), activityId: chance.newId() }
    const permanent = status < 429
    return json(status, {
      error: { code, message, '@type': type, '@message': words, '@context': context, '@permanent': permanent },
    })
  }
}

/**
 * Returns the tables of the first version of the query API: the result, the properties, how it ended, and what each of them is.
 * @param columns types by name.
 */
export function tablesOf(
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly unknown[])[],
  { chance: { newId }, now }: { chance: Chance; now: number } = { chance: machineChance, now: Date.now() },
): Answer {
  const requestId = newId()
  return json(200, {
    Tables: [
      table('Table_0', columns, rows),
      table('Table_1', { Value: 'string' }, [['{"Visualization":null}']]),
      table('Table_2', statusColumns, [status(4, 'Info', 0, 'Query completed successfully', requestId, now)]),
      table('Table_3', contentColumns, [
        [0, 'QueryResult', 'PrimaryResult', newId(), ''],
        [1, 'QueryProperties', '@ExtendedProperties', newId(), ''],
        [2, 'QueryStatus', 'QueryStatus', '00000000-0000-0000-0000-000000000000', ''],
      ]),
    ],
  })
}

/** Changes how a query ended: with an error in its status. */
export function endedBadly(answer: Answer, words: string): Answer {
  const body = JSON.parse(answer.body) as { Tables: { Rows: unknown[][] }[] }
  const [[timestamp, , , , , , requestId]] = body.Tables[2]!.Rows as [unknown[]]
  body.Tables[2]!.Rows.push([timestamp, 2, 'Error', 80, words, 1, requestId])
  return { ...answer, body: JSON.stringify(body) }
}

const statusColumns = {
  Timestamp: 'datetime',
  Severity: 'int',
  SeverityName: 'string',
  StatusCode: 'int',
  StatusDescription: 'string',
  Count: 'int',
  RequestId: 'guid',
}

const contentColumns = { Ordinal: 'long', Kind: 'string', Name: 'string', Id: 'string', PrettyName: 'string' }

function status(
  severity: number,
  name: string,
  code: number,
  words: string,
  requestId: string,
  now: number,
): unknown[] {
  return [new Date(now).toISOString(), severity, name, code, words, 1, requestId]
}

function table(name: string, columns: Readonly<Record<string, string>>, rows: readonly (readonly unknown[])[]): object {
  const types = Object.entries(columns)
  return {
    TableName: name,
    Columns: types.map(([column, type]) => ({ ColumnName: column, DataType: type, ColumnType: type })),
    Rows: rows,
  }
}
