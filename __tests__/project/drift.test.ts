import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { inputDefaults } from '../../src/inputs/input-names.js'
import { guideSections } from '../end-to-end/guide.js'
import { renderDocs } from '../../scripts/docs.js'
import { outputNames } from '../../src/report/outputs.js'

const root = path.resolve(import.meta.dirname, '../../..')
const text = (file: string) => readFileSync(path.join(root, file), 'utf8')
const action = parse(text('action.yml')) as {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>
  outputs: Record<string, { description: string }>
  runs: { using: string; main: string }
}

describe('action.yml, the code and the README say the same', () => {
  test('inputs and their defaults', () => {
    const declared = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]))
    expect(declared).toEqual({ ...inputDefaults })
  })

  test('what is required has no default, and the other way round', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect([name, input.required === true]).toEqual([name, input.default === undefined])
    }
  })

  test('outputs', () => {
    expect(Object.keys(action.outputs)).toEqual([...outputNames])
  })

  test('the pages are as "npm run docs" writes them', () => {
    const pages = renderDocs(root)
    for (const [file, written] of pages) expect({ file, text: text(file) }).toEqual({ file, text: written })
    expect(pages.size).toBeGreaterThan(5)
    expect(pages.get('README.md')).toContain(`| \`mode\` | \`apply\` | ${action.inputs['mode']!.description} |`)
  })

  test('every description is made of sentences', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description).toMatch(/^[A-Z][^]*\.$/)
    }
  })

  test('the troubleshooting guide explains every code of an error, and no other', () => {
    const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => text(path.join('src', file)))
    const codes = new Set(
      sources.flatMap(source => [...source.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)*)'/g)].map(match => match[1]!)),
    )
    const sections = guideSections()
    expect(codes.size).toBeGreaterThan(20)
    // Failures to read a file are shown as the finding `include`.
    expect([...codes].filter(code => !sections.has(code) && !code.startsWith('requirements-'))).toEqual([])
    const titles = sources.flatMap(source =>
      [...source.matchAll(/[`'"]([a-z]+(?:-[a-z]+)*)[`'"]/g)].map(([, each]) => each!),
    )
    const composed = /^(cluster|switch)-[a-z]+$/
    expect([...sections].filter(code => !titles.includes(code) && !composed.test(code))).toEqual([])
  })
})

test('the runtime is the one that the tests use', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  expect(process.version).toMatch(/^v24\./)
  expect(text('.nvmrc').trim()).toBe('24')
})
