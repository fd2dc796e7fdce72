import { atEnd, type Cursor, skipBlanks, take, takeClosing, takeToken, unexpected } from './cursor.js'
import { ParseError } from './parse-error.js'
import { noSpecifiers, type Specifier, takeSpecifiers } from './specifier.js'

/** Holds what PEP 508 puts before the marker: a name with extras, and either version specifiers or a URL. */
export type NamedRequirement = {
  /** As written; nothing stands before it. */
  readonly name: string
  /** Normalised, sorted, each once. */
  readonly extras: readonly string[]
  /** In the order written. */
  readonly specifiers: readonly Specifier[]
  /** Of a direct reference, `name @ url`. */
  readonly url: string | undefined
}

/**
 * Parses a requirement without its marker, as `packaging` does: https://peps.python.org/pep-0508/#grammar
 * @param base index of `text` in the logical line
 * @throws ParseError where it is not a requirement
 */
export function parseNamedRequirement(text: string, base: number): NamedRequirement {
  const cursor: Cursor = { text, base, index: 0 }
  const name = takeName(cursor)
  if (name === undefined) throw unexpected(cursor, 'the name of a package')
  skipBlanks(cursor)
  const extras = takeExtras(cursor)
  skipBlanks(cursor)
  if (takeToken(cursor, '@')) {
    skipBlanks(cursor)
    const url = take(cursor, /[^ \t]+/y)
    if (url === undefined) throw unexpected(cursor, 'a URL after "@"')
    skipBlanks(cursor)
    if (!atEnd(cursor)) throw unexpected(cursor, 'the end or a marker after the URL')
    return { name, extras, specifiers: noSpecifiers, url }
  }

  const specifiers = takeSpecifiers(cursor)
  skipBlanks(cursor)
  const next = specifiers.length === 0 ? 'a version specifier' : 'a comma'
  if (!atEnd(cursor)) throw unexpected(cursor, `${next}, a marker after ";" or the end`)
  return { name, extras, specifiers, url: undefined }
}

const noExtras: readonly string[] = []

function takeExtras(cursor: Cursor): readonly string[] {
  const open = cursor.base + cursor.index
  if (!takeToken(cursor, '[')) return noExtras
  skipBlanks(cursor)
  const extras = new Set<string>()
  for (let name = takeName(cursor); name !== undefined; name = takeName(cursor)) {
    extras.add(normalizedName(name))
    skipBlanks(cursor)
    if (!takeToken(cursor, ',')) break
    skipBlanks(cursor)
    // Other than in a version specifier, a comma may not end this list.
    if (takeToken(cursor, ']'))
      throw new ParseError('An extra is missing after the comma.', cursor.base + cursor.index - 1)
  }
  skipBlanks(cursor)
  takeClosing(cursor, '[]', open, 'the name of an extra, a comma or "]"')
  return [...extras].sort()
}

/** Returns the compared form of a project's or an extra's name: https://peps.python.org/pep-0503/#normalized-names */
export function normalizedName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/** Returns the normalised name at the start of a text, without what ends a sentence; empty where there is none. */
export function nameAtStart(text: string): string {
  return normalizedName(/^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(text)?.[0] ?? '').replace(/-$/, '')
}

/** Reads a name. As in `packaging`, it may end in an underscore, but not in a hyphen or a full stop. */
function takeName(cursor: Cursor): string | undefined {
  const start = cursor.index
  const run = take(cursor, /[A-Za-z0-9][A-Za-z0-9._-]*/y)
  if (run === undefined) return undefined
  let end = run.length
  while (run[end - 1] === '-' || run[end - 1] === '.') end--
  cursor.index = start + end
  return run.slice(0, end)
}
