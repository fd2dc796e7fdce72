import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = path.resolve(import.meta.dirname, '../../..')
const text = (file: string) => readFileSync(path.join(root, file), 'utf8')
const manifest = JSON.parse(text('package.json')) as Record<string, Record<string, string> | undefined>
const direct = { ...manifest['dependencies'], ...manifest['devDependencies'], ...manifest['optionalDependencies'] }

type Locked = {
  readonly version: string
  readonly integrity?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
}
const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, Locked> }
const locked = Object.entries(lock.packages).filter(([where]) => where !== '')

/** Licences that ask for no more than to be named; of what is only used to build and test, some more. */
const allowed = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'])
const allowedForDevelopment = new Map([
  ['caniuse-lite', 'CC-BY-4.0'],
  ['type-fest', '(MIT OR CC0-1.0)'],
])

describe('dependencies', () => {
  test('are named by one version each', () => {
    for (const [name, version] of Object.entries(direct)) {
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
    }
  })

  test('are locked by what they hold', () => {
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
    expect(locked.length).toBeGreaterThan(100)
  })

  test('have licences of the list', () => {
    const others = locked.filter(([where, { license = '' }]) => {
      const name = where.replace(/^.*node_modules\//, '')
      return !allowed.has(license) && allowedForDevelopment.get(name) !== license
    })
    expect(others).toEqual([])
  })

  test('run nothing when they are installed', () => {
    expect(text('.npmrc')).toMatch(/^ignore-scripts=true$/m)
  })

  test('are proposed when they are as old as npm wants them', () => {
    const days = /^min-release-age=(\d+)$/m.exec(text('.npmrc'))?.[1]
    expect(days).toBe('7')
    const cooldowns = text('.github/dependabot.yml').match(/(?<=default-days: )\d+/g)
    expect(new Set(cooldowns)).toEqual(new Set([days]))
  })

  test('are explained, each in a row of its own', () => {
    const rows = [...text('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(match => match[1]!)
    expect(rows.toSorted()).toEqual(Object.keys(direct).toSorted())
  })
})

test('what is bundled is listed with its licence, which is of the list', () => {
  const entries = text('dist/licenses.txt').split('\n---\n')
  const listed = entries.map(entry => /^\s*(\S+) (\d+\.\d+\.\d+)\n(.+)\n([^]*)$/.exec(entry)!)
  expect(listed.filter(match => !allowed.has(match[3]!)).map(match => match[1])).toEqual([])
  expect(listed.filter(match => !/copyright|licen[sc]e/i.test(match[4]!)).map(match => match[1])).toEqual([])
  const names = listed.map(match => match[1])
  for (const name of ['@actions/core', '@azure/identity', '@renovatebot/pep440']) expect(names).toContain(name)
})
