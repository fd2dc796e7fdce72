import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { resolve } from '../../../src/requirements/resolution/resolve.js'
import { nodePrograms } from '../../../src/programs/node-programs.js'
import { nodeTools } from '../../../src/requirements/resolution/node-tools.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { type Machine, newMachine } from './fake-programs.js'
import { NO_PIP, NO_UV, pipVersion, uvVersion } from './real-tools.js'

const wanted = process.env['RESOLVE_REAL_INDEX'] === '1'

const TOOLS = [
  ['uv', uvVersion() !== undefined, NO_UV],
  ['pip', pipVersion() !== undefined, NO_PIP],
] as const

describe.each(TOOLS)('%s and the real index', (tool, there, missing) => {
  let machine: Machine

  beforeAll(async () => {
    machine = await newMachine()
  })

  afterAll(async () => {
    await machine.remove()
  })

  const skipped = wanted ? missing : 'set RESOLVE_REAL_INDEX=1'
  const run = wanted && there ? test : test.skip
  run(
    `prophet and what it depends on${wanted && there ? '' : ` (skipped: ${skipped})`}`,
    async () => {
      const tools = nodeTools(
        nodePrograms({ variables: process.env, workspace: machine.workspace, withheld: () => undefined }),
        machine.temporary,
      )
      const find = (name: string) => (tool === 'pip' && name === 'uv' ? Promise.resolve(undefined) : tools.find(name))
      const requirements = requirementsOf('prophet==1.1.5\nnumpy==1.26.4\n')
      const { signal } = new AbortController()
      const resolution = await resolve(requirements, { pythonVersion: '3.10.8' }, { ...tools, find }, signal)
      expect(resolution).toMatchObject({ outcome: 'resolved', tool, findings: [] })
      const packages = resolution.outcome === 'resolved' ? resolution.packages : []
      expect(packages).toContainEqual({ name: 'numpy', version: '1.26.4' })
      expect(packages).toContainEqual({ name: 'prophet', version: '1.1.5' })
      // What tqdm wants on Windows only; pip decides that for the machine that it runs on.
      const names = packages.map(({ name }) => name)
      expect(names).toEqual(
        expect.arrayContaining(['cmdstanpy', 'pandas', 'tqdm', ...(tool === 'uv' ? ['colorama'] : [])]),
      )
    },
    90_000,
  )
})
