import { isUrl } from '../location.js'
import { quoted } from '../rejection.js'
import type { Span } from '../position.js'
import { type LineCheck, noRemarks, type Remark } from './remark.js'

/** `unsupported-option` for what lies on a disk that the service has not, `direct-reference` for other URLs. */
export const referenceRemarks: LineCheck = ({ entry }) => {
  if (entry.kind === 'path-or-url') {
    if (entry.editable) return [unsupported('An editable install (-e) is not supported.', entry.span)]
    if (isLocal(entry.target)) return [unsupported('A local path is not supported.', entry.span)]
  } else if (entry.kind === 'requirement' && entry.url !== undefined) {
    if (isLocal(entry.url)) return [unsupported('A local path is not supported.', entry.span)]
  } else {
    return noRemarks
  }
  // The URL itself is not quoted: it may hold a password.
  const named =
    entry.normalizedName === undefined ? 'a published package' : `${quoted(entry.normalizedName)} and a version`
  return [
    {
      id: 'direct-reference',
      message: `This line names a package by a URL, while the service documents names and versions only. Name ${named} instead.`,
      span: entry.span,
    },
  ]
}

function unsupported(what: string, span: Span): Remark {
  const message = `${what} The service gets this text alone and has none of your files. Name a published package and a version.`
  return { id: 'unsupported-option', message, span }
}

function isLocal(target: string): boolean {
  return !isUrl(target) || /^(?:[a-z]+\+)?file:/i.test(target)
}
