import { describe, expect, test } from '@jest/globals'
import { summaryMarkdown } from '../../src/report/apply-page.js'
import type { SummaryContent } from '../../src/report/apply-page.js'

const long = '*'.repeat(5_000)
const url = `https://github.com/contoso/forecasting/blob/main/${'x'.repeat(5_000)}`
const many = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each)

const content: SummaryContent = {
  kind: 'success',
  headline: 'Image forecasting is up to date.',
  details: [],
  marked: [],
  remedy: '',
  help: '',
  facts: [{ name: 'State', value: 'Succeeded' }],
  findings: [],
  packages: [],
  trials: [],
  phases: [],
  now: 0,
}

describe('the summary fits, and says what was left out, with', () => {
  test.each<[string, Partial<SummaryContent>]>([
    ['many included files', { facts: many(1_000, { name: 'including', value: long, url }) }],
    ['many lines to blame', { marked: many(1_000, { place: long, reason: long, url }) }],
    ['many details', { details: many(10_000, long) }],
    ['many findings', { findings: many(10_000, { id: 'syntax', severity: 'error', message: long, place: long, url }) }],
    ['many trials', { trials: many(10_000, { name: long, wanted: long, found: long, problem: long, url }) }],
    ['many packages', { packages: many(10_000, { name: long, wanted: long, place: long, url }) }],
  ])('%s', (_, much) => {
    const markdown = summaryMarkdown({ ...content, ...much })
    expect(Buffer.byteLength(markdown)).toBeLessThan(1_048_576)
    expect(markdown).toContain('Image forecasting is up to date')
    expect(markdown).toMatch(/…(a part|and \d+ more)/)
  })

  test('much of everything', () => {
    const phases = many(1_000, { name: 'Build', from: 0, to: 1 })
    const markdown = summaryMarkdown({
      ...content,
      details: many(10_000, long),
      marked: many(1_000, { place: long, reason: long, url }),
      facts: many(1_000, { name: 'including', value: long, url }),
      findings: many(10_000, { id: 'syntax', severity: 'error', message: long, place: long, url }),
      trials: many(10_000, { name: long, wanted: long, found: long, problem: long, url }),
      packages: many(10_000, { name: long, wanted: long, place: long, url }),
      phases,
    })
    expect(Buffer.byteLength(markdown)).toBeLessThan(1_048_576)
  })
})
