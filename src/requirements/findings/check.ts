import { inOneGo, isTurnOver, type LongWork } from '../../long-work.js'
import type { Requirements } from '../requirements.js'
import { checkDuplicates } from './duplicate.js'
import { type Finding, finding } from './finding.js'
import { appliesOn, environmentOf } from './marker-truth.js'
import { checkMarker } from './marker-excludes.js'
import { gathering } from './gathering.js'
import { findingOf } from './include.js'
import { checkHashes, checkOptions } from './options.js'
import { checkManagedImage, checkPin } from './pinning.js'
import { placementIn } from './placement.js'
import { checkReference } from './references.js'
import type { Line, LineCheck } from './remark.js'
import type { CheckTarget } from './target.js'

/** `syntax`: what pip would reject. */
const checkSyntax: LineCheck = ({ entry }, _, tell) => {
  if (entry.kind === 'invalid') tell('syntax', entry.at, () => `pip would reject this line: ${entry.message}.`)
}

const LINE_CHECKS: readonly LineCheck[] = [
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
export function* checking(requirements: Requirements, target: CheckTarget): LongWork<readonly Finding[]> {
  const environment = environmentOf(target)
  const placement = placementIn(requirements)
  const remarks = gathering()
  let count = 0
  for (const entry of requirements.entries) {
    const line: Line = { entry, applies: appliesOn(environment, entry) }
    for (const lineCheck of LINE_CHECKS) lineCheck(line, target, remarks.tell)
    if (isTurnOver(++count)) yield
  }
  yield* checkDuplicates(requirements.entries, target, placement, remarks.tell)
  return [
    ...requirements.unread.flatMap(failure => findingOf(failure, requirements.files[0] ?? '') ?? []),
    ...remarks.all().map(({ id, message, span, severity }) => finding(id, message, placement(span), severity)),
  ]
}

/** {@link checking}, in one go. */
export function check(requirements: Requirements, target: CheckTarget): readonly Finding[] {
  return inOneGo(checking(requirements, target))
}
