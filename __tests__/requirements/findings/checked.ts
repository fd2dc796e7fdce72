import { checkEntries } from '../../../src/requirements/findings/check-entries.js'
import type { Finding } from '../../../src/requirements/findings/finding.js'
import { type PythonTarget, pythonTargetOf } from '../../../src/requirements/evaluate/python-target.js'
import { managedImageNamed } from '../../../src/requirements/managed-images/managed-image.js'
import { readRequirements, type Requirements } from '../../../src/requirements/requirements.js'
import { runAtOnce } from '../../../src/time-slice.js'
import { memoryFiles } from '../memory-files.js'

/** Python 3.10.8 alone. */
export const PYTHON_3_10 = pythonTargetOf({ languageVersion: '3.10.8' })

/** The managed image of Python 3.11.7. */
export const PYTHON_3_11: PythonTarget = {
  ...pythonTargetOf({ baseImageName: 'Python3_11_7' }),
  managedImage: await managedImageNamed('Python3_11_7'),
}

/** A target whose version of Python is not known. */
export const CUSTOM_BASE = pythonTargetOf({ baseImageName: 'our-base' })

/** Checks requirements in one go. */
export function findingsOf(requirements: Requirements, target: PythonTarget): readonly Finding[] {
  return runAtOnce(checkEntries(requirements, target))
}

/** The findings of the file `requirements.txt` of a workspace. */
export async function checkedFiles(
  files: Readonly<Record<string, string>>,
  target: PythonTarget = PYTHON_3_10,
): Promise<readonly Finding[]> {
  return findingsOf(await readRequirements('requirements.txt', memoryFiles(files)), target)
}

/** The findings of a text. Unless they are asked for, notices that a version is not pinned are left out. */
export async function checked(
  text: string,
  target: PythonTarget = PYTHON_3_10,
  unpinned = false,
): Promise<readonly Finding[]> {
  const findings = await checkedFiles({ 'requirements.txt': text }, target)
  return unpinned ? findings : findings.filter(({ id }) => id !== 'unpinned')
}

/** `error duplicate 2:1-6`, with the file where it is not `requirements.txt`. */
export function brief({ severity, id, file, line, column, endColumn }: Finding): string {
  const where = file === 'requirements.txt' ? '' : `${file}:`
  return `${severity} ${id} ${where}${line}:${column}-${endColumn}`
}
