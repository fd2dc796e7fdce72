import type { Environment, VariableKindOf } from './environment.js'

/** Holds the other programs of this machine: what can be run, and what it gets. */
export type Programs = {
  /** The variables of the step that a program may have, without what leads into the workspace. */
  readonly environment: (kindOf: VariableKindOf) => Promise<Environment>
  /**
   * The path of a program, or undefined where there is none of that name; what lies in the workspace does not count.
   * @param endings of its file on Windows, which starts only what is an executable file unless a command line looks at it.
   */
  readonly find: (program: string, endings?: readonly string[]) => Promise<string | undefined>
  /** A directory in which nobody but the system puts files: some programs take code from where they are run. */
  readonly neutralDirectory: string
  /**
   * Runs a program to its end, with nothing to read from its input. As soon as the signal is aborted, kills it with all
   * that it started, and rejects with the signal's reason; whatever happens, nothing of it is left running.
   */
  readonly run: (command: Command, signal: AbortSignal) => Promise<ProcessResult>
}

/** Describes a program to run; no shell looks at it, but for a batch file of Windows, which is one of a shell. */
export type Command = {
  readonly program: string
  readonly args: readonly string[]
  readonly directory: string
  /** All of it: nothing is inherited, but what Windows needs to start a program. */
  readonly environment: Environment
}

/** Tells how a program ended. */
export type ProcessResult = {
  /** Undefined where it could not be started, was killed by someone else, or wrote without end. */
  readonly code: number | undefined
  readonly output: string
  /** Standard error, or why there is no code. */
  readonly errors: string
}
