import type { RequirementEntry } from '../entry.js'
import { quoted } from '../rejection.js'
import { packageText } from './package-text.js'
import { type LineCheck, noRemarks } from './remark.js'
import { admits } from './version-range.js'

/** `unpinned`: the same file builds another image once a newer version is published. */
export const pinRemarks: LineCheck = ({ entry, applies }) => {
  if (entry.kind !== 'requirement' || entry.url !== undefined || applies === false || isPinned(entry)) return noRemarks
  const name = quoted(entry.name)
  return [
    {
      id: 'unpinned',
      message: `The version of ${name} is not pinned, so the next build may install another one. Pin it with "==".`,
      span: entry.nameSpan,
    },
  ]
}

/** `managed-image-conflict`: the line replaces what code written for the managed image may count on. */
export const managedImageRemarks: LineCheck = ({ entry, applies }, { managedImage }) => {
  if (managedImage === undefined || entry.kind !== 'requirement' || applies === false) return noRemarks
  const held = managedImage.versions.get(entry.normalizedName)
  if (held === undefined || !entry.specifiers.some(specifier => admits(specifier, held) === false)) return noRemarks
  return [
    {
      id: 'managed-image-conflict',
      message: `The managed image ${managedImage.name} holds ${entry.normalizedName} ${held}, and ${quoted(packageText(entry).shown)} replaces it. Write "==${held}" to keep it.`,
      span: entry.nameSpan,
    },
  ]
}

function isPinned({ specifiers }: RequirementEntry): boolean {
  return specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
}
