import { Failure, type FailureFields, type Place } from '../../failure.js'
import { quoted } from '../grammar/parse-error.js'

/** Says who names a file: the input `requirements-file`, or an `-r` line of another file. */
export type Naming = {
  /** The path as written. */
  readonly path: string
  /** The path as it may be shown, where that is something else. */
  readonly shown?: string
  /** What the file is to be, where it is no requirements file. */
  readonly as?: 'query'
  /** Place of the `-r` line; undefined for the input. */
  readonly place?: Place
}

/** Says why a file that is named cannot be read. */
export type ReadFault = keyof typeof FAULTS

/** Why the whole of the requirements, or an `-r` line itself, cannot be taken. */
type IncludeFault = 'remote' | 'not-alone' | 'cycle' | 'too-many' | 'too-large-together'

/**
 * Reports the failure to read a file of the requirements: the one that the input names, or at a place one of an `-r`
 * line.
 */
export class ReadFailure extends Failure {
  constructor(
    readonly fault: ReadFault | IncludeFault,
    fields: Omit<FailureFields, 'code'>,
  ) {
    super({ ...fields, code: fault === 'not-found' ? 'requirements-not-found' : 'requirements-unreadable' })
  }
}

/** Limits each file, and the whole after inlining, in bytes. */
export const SIZE_LIMIT = 1024 * 1024

/** Limits a lock file, of which less is sent: it lists each file of each package for each platform. */
export const LOCK_SIZE_LIMIT = 8 * SIZE_LIMIT

// Longer ones are no paths, but could flood the log.
const PATH_LENGTH = 300

const FAULTS = {
  'not-found': { problem: 'does not exist', remedy: '' },
  'outside-workspace': {
    problem: 'lies outside the workspace once symbolic links are resolved',
    remedy: 'Move the file into the repository: nothing outside the workspace is ever sent.',
  },
  'in-git-directory': {
    problem: 'lies in a .git directory, which is not part of the checkout and can hold credentials',
    remedy: 'Move the file out of the .git directory.',
  },
  'not-a-file': {
    problem: 'is not a regular file',
    remedy: 'Name a regular file, not a directory, device, pipe or socket.',
  },
  'too-large': {
    problem: 'is larger than',
    remedy: 'Make the file smaller: at most 1 MiB is sent.',
  },
  'not-utf8': { problem: 'is not valid UTF-8', remedy: 'Save the file as UTF-8.' },
  'utf-16': {
    problem: 'cannot be decoded',
    remedy:
      'Save the whole file as UTF-8. In Windows PowerShell 5, ">" and ">>" write UTF-16: run "pip freeze | Out-File -Encoding utf8 requirements.txt".',
  },
  replaced: {
    problem: 'was replaced while it was being opened',
    remedy: 'Let no other step or process change the workspace during this step.',
  },
  unreadable: { problem: 'cannot be read', remedy: "Check the file's permissions." },
} as const

/**
 * Returns the failure to read a file that is named.
 * @param detail added to the problem, such as the line of the file or the system's own word
 */
export function readFailure(fault: ReadFault, naming: Naming, detail = ''): Failure {
  const { path, shown = path, place } = naming
  const { problem, remedy } = FAULTS[fault]
  if (place !== undefined) {
    const relative =
      'Correct the path: it is relative to the file that names it, and environment variables in it are not replaced.'
    return includeFailure(fault, naming, place, `${problem}${detail}.`, fault === 'not-found' ? relative : remedy)
  }
  const name = quoted(shown, PATH_LENGTH)
  if (naming.as === 'query') {
    const there = "Correct the input verify-queries: a path relative to the repository's root."
    return queryUnreadable(`The query file ${name} ${problem}${detail}.`, remedy === '' ? there : remedy)
  }
  if (fault !== 'not-found')
    return new ReadFailure(fault, { headline: `The requirements file ${name} ${problem}${detail}.`, remedy })
  return new ReadFailure(fault, {
    headline: `There is no requirements file ${name} in the workspace.`,
    remedy:
      "Run actions/checkout before this step, or correct the input requirements-file: a path relative to the repository's root. Leave it empty for an image without packages of its own.",
  })
}

/** Returns the failure to take the queries that the input `verify-queries` names. */
export function queryUnreadable(headline: string, remedy: string): Failure {
  return new Failure({ code: 'query-unreadable', headline, remedy })
}

/** Returns the failure of an `-r` line: `problem` follows the quoted path. */
export function includeFailure(
  fault: ReadFault | IncludeFault,
  { path, shown = path }: Naming,
  place: Place,
  problem: string,
  remedy: string,
): ReadFailure {
  return new ReadFailure(fault, {
    headline: `The included file ${quoted(shown, PATH_LENGTH)} ${problem}`,
    remedy,
    places: [place],
  })
}
