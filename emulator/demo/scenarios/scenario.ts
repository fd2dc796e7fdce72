import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { ImageContent } from '../../azure/cluster.js'
import type { WorkflowEvent } from '../../github/events.js'
import type { Releases } from '../../github/releases.js'
import type { World, WorldOptions } from '../../world.js'

/** Describes a situation in which the demo can show the action. */
export type Scenario = {
  readonly name: string
  /** What there is to see, in one line. */
  readonly shows: string
  readonly world?: WorldOptions
  /** What started the workflow; a push unless told otherwise. */
  readonly event?: WorkflowEvent
  /** What uv finds on the index; by default what the packages of the example depend on. */
  readonly uv?: Releases
  /** Inputs beside those that every scenario gives. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Sets up what is there before the step starts. */
  readonly prepare?: (world: World, wanted: ImageContent) => void
  /** Changes the files in the repository. */
  readonly edit?: (requirements: RequirementFiles) => Record<string, string>
  /** When a person cancels the run. */
  readonly cancelWhen?: (world: World) => boolean
  readonly expects: Expectation
}

/** Says how a scenario ends when the action behaves. */
type Expectation = {
  readonly exitCode: 0 | 1
  readonly outputs?: Readonly<Record<string, string | undefined>>
  /** Something that the log says. */
  readonly log?: RegExp
  /** Builds that the workflow itself started; one by default. */
  readonly builds?: number
}

/** Names the image of every scenario. */
export const imageName = 'forecasting'

/** Describes a requirements file with what it includes, as a repository would hold it. */
export type RequirementFiles = {
  /** Name of the file among `files`. */
  readonly name: string
  /** Texts by path, seen from the file's own folder. */
  readonly files: Readonly<Record<string, string>>
  /** The same as they are stored. */
  readonly bytes: Readonly<Record<string, Uint8Array>>
  /** What it asks for, without includes and comments. */
  readonly inlined: string
}

/** Reads the file and all that its `-r` lines lead to; what is not there is left for the action to complain of. */
export async function readRequirementFiles(path: string): Promise<RequirementFiles> {
  const root = dirname(path)
  const files: Record<string, string> = {}
  const bytes: Record<string, Uint8Array> = {}

  const read = async (file: string): Promise<string[]> => {
    const name = relative(root, file).replaceAll(sep, '/')
    if (name in files || name.startsWith('..')) return []
    const stored = await readFile(file)
    // PowerShell 5 writes UTF-16.
    const text = new TextDecoder(stored[0] === 0xff && stored[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(stored)
    bytes[name] = stored
    files[name] = text
    const lines: string[] = []
    for (const line of text.split(/\r?\n/)) {
      const included = /^(?:-r|--requirement)[\s=]*(\S+)/.exec(line)?.[1]
      if (included === undefined) lines.push(line.replace(/(^|\s)#.*/, '').trim())
      else lines.push(...(await read(join(dirname(file), included)).catch(() => [])))
    }
    return lines
  }

  const lines = await read(path)
  return { name: basename(path), files, bytes, inlined: lines.filter(line => line !== '').join('\n') }
}
