import { type JsonObject, listIn, objectIn, textIn, wordIn } from '../json.js'
import { pluralize } from '../format.js'

/** Holds the rows of a query's own result, or why there are none, or why they cannot be read, to follow "an answer". */
export type QueryResult =
  { readonly rows: readonly JsonObject[] } | { readonly error: string } | { readonly unreadable: string }

/** Up to this severity, the status of a query means that it failed. */
const error = 2

/** A table of ours has five columns, and those of the service have ten. */
const mostColumns = 100

/** As many names as the query takes. */
const mostRows = 100_000

/**
 * Reads an answer with the status 200, which means that the query has started and no more: how it ended stands in its
 * last tables, or in an `Exceptions` anywhere. https://learn.microsoft.com/kusto/api/rest/response-http
 * @returns undefined where the answer does not say how it ended.
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
  const bad = statuses.find(status => numberIn(status['Severity']) <= error)
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
