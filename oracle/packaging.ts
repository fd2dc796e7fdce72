import { ENVIRONMENTS, MARKERS } from '../__tests__/requirements/findings/markers.js'
import { GRID, SPECIFIERS, SUFFIXES } from '../__tests__/requirements/findings/versions.js'
import type { PackagingSaid } from '../__tests__/requirements/packaging-said.js'
import { DIFFERENT, EQUAL } from '../__tests__/requirements/spellings.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { packagingRelease } from './releases.js'

const PROGRAM = String.raw`
import json, sys
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

def value(marker, environment):
    try:
        return Marker(marker).evaluate(environment)
    except Exception:
        return None

asked = json.load(sys.stdin)
json.dump({
    'equal': [Requirement(one) == Requirement(other) for one, other in asked['pairs']],
    'markers': [[value(marker, each) for each in asked['environments']] for marker in asked['markers']],
    'admitted': [
        [SpecifierSet(specifier).contains(version, prereleases=True) for version in asked['versions']]
        for specifier in asked['specifiers']
    ],
}, sys.stdout)
`

/** The answers in the order of the questions. */
type Answer = {
  readonly equal: readonly boolean[]
  readonly markers: readonly (readonly (boolean | null)[])[]
  readonly admitted: readonly (readonly boolean[])[]
}

/** What `packaging` says of equality, of markers, and of the versions that a specifier admits. */
export const packaging: Recording = {
  name: 'packaging',
  ask: (): PackagingSaid => {
    const pairs = [...EQUAL, ...DIFFERENT]
    const markers = MARKERS.map(([marker]) => marker)
    const answer = askPython(environmentWith(`packaging==${packagingRelease}`), PROGRAM, {
      pairs,
      markers,
      environments: ENVIRONMENTS,
      versions: GRID,
      specifiers: SPECIFIERS,
    }) as Answer
    return {
      said: `packaging ${packagingRelease}`,
      equal: Object.fromEntries(pairs.map((pair, index) => [pair.join(' / '), answer.equal[index]!])),
      markers: Object.fromEntries(markers.map((marker, index) => [marker, answer.markers[index]!])),
      admitted: Object.fromEntries(
        SPECIFIERS.map((specifier, index) => [specifier, signs(answer.admitted[index]!)] as const),
      ),
    }
  },
}

/** A sign for each version of the grid, with a space between releases. */
function signs(admitted: readonly boolean[]): string {
  const all = admitted.map(each => (each ? '+' : '-')).join('')
  return (all.match(new RegExp(`.{${SUFFIXES.length}}`, 'g')) ?? []).join(' ')
}
