import type { Resolved, ResolvedPackage } from '../../src/requirements/resolver/resolution.js'
import { describe, expect, test } from '@jest/globals'
import { Failure, type Quotation } from '../../src/failure.js'
import { workflowRunFrom } from '../../src/github/workflow-run.js'
import type { ApplyInputs } from '../../src/inputs/inputs.js'
import { applyPage } from '../../src/report/apply.js'
import { changeBlocks, installedList } from '../../src/report/package-tables.js'
import { quotation, stack } from '../../src/report/markdown-blocks.js'
import { describeOutcome } from '../../src/report/outcome-message.js'
import { finding } from '../../src/requirements/findings/finding.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { beginRun, type RunState } from '../../src/run-state.js'
import { fakeClock } from '../azure/fake-clock.js'
import { target } from '../azure/fake-arm.js'
import { drawnBy } from '../github/drawn.js'
import { shownText } from '../shown-text.js'

const long = '*'.repeat(5_000)
const many = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each)
const workflow = workflowRunFrom({ GITHUB_REPOSITORY: 'contoso/forecasting', GITHUB_SHA: '0'.repeat(40) })
const inputs = { mode: 'apply', target, language: 'Python', foundation: { languageVersion: '3.10.8' } } as ApplyInputs
const at = (line: number) => ({ file: 'requirements.txt', line, column: 1, endColumn: 2 })

function pageOf(part: Partial<RunState>): string {
  const clock = fakeClock()
  const state: RunState = { ...beginRun(clock), inputs, ...part }
  return applyPage(describeOutcome(state, 0, workflow), state, { workflow, clock })
}

function failure(part: Partial<ConstructorParameters<typeof Failure>[0]>): Partial<RunState> {
  return {
    outcome: {
      as: 'failure',
      failure: new Failure({ code: 'build-failed', headline: 'The build failed.', remedy: 'Try.', ...part }),
    },
  }
}

describe('the summary fits, and says what was left out, with', () => {
  const files = many(1_000, long)
  const text = Array.from({ length: 10_000 }, (_, index) => `${'p'.repeat(500)}${index}`).join('\n')
  const places = many(1_000, { ...at(1), file: long, reason: long })
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    finding('syntax', { problem: `${index} ${long}`, remedy: long }, { ...at(1), file: long }),
  )
  const packages = many(10_000, { name: long, wanted: long, found: long, problem: long })
  const verification = { packages, queries: [], failure: undefined, isSettled: true }
  const quotations = many(20, { by: 'Azure', text: many(200, long).join('\n') })
  const much: readonly (readonly [string, Partial<RunState>])[] = [
    ['many included files', { requirements: { ...requirementsOf(''), files } }],
    ['many packages', { requirements: requirementsOf(text) }],
    ['many lines to blame', failure({ places })],
    ['many details', failure({ details: many(10_000, long) })],
    ['much that was said', failure({ details: quotations })],
    ['many findings', { findings }],
    ['many warnings', { warnings: many(10_000, long) }],
    ['many trials', { verification }],
  ]
  test.each(much)('%s', (_, part) => {
    const page = pageOf({ outcome: { as: 'succeeded' }, ...part })
    expect(Buffer.byteLength(page)).toBeLessThan(1_048_576)
    expect(page).toMatch(/^### [✅❌] \w+/u)
    expect(page).toMatch(/…(a part|and \d+ more)|\d+ more$|> .* …/m)
  })

  test('much of everything', () => {
    const parts = much.map(([, part]) => part)
    const page = pageOf({
      ...Object.assign({}, ...parts),
      ...failure({ details: [...quotations, ...many(100, long)], places }),
    })
    expect(Buffer.byteLength(page)).toBeLessThan(1_048_576)
  })
})

describe('a quotation', () => {
  const quoted = (text: string, room = 100_000) => stack([quotation({ by: 'Azure', text } satisfies Quotation)])(room)
  const openPart = (page: string) => page.slice(0, page.indexOf('<details>') >>> 0)

  test('shows every word of several lines, which wrap', () => {
    const page = quoted('PackageError: no wheel\n\n  pandas==2.2.2 of line one\r\n@octocat')
    expect(drawnBy(page).kinds).toContain('blockquote')
    expect(drawnBy(page).kinds).not.toContain('code')
    for (const words of ['PackageError: no wheel', 'pandas==2.2.2 of line one', '@octocat']) {
      expect(shownText(page)).toContain(words)
    }
    expect(page.split('\n').every(line => line.startsWith('> '))).toBe(true)
  })

  test('that is long has its end open, and what comes before folded', () => {
    const page = quoted(Array.from({ length: 300 }, (_, index) => `step ${index}`).join('\n'))
    expect(openPart(page)).toContain('step 299')
    expect(openPart(page)).not.toContain('step 100')
    for (let index = 0; index < 300; index++) expect(page).toMatch(new RegExp(`^> step ${index}\\b`, 'm'))
  })

  test('that does not fit loses its beginning', () => {
    const page = quoted(
      Array.from({ length: 300 }, (_, index) => `${'word '.repeat(20)} step ${index}`).join('\n'),
      8_000,
    )
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(8_000)
    expect(page).toContain('step 299')
    expect(page).toMatch(/^> …/m)
  })

  test('of one very long line keeps its beginning and its end', () => {
    const page = quoted(`first ${'x'.repeat(1_000_000)} last`, 200_000)
    expect(page).toMatch(/first [^]* last/)
    expect(drawnBy(page).kinds).toContain('blockquote')
  })

  test('of nothing is none', () => {
    expect(quoted(' \n')).toBe('')
  })
})

describe('findings', () => {
  const findings = [
    finding('unpinned', { problem: 'The version of "b" is not pinned.', remedy: 'Correct it.' }, at(2)),
    finding('syntax', { problem: 'Line 1 is wrong.', remedy: 'Correct it.' }, at(1)),
    finding('unpinned', { problem: 'The version of "c" is not pinned.', remedy: 'Correct it.' }, at(3)),
  ]
  const requirements = {
    ...requirementsOf('a=1\nb\nc'),
    origins: [1, 2, 3].map(line => ({ file: 'requirements.txt', line })),
    files: ['requirements.txt'],
  }
  const rowsOf = (page: string) =>
    shownText(page)
      .split('\n')
      .filter(line => /^\| [❌⚠ℹ]/u.test(line))

  test('that are why the run failed are open, the worst first, and alike ones in one row', () => {
    const page = pageOf({ findings, requirements, ...failure({ code: 'findings' }) })
    const open = page.slice(0, page.indexOf('<details>'))
    const rows = rowsOf(open)
    expect(rows.map(row => row.split(' | ')[0])).toEqual(['| ❌ 1', '| ℹ️ 2, 3'])
    expect(rows[1]).toMatch(/unpinned.*\bb, c\b/)
    expect(drawnBy(open).columns).toEqual([2, 2])
    const links = drawnBy(open).links.filter(url => /requirements\.txt#L/.test(url))
    expect(links.map(url => url.replace(/.*#/, ''))).toEqual(['L1', 'L2', 'L3'])
  })

  test('are folded where the run went well', () => {
    const page = pageOf({ findings, requirements, outcome: { as: 'succeeded' } })
    expect(rowsOf(page.slice(0, page.indexOf('<details>')))).toEqual([])
    expect(rowsOf(page)).toHaveLength(2)
  })
})

test('a page has no table twice, none without a header, and no State where an input is wrong', () => {
  const { inputs: _, ...none } = { inputs, ...failure({ code: 'inputs', headline: 'Input mode is "x".' }) }
  const clock = fakeClock()
  const state = { ...beginRun(clock), ...none }
  const page = applyPage(describeOutcome(state, 0, workflow), state, { workflow, clock })
  expect(page).not.toMatch(/State|<details>|\| *\|/)
  expect(page).toMatch(/^### ❌ Input mode is/)
})

test('what changes is told once: the packages of the requirements open, their dependencies folded', () => {
  const required = { added: [{ name: 'a', to: '==1' }], removed: [], changed: [{ name: 'b', from: '<2', to: '<3' }] }
  const installed = {
    added: [
      { name: 'a', to: '1' },
      { name: 'd', to: '5' },
    ],
    removed: [{ name: 'e', from: '1' }],
    changed: [],
  }
  const packages: readonly ResolvedPackage[] = [
    { name: 'a', version: '1', origin: 'base' },
    { name: 'd', version: '5', origin: 'replaced', baseVersion: '4' },
    { name: 'f', version: '1', origin: 'installed' },
  ]
  const answer = {
    outcome: 'resolved',
    tool: 'uv',
    toolVersion: '1',
    lines: new Map(),
    findings: [],
    caveats: [],
  } as const
  const resolved: Resolved = { ...answer, packages, changes: installed }
  const page = shownText(stack(changeBlocks(required, resolved, false))(100_000))
  const [open = '', folded = ''] = page.split('<details>')
  expect(open).toContain('| a | added ==1 | 1, from the base |')
  expect(open).toContain('| b | <2 → <3 |  |')
  expect(folded).toContain('| d | added 5, replaces 4 of the base |')
  expect(folded).toContain('| e | removed 1 |')
  expect(folded).toMatch(/^<summary>2 dependencies change: 1 added, 1 removed<\/summary>/)

  const all = shownText(stack([installedList(resolved, 'would be installed')])(100_000))
  expect(all).toMatch(/1 installed.*1 from the base.*1 replaced/)
  for (const row of ['| a | 1 | from the base |', '| d | 5 | replaces 4 of the base |', '| f | 1 | installed |'])
    expect(all).toContain(row)
})
