import { type Chance, machineChance } from '../chance.js'
import { type Answer, json, type SeenRequest } from '../network/messages.js'
import { dataHost } from './cluster.js'
import { answeringImage, installed, type OwnQuery, pythonVersion, readinessOf, type Sandboxes } from './sandboxes.js'
import type { AccessTokens, Principal, Tenant } from './tenant.js'

/** Describes the place for queries of a cluster. */
export type DataEndpoint = Sandboxes & {
  readonly tenant: Tenant
  readonly tokens: AccessTokens
}

/** Answers a query: `{"db": …, "csl": …, "properties": {"Parameters": …}}`. */
export async function answerQuery(endpoint: DataEndpoint, request: SeenRequest): Promise<Answer> {
  endpoint.operations.settle()
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const verdict = await endpoint.tokens.check(token, `https://${dataHost(endpoint.cluster)}`)
  if (!verdict.valid) return unauthorized(endpoint.tenant, verdict.fault)
  request.principal = verdict.principal.clientId
  const query = readQuery(request.body)
  if (query === undefined) return kustoError(endpoint, 400, 'BadRequest', 'SyntaxError', 'Request is invalid.')
  return refusalOf(query.database, verdict.principal, endpoint) ?? run(query, request, endpoint)
}

type Query = {
  readonly database: string
  readonly text: string
  readonly names: readonly string[]
  readonly isReadOnly: boolean
}

type RawQuery = {
  db: string
  csl: string
  properties?: { Parameters?: { packages?: string }; Options?: { request_readonly?: boolean } }
}

function readQuery(body: string): Query | undefined {
  try {
    const { db, csl, properties } = JSON.parse(body) as RawQuery
    if (typeof db !== 'string' || typeof csl !== 'string') return undefined
    const literal = properties?.Parameters?.packages
    const list = literal === undefined ? '[]' : /^dynamic\((\[.*\])\)$/s.exec(literal)?.[1]
    if (list === undefined || (literal !== undefined && !csl.startsWith('declare query_parameters('))) return undefined
    return {
      database: db,
      text: csl,
      names: JSON.parse(list) as string[],
      isReadOnly: properties?.Options?.request_readonly === true,
    }
  } catch {
    return undefined
  }
}

function refusalOf(database: string, { clientId }: Principal, endpoint: DataEndpoint): Answer | undefined {
  const { cluster, tenant } = endpoint
  const found = [...cluster.databases].find(([name]) => name.toLowerCase() === database.toLowerCase())
  if (found === undefined) {
    const words = `Entity ID '${database}' of kind 'Database' was not found.`
    return kustoError(endpoint, 400, 'BadRequest_EntityNotFound', 'EntityNotFoundException', words)
  }
  if (found[1].has(clientId)) return undefined
  const words = `Principal 'aadapp=${clientId};${tenant.id}' is not authorized to access database '${database}'.`
  return kustoError(endpoint, 403, 'Forbidden', 'KustoUnauthorizedDatabaseAccessException', words)
}

function run({ text, names, isReadOnly }: Query, request: SeenRequest, endpoint: DataEndpoint): Answer {
  const own = endpoint.settings.queries.get(text.trim())
  if (own !== undefined) return isReadOnly ? answerOwn(own, request, endpoint) : writing(endpoint)
  const { chance, clock, settings } = endpoint
  const now = clock.now()
  if (!text.includes('evaluate python(')) return tablesOf({ access: 'bool' }, [[true]], { chance, now })
  const readiness = readinessOf(endpoint)
  if (readiness === 'disabled') {
    const words = "Semantic error: SEM0005: The plugin 'python' is not enabled on this cluster."
    return kustoError(endpoint, 400, 'General_BadRequest', 'SemanticException', words)
  }
  if (readiness === 'refused') {
    const words = "The plugin 'python' is not allowed by a policy of this cluster."
    return kustoError(endpoint, 403, 'Forbidden', 'KustoPolicyViolationException', words)
  }
  if (readiness === 'starting') {
    // The service says so in two ways, here in turn.
    const words = 'Sandboxes of kind PythonPlugin are being initialized, retry later (E_SB_QUERY_THROTTLED_ERROR).'
    const status = request.number % 2 === 0 ? 429 : 520
    return kustoError(endpoint, status, 'E_SB_QUERY_THROTTLED_ERROR', 'SandboxThrottled', words)
  }
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

/** Answers one of the queries that a world knows: with the rows of its table, or with the engine's error. */
function answerOwn(own: OwnQuery, request: SeenRequest, endpoint: DataEndpoint): Answer {
  const { chance, clock } = endpoint
  const { image } = answeringImage(endpoint)
  request.sandbox = image
  const answer = typeof own === 'function' ? own(image) : own
  if ('rows' in answer) return tablesOf(answer.columns, answer.rows, { chance, now: clock.now() })
  if (answer.as === 'partial') return endedBadly(tablesOf({ x: 'long' }, [[1]]), answer.error)
  return kustoError(endpoint, 400, 'General_BadRequest', 'SemanticException', answer.error)
}

function writing(endpoint: DataEndpoint): Answer {
  return kustoError(endpoint, 400, 'BadRequest', 'InvalidRequest', 'A query of a stranger must be read-only.')
}

function unauthorized({ id }: Tenant, fault: string): Answer {
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${id}"`
  return { status: 401, headers: { 'WWW-Authenticate': challenge }, body: `Unauthorized: the token is ${fault}.` }
}

function kustoError(
  { chance, clock }: DataEndpoint,
  status: number,
  code: string,
  type: string,
  words: string,
): Answer {
  const message = status === 403 ? 'Caller is not authorized to perform this action.' : 'Request is invalid.'
  const context = { timestamp: new Date(clock.now()).toISOString(), activityId: chance.newId() }
  const about = {
    '@type': `Kusto.Data.Exceptions.${type}`,
    '@message': words,
    '@context': context,
    '@permanent': status < 429,
  }
  return json(status, { error: { code, message, ...about } })
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
  const ended = [new Date(now).toISOString(), 4, 'Info', 0, 'Query completed successfully', 1, newId()]
  return json(200, {
    Tables: [
      table('Table_0', columns, rows),
      table('Table_1', { Value: 'string' }, [['{"Visualization":null}']]),
      table('Table_2', statusColumns, [ended]),
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

function table(name: string, columns: Readonly<Record<string, string>>, rows: readonly (readonly unknown[])[]): object {
  const types = Object.entries(columns)
  return {
    TableName: name,
    Columns: types.map(([column, type]) => ({ ColumnName: column, DataType: type, ColumnType: type })),
    Rows: rows,
  }
}
