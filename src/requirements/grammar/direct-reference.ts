import { normalizedName } from './named-requirement.js'
import { ParseError } from './parse-error.js'
import { isVersion } from './version.js'

// `vcs.all_schemes` of pip 26.
const VCS_URL =
  /^(?:bzr\+(?:https?|ssh|sftp|ftp|lp|file)|git\+(?:https?|ssh|git|file)|hg\+(?:file|https?|ssh|static-http)|svn\+(?:ssh|https?|svn|file)):/i

/** Tells whether pip takes the text for a URL: it starts with a scheme that pip knows. */
export function isUrl(text: string): boolean {
  return /^(?:https?|file|ftp):/i.test(text) || VCS_URL.test(text)
}

// `ARCHIVE_EXTENSIONS` of pip 26.
const ARCHIVE = /[^/\\]\.(?:zip|whl|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i

/** Tells whether pip takes the text for the path of an archive, be there such a file or not. */
export function isArchivePath(text: string): boolean {
  const at = text.indexOf('@')
  const isReference = at !== -1 && !/^\.|[/\\]/.test(text.slice(0, at))
  const path = text.endsWith(']') ? text.slice(0, text.lastIndexOf('[')) : text
  return !isReference && ARCHIVE.test(path)
}

/**
 * Tells whether a text that is no requirement is meant as a path. pip looks whether there is such a directory; whoever
 * builds the image has another disk, so the appearance has to do: a leading full stop, slash or drive, or a first part
 * that could be a directory's name.
 */
export function looksLikePath(text: string): boolean {
  return /^(?:\.|~?[/\\]|[A-Za-z]:[/\\]|[\w.+-]+[/\\])/.test(text)
}

/**
 * Returns the normalised name of the project at a URL or path, as far as the text tells: from a URL's `#egg=` or a
 * wheel's file name.
 *
 * @throws ParseError where the name of a wheel is not one
 */
export function projectAt(target: string, start: number): string | undefined {
  const end = start + target.length
  const path = isUrl(target) ? target.replace(/[?#][^]*$/, '') : target
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  if (/\.whl$/i.test(file)) return projectOfWheel(file, start, end)

  const egg = isUrl(target) ? /[#&]egg=([^&]*)/.exec(target)?.[1] : undefined
  if (egg === undefined) return undefined
  // pip takes no extras after the name any more (`_project_name_re` of pip 26.3).
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(egg)) {
    throw new ParseError('The name after "#egg=" is not the name of a package.', start, end)
  }
  return normalizedName(egg)
}

/** https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention */
function projectOfWheel(file: string, start: number, end: number): string {
  const [name = '', version = '', ...tags] = file.slice(0, -'.whl'.length).split('-')
  const named = /^[\w.]+$/.test(name) && !name.includes('__') && isVersion(version.replaceAll('_', '-'))
  const tagged = tags.length === 3 || (tags.length === 4 && /^[0-9]/.test(tags[0] ?? ''))
  if (named && tagged) return normalizedName(name)
  const remedy = 'Name the file as its index does: name-version-python-abi-platform.whl.'
  throw new ParseError('This is not the file name of a wheel.', start, end, remedy)
}

/**
 * Rejects what pip does not take after `-e`: a URL must be one of a version control system or a `file:` URL, and the
 * former must name the project.
 *
 * @throws ParseError
 */
export function checkEditable(target: string, name: string | undefined, start: number): void {
  const end = start + target.length
  if (/^(?:https?|ftp):/i.test(target)) {
    const remedy = 'Name a local path, or a URL of a version control system such as git+https://….'
    throw new ParseError('-e cannot install from a URL of this kind.', start, end, remedy)
  }
  if (VCS_URL.test(target) && name === undefined) {
    throw new ParseError('The URL does not name the package.', start, end, 'Add "#egg=NAME" at its end.')
  }
}
