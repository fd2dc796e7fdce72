import { Failure, type Place } from '../../failure.js'
import { quoted } from '../grammar/parse-error.js'

/** Who names a file: the input `requirements-file`, or an `-r` line of another file. */
export type Naming = {
  /** The path as written. */
  readonly path: string
  /** The path as it may be shown, where that is something else. */
  readonly shown?: string
  /** Place of the `-r` line; undefined for the input. */
  readonly place?: Place
}

/** Why a file that is named cannot be read. */
export type ReadFault =
  | 'not-found'
  | 'outside-workspace'
  | 'in-git-directory'
  | 'not-a-file'
  | 'too-large'
  | 'not-utf8'
  | 'utf-16'
  | 'replaced'
  | 'unreadable'

/** Limit for each file, and for the whole after inlining, in bytes. */
export const SIZE_LIMIT = 1024 * 1024

// Longer ones are no paths, but could flood the log.
const PATH_LENGTH = 300

const CODES: Readonly<Record<ReadFault, string>> = {
  'not-found': 'not-found',
  'outside-workspace': 'outside-workspace',
  'in-git-directory': 'outside-workspace',
  'not-a-file': 'not-a-file',
  'too-large': 'too-large',
  'not-utf8': 'not-utf8',
  'utf-16': 'not-utf8',
  replaced: 'unreadable',
  unreadable: 'unreadable',
}

const FAULTS: Readonly<Record<ReadFault, string>> = {
  'not-found': 'does not exist',
  'outside-workspace': 'lies outside the workspace once symbolic links are resolved',
  'in-git-directory': 'lies in a .git directory, which is no part of what was checked out and can hold credentials',
  'not-a-file': 'is not a regular file',
  'too-large': 'is larger than 1 MiB',
  'not-utf8': 'is not valid UTF-8',
  'utf-16': 'is encoded in UTF-16',
  replaced: 'was replaced while it was being opened',
  unreadable: 'cannot be read',
}

const REMEDIES: Readonly<Record<ReadFault, string>> = {
  'not-found': '',
  'outside-workspace': 'Move the file into the repository: nothing outside the workspace is ever sent.',
  'in-git-directory': 'Move the file out of the .git directory.',
  'not-a-file': 'Name a regular file, not a directory, device, pipe or socket.',
  'too-large': 'Make the file smaller: what is sent holds at most 1 MiB.',
  'not-utf8': 'Save the file as UTF-8.',
  'utf-16': 'Save the file as UTF-8; PowerShell before version 6 writes UTF-16 unless told "-Encoding utf8".',
  replaced: 'Let no other step or process change the workspace during this step.',
  unreadable: "Check the file's permissions.",
}

/**
 * The failure to read a file that is named. Its code starts with `requirements-` for the file that the input names, and
 * with `include-` for one that an `-r` line names.
 *
 * @param detail added to what is wrong, such as the line of the file or the system's own word
 */
export function readFailure(fault: ReadFault, naming: Naming, detail = ''): Failure {
  const { path, shown = path, place } = naming
  const wrong = `${FAULTS[fault]}${detail}.`
  if (place === undefined) {
    const remedy =
      fault === 'not-found'
        ? 'Correct the input requirements-file, a path relative to the workspace, and run actions/checkout before this step. Leave the input empty for an image without packages of its own.'
        : REMEDIES[fault]
    return new Failure({
      code: `requirements-${CODES[fault]}`,
      message: `The requirements file ${quoted(shown, PATH_LENGTH)} ${wrong}`,
      remedy,
    })
  }
  const remedy =
    fault === 'not-found'
      ? 'Correct the path: it is relative to the file that names it, and environment variables in it are not replaced.'
      : REMEDIES[fault]
  return includeFailure(CODES[fault], naming, place, wrong, remedy)
}

/** The failure of an `-r` line: `message` goes on after the quoted path. */
export function includeFailure(
  code: string,
  { path, shown = path }: Naming,
  place: Place,
  message: string,
  remedy: string,
): Failure {
  return new Failure({
    code: `include-${code}`,
    message: `${place.file}, line ${place.line}: the included file ${quoted(shown, PATH_LENGTH)} ${message}`,
    remedy,
    places: [place],
  })
}
