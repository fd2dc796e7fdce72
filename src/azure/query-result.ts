import { objectIn, textIn } from '../json.js'
import type { JsonObject } from '../json.js'

/** The rows of a query's own result, or why there are none. */
export type QueryResult = { readonly rows: readonly JsonObject[] } | { readonly error: string }

/** Up to this severity, the status of a query means that it failed. */
const error = 2

/**
 * Reads an answer with the status 200, which means that the query has started and no more: how it ended stands in its
 * last tables, or in an `Exceptions` anywhere. https://learn.microsoft.com/kusto/api/rest/response-http
 * @returns undefined where the answer does not say how it ended.
 */
export function queryResult(body: unknown): QueryResult | undefined {
  const exceptions = exceptionsIn(body)
  if (exceptions !== undefined) return { error: exceptions }
  const tables = listIn(objectIn(body)?.['Tables']).map(readTable)
  // The last one tells what the others are.
  const contents = tables.at(-1)?.rows ?? []
  const ofKind = (kind: string): readonly Table[] =>
    contents.flatMap(row => (row['Kind'] === kind ? (tables[Number(row['Ordinal'])] ?? []) : []))

  const statuses = ofKind('QueryStatus').flatMap(({ rows }) => rows)
  const [result] = ofKind('QueryResult')
  if (statuses.length === 0 || result === undefined) return undefined
  const bad = statuses.find(status => Number(status['Severity']) <= error)
  if (bad !== undefined) return { error: textIn(bad['StatusDescription']) ?? 'the query failed without a word' }
  return { rows: result.rows }
}

type Table = { readonly rows: readonly JsonObject[] }

function readTable(value: unknown): Table {
  const table = objectIn(value)
  const names = listIn(table?.['Columns']).map(column => textIn(objectIn(column)?.['ColumnName']) ?? '')
  const rows = listIn(table?.['Rows']).map(row => {
    const cells = listIn(row)
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]))
  })
  return { rows }
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
  const all = holders.flatMap(holder => listIn(holder?.['Exceptions'])).map(String)
  return all.length === 0 ? undefined : all.join('\n')
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}
