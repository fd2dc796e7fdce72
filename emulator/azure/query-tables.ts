import { machineChance } from '../chance.js'
import type { Chance } from '../chance.js'
import { json } from '../network/messages.js'
import type { Answer } from '../network/messages.js'

/** When a query is answered, and where the ids of the answer come from. */
export type Answering = { readonly chance: Chance; readonly now: number }

/**
 * The tables of the first version of the query API: the result, the properties, how it ended, and what each of them is.
 * @param columns types by name.
 */
export function tablesOf(
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly unknown[])[],
  { chance: { newId }, now }: Answering = { chance: machineChance, now: Date.now() },
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

/** The same answer, but for how it ended: with an error in its status. */
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
