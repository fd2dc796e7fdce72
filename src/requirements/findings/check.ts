import type { Requirements } from '../requirements.js'
import { duplicateRemarks } from './duplicate.js'
import { type Finding, finding } from './finding.js'
import { environmentOf, truthOf } from './marker-truth.js'
import { markerRemarks } from './marker-excludes.js'
import { findingOf } from './include.js'
import { hashRemarks, optionRemarks } from './options.js'
import { managedImageRemarks, pinRemarks } from './pinning.js'
import { placementIn } from './placement.js'
import { referenceRemarks } from './references.js'
import type { Line, LineCheck, Remark } from './remark.js'
import type { CheckTarget } from './target.js'

/** `syntax`: what pip would reject. */
const syntaxRemarks: LineCheck = ({ entry }) =>
  entry.kind === 'invalid'
    ? [{ id: 'syntax', message: `pip would reject this line: ${entry.message}.`, span: entry.at }]
    : []

const LINE_CHECKS: readonly LineCheck[] = [
  syntaxRemarks,
  optionRemarks,
  referenceRemarks,
  hashRemarks,
  pinRemarks,
  markerRemarks,
  managedImageRemarks,
]

/**
 * Checks requirements for what would fail, or go another way than meant, on the target. The findings are in the order of
 * the text in which included files stand in the place of what includes them, after those of files that could not be
 * included. Never throws, whatever the text; the time is in proportion to its length.
 */
export function check(requirements: Requirements, target: CheckTarget): readonly Finding[] {
  const environment = environmentOf(target)
  const lines: readonly Line[] = requirements.entries.map(entry => {
    const marker = entry.kind === 'requirement' || entry.kind === 'path-or-url' ? entry.marker : undefined
    return { entry, applies: marker === undefined ? true : truthOf(marker, environment) }
  })
  const placement = placementIn(requirements)
  const remarks: Remark[] = lines.flatMap(line => LINE_CHECKS.flatMap(lineCheck => lineCheck(line, target)))
  for (const remark of duplicateRemarks(lines, target, placement)) remarks.push(remark)
  remarks.sort(inOrderOfText)
  return [
    ...requirements.unread.flatMap(failure => findingOf(failure, requirements.files[0] ?? '') ?? []),
    ...remarks.map(({ id, message, span, severity }) => finding(id, message, placement(span), severity)),
  ]
}

function inOrderOfText({ span: { start: one } }: Remark, { span: { start: other } }: Remark): number {
  return one.line - other.line || one.column - other.column
}
