import { pythonTargetOf } from '../../../src/requirements/evaluate/python-target.js'
import type { DependencyFile, FormatProblem } from '../../../src/requirements/formats/dependency-file.js'

/** CPython 3.11.7, for which tools of others were asked. */
export const PYTHON_3_11 = pythonTargetOf({ languageVersion: '3.11.7' })

/** A target whose Python is not known. */
export const UNKNOWN_PYTHON = pythonTargetOf({ baseImageName: 'ours' })

/** The requirements alone. */
export function textsOf({ lines }: DependencyFile): readonly string[] {
  return lines.map(({ text }) => text)
}

/** `error no-wheel 3`. */
export function briefly({ id, severity, place }: FormatProblem): string {
  return `${severity} ${id} ${place.line}`
}
