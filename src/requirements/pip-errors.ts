import type { Place } from '../failure.js'
import type { Entry, RequirementEntry } from './grammar/entry.js'
import { normalizedName } from './grammar/named-requirement.js'
import { placeOf, type Requirements } from './requirements.js'
import { canonicalSpecifier, type Specifier, specifiersOf } from './grammar/specifier.js'

/** A place that pip's output blames, and why, in one sentence. */
export type BlamedLine = Place & { readonly reason: string }

// Whoever wrote the text, the time to look through it is bounded.
const LENGTH_LIMIT = 256 * 1024

/** So many statements are looked at, and so many lines of one package: a person who has to correct more starts anew. */
const MOST_STATEMENTS = 100
const MOST_LINES = 100

const NOT_FOUND = 'pip finds no version of this package that satisfies the line.'
const NOT_BUILT = 'pip cannot build this package.'
const CONFLICT = 'pip finds that this line conflicts with another one.'
const OTHER_PYTHON = 'The package does not support the Python version of the image.'
const NOT_UNDERSTOOD = 'pip does not understand this line.'

/**
 * The forms of pip's messages that name what is to blame, in the first group. Each expression starts with fixed words, or
 * at a line, and then takes a bounded stretch of one line, so that the search is linear. Most may match anywhere, for
 * services indent and wrap.
 */
const FORMS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /Could not find a version that satisfies the requirement ([^\r\n]{1,300})/g, reason: NOT_FOUND },
  { pattern: /No matching distribution found for ([^\r\n]{1,300})/g, reason: NOT_FOUND },
  { pattern: /Failed building wheel for ([^\r\n]{1,200})/g, reason: NOT_BUILT },
  { pattern: /Failed to build ([^\r\n]{1,200}?) when /g, reason: NOT_BUILT },
  { pattern: /Failed to build installable wheels for some [^\r\n(]{1,60}\(([^\r\n)]{1,2000})\)/g, reason: NOT_BUILT },
  { pattern: /Could not build wheels for ([^\r\n]{1,2000}?),? which is required/g, reason: NOT_BUILT },
  { pattern: /Cannot install ([^\r\n]{1,2000}?) because th/g, reason: CONFLICT },
  { pattern: /The user requested (?:\(constraint\) )?([^\r\n]{1,300})/g, reason: CONFLICT },
  { pattern: /^[ \t]*([A-Za-z0-9][^\s]{0,200}) [^\s]{1,100} depends on /gm, reason: CONFLICT },
  { pattern: /Package ([^\r\n]{1,200}?) requires a different Python/g, reason: OTHER_PYTHON },
  { pattern: /Invalid requirement: ([^\r\n]{1,500})/g, reason: NOT_UNDERSTOOD },
]

/**
 * Looks in the text of a failed build for what pip says when it fails, and finds the requirements that it names, in the
 * order in which it names them. Each place is given once, with the first reason. A text that names none of the
 * requirements, or requirements that do not come from the workspace, give none. Never throws.
 */
export function blamedLines(message: string, requirements: Requirements): readonly BlamedLine[] {
  const text = message.slice(0, LENGTH_LIMIT)
  const matches = FORMS.flatMap(({ pattern, reason }) =>
    Array.from(text.matchAll(pattern), match => ({ index: match.index, named: match[1] ?? '', reason })),
  )
  matches.sort((one, other) => one.index - other.index)
  const each = Map.groupBy(matches, ({ named }) => named)
  const statements = [...each.values()].flatMap(([first]) => first ?? []).slice(0, MOST_STATEMENTS)
  if (statements.length === 0) return []

  const listed = listedIn(requirements)
  const reasons = new Map<Entry, string>()
  for (const { named, reason } of statements) {
    for (const entry of entriesFor(named, listed)) {
      if (!reasons.has(entry)) reasons.set(entry, reason)
    }
  }
  return Array.from(reasons).flatMap(([entry, reason]) => {
    const place = placeOf(requirements, entry.kind === 'requirement' ? entry.nameSpan : entry.span)
    return place === undefined ? [] : [{ ...place, reason }]
  })
}

/** Stands for what has no name, and equals no name. */
const NAMELESS = '?'

/** The entries by each of the ways in which pip refers to one. */
type Listed = {
  readonly byName: ReadonlyMap<string, readonly Entry[]>
  readonly byText: ReadonlyMap<string, readonly Entry[]>
  readonly byLine: ReadonlyMap<number, readonly Entry[]>
}

function listedIn({ entries }: Requirements): Listed {
  return {
    byName: Map.groupBy(entries, entry => nameOf(entry) ?? NAMELESS),
    byText: Map.groupBy(entries, entry => entry.text),
    byLine: Map.groupBy(entries, entry => entry.span.start.line),
  }
}

function nameOf(entry: Entry): string | undefined {
  return entry.kind === 'requirement' || entry.kind === 'path-or-url' ? entry.normalizedName : undefined
}

/** The entries that a stretch of a message refers to: one requirement, or several joined by commas and "and". */
function entriesFor(named: string, listed: Listed): readonly Entry[] {
  const whole = listed.byText.get(unquoted(named))
  if (whole !== undefined) return whole.slice(0, MOST_LINES)
  const withoutVersions = named.replace(/ \(from versions: [^]*/, '')
  return withoutVersions
    .split(/, | and /)
    .slice(0, MOST_STATEMENTS)
    .flatMap(part => entriesForOne(part, listed))
    .slice(0, MOST_LINES)
}

/** One requirement, perhaps followed by where it comes from: `b>=9 (from a->-r requirements.txt (line 3))`. */
function entriesForOne(part: string, { byName, byLine }: Listed): readonly Entry[] {
  const [text = '', source = ''] = part.split(' (from ', 2)
  const line = /\bline ([0-9]{1,7})\b/.exec(part)?.[1]
  const onLine = line === undefined ? [] : (byLine.get(Number(line)) ?? []).slice(0, MOST_LINES)

  const name = nameAtStart(text)
  const named = byName.get(name) ?? []
  if (named.length === 1) return named
  if (named.length > 1) {
    const there = onLine.filter(entry => nameOf(entry) === name)
    if (there.length > 0) return there
    const first = named.slice(0, MOST_LINES)
    const same = first.filter(entry => entry.kind === 'requirement' && hasSpecifiers(entry, text))
    return same.length > 0 ? same : first
  }
  // Not in the file itself: then what asked for it is to blame.
  return onLine.length > 0 ? onLine : (byName.get(nameAtStart(source)) ?? [])
}

/** Normalised name at the start of a text, without what ends a sentence; empty where there is none. */
function nameAtStart(text: string): string {
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(unquoted(text))?.[0] ?? ''
  return normalizedName(name).replace(/-$/, '')
}

function hasSpecifiers(entry: RequirementEntry, text: string): boolean {
  const stated = specifiersOf(/[=<>!~][^\s;]*/.exec(text)?.[0] ?? '')
  return stated !== undefined && inOneOrder(stated) === inOneOrder(entry.specifiers)
}

function inOneOrder(specifiers: readonly Specifier[]): string {
  return specifiers.map(canonicalSpecifier).sort().join()
}

function unquoted(text: string): string {
  const match = /^(['"`])([^]*?)\1/.exec(text)
  return match?.[2] ?? text
}
