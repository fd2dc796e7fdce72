import type { Clock } from './clock.js'
import type { keepComment } from './github/sticky-comment.js'
import type { Log } from './github/log.js'
import type { WorkflowRun } from './github/workflow-run.js'
import type { RawInput } from './inputs/input-names.js'
import type { Send } from './network/transport.js'
import type { Programs } from './programs/programs.js'
import type { readDependencyFile } from './requirements/formats/read-dependency-file.js'
import type { recognizeFormats } from './requirements/formats/recognize.js'
import type { Tools } from './requirements/resolver/resolver.js'
import type { WorkspaceFiles } from './requirements/file/workspace-files.js'

/** Holds what reads files of other formats than pip's, and what recognizes those that are not read. */
type DependencyFormats = {
  readonly readDependencyFile: typeof readDependencyFile
  readonly recognizeFormats: typeof recognizeFormats
}

/** Holds everything outside of the program that a run touches. */
export type Runtime = {
  readonly input: RawInput
  readonly workflow: WorkflowRun
  readonly files: WorkspaceFiles
  /** The other programs of this machine; loads what it takes to run them. */
  readonly programs: () => Promise<Programs>
  /** Those of them that can resolve requirements. */
  readonly tools: () => Promise<Tools>
  /** Reads files of other formats than pip's; loads what it takes, which few runs need. */
  readonly formats: () => Promise<DependencyFormats>
  /** Keeps comments on pull requests; loads what it takes, which few runs need. */
  readonly commenter: () => Promise<typeof keepComment>
  readonly send: Send
  readonly clock: Clock
  /** Between 0 and 1. */
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly setOutputs: (outputs: Readonly<{ [name: string]: string | undefined }>) => void
  readonly writeSummary: (markdown: string) => Promise<void>
  /** Aborted with a {@link Stopped} when the runner asks the process to end. */
  readonly cancelled: AbortSignal
}
