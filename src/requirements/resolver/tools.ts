import type { Clock } from '../../clock.js'
import type { Environment, Programs } from '../../programs/programs.js'

/** What resolving needs of the machine. */
export type Tools = Pick<Programs, 'find' | 'run'> & {
  readonly clock: Pick<Clock, 'sleep'>
  /** What of this process's environment a tool may have. */
  readonly environment: () => Promise<Environment>
  /**
   * Makes a directory that nobody else uses, and removes it with all its contents after `use`.
   * @throws an error of the system, with a `code`, where it cannot be made or written to.
   */
  readonly withDirectory: <Result>(use: (directory: Directory) => Promise<Result>) => Promise<Result>
}

/** A directory for the time of a resolution. */
export type Directory = {
  readonly path: string
  readonly write: (name: string, text: string) => Promise<void>
  /** Undefined where there is no such file, or one of more than `limit` bytes. */
  readonly read: (name: string, limit: number) => Promise<string | undefined>
}
