import type { PythonTarget } from '../evaluate/python-target.js'
import { formatPythonTarget } from '../evaluate/python-target.js'
import { satisfies, type Truth } from '../evaluate/version-range.js'
import { quoted } from '../grammar/parse-error.js'
import { specifiersOf } from '../grammar/specifier.js'
import type { Place } from '../../failure.js'
import { errorAt, type FormatProblem } from './dependency-file.js'
import { fitsTarget } from './wheel-name.js'

/** Tells where a lock file takes a package from. */
export type LockedSource =
  | {
      readonly kind: 'index'
      readonly index: string | undefined
      readonly wheels: readonly string[]
      readonly hasSource: boolean
    }
  | { readonly kind: 'url' | 'path' }

/** The index that the service uses, for all that is known. */
const DEFAULT_INDEX = /^https:\/\/pypi\.org\/simple\/?$/

/**
 * Returns what keeps a locked package out of the image, or may keep it out; undefined where nothing does. A URL is not
 * complained of: its line is checked like any other.
 */
export function sourceProblem(
  name: string,
  source: LockedSource,
  target: PythonTarget,
  place: Place,
): FormatProblem | undefined {
  if (source.kind === 'index') return indexProblem(name, source, target, place)
  if (source.kind === 'url') return undefined
  const problem = `The lock file takes ${quoted(name)} from a path, and the service gets none of your files.`
  return errorAt('direct-reference', problem, 'Publish the package, and lock a published version.', place)
}

function indexProblem(
  name: string,
  { index, wheels, hasSource }: Extract<LockedSource, { kind: 'index' }>,
  target: PythonTarget,
  place: Place,
): FormatProblem | undefined {
  if (index !== undefined && !DEFAULT_INDEX.test(index)) {
    // The index is not quoted: its URL may hold a password.
    const problem = `The lock file takes ${quoted(name)} from an index other than the default one, which the service cannot use.`
    return errorAt('other-index', problem, 'Lock a version that the default index has.', place)
  }
  if (wheels.some(wheel => fitsTarget(wheel, target.pythonVersion))) return undefined
  const problem = `The lock file has no wheel of ${quoted(name)} for ${formatPythonTarget(target)}`
  const remedy = 'Lock a version that has a wheel for the target.'
  if (!hasSource) return errorAt('no-wheel', `${problem}, and no source to build it from.`, remedy, place)
  return {
    ...errorAt('no-wheel', `${problem}: it would have to be built from source.`, remedy, place),
    severity: 'warning',
  }
}

/** Tells whether `requires-python` takes the target's Python; undefined where that cannot be said. */
export function takesPython(requiresPython: string, { pythonVersion }: PythonTarget): Truth {
  const specifiers = specifiersOf(requiresPython.trim())
  if (specifiers === undefined || pythonVersion === undefined) return undefined
  const truths = specifiers.map(specifier => satisfies(specifier, pythonVersion))
  return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true
}
