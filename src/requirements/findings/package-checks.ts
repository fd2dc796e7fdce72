import type { RequirementEntry } from '../grammar/entry.js'
import { quoted } from '../grammar/parse-error.js'
import { packageText } from '../package-text.js'
import type { EntryCheck } from './diagnostic.js'
import { satisfies } from '../evaluate/version-range.js'
import type { Span } from '../grammar/position.js'
import { skipSpace, skipSpaceBack } from '../grammar/python-whitespace.js'
import { formatPythonTarget } from '../evaluate/python-target.js'
import { isUrl } from '../grammar/direct-reference.js'

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

/** `marker-excludes`: a line that never has an effect on the target. */
export const checkMarker: EntryCheck = ({ entry, applies }, target, tell) => {
  if (applies !== false || (entry.kind !== 'requirement' && entry.kind !== 'path-or-url')) return
  tell('marker-excludes', entry.kind === 'requirement' ? markerSpan(entry) : entry.span, () => {
    const name = entry.normalizedName === undefined ? 'the package' : quoted(entry.normalizedName)
    return `This marker is never true on the target, ${formatPythonTarget(target)}, so ${name} is not installed. Correct the marker or remove the line.`
  })
}

/** The marker with the options after it left out; of an entry over several lines, the whole. */
function markerSpan({ text, span }: RequirementEntry): Span {
  const { start, end } = span
  if (start.line !== end.line) return span
  const semicolon = text.indexOf(';')
  const options = text.indexOf(' -')
  const from = skipSpace(text, semicolon + 1, text.length)
  const until = skipSpaceBack(text, from, options === -1 ? text.length : options)
  if (semicolon === -1 || until <= from) return span
  const at = (index: number) => ({ line: start.line, column: start.column + index })
  return { start: at(from), end: at(until) }
}

/** `unsupported-option` for what lies on a disk that the service has not, `direct-reference` for other URLs. */
export const checkReference: EntryCheck = ({ entry }, _, tell) => {
  if (entry.kind !== 'path-or-url' && entry.kind !== 'requirement') return
  const place = entry.kind === 'path-or-url' ? entry.target : entry.url
  if (place === undefined) return
  const { normalizedName, span } = entry
  if (entry.kind === 'path-or-url' && entry.editable) {
    tell('unsupported-option', span, () => unsupported('An editable install (-e)'))
  } else if (isLocal(place)) {
    tell('unsupported-option', span, () => unsupported('A local path'))
  } else {
    // The URL itself is not quoted: it may hold a password.
    tell('direct-reference', span, () => {
      const named = normalizedName === undefined ? 'a published package' : `${quoted(normalizedName)} and a version`
      return `This line names a package by a URL, while the service documents names and versions only. Name ${named} instead.`
    })
  }
}

function unsupported(what: string): string {
  return `${what} is not supported. The service gets this text alone and has none of your files. Name a published package and a version.`
}

function isLocal(target: string): boolean {
  return !isUrl(target) || /^(?:[a-z]+\+)?file:/i.test(target)
}
