import { describe, expect, test } from '@jest/globals'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import type { Resolution, ToolName } from '../../../src/requirements/resolver/resolution.js'
import { resolveWithTools } from '../../../src/requirements/resolver/resolve.js'
import { CASES } from './cases.js'
import { recordedTools, resolutionSaid } from './recorded-tools.js'

describe.each(Object.entries(resolutionSaid.releases))('%s', (release, seen) => {
  const [tool, version] = release.split(' ') as [ToolName, string]

  test.each(CASES.map(each => [JSON.stringify(each.name), each] as const))('%s', async (_, { name, file, verdict }) => {
    const { signal } = new AbortController()
    const resolution = await resolveWithTools(
      requirementsOf(file),
      { pythonVersion: '3.10.8' },
      recordedTools(release, name),
      signal,
    )
    const expected = verdict[`${tool} ${version}`] ?? verdict[tool]
    expect(verdictOf(resolution)).toBe(expected)
    if (expected !== 'unavailable') expect(resolution).toMatchObject({ tool, toolVersion: version })
  })

  test('runs nothing of what it is to resolve', () => {
    expect(seen.built).toBe(false)
  })

  test('looks at nothing in the workspace and writes nothing there', () => {
    // Whatever of these were read, no project would have been found.
    expect(seen.workspace).toEqual(['pip.conf', 'pip.py', 'pyproject.toml', 'requirements.txt', 'temporary', 'uv.toml'])
  })

  test('asks the index for nothing but the projects', () => {
    expect(seen.astray).toEqual([])
  })
})

function verdictOf(resolution: Resolution): string {
  if (resolution.outcome === 'unavailable') return 'unavailable'
  const findings = resolution.findings.map(({ id, severity, line }) => `${id} ${severity} ${line}`).join(', ')
  if (resolution.outcome === 'unresolvable') return findings
  const packages = resolution.packages.map(({ name, version }) => `${name}==${version}`).join(' ')
  return findings === '' ? packages : `${packages}: ${findings}`
}
