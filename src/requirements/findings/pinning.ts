import type { RequirementEntry } from '../grammar/entry.js'
import { quoted } from '../grammar/parse-error.js'
import { packageText } from '../package-text.js'
import type { EntryCheck } from './diagnostic.js'
import { satisfies } from '../evaluate/version-range.js'

/** `unpinned`: the same file builds another image once a newer version is published. */
export const checkPin: EntryCheck = ({ entry, applies }, _, tell) => {
  if (entry.kind !== 'requirement' || entry.url !== undefined || applies === false || isPinned(entry)) return
  const { name, nameSpan } = entry
  tell('unpinned', nameSpan, () => {
    return `The version of ${quoted(name)} is not pinned, so the next build may install another one. Pin it with "==".`
  })
}

/** `managed-image-conflict`: the line replaces what code written for the managed image may count on. */
export const checkManagedImage: EntryCheck = ({ entry, applies }, { managedImage }, tell) => {
  if (managedImage === undefined || entry.kind !== 'requirement' || applies === false) return
  const held = managedImage.versions.get(entry.normalizedName)
  if (held === undefined || !entry.specifiers.some(specifier => satisfies(specifier, held) === false)) return
  tell('managed-image-conflict', entry.nameSpan, () => {
    return `The managed image ${managedImage.name} holds ${entry.normalizedName} ${held}, and ${quoted(packageText(entry).shown)} replaces it. Write "==${held}" to keep it.`
  })
}

function isPinned({ specifiers }: RequirementEntry): boolean {
  return specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
}
