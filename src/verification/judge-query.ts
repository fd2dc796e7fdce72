import type { JsonObject } from '../json.js'
import { truncate } from '../format.js'

/** Tells how a query that tests an image went. */
export type QueryTrial = {
  readonly file: string
  /** The line that is to blame, from 1. */
  readonly line: number
  /** Why it does not pass; empty where it does. */
  readonly problem: string
  /** What the engine said, or the rows that say `passed == false`, a line each. */
  readonly quote: readonly string[]
  /** What to do; empty where it passes. */
  readonly remedy: string
}

/** So many rows that do not pass are shown, each of so many characters. */
const mostRows = 10
const longestRow = 500

/** Judges the rows of a query: at least one, and none whose column `passed`, if there is one, is false or null. */
export function judgeRows(file: string, rows: readonly JsonObject[]): QueryTrial {
  const passes = { file, line: 1, problem: '', quote: [], remedy: '' }
  if (rows.length === 0) {
    const problem = 'returns no row'
    return { ...passes, problem, remedy: 'Correct the query or the requirements: a query passes if it returns a row.' }
  }
  const bad = rows.filter(row => Object.hasOwn(row, 'passed') && isFalse(row['passed']))
  if (bad.length === 0) return passes
  const shown = bad.slice(0, mostRows).map(row => truncate(rowText(row), longestRow))
  const more = bad.length > mostRows ? [`…and ${bad.length - mostRows} more`] : []
  return {
    ...passes,
    problem: `returns ${bad.length} of ${rows.length} rows with passed == false`,
    quote: [...shown, ...more],
    remedy: 'Correct the requirements, or the query if its expectation is wrong.',
  }
}

/** A value of type bool; engines have sent 0 for false. */
function isFalse(value: unknown): boolean {
  return value === false || value === null || value === undefined || value === 0
}

function rowText(row: JsonObject): string {
  const others = Object.entries(row).filter(([name]) => name !== 'passed')
  const cells = others.map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return cells.length === 0 ? '(no other columns)' : cells.join(', ')
}

/** Judges a query that ended with an error. @param why the engine's own words. */
export function judgeError(file: string, why: string, line: number | undefined): QueryTrial {
  const { problem, remedy } = kinds.find(({ words }) => words.test(why)) ?? unknownKind
  return { file, line: line ?? lineIn(why), problem, quote: [truncate(why, 4 * longestRow)], remedy }
}

/** https://learn.microsoft.com/kusto/concepts/query-limits, …/partial-query-failures and …/sandboxes-in-kusto */
const kinds = [
  {
    words: /\bE_SB_\w*MEMORY|sandbox[^.]{0,100}memory|\bMemoryError\b/i,
    problem: 'runs out of the memory of its sandbox',
    remedy: 'Give the query fewer rows, or ask the owner of the cluster to raise the memory in its sandbox policy.',
  },
  {
    words: /\b(?:SYN|SEM)\d{4}\b|\b(?:syntax|semantic) error\b/i,
    problem: 'is not a valid query in this database',
    remedy: 'Correct the query at the place that the engine names, or check the input database.',
  },
  {
    words:
      /E_RUNAWAY_QUERY|E_QUERY_RESULT_SET_TOO_LARGE|E_LOW_MEMORY_CONDITION|\bexceeded\b[^.]{0,80}\b(?:limit|budget|bytes|records)\b/i,
    problem: 'exceeds a limit of the engine',
    remedy: 'Have the query read and return less; see https://learn.microsoft.com/kusto/concepts/query-limits.',
  },
  {
    words: /throttl|E_QUERY_THROTTLED|too many (?:requests|queries)/i,
    problem: 'was throttled by the cluster',
    remedy: 'Run the workflow again when the cluster has less to do.',
  },
  {
    words: /timed? ?out|E_QUERY_TIMEOUT|server ?timeout/i,
    problem: 'takes longer than 4 minutes',
    remedy: 'Have the query read less, or split it into several files.',
  },
]

const unknownKind = {
  problem: 'fails',
  remedy: "Correct the query or the requirements; the engine's message says what is wrong.",
}

/** The line that an error names, as in `[line:position=3:12]`; the first where it names none. */
function lineIn(why: string): number {
  const line = Number(/\[line:position=(\d{1,6}):\d{1,9}\]/.exec(why)?.[1] ?? 1)
  return line > 0 ? line : 1
}
