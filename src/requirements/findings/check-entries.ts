import { runAtOnce, isSliceOver, type SlicedWork } from '../../time-slice.js'
import type { Requirements } from '../requirements.js'
import { checkDuplicates } from './duplicate.js'
import { type Finding, finding } from './finding.js'
import { appliesOn, markerEnvironment } from '../evaluate/evaluate-marker.js'
import { checkMarker, checkManagedImage, checkPin, checkReference } from './package-checks.js'
import { createDiagnosticList } from './diagnostic.js'
import { readFailureFinding } from './read-failure-finding.js'
import { checkHashes, checkOptions } from './options.js'
import { createSourceMap } from './source-map.js'
import type { CheckedEntry, EntryCheck } from './diagnostic.js'
import type { PythonTarget } from '../evaluate/python-target.js'

/** `syntax`: what pip would reject. */
const checkSyntax: EntryCheck = ({ entry }, _, tell) => {
  if (entry.kind === 'invalid') tell('syntax', entry.at, () => `pip would reject this line: ${entry.message}.`)
}

const LINE_CHECKS: readonly EntryCheck[] = [
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
 * included. Of findings that are alike, thousands are told; the rest are counted. Never throws, whatever the text; the
 * time is in proportion to its length.
 */
export function* checkEntriesInSlices(
  requirements: Requirements,
  target: PythonTarget,
): SlicedWork<readonly Finding[]> {
  const environment = markerEnvironment(target)
  const placement = createSourceMap(requirements)
  const remarks = createDiagnosticList()
  let count = 0
  for (const entry of requirements.entries) {
    const line: CheckedEntry = { entry, applies: appliesOn(environment, entry) }
    for (const lineCheck of LINE_CHECKS) lineCheck(line, target, remarks.tell)
    if (isSliceOver(++count)) yield
  }
  yield* checkDuplicates(requirements.entries, target, placement, remarks.tell)
  return [
    ...requirements.unread.map(readFailureFinding),
    ...remarks.all().map(({ id, message, span, severity }) => finding(id, message, placement(span), severity)),
  ]
}

/** {@link checkEntriesInSlices}, in one go. */
export function checkEntries(requirements: Requirements, target: PythonTarget): readonly Finding[] {
  return runAtOnce(checkEntriesInSlices(requirements, target))
}
