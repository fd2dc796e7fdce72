import { describe, expect, test } from '@jest/globals'
import { endedBadly, tablesOf } from '../../emulator/azure/data-endpoint.js'
import { queryResult } from '../../src/azure/query-client.js'

const rows = [
  ['pandas', '2.2.2'],
  ['numpy', '1.26.4'],
]
const good = tablesOf({ name: 'string', version: 'string' }, rows)
const body = (change: (answer: any) => unknown): unknown => {
  const answer = JSON.parse(good.body)
  return change(answer) ?? answer
}

describe('an answer that says how the query ended', () => {
  test('well: its rows by column', () => {
    expect(queryResult(JSON.parse(good.body))).toEqual({
      rows: [
        { name: 'pandas', version: '2.2.2' },
        { name: 'numpy', version: '1.26.4' },
      ],
    })
  })

  test('well, with no rows', () => {
    expect(queryResult(body(({ Tables }) => void (Tables[0].Rows = [])))).toEqual({ rows: [] })
  })

  test('badly, in its status', () => {
    expect(queryResult(JSON.parse(endedBadly(good, 'Out of memory').body))).toEqual({ error: 'Out of memory' })
  })

  test.each<[string, (answer: any) => unknown]>([
    ['at the top', answer => void (answer.Exceptions = ['Out of memory'])],
    ['in the place of a row', ({ Tables }) => void Tables[0].Rows.push({ Exceptions: ['Out of memory'] })],
    ['without any other table', () => ({ Tables: [{ Rows: [{ Exceptions: ['Out of memory'] }] }] })],
  ])('badly, by an exception %s', (_, change) => {
    expect(queryResult(body(change))).toEqual({ error: 'Out of memory' })
  })

  test.each([0, 1, 2, '2'])('badly, with severity %j', severity => {
    const said = queryResult(body(({ Tables }) => void (Tables[2].Rows[0][1] = severity)))
    expect(said).toEqual({ error: 'Query completed successfully' })
  })

  test.each([3, 4, 6])('well, with severity %j', severity => {
    expect(queryResult(body(({ Tables }) => void (Tables[2].Rows[0][1] = severity)))).toHaveProperty('rows')
  })

  test('badly, without a word', () => {
    const said = queryResult(
      body(({ Tables }) => {
        Tables[2].Rows[0][1] = 1
        Tables[2].Rows[0][4] = null
      }),
    )
    expect(said).toEqual({ error: 'the query failed without a word' })
  })
})

describe('an answer that does not say how the query ended says nothing', () => {
  test.each<[string, unknown]>([
    ['no object', 'rows'],
    ['null', null],
    ['an empty object', {}],
    ['no tables', { Tables: [] }],
    ['tables that are none', { Tables: [1, null, 'x', {}, { Rows: 3, Columns: {} }] }],
    ['a result alone', { Tables: [JSON.parse(good.body).Tables[0]] }],
    ['no status', body(({ Tables }) => void (Tables[2].Rows = []))],
    ['no table of contents', body(({ Tables }) => void Tables.pop())],
    ['contents that lead nowhere', body(({ Tables }) => void Tables[3].Rows.forEach((row: unknown[]) => (row[0] = 9)))],
    ['contents without a result', body(({ Tables }) => void Tables[3].Rows.shift())],
  ])('%s', (_, answer) => {
    expect(queryResult(answer)).toBeUndefined()
  })
})

describe('an answer with a table that is too large says so, and nothing else', () => {
  const many = (length: number, item: unknown) => Array.from({ length }, () => item)

  test.each<[string, unknown, string]>([
    ['columns', body(({ Tables }) => void (Tables[1].Columns = many(101, {}))), '101 columns and 1 row'],
    ['rows', body(({ Tables }) => void (Tables[0].Rows = many(100_001, []))), '2 columns and 100001 rows'],
  ])('%s', (_, answer, size) => {
    expect(queryResult(answer)).toEqual({ unreadable: `with a table of ${size}, which is too large to be read` })
  })

  test('but not one that is just as large as may be', () => {
    const answer = body(({ Tables }) => void (Tables[0].Rows = many(100_000, ['x'])))
    expect(queryResult(answer)).toMatchObject({ rows: { length: 100_000 } })
  })
})

test('a table counts once, however often it is named, and lists in each other are no number', () => {
  const rows = Array.from({ length: 20_000 }, () => [2, 'QueryStatus'])
  const statuses = Array.from({ length: 20_000 }, () => [0, 4])
  let deep: unknown = []
  for (let depth = 0; depth < 200_000; depth++) deep = [deep]
  const answer = body(({ Tables }) => {
    Tables[2].Rows = [[0, deep], ...statuses]
    Tables[3].Rows = [[deep, 'QueryResult'], ...rows, ...Tables[3].Rows]
  })
  expect(queryResult(answer)).toEqual({ rows: expect.arrayContaining([{ name: 'pandas', version: '2.2.2' }]) })
  const exceptions = body(({ Tables }) => void Tables[0].Rows.push({ Exceptions: [deep, 'Out of memory'] }))
  expect(queryResult(exceptions)).toEqual({ error: 'an exception without words\nOut of memory' })
})
