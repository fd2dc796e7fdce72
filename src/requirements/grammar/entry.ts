import { type NamedRequirement, normalizedName, parseNamedRequirement } from './named-requirement.js'
import { checkEditable, isArchivePath, isUrl, looksLikePath, projectAt } from './direct-reference.js'
import type { LogicalLine } from './logical-line.js'
import { type Marker, parseMarker } from './marker.js'
import { type Option, type Options, parseOptions } from './option.js'
import type { Locate, Span } from './position.js'
import { redactLine } from '../../redact.js'
import { ParseError } from './parse-error.js'
import type { Specifier } from './specifier.js'
import { skipSpace, skipSpaceBack } from './python-whitespace.js'

/** Holds one logical line of a requirements file that is not empty. */
export type Entry = RequirementEntry | OptionEntry | PathOrUrlEntry | InvalidEntry

/** Holds an entry that requires a package. */
export type PackageEntry = RequirementEntry | PathOrUrlEntry

/** Tells whether an entry requires a package. */
export function isPackage(entry: Entry): entry is PackageEntry {
  return entry.kind === 'requirement' || entry.kind === 'path-or-url'
}

/** What every entry has. */
type EntryBase = {
  /** The logical line: continuation lines joined, without comment. */
  readonly text: string
  /** The same without the passwords of URLs; the same text where there are none. */
  readonly shown: string
  /** From its first to its last character, comment excluded; over several lines where it is continued. */
  readonly span: Span
}

/** Holds a package by name: `numpy[extra]>=1.0; python_version < "3.12" --hash=sha256:…`, or `name @ url`. */
export type RequirementEntry = EntryBase &
  Options & {
    readonly kind: 'requirement'
    /** As written. */
    readonly name: string
    readonly normalizedName: string
    readonly nameSpan: Span
    /** Normalised, sorted, each once. */
    readonly extras: readonly string[]
    /** In the order written; none with a `url`. */
    readonly specifiers: readonly Specifier[]
    /** Of a direct reference, `name @ url`. */
    readonly url: string | undefined
    readonly marker: Marker | undefined
  }

/** Holds a line of options only. */
export type OptionEntry = EntryBase & Options & { readonly kind: 'option' }

/** Holds a package by place: a URL, a local directory or an archive, editable (`-e`) or not. */
export type PathOrUrlEntry = EntryBase &
  Options & {
    readonly kind: 'path-or-url'
    /** The URL or path, as written. */
    readonly target: string
    readonly isUrl: boolean
    readonly editable: boolean
    /** Of the project, as far as the target tells. */
    readonly normalizedName: string | undefined
    readonly marker: Marker | undefined
  }

/** A line that pip would reject. */
type InvalidEntry = EntryBase & {
  readonly kind: 'invalid'
  /** What is wrong, and what to do: a sentence each. */
  readonly problem: string
  readonly remedy: string
  /** The part of the line that is wrong; empty where something is missing at the end. */
  readonly at: Span
}

type SpanOf = (start: number, end: number) => Span

/** Parses a logical line of the text that `locate` knows. Never throws: what pip would reject is an `invalid` entry. */
export function entryOf(line: LogicalLine, locate: Locate): Entry {
  const { text, comment } = line
  const span = spanIn(line, locate, 0, text.length)
  // Half a million lines may be kept, so nothing is kept twice.
  const spanOf: SpanOf = (start, end) => {
    if (start > 0) return spanIn(line, locate, start, end)
    return end === text.length ? span : { start: span.start, end: spanIn(line, locate, start, end).end }
  }
  const base = { text, shown: redactLine(text, comment?.text), span }
  try {
    return parseEntry(base, spanOf)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const at = spanOf(error.start, error.end)
    const { problem, remedy } = adviceFor(error, base)
    return { ...base, kind: 'invalid', problem: once(problem), remedy, at }
  }
}

const problems = new Map<string, string>()

/** Returns the text itself, or an equal one that is kept already: half a million lines may be wrong in the same way. */
function once(problem: string): string {
  const known = problems.get(problem)
  if (known !== undefined) return known
  if (problems.size === 100) problems.clear()
  problems.set(problem, problem)
  return problem
}

/**
 * Returns the entry as it may be shown: that of its line without the passwords of URLs, which may be of another kind. It
 * is the entry itself where there are none. Whatever quotes an entry comes from this one.
 */
export function redactedEntry(entry: Entry): Entry {
  if (entry.shown === entry.text) return entry
  const { shown, span } = entry
  const base = { text: shown, shown, span }
  try {
    return parseEntry(base, () => span)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { ...base, kind: 'invalid', problem: error.problem, remedy: error.remedy, at: span }
  }
}

/** Says what is wrong; where that might quote a password, it is what would be wrong with the line without. */
function adviceFor({ problem, remedy }: ParseError, base: EntryBase): Pick<InvalidEntry, 'problem' | 'remedy'> {
  if (base.shown === base.text) return { problem, remedy }
  const redacted = redactedEntry({ ...base, kind: 'invalid', problem, remedy, at: base.span })
  if (redacted.kind === 'invalid') return redacted
  return { problem: 'Something in the URL or after it is wrong; it may be a password, and is not shown.', remedy }
}

function spanIn({ text, offsetAt }: LogicalLine, locate: Locate, start: number, end: number): Span {
  // The end is taken from the last character: the one after it may stand on another physical line.
  const first = Math.min(start, text.length)
  const last = Math.min(end, text.length) - 1
  const from = first < text.length ? offsetAt(first) : offsetAt(text.length - 1) + 1
  return { start: locate(from), end: locate(last < first ? from : offsetAt(last) + 1) }
}

function parseEntry(base: EntryBase, spanOf: SpanOf): Entry {
  const { text } = base
  const optionsAt = startOfOptions(text)
  const options = optionsAt === text.length ? noOptions : parseOptions(text.slice(optionsAt), optionsAt, spanOf)
  const editable = options.options.find(({ name }) => name === '--editable')
  if (optionsAt === 0) {
    return editable === undefined ? { ...base, ...options, kind: 'option' } : editableEntry(base, options, editable)
  }
  if (editable !== undefined) {
    throw new ParseError('-e is not at the start of the line.', optionsAt, text.length, 'Give it its own line.')
  }
  return packageEntry(base, text.slice(0, optionsAt), options, spanOf)
}

const noOptions: Options = { options: [], ignored: [] }

/** Index at which the options of a line start. pip splits at spaces alone: an option after a tab is none. */
function startOfOptions(text: string): number {
  if (text.startsWith('-')) return 0
  const index = text.indexOf(' -')
  return index === -1 ? text.length : index + 1
}

function packageEntry(base: EntryBase, text: string, options: Options, spanOf: SpanOf): Entry {
  const { target, start, marker } = splitMarker(text)
  const named = requirementIn(target, start)
  if (named === undefined) {
    const place = { target, isUrl: isUrl(target), editable: false, normalizedName: projectAt(target, start) }
    return { ...base, ...options, kind: 'path-or-url', ...place, marker }
  }
  const { name, extras, specifiers, url } = named
  return {
    text: base.text,
    shown: base.shown,
    span: base.span,
    options: options.options,
    ignored: options.ignored,
    kind: 'requirement',
    name,
    normalizedName: normalizedName(name),
    nameSpan: spanOf(start, start + name.length),
    extras,
    specifiers,
    url,
    marker,
  }
}

/** The package by name; undefined where it is one by place. */
function requirementIn(target: string, start: number): NamedRequirement | undefined {
  if (isUrl(target) || isArchivePath(target)) return undefined
  try {
    return parseNamedRequirement(target, start)
  } catch (error) {
    if (error instanceof ParseError && looksLikePath(target)) return undefined
    throw error
  }
}

/**
 * Separates the marker as pip does before it looks at anything else: at the first semicolon, or for a URL at the first
 * one with a space after it. A semicolon with nothing after it is ignored.
 */
function splitMarker(text: string) {
  const semicolon = text.indexOf(isUrl(text) ? '; ' : ';')
  const targetEnd = semicolon === -1 ? text.length : semicolon
  const start = skipSpace(text, 0, targetEnd)
  const target = text.slice(start, skipSpaceBack(text, start, targetEnd))
  if (semicolon === -1) return { target, start, marker: undefined }

  const markerStart = skipSpace(text, semicolon + 1, text.length)
  const marker = text.slice(markerStart, skipSpaceBack(text, markerStart, text.length))
  return { target, start, marker: marker === '' ? undefined : parseMarker(marker, markerStart) }
}

/** `-e path` or `-e URL#egg=name`. */
function editableEntry(base: EntryBase, { options, ignored }: Options, editable: Option): PathOrUrlEntry {
  const target = editable.value ?? ''
  const start = Math.max(base.text.indexOf(target), 0)
  if (target === '') throw new ParseError('-e needs a path or a URL.', 0, base.text.length)
  const name = projectAt(target, start)
  checkEditable(target, name, start)
  const others = options.filter(option => option !== editable)
  return {
    ...base,
    options: others.filter(option => option.name !== '--editable'),
    // pip builds the first of several -e on a line and ignores the others.
    ignored: [...ignored, ...others.filter(option => option.name === '--editable').map(option => option.span)],
    kind: 'path-or-url',
    target,
    isUrl: isUrl(target),
    editable: true,
    normalizedName: name,
    marker: undefined,
  }
}
