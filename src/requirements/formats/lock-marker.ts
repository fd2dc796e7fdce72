import { evaluateMarker } from '../evaluate/evaluate-marker.js'
import type { Platform } from '../evaluate/python-target.js'
import { type Marker, type MarkerComparison, parseMarker } from '../grammar/marker.js'
import { normalizedName } from '../grammar/named-requirement.js'
import { ParseError } from '../grammar/parse-error.js'

/** Holds what markers of a lock file are evaluated for: the target, and what is chosen, in normalised names. */
export type LockEnvironment = {
  readonly environment: Platform
  readonly extras: ReadonlySet<string>
  readonly dependencyGroups: ReadonlySet<string>
}

/**
 * Evaluates a marker as far as the target is known.
 *
 * @returns true, false, or what of the marker remains to be decided
 */
export function reduceMarker(marker: Marker, lock: LockEnvironment): boolean | Marker {
  if (marker.kind === 'comparison') {
    return selected(marker, lock) ?? evaluateMarker(marker, lock.environment) ?? marker
  }
  const decisive = marker.kind === 'or'
  const rest: Marker[] = []
  for (const term of marker.terms) {
    const reduced = reduceMarker(term, lock)
    if (reduced === decisive) return decisive
    // A combination never holds one of its own kind.
    if (typeof reduced !== 'object') continue
    // There may be more terms than a call takes arguments.
    for (const each of reduced.kind === marker.kind ? reduced.terms : [reduced]) rest.push(each)
  }
  const [only] = rest
  if (only === undefined) return !decisive
  return rest.length === 1 ? only : { kind: marker.kind, terms: rest }
}

/** `"name" in extras`: a set, not a text; undefined where the comparison is another one. */
function selected({ left, operator, right }: MarkerComparison, lock: LockEnvironment): boolean | undefined {
  if (left.kind !== 'literal' || right.kind !== 'variable') return undefined
  if (operator !== 'in' && operator !== 'not in') return undefined
  const set =
    right.name === 'extras' ? lock.extras : right.name === 'dependency_groups' ? lock.dependencyGroups : undefined
  return set && set.has(normalizedName(left.value)) === (operator === 'in')
}

/** Parses a marker; undefined where it is not one. */
export function markerIn(text: string): Marker | undefined {
  try {
    return parseMarker(text.trim(), 0)
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Tells whether a marker asks for what only a lock file knows. */
export function namesSelection(marker: Marker): boolean {
  if (marker.kind !== 'comparison') return marker.terms.some(namesSelection)
  return [marker.left, marker.right].some(
    side => side.kind === 'variable' && (side.name === 'extras' || side.name === 'dependency_groups'),
  )
}
