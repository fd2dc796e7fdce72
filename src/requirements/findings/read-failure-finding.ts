import type { Failure } from '../../failure.js'
import { type Finding, finding } from './finding.js'

/**
 * The finding that a failure to read the requirements is: of an `-r` line (codes `include-…`) at that line, of the
 * requirements file itself (`requirements-…`) at its start. Undefined for any other failure.
 *
 * @param requirementsFile the file that was to be read, relative to the workspace
 */
export function readFailureFinding(failure: Failure, requirementsFile: string): Finding | undefined {
  if (!/^(?:include|requirements)-/.test(failure.code)) return undefined
  const {
    file,
    line,
    column = 1,
    endColumn,
  } = failure.places[0] ?? {
    // What lies outside is named in the message, but nobody is led there.
    file: failure.code === 'requirements-outside-workspace' ? '' : requirementsFile,
    line: 1,
  }
  const place = { file, line, column, endColumn: endColumn ?? column + 1 }

  // An annotation says the place itself.
  const prefix = `${file}, line ${line}: `
  const what = failure.message.startsWith(prefix) ? failure.message.slice(prefix.length) : failure.message
  return finding('include', `${what.charAt(0).toUpperCase()}${what.slice(1)} ${failure.remedy}`.trim(), place)
}
