import { isSliceOver, type SlicedWork } from '../../time-slice.js'
import type { Requirements } from '../requirements.js'
import { checkDuplicates } from './duplicate.js'
import { type Finding, finding, findingAt } from './finding.js'
import { appliesOn, markerEnvironment } from '../evaluate/evaluate-marker.js'
import { checkMarker, checkManagedImage, checkPin, checkReference } from './package-checks.js'
import { createDiagnosticList, type EntryCheck, type EvaluatedEntry } from './diagnostic.js'
import { checkHashes, checkOptions } from './options.js'
import { hintFor } from './hint.js'
import { createSourceMap } from './source-map.js'
import type { ReadFailure } from '../file/read-failure.js'
import type { PythonTarget } from '../evaluate/python-target.js'

/** `syntax`: what pip would reject. */
const checkSyntax: EntryCheck = ({ entry }, _, add) => {
  if (entry.kind !== 'invalid') return
  add('syntax', entry.at, () => {
    const { problem, remedy, shown } = entry
    return { problem, remedy: hintFor(shown)?.text ?? remedy }
  })
}

const ENTRY_CHECKS: readonly EntryCheck[] = [
  checkSyntax,
  checkOptions,
  checkReference,
  checkHashes,
  checkPin,
  checkMarker,
  checkManagedImage,
]

/**
 * Checks requirements for what would fail, or go another way than meant, on the target. The findings are in the order of
 * the text in which included files stand in the place of what includes them, after those of files that could not be
 * included. Of findings that are alike, thousands are listed; the rest are counted. Never throws, whatever the text; the
 * time is in proportion to its length.
 */
export function* checkEntries(requirements: Requirements, target: PythonTarget): SlicedWork<readonly Finding[]> {
  const environment = markerEnvironment(target)
  const placeOf = createSourceMap(requirements)
  const { add, all } = createDiagnosticList()
  let count = 0
  for (const entry of requirements.entries) {
    const line: EvaluatedEntry = { entry, applies: appliesOn(environment, entry) }
    for (const check of ENTRY_CHECKS) check(line, target, add)
    if (isSliceOver(++count)) yield
  }
  yield* checkDuplicates(requirements.entries, target, { placeOf, add })
  return [
    ...requirements.unread.map(includeFinding),
    ...all().map(({ id, advice, span, severity }) => finding(id, advice, placeOf(span), severity)),
  ]
}

/** Makes the finding that a failure to read an included file is, at the `-r` line. */
function includeFinding({ places, headline, remedy }: ReadFailure): Finding {
  return findingAt('include', { problem: headline, remedy }, places[0])
}
