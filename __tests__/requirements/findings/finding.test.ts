import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  finding,
  type FindingId,
  findingIds,
  findingKinds,
  parseIgnoreFindings,
  withoutIgnored,
} from '../../../src/requirements/findings/finding.js'

const PLACE = { file: 'requirements.txt', line: 1, column: 1, endColumn: 2 }
const ADVICE = { problem: 'One.', remedy: 'Other.' }

describe('parseIgnored', () => {
  test.each<[string, FindingId[]]>([
    ['', []],
    [' \n , ', []],
    ['unpinned', ['unpinned']],
    ['unpinned, hash,duplicate', ['unpinned', 'hash', 'duplicate']],
    ['unpinned\r\nhash\n\n hash \n', ['unpinned', 'hash']],
    ['managed-image-conflict', ['managed-image-conflict']],
  ])('%j', (text, ids) => {
    expect(parseIgnoreFindings(text)).toEqual({ ids: new Set(ids) })
  })

  test.each([
    ['Unpinned', '"Unpinned" is not the id of a finding; give any of unsupported-option, direct-reference, '],
    ['unpinned hash', '"unpinned hash" is not the id of a finding; '],
    ['constructor', '"constructor" is not the id of a finding; '],
    ['syntax', '"syntax" cannot be ignored; '],
    ['hash,include\nno', '"include" cannot be ignored, "no" is not the id of a finding; '],
    [`x${'y'.repeat(1000)}`, `"x${'y'.repeat(59)}…" is not the id of a finding; `],
  ])('%j is a problem', (text, start) => {
    const ignored = parseIgnoreFindings(text)
    expect('problem' in ignored ? ignored.problem.slice(0, start.length) : ignored).toBe(start)
  })

  test('only what can be ignored is offered', () => {
    const ignored = parseIgnoreFindings('?')
    expect('problem' in ignored && ignored.problem).not.toMatch(/syntax|include/)
  })
})

test('what is ignored is left out', () => {
  const [hash, unpinned] = [finding('hash', ADVICE, PLACE), finding('unpinned', ADVICE, PLACE)]
  expect(withoutIgnored([hash, unpinned], new Set(['hash'] as const))).toEqual([unpinned])
  expect(withoutIgnored([hash, unpinned], new Set())).toEqual([hash, unpinned])
})

test('a finding has the severity of its kind, and text that has UTF-8', () => {
  const text = { problem: 'a\ud800b', remedy: 'c\udfff' }
  const whole = { problem: 'a\ufffdb', remedy: 'c\ufffd' }
  expect(finding('hash', text, PLACE)).toEqual({ ...PLACE, ...whole, id: 'hash', severity: 'warning' })
  expect(finding('duplicate', ADVICE, PLACE, 'warning').severity).toBe('warning')
})

describe('docs/findings.md', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/findings.md'), 'utf8')
  const sections = new Map(
    text.split(/^## /m).flatMap(section => {
      const id = /^`([a-z-]+)`\n/.exec(section)?.[1]
      return id === undefined ? [] : [[id, section] as const]
    }),
  )

  test('has a section for each id, in the order of the table, and for no other', () => {
    expect([...sections.keys()]).toEqual([...findingIds])
  })

  test.each(findingIds.map(id => [id]))('%s: severity, example, what to do, how to silence', id => {
    const section = sections.get(id) ?? ''
    const { severity, ignorable } = findingKinds[id]
    expect(section).toMatch(new RegExp(`^\\*\\*Severity:\\*\\* ${severity}\\b`, 'm'))
    expect(section).toMatch(/^```/m)
    expect(section).toMatch(/^\*\*What to do:\*\* /m)
    expect(section).toContain(ignorable ? `\`ignore-findings: ${id}\`` : 'cannot be ignored')
  })
})
