import { type Entry, isPackage } from '../grammar/entry.js'
import type { MarkerComparison, Marker, MarkerOperator, MarkerVariable } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { specifiersOf } from '../grammar/specifier.js'
import type { PythonTarget, Platform } from './python-target.js'
import { satisfies, type Truth } from './version-range.js'

/** Variables whose values `packaging` compares as versions. */
const VERSIONS: ReadonlySet<MarkerVariable> = new Set<MarkerVariable>([
  'python_version',
  'python_full_version',
  'implementation_version',
  'platform_release',
])

/** Returns what the variables of markers are on the target; those left out are not known. */
export function markerEnvironment({ pythonVersion, platform }: Omit<PythonTarget, 'managedImage'>): Platform {
  // Nothing asks for an extra of the file itself; pip evaluates its markers so: `Requirement.match_markers`.
  const known: Platform = { ...platform, extra: '' }
  if (pythonVersion === undefined) return known
  return {
    ...known,
    python_version: pythonVersion.split('.').slice(0, 2).join('.'),
    python_full_version: pythonVersion,
    implementation_version: pythonVersion,
  }
}

/** Tells whether the entry counts; true where it has no marker. */
export function appliesOn(environment: Platform, entry: Entry): Truth {
  const marker = isPackage(entry) ? entry.marker : undefined
  return marker === undefined ? true : evaluateMarker(marker, environment)
}

/**
 * Evaluates a marker as pip does. Undefined where the environment does not say, where releases of `packaging` disagree,
 * or where pip fails over the comparison: false is only said of what holds nowhere.
 */
export function evaluateMarker(marker: Marker, environment: Platform): Truth {
  if (marker.kind === 'comparison') return evaluateComparison(marker, environment)
  const decisive = marker.kind === 'or'
  let truth: Truth = !decisive
  for (const term of marker.terms) {
    const one = evaluateMarker(term, environment)
    if (one === decisive) return decisive
    if (one === undefined) truth = undefined
  }
  return truth
}

function evaluateComparison({ left, operator, right }: MarkerComparison, environment: Platform): Truth {
  // Between two literals, or two variables, `packaging` takes one for the name of the other.
  if (left.kind === right.kind) return undefined
  const variable = left.kind === 'variable' ? left.name : right.kind === 'variable' ? right.name : undefined
  const value = variable === undefined ? undefined : environment[variable]
  if (variable === undefined || value === undefined) return undefined

  const [one, other] = [left, right].map(operand => {
    if (operand.kind === 'variable') return value
    return variable === 'extra' ? normalizedName(operand.value) : operand.value
  })
  if (one === undefined || other === undefined) return undefined
  const specifiers = VERSIONS.has(variable) ? specifiersOf(operator + other) : undefined
  const [specifier, ...more] = specifiers ?? []
  const isOne = specifier !== undefined && more.length === 0 && !other.includes(',')
  return isOne ? satisfies(specifier, one) : TEXT_COMPARISONS[operator]?.(one, other)
}

/** Compares texts; what is not here compares versions alone. */
const TEXT_COMPARISONS: { readonly [operator in MarkerOperator]?: (one: string, other: string) => Truth } = {
  in: (one, other) => other.includes(one),
  'not in': (one, other) => !other.includes(one),
  '==': (one, other) => one === other,
  '!=': (one, other) => one !== other,
  // Up to release 25, `packaging` orders texts by the alphabet; since then it gives them no order.
  '<=': (one, other) => one === other || unlessOrdered(one < other),
  '>=': (one, other) => one === other || unlessOrdered(one > other),
  '<': (one, other) => unlessOrdered(one < other),
  '>': (one, other) => unlessOrdered(one > other),
}

function unlessOrdered(ordered: boolean): Truth {
  return ordered ? undefined : false
}
