import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { requirementsOf } from '../src/requirements/requirements.js'
import { nodePrograms } from '../src/programs/node-programs.js'
import { nodeTools } from '../src/requirements/resolver/node-tools.js'
import type { ToolName } from '../src/requirements/resolver/resolution.js'
import { resolveWithTools } from '../src/requirements/resolver/resolve.js'
import { systemClock } from '../src/clock.js'
import { createTransport } from '../src/network/transport.js'
import { environmentWith } from './environment.js'
import type { Check } from './part.js'
import { pipReleases, uvReleases } from './releases.js'

const FILE = 'prophet==1.1.5\nnumpy==1.26.4\n'

/** What must be among the packages: what the file asks for, and some of what that depends on. */
const WANTED = ['cmdstanpy', 'numpy 1.26.4', 'pandas', 'prophet 1.1.5', 'tqdm']

/** What tqdm wants on Windows alone, which pip judges by the machine that it runs on. */
const WANTED_ON_WINDOWS = 'colorama'

/** Whether the newest uv and the newest pip resolve a real package with the index that this machine uses. */
export const realIndex: Check = {
  name: 'real-index',
  check: async () => [
    ...(await missingFrom('uv', uvReleases.at(-1)!, [...WANTED, WANTED_ON_WINDOWS])),
    ...(await missingFrom('pip', pipReleases.at(-1)!, WANTED)),
  ],
}

async function missingFrom(tool: ToolName, version: string, wanted: readonly string[]): Promise<readonly string[]> {
  const { programs } = environmentWith(`${tool}==${version}`)
  const temporary = await mkdtemp(path.join(tmpdir(), 'real-index-'))
  try {
    const variables = { ...process.env, PATH: programs }
    // The tools lie within the project, which is therefore not the workspace here.
    const machine = nodePrograms({ variables, workspace: temporary, withheld: () => undefined })
    const tools = nodeTools(machine, temporary, createTransport(systemClock, () => undefined, process.env).send)
    const find: typeof tools.find = async name => (tool === 'pip' && name === 'uv' ? undefined : await tools.find(name))
    const { signal } = new AbortController()
    const resolution = await resolveWithTools(
      requirementsOf(FILE),
      { pythonVersion: '3.10.8' },
      { ...tools, find },
      signal,
    )
    if (resolution.outcome !== 'resolved') return [`${tool} ${version}: ${JSON.stringify(resolution)}`]
    const there = new Set(resolution.packages.flatMap(({ name, version }) => [name, `${name} ${version}`]))
    return wanted.filter(each => !there.has(each)).map(each => `${tool} ${version}: no ${each}`)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
