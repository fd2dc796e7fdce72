import type { ToolName } from '../../../src/requirements/resolver/resolution.js'
import type { Command } from '../../../src/programs/programs.js'
import type { Environment } from '../../../src/programs/environment.js'

/** What uv and pip say, as recorded/resolution.json holds it. */
export type ResolutionSaid = {
  readonly commands: Readonly<Record<ToolName, CommandSaid>>
  readonly releases: Readonly<Record<string, ReleaseSaid>>
  /** By the name of a case: what some releases answer in each of the runs that it takes. */
  readonly answers: Readonly<
    Record<string, readonly { readonly by: readonly string[]; readonly runs: readonly Run[] }[]>
  >
}

/** How a tool is run. */
export type CommandSaid = {
  /** The Python program that runs it, where that is not pip itself. */
  readonly program?: readonly string[]
  /** What it is given besides the step's environment. */
  readonly environment: Environment
  /** The arguments of its runs. */
  readonly args: readonly string[]
}

/** What was seen of a release while it was asked. */
export type ReleaseSaid = {
  /** Whether something of a package was run. */
  readonly built: boolean
  /** What lay in the workspace afterwards. */
  readonly workspace: readonly string[]
  /** What the index was asked for besides projects and their files. */
  readonly astray: readonly string[]
}

/** One run of a tool. */
export type Run = {
  /** Index of its arguments in those of the command. */
  readonly args: number
  readonly requirements: string
  readonly code: number | null
  readonly output: readonly string[]
  readonly errors: readonly string[]
  readonly report?: unknown
}

/** What a tool is run with, apart from the machine. */
export function described(command: Command, inherited: Environment): Omit<CommandSaid, 'args'> & { args: string } {
  const { directory, args } = command
  const neutral = (text: string): string => text.replaceAll(directory, '/directory').replaceAll('\\', '/')
  const environment = Object.entries(command.environment)
    .filter(([name, value]) => inherited[name] !== value)
    .map(([name, value]) => [name, neutral(value)] as const)
  const [program, rest] = args[0] === '-c' ? [args[1]!.split('\n'), args.slice(2)] : [undefined, args]
  return {
    ...(program === undefined ? {} : { program }),
    environment: Object.fromEntries(environment),
    args: rest.join(' '),
  }
}
