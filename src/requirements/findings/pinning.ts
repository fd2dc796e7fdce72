import type { RequirementEntry } from '../entry.js'
import { quoted } from '../rejection.js'
import { packageText } from './package-text.js'
import type { LineCheck } from './remark.js'
import { admits } from './version-range.js'

/** `unpinned`: the same file builds another image once a newer version is published. */
export const checkPin: LineCheck = ({ entry, applies }, _, tell) => {
  if (entry.kind !== 'requirement' || entry.url !== undefined || applies === false || isPinned(entry)) return
  const { name, nameSpan } = entry
  tell('unpinned', nameSpan, () => {
    return `The version of ${quoted(name)} is not pinned, so the next build may install another one. Pin it with "==".`
  })
}

/** `managed-image-conflict`: the line replaces what code written for the managed image may count on. */
export const checkManagedImage: LineCheck = ({ entry, applies }, { managedImage }, tell) => {
  if (managedImage === undefined || entry.kind !== 'requirement' || applies === false) return
  const held = managedImage.versions.get(entry.normalizedName)
  if (held === undefined || !entry.specifiers.some(specifier => admits(specifier, held) === false)) return
  tell('managed-image-conflict', entry.nameSpan, () => {
    return `The managed image ${managedImage.name} holds ${entry.normalizedName} ${held}, and ${quoted(packageText(entry).shown)} replaces it. Write "==${held}" to keep it.`
  })
}

function isPinned({ specifiers }: RequirementEntry): boolean {
  return specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
}
