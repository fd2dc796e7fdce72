import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ToolName } from '../src/requirements/resolver/resolution.js'
import type { Tools } from '../src/requirements/resolver/resolver.js'
import { type CommandSaid, described, type Run } from '../__tests__/requirements/resolver/resolution-said.js'

/** A run, with its arguments as they were given. */
export type NotedRun = Omit<Run, 'args'> & { readonly args: string }

/** This machine's tools, and a record of them. */
export type RecordingTools = {
  readonly tools: Tools
  readonly runs: readonly NotedRun[]
  /** How the tool was run, once it was. */
  readonly command: () => Omit<CommandSaid, 'args'> | undefined
}

/** What tools have done, and pip's thoughts: neither is an answer, and each release words it differently. */
const PROGRESS = /^\s*(?:Downloading |Using cached |Looking in indexes: |INFO: |Resolved \d)/

/** What pip tells at `-vv` of the links of a project; the rest is about itself, with numbers of their own each time. */
const ABOUT_LINKS = /^\s*(?:Fetched page|Could not fetch|Skipping link|Link requires|WARNING|ERROR)/

/** What differs from run to run and from machine to machine. */
const ACCIDENTS: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9.]+m?s\b/g, '1ms'],
  [/\b0x[0-9a-f]+/g, '0x0'],
  [/\b3\.\d+\.\d+ will be used to build/g, '3.13.0 will be used to build'],
  [/\[Errno -\d\]/g, '[Errno -2]'],
  [/Temporary failure in name resolution/g, 'Name or service not known'],
]

/**
 * Records what a tool, of uv and pip this one alone, is asked and says.
 * @param places what stands in the record for a text that only this machine has
 */
export function recordingTools(tools: Tools, tool: ToolName, places: Readonly<Record<string, string>>): RecordingTools {
  const runs: NotedRun[] = []
  const found = new Map<string, string>()
  let howRun: Omit<CommandSaid, 'args'> | undefined

  const find: Tools['find'] = async program => {
    if (tool === 'pip' && program === 'uv') return undefined
    const file = await tools.find(program)
    if (file !== undefined) found.set(file, program)
    return file
  }

  const run: Tools['run'] = async (command, signal) => {
    const ended = await tools.run(command, signal)
    const { args, ...rest } = described(command, await tools.environment())
    howRun = rest
    if (args === '--version') return ended

    const known = [...found, [command.directory, '/directory'] as const, ...Object.entries(places)]
    const neutral = (text: string): string => known.reduce((so, [place, name]) => so.replaceAll(place, name), text)
    const isKept = (line: string): boolean => (args.endsWith(' -vv') ? ABOUT_LINKS.test(line) : !PROGRESS.test(line))
    const linesOf = (text: string): readonly string[] => {
      const plain = ACCIDENTS.reduce((so, [accident, word]) => so.replaceAll(accident, word), neutral(text)).trimEnd()
      return plain === '' ? [] : plain.split('\n').filter(isKept)
    }
    const fileOf = (name: string) => readFile(path.join(command.directory, name), 'utf8').catch(() => '')
    const report = await fileOf('report.json')
    runs.push({
      args: neutral(args),
      requirements: await fileOf('requirements.txt'),
      code: ended.code ?? null,
      output: linesOf(ended.output),
      errors: linesOf(ended.errors),
      ...(report === '' ? {} : { report: reportIn(report) }),
    })
    return ended
  }
  return { tools: { ...tools, find, run }, runs, command: () => howRun }
}

/** Of pip's report, what does not tell of this machine. */
function reportIn(text: string): unknown {
  const { version, install } = JSON.parse(text) as {
    version: string
    install: { requested: boolean; is_yanked?: boolean; metadata: Readonly<Record<string, unknown>> }[]
  }
  return {
    version,
    install: install.map(({ requested, is_yanked, metadata: { name, version, requires_dist } }) => ({
      requested,
      ...(is_yanked === undefined ? {} : { is_yanked }),
      metadata: { name, version, ...(requires_dist === undefined ? {} : { requires_dist }) },
    })),
  }
}
