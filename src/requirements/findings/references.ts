import { isUrl } from '../grammar/direct-reference.js'
import { quoted } from '../grammar/parse-error.js'
import type { EntryCheck } from './diagnostic.js'

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
