import { describe, expect, test } from '@jest/globals'
import { endedBadly, tablesOf } from '../../emulator/query-tables.js'
import { queryResult } from '../../src/azure/query-result.js'

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
