import { type JsonObject, listIn, objectIn, parseJson, textIn, wordIn } from '../json.js'
import { isTransient, NoResponseError, type Reply, type Request, type Send } from '../network/transport.js'
import type { Credential } from './credential.js'
import { pluralize, truncate } from '../format.js'
import { excerpt } from './service-error.js'

/** Holds a database of a cluster, and who asks it. */
export type Endpoint = {
  /** Origin of the cluster's data endpoint. */
  readonly origin: string
  readonly database: string
  /** Of this origin alone. */
  readonly credential: Credential
}

/** Holds a query. */
export type Query = {
  readonly text: string
  /** Values of the parameters that the text declares, each a literal of the query language. */
  readonly parameters: { readonly [name: string]: string }
  /** Whether the engine is to refuse whatever would change something. */
  readonly isReadOnly?: true
}

/** Holds what became of a query. */
export type QueryResponse =
  | { readonly as: 'rows'; readonly rows: readonly JsonObject[] }
  /** Sandboxes are starting, or there are too many queries. */
  | { readonly as: 'busy'; readonly why: string; readonly retryAfter: number | undefined }
  /** Nothing can be said of it now; asking again may help. */
  | { readonly as: 'nothing'; readonly why: string; readonly retryAfter: number | undefined }
  /** The caller may not, or there is nothing to ask. */
  | QueryRefusal
  /** The query itself failed. */
  | { readonly as: 'failed'; readonly why: string; readonly line?: number }

/** Says why a query is refused, and the cluster's own words for it. */
export type QueryRefusal = {
  readonly as: 'refused'
  readonly because: 'no-role' | 'no-database' | 'network'
  readonly why: string
}

/** The engine's own limit, and what is waited for its answer: importing large packages takes minutes. Milliseconds. */
const serverTimeout = 4 * 60_000
const answerLimit = 5 * 60_000

/**
 * Asks the cluster once. The token is one for this origin, and goes nowhere else.
 * https://learn.microsoft.com/kusto/api/rest/request
 * @throws {Failure} when signing in is refused.
 */
export async function runQuery(
  query: Query,
  endpoint: Endpoint,
  { send, newId }: { readonly send: Send; readonly newId: () => string },
  signal: AbortSignal,
): Promise<QueryResponse> {
  const once = async (fresh: boolean) =>
    send(requestOf(query, endpoint, await endpoint.credential.token(fresh, signal), newId()), signal)
  try {
    let reply = await once(false)
    if (reply.status === 401) reply = await once(true)
    return meaningOf(reply)
  } catch (error) {
    if (!(error instanceof NoResponseError)) throw error
    return { as: 'nothing', why: error.message, retryAfter: error.retryAfter }
  }
}

function requestOf(
  { text, parameters, isReadOnly }: Query,
  { origin, database }: Endpoint,
  token: string,
  id: string,
): Request {
  return {
    method: 'POST',
    url: `${origin}/v1/rest/query`,
    headers: {
      Accept: 'application/json',
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': 'kusto-sandbox-image',
      'x-ms-app': 'kusto-sandbox-image',
      'x-ms-client-request-id': `kusto-sandbox-image;${id}`,
    },
    body: JSON.stringify({
      db: database,
      csl: text,
      // https://learn.microsoft.com/kusto/api/rest/request-properties
      properties: {
        Options: { servertimeout: timespan(serverTimeout), ...(isReadOnly === true && { request_readonly: true }) },
        Parameters: parameters,
      },
    }),
    limit: answerLimit,
  }
}

function timespan(ms: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${part(ms / 3_600_000)}:${part((ms / 60_000) % 60)}:${part((ms / 1000) % 60)}`
}

/** https://learn.microsoft.com/azure/data-explorer/kusto/query/python-plugin: what sandboxes answer until they are up. */
const startingUp = /E_SB_QUERY_THROTTLED|sandbox(es)? (is|are) (not ready|being initialized)/i

/** Characters of the endpoint's words that are shown: a program's whole traceback. */
const mostTold = 20_000

function meaningOf(reply: Reply): QueryResponse {
  const { status, text, retryAfter } = reply
  const body = parseJson(text)
  if (status === 200) {
    const result = queryResult(body) ?? { unreadable: `without a result: ${excerpt(text)}` }
    if ('rows' in result) return { as: 'rows', rows: result.rows }
    if ('unreadable' in result) return { as: 'nothing', why: `HTTP 200 ${result.unreadable}`, retryAfter }
    const why = truncate(result.error, mostTold)
    return startingUp.test(result.error) ? { as: 'busy', why, retryAfter } : { as: 'failed', why }
  }
  const why = `HTTP ${status}, ${truncate(errorIn(body) ?? (excerpt(text) || 'an empty answer'), mostTold)}`
  if (status === 429 || status === 520 || startingUp.test(text)) return { as: 'busy', why, retryAfter }
  if (isTransient(status) || status < 400) return { as: 'nothing', why, retryAfter }
  const because = refusalIn(status, body, why)
  if (because !== undefined) return { as: 'refused', because, why }
  const line = lineIn(body)
  return { as: 'failed', why, ...(line !== undefined && { line }) }
}

/** A database that is not there, or not for this caller, answers 400 or 404 and names it. */
function refusalIn(status: number, body: unknown, why: string): QueryRefusal['because'] | undefined {
  const code = wordIn(objectIn(objectIn(body)?.['error'])?.['code']) ?? ''
  if (status === 404 || /EntityNotFound/i.test(code)) return 'no-database'
  if (status !== 401 && status !== 403) return undefined
  return /\b(?:network|firewall|IP address|private (?:link|endpoint))\b/i.test(why) ? 'network' : 'no-role'
}

/** The line of the query's text that an error names, from 1. */
function lineIn(body: unknown): number | undefined {
  const inner = objectIn(objectIn(objectIn(body)?.['error'])?.['innererror'])
  const line = numberIn(inner?.['line'])
  return Number.isInteger(line) && line > 0 ? line : undefined
}

/** What an error says: `@message` is the engine's own, and `message` a general word for it. */
function errorIn(body: unknown): string | undefined {
  const error = objectIn(objectIn(body)?.['error'])
  return textIn(error?.['@message']) ?? textIn(error?.['message'])
}

/** The rows of a query's own result, or why there are none, or why they cannot be read, to follow "an answer". */
type QueryResult =
  | { readonly rows: readonly JsonObject[] }
  | { readonly error: string }
  | { readonly unreadable: string }

/** Up to this severity, the status of a query means that the query failed. */
const failedSeverity = 2

/** A table of ours has five columns, and those of the service have ten. */
const mostColumns = 100

/** As many names as the query takes. */
const mostRows = 100_000

/**
 * Reads an answer with the status 200, which means that the query has started and no more: how it ended stands in its
 * last tables, or in an `Exceptions` anywhere. https://learn.microsoft.com/kusto/api/rest/response-http
 * @returns undefined where the answer does not say how it ended.
 * @internal
 */
export function queryResult(body: unknown): QueryResult | undefined {
  const exceptions = exceptionsIn(body)
  if (exceptions !== undefined) return { error: exceptions }
  const tables = listIn(objectIn(body)?.['Tables']).map(tableIn)
  const large = tables.find(({ names, rows }) => names.length > mostColumns || rows.length > mostRows)
  if (large !== undefined) {
    const size = `${pluralize(large.names.length, 'column')} and ${pluralize(large.rows.length, 'row')}`
    return { unreadable: `with a table of ${size}, which is too large to be read` }
  }
  // The last one tells what the others are.
  const contents = rowsOf(tables.at(-1))
  // Each once, however often they are named.
  const ofKind = (kind: string): readonly Table[] => [
    ...new Set(contents.flatMap(row => (row['Kind'] === kind ? (tables[numberIn(row['Ordinal'])] ?? []) : []))),
  ]

  const statuses = ofKind('QueryStatus').flatMap(rowsOf)
  const [result] = ofKind('QueryResult')
  if (statuses.length === 0 || result === undefined) return undefined
  const bad = statuses.find(status => numberIn(status['Severity']) <= failedSeverity)
  if (bad !== undefined) return { error: textIn(bad['StatusDescription']) ?? 'the query failed without a word' }
  return { rows: rowsOf(result) }
}

type Table = { readonly names: readonly string[]; readonly rows: readonly unknown[] }

function tableIn(value: unknown): Table {
  const table = objectIn(value)
  const names = listIn(table?.['Columns']).map(column => wordIn(objectIn(column)?.['ColumnName']) ?? '')
  return { names, rows: listIn(table?.['Rows']) }
}

/** The rows by the names of the columns; a cell that is not there has no name either. */
function rowsOf(table: Table | undefined): readonly JsonObject[] {
  const { names = [], rows = [] } = table ?? {}
  return rows.map(row => Object.fromEntries(listIn(row).map((cell, index) => [names[index] ?? '', cell])))
}

/** A number, or a text that is one. Of lists, JavaScript makes numbers too, and falls over those that nest deep. */
function numberIn(value: unknown): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value)
}

/** `Exceptions`, at the top or in the place of a row. */
function exceptionsIn(body: unknown): string | undefined {
  const answer = objectIn(body)
  const holders = [
    answer,
    ...listIn(answer?.['Tables'])
      .flatMap(table => listIn(objectIn(table)?.['Rows']))
      .map(objectIn),
  ]
  const all = holders.flatMap(holder => listIn(holder?.['Exceptions']))
  return all.length === 0 ? undefined : all.map(each => textIn(each) ?? 'an exception without words').join('\n')
}
