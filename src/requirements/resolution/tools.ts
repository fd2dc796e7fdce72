import type { Clock } from '../../clock.js'

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string>>

/** What resolving needs of the machine. */
export type Tools = {
  readonly clock: Pick<Clock, 'sleep'>
  /** What of this process's environment a tool may have. */
  readonly environment: Environment
  /** The path of a program, or undefined where there is none of that name. */
  readonly find: (program: string) => Promise<string | undefined>
  /**
   * Runs a program to its end, with nothing to read from its input. As soon as the signal is aborted, kills it with all
   * that it started, and rejects with the signal's reason; whatever happens, nothing of it is left running.
   */
  readonly run: (command: Command, signal: AbortSignal) => Promise<Ended>
  /** Makes a directory that nobody else uses, and removes it with all its contents after `use`. */
  readonly withDirectory: <Result>(use: (directory: Directory) => Promise<Result>) => Promise<Result>
}

/** A program to run; no shell looks at it. */
export type Command = {
  readonly program: string
  readonly args: readonly string[]
  readonly directory: string
  /** All of it: nothing is inherited, but what Windows needs to start a program. */
  readonly environment: Environment
}

/** How a program ended. */
export type Ended = {
  /** Undefined where it could not be started, was killed by somebody else, or wrote without end. */
  readonly code: number | undefined
  readonly output: string
  /** Standard error, or why there is no code. */
  readonly errors: string
}

/** A directory for the time of a resolution. */
export type Directory = {
  readonly path: string
  readonly write: (name: string, text: string) => Promise<void>
  /** Undefined where there is no such file, or one of more than `limit` bytes. */
  readonly read: (name: string, limit: number) => Promise<string | undefined>
}
