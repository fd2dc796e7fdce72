import type { ReadFailure } from '../file/read-failure.js'
import { type Finding, finding } from './finding.js'

/** Returns the finding that a failure to read an included file is, at the `-r` line. */
export function readFailureFinding({ places, headline, remedy }: ReadFailure): Finding {
  const { file, line, column = 1, endColumn = column + 1 } = places[0] ?? { file: '', line: 1 }
  return finding('include', `${headline} ${remedy}`.trim(), { file, line, column, endColumn })
}
