import { listIn, objectIn, parseJson } from '../../json.js'
import { anchorsIn } from './html-anchors.js'
import { type DistributionFile, parseFileName } from './distribution-file.js'

/** Lists the forms of a page that can be read: the simple API as JSON, or else as HTML. */
export const acceptedTypes = 'application/vnd.pypi.simple.v1+json, text/html;q=0.1'

/** The largest projects have 5,000 files; of a page with more, nothing is known. */
const MOST_FILES = 20_000

/** Of `Requires-Python` and of a reason, in characters. */
const LONGEST_TEXT = 300

/** What a page says of one file. */
type Listed = { readonly name: unknown; readonly requiresPython: unknown; readonly yanked: unknown }

/**
 * Reads a project's page of the simple API, as JSON (PEP 691) or HTML (PEP 503). Undefined where it is neither, where it
 * has too many files, or where it is HTML that names no file: a page to sign in looks like that.
 *
 * @param contentType as the index gives it
 * @param project its normalised name
 */
export function parseProjectPage(
  text: string,
  contentType: string,
  project: string,
): readonly DistributionFile[] | undefined {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/vnd.pypi.simple.v1+json') {
    const page = objectIn(parseJson(text))
    return Array.isArray(page?.['files']) ? filesOf(listIn(page['files']).map(listedInJson), project) : undefined
  }
  if (type !== 'text/html' && type !== 'application/vnd.pypi.simple.v1+html') return undefined
  const files = filesOf(listedInHtml(text), project)
  return files?.length === 0 ? undefined : files
}

function filesOf(listed: Iterable<Listed>, project: string): readonly DistributionFile[] | undefined {
  const files: DistributionFile[] = []
  let count = 0
  for (const { name, requiresPython, yanked } of listed) {
    if (++count > MOST_FILES) return undefined
    const parsed = typeof name === 'string' ? parseFileName(name, project) : undefined
    if (parsed === undefined) continue
    const reason = typeof yanked === 'string' ? inOneLine(yanked) : yanked === true ? '' : undefined
    const python = typeof requiresPython === 'string' ? inOneLine(requiresPython) : ''
    files.push({ ...parsed, requiresPython: python === '' ? undefined : python, yanked: reason })
  }
  return files
}

function listedInJson(value: unknown): Listed {
  const file = objectIn(value)
  return { name: file?.['filename'], requiresPython: file?.['requires-python'], yanked: file?.['yanked'] }
}

function* listedInHtml(text: string): Generator<Listed> {
  for (const anchor of anchorsIn(text)) {
    const [path = ''] = (anchor.get('href') ?? '').split(/[?#]/, 1)
    yield {
      name: decoded(path.slice(path.lastIndexOf('/') + 1)),
      requiresPython: anchor.get('data-requires-python'),
      yanked: anchor.get('data-yanked'),
    }
  }
}

function inOneLine(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** A part of a URL as it is meant; as it is where it is broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
