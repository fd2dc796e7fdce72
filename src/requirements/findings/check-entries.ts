import { isSliceOver, type SlicedWork } from '../../time-slice.js'
import type { Requirements } from '../requirements.js'
import { checkDuplicates } from './duplicate.js'
import { type Finding, finding } from './finding.js'
import { appliesOn, markerEnvironment } from '../evaluate/evaluate-marker.js'
import { checkMarker, checkManagedImage, checkPin, checkReference } from './package-checks.js'
import { createDiagnosticList } from './diagnostic.js'
import { checkHashes, checkOptions } from './options.js'
import { createSourceMap } from './source-map.js'
import type { EvaluatedEntry, EntryCheck } from './diagnostic.js'
import type { Unread } from '../file/read-failure.js'
import type { PythonTarget } from '../evaluate/python-target.js'

/** `syntax`: what pip would reject. */
const checkSyntax: EntryCheck = ({ entry }, _, add) => {
  if (entry.kind === 'invalid') add('syntax', entry.at, () => entry)
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
  const diagnostics = createDiagnosticList()
  let count = 0
  for (const entry of requirements.entries) {
    const line: EvaluatedEntry = { entry, applies: appliesOn(environment, entry) }
    for (const check of ENTRY_CHECKS) check(line, target, diagnostics.add)
    if (isSliceOver(++count)) yield
  }
  yield* checkDuplicates(requirements.entries, target, placeOf, diagnostics.add)
  return [
    ...requirements.unread.map(includeFinding),
    ...diagnostics.all().map(({ id, advice, span, severity }) => finding(id, advice, placeOf(span), severity)),
  ]
}

/** Makes the finding that a file is which could not be included, at the line that names it. */
export function includeFinding({ advice, place }: Unread): Finding {
  const { file, line, column = 1, endColumn = column + 1 } = place
  return finding('include', advice, { file, line, column, endColumn })
}
