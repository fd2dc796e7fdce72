import { isPackage, type RequirementEntry } from '../grammar/entry.js'
import { quoted } from '../grammar/parse-error.js'
import { packageText } from '../package-text.js'
import type { EntryCheck } from './diagnostic.js'
import type { Advice } from './finding.js'
import { satisfies } from '../evaluate/version-range.js'
import type { Span } from '../grammar/position.js'
import { skipSpace, skipSpaceBack } from '../grammar/python-whitespace.js'
import { formatPythonTarget } from '../evaluate/python-target.js'
import { isUrl } from '../grammar/direct-reference.js'

/** Finds `unpinned`: the same file builds another image once a newer version is published. */
export const checkPin: EntryCheck = ({ entry, applies }, _, add) => {
  if (entry.kind !== 'requirement' || entry.url !== undefined || applies === false || isPinned(entry)) return
  const { name, nameSpan } = entry
  add('unpinned', nameSpan, () => ({
    problem: `The version of ${quoted(name)} is not pinned, so the next build may install another one.`,
    remedy: 'Pin it with "==".',
  }))
}

/** Finds `managed-image-conflict`: the line replaces what code written for the managed image may count on. */
export const checkManagedImage: EntryCheck = ({ entry, applies }, { managedImage }, add) => {
  if (managedImage === undefined || entry.kind !== 'requirement' || applies === false) return
  const held = managedImage.packages.get(entry.normalizedName)
  if (held === undefined || !entry.specifiers.some(specifier => satisfies(specifier, held) === false)) return
  add('managed-image-conflict', entry.nameSpan, () => ({
    problem: `The managed image ${managedImage.name} holds ${entry.normalizedName} ${held}, which ${quoted(packageText(entry).shown)} replaces.`,
    remedy: `Write "==${held}" to keep it.`,
  }))
}

function isPinned({ specifiers }: RequirementEntry): boolean {
  return specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
}

/** Finds `marker-excludes`: a line that never has an effect on the target. */
export const checkMarker: EntryCheck = ({ entry, applies }, target, add) => {
  if (applies !== false || !isPackage(entry)) return
  add('marker-excludes', entry.kind === 'requirement' ? markerSpan(entry) : entry.span, () => {
    const name = entry.normalizedName === undefined ? 'the package' : quoted(entry.normalizedName)
    return {
      problem: `This marker is never true for ${formatPythonTarget(target)}, so ${name} is not installed.`,
      remedy: 'Correct the marker, or remove the line.',
    }
  })
}

/** Finds the marker, the options after it left out; of an entry over several lines, the whole. */
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

/** Finds `unsupported-option` for what is not on the service's disk, and `direct-reference` for other URLs. */
export const checkReference: EntryCheck = ({ entry }, _, add) => {
  if (!isPackage(entry)) return
  const place = entry.kind === 'path-or-url' ? entry.target : entry.url
  if (place === undefined) return
  const { normalizedName, span } = entry
  if (entry.kind === 'path-or-url' && entry.editable) {
    add('unsupported-option', span, () => unsupported('An editable install (-e)'))
  } else if (isLocal(place)) {
    add('unsupported-option', span, () => unsupported('A local path'))
  } else {
    // The URL itself is not quoted: it may hold a password.
    add('direct-reference', span, () => {
      const named = normalizedName === undefined ? 'a published package' : `${quoted(normalizedName)} and a version`
      return {
        problem: 'This line names a package by a URL, but the service documents only names and versions.',
        remedy: `Name ${named} instead.`,
      }
    })
  }
}

function unsupported(what: string): Advice {
  return {
    problem: `${what} is not supported: only the text of this file is sent to the service.`,
    remedy: 'Name a published package and a version.',
  }
}

function isLocal(target: string): boolean {
  return !isUrl(target) || /^(?:[a-z]+\+)?file:/i.test(target)
}
