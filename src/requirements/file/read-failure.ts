import type { Place } from '../../failure.js'
import type { Advice } from '../findings/finding.js'
import { quoted } from '../grammar/parse-error.js'

/** Says who names a file: the input `requirements-file`, or an `-r` line of another file. */
export type Naming = {
  /** The path as written. */
  readonly path: string
  /** The path as it may be shown, where that is something else. */
  readonly shown?: string
  /** Place of the `-r` line; undefined for the input. */
  readonly place?: Place
}

/** Names why a file cannot be read. */
export type ReadFault = keyof typeof faults

/** Limit for each file, and for the whole after inlining, in bytes. */
export const SIZE_LIMIT = 1024 * 1024

// Longer ones are no paths, but could flood the log.
const PATH_LENGTH = 300

const faults = {
  'not-found': ['does not exist', ''],
  'outside-workspace': [
    'is outside the workspace once symbolic links are resolved',
    'Move the file into the repository: nothing outside the workspace is ever sent.',
  ],
  'in-git-directory': [
    'is in a .git directory, which is not checked out and can hold credentials',
    'Move the file out of the .git directory.',
  ],
  'not-a-file': ['is not a regular file', 'Name a regular file, not a directory, device, pipe or socket.'],
  'too-large': ['is larger than 1 MiB', 'Make the file smaller: what is sent holds at most 1 MiB.'],
  'not-utf8': ['is not valid UTF-8', 'Save the file as UTF-8.'],
  'utf-16': ['is encoded in UTF-16', 'Save the file as UTF-8, in Windows PowerShell with "-Encoding utf8".'],
  replaced: ['was replaced while it was being opened', 'Let no other process change the workspace during this step.'],
  unreadable: ['cannot be read', "Check the file's permissions."],
} as const

/** Holds why a file that an `-r` line names cannot be put in the place of that line. */
export type Unread = { readonly fault: ReadFailure['fault']; readonly advice: Advice; readonly place: Place }

/**
 * Thrown where a file cannot be read: the one that the input names, then it has no place; or one that an `-r` line names.
 * It ends the reading where it is about the whole, and else becomes one of `Requirements.unread`.
 */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure'

  constructor(
    readonly fault: ReadFault | 'remote' | 'not-alone' | 'cycle' | 'too-many' | 'whole-too-large',
    readonly advice: Advice,
    readonly place?: Place,
  ) {
    super(advice.problem)
  }
}

/**
 * Makes the failure to read a file that is named.
 *
 * @param detail added to what is wrong, such as the line of the file or the system's own word
 */
export function readFailure(fault: ReadFault, naming: Naming, detail = ''): ReadFailure {
  const { path, shown = path, place } = naming
  const [wrong, remedy] = faults[fault]
  if (place !== undefined) {
    const correction =
      'Correct the path: it is relative to the file that names it, and environment variables in it are not replaced.'
    return includeFailure(fault, naming, place, `${wrong}${detail}.`, remedy || correction)
  }
  const name = quoted(shown, PATH_LENGTH)
  if (fault !== 'not-found') {
    return new ReadFailure(fault, { problem: `The requirements file ${name} ${wrong}${detail}.`, remedy })
  }
  return new ReadFailure(fault, {
    problem: `There is no file ${name} in the workspace.`,
    remedy:
      'Run actions/checkout before this step, or correct the input requirements-file, a path from the root of the repository; leave it empty for an image without packages of its own.',
  })
}

/** Makes the failure of an `-r` line. @param wrong follows the quoted path. */
export function includeFailure(
  fault: ReadFailure['fault'],
  { path, shown = path }: Naming,
  place: Place,
  wrong: string,
  remedy: string,
): ReadFailure {
  const problem = `The included file ${quoted(shown, PATH_LENGTH)} ${wrong}`
  return new ReadFailure(fault, { problem, remedy }, place)
}
