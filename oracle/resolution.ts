import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { CASES } from '../__tests__/requirements/resolver/cases.js'
import { newMachine } from '../__tests__/requirements/resolver/fake-programs.js'
import { indexReaderOf } from '../__tests__/requirements/resolver/recorded-tools.js'
import type {
  CommandSaid,
  ReleaseSaid,
  ResolutionSaid,
  Run,
} from '../__tests__/requirements/resolver/resolution-said.js'
import { requirementsOf } from '../src/requirements/requirements.js'
import type { ToolName } from '../src/requirements/resolver/resolution.js'
import { resolveWithTools } from '../src/requirements/resolver/resolve.js'
import { environmentWith } from './environment.js'
import { hostileWorkspace } from './hostile-workspace.js'
import { PROJECTS } from './package-index/projects.js'
import { startIndex } from './package-index/server.js'
import type { Recording } from './part.js'
import { type NotedRun, recordingTools } from './recording-tools.js'
import { pipReleases, uvReleases } from './releases.js'

/**
 * What each release of uv and pip says of the requirements files of the tests, asked by the action's own code, with an
 * index of our own and in a workspace that tries to lead it astray.
 */
export const resolution: Recording = {
  name: 'resolution',
  ask: async (): Promise<ResolutionSaid> => {
    const releases: readonly (readonly [ToolName, string])[] = [
      ...uvReleases.map(version => ['uv', version] as const),
      ...pipReleases.map(version => ['pip', version] as const),
    ]
    // Most of the time is spent in waiting for an index that does not answer.
    const said = await Promise.all(releases.map(([tool, version]) => askRelease(tool, version)))
    const commands = { uv: commandOf('uv', said), pip: commandOf('pip', said) }
    return {
      commands,
      releases: Object.fromEntries(said.map(({ release, seen }) => [release, seen])),
      answers: Object.fromEntries(CASES.map(({ name }) => [name, answersTo(name, said, commands)])),
    }
  },
}

const PROJECTS_AND_FILES = /^\/(?:simple\/[a-z-]+\/|files\/[a-z_]+-[^/]*)$/

/** What one release did and said. */
type Said = {
  readonly tool: ToolName
  readonly release: string
  readonly command: Omit<CommandSaid, 'args'> | undefined
  readonly seen: ReleaseSaid
  readonly runs: ReadonlyMap<string, readonly NotedRun[]>
}

async function askRelease(tool: ToolName, version: string): Promise<Said> {
  const { programs } = environmentWith(`${tool}==${version}`)
  const machine = await newMachine([programs, '/usr/bin', '/bin'].join(path.delimiter))
  const index = await startIndex(PROJECTS, path.join(machine.root, 'index'))
  const { host, port } = new URL(index.url)
  const places = { [host]: '127.0.0.1', [`port=${port}`]: 'port=80', [machine.root]: '/machine' }
  try {
    const hostile = await hostileWorkspace(machine.workspace)
    const astray = new Set<string>()
    const runs = new Map<string, readonly NotedRun[]>()
    let command: Said['command']
    for (const each of CASES) {
      const { name, file, status, index: elsewhere = index.url } = each
      index.asked.splice(0)
      index.fail(status)
      const variables = { ...hostile, PIP_INDEX_URL: elsewhere, UV_INDEX_URL: elsewhere, UV_HTTP_RETRIES: '0' }
      const recording = recordingTools(machine.tools(variables), tool, places)
      const { signal } = new AbortController()
      const tools = { ...recording.tools, indexReader: () => indexReaderOf(each) }
      await resolveWithTools(requirementsOf(file), { pythonVersion: '3.10.8' }, tools, signal)
      command = recording.command() ?? command
      runs.set(name, recording.runs)
      for (const asked of index.asked) if (!PROJECTS_AND_FILES.test(asked)) astray.add(asked)
    }
    const built = existsSync(path.join(machine.root, 'executed'))
    const workspace = (await readdir(machine.workspace, { recursive: true })).sort()
    return {
      tool,
      release: `${tool} ${version}`,
      command,
      seen: { built, workspace, astray: [...astray].sort() },
      runs,
    }
  } finally {
    await index.close()
    await machine.remove()
  }
}

/** How a tool is run, whichever release it is. */
function commandOf(tool: ToolName, all: readonly Said[]): CommandSaid {
  const its = all.filter(each => each.tool === tool)
  const args = new Set(its.flatMap(({ runs }) => [...runs.values()].flatMap(some => some.map(run => run.args))))
  return { ...its.find(({ command }) => command !== undefined)!.command!, args: [...args].sort() }
}

/** What all releases answer to a case, those together that answer the same. */
function answersTo(
  name: string,
  all: readonly Said[],
  commands: ResolutionSaid['commands'],
): ResolutionSaid['answers'][string] {
  const answers: { by: string[]; runs: readonly Run[] }[] = []
  for (const { tool, release, runs: noted } of all) {
    const runs = noted.get(name)!.map(run => ({ ...run, args: commands[tool].args.indexOf(run.args) }))
    const same = answers.find(each => isDeepStrictEqual(each.runs, runs))
    if (same === undefined) answers.push({ by: [release], runs })
    else same.by.push(release)
  }
  return answers
}
