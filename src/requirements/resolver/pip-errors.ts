import type { Place } from '../../failure.js'
import { type Entry, isPackage } from '../grammar/entry.js'
import { nameAtStart } from '../grammar/named-requirement.js'
import { canonicalSpecifiers, specifiersOf } from '../grammar/specifier.js'
import { placeOf, type Requirements } from '../requirements.js'
import { conflict, type Dependency, type DiagnosticText } from './resolver-diagnostic.js'

/** Names a place that pip's output blames, and why, in a sentence or two. */
export type BlamedLine = Place & { readonly cause: Cause; readonly reason: string }

type Cause = keyof typeof REASONS | 'conflict'

const REASONS = {
  'not-found': 'pip finds no version of this package that satisfies the line.',
  'not-built': 'pip cannot build this package.',
  'other-python': 'The package does not support the Python version of the image.',
  syntax: 'pip does not understand this line.',
}

// Whoever wrote the text, the time to look through it is bounded.
const LENGTH_LIMIT = 256 * 1024

/** So many statements are looked at, and so many lines of one package: a person who has to correct more starts anew. */
const MOST_STATEMENTS = 100
const MOST_LINES = 100

/**
 * The forms of pip's messages that name what is to blame, in the first group. Each expression starts with fixed words, or
 * at a line, and then takes a bounded stretch of one line, so that the search is linear. Most may match anywhere, for
 * services indent and wrap.
 */
const FORMS: readonly { readonly pattern: RegExp; readonly cause: Cause }[] = [
  { pattern: /Could not find a version that satisfies the requirement ([^\r\n]{1,300})/g, cause: 'not-found' },
  { pattern: /No matching distribution found for ([^\r\n]{1,300})/g, cause: 'not-found' },
  { pattern: /Failed building wheel for ([^\r\n]{1,200})/g, cause: 'not-built' },
  { pattern: /Failed to build ([^\r\n]{1,200}?) when /g, cause: 'not-built' },
  { pattern: /Failed to build installable wheels for some [^\r\n(]{1,60}\(([^\r\n)]{1,2000})\)/g, cause: 'not-built' },
  { pattern: /Could not build wheels for ([^\r\n]{1,2000}?),? which is required/g, cause: 'not-built' },
  { pattern: /Cannot install ([^\r\n]{1,2000}?) because th/g, cause: 'conflict' },
  { pattern: /The user requested (?:\(constraint\) )?([^\r\n]{1,300})/g, cause: 'conflict' },
  { pattern: /^[ \t]*([A-Za-z0-9][^\s]{0,200}) [^\s]{1,100} depends on /gm, cause: 'conflict' },
  { pattern: /Package ([^\r\n]{1,200}?) requires a different Python/g, cause: 'other-python' },
  { pattern: /Invalid requirement: ([^\r\n]{1,500})/g, cause: 'syntax' },
]

/**
 * Looks in the text of a failed build for what pip says when it fails, and finds the requirements that it names, in the
 * order in which it names them. Each place is given once, with the first reason. A text that names none of the
 * requirements, or requirements that do not come from the workspace, give none. Never throws.
 */
export function blamedLines(output: string, requirements: Requirements): readonly BlamedLine[] {
  const text = output.slice(0, LENGTH_LIMIT)
  const matches = FORMS.flatMap(({ pattern, cause }) =>
    Array.from(text.matchAll(pattern), match => ({ index: match.index, named: match[1] ?? '', cause })),
  )
  matches.sort((one, other) => one.index - other.index)
  const each = Map.groupBy(matches, ({ named }) => named)
  const statements = [...each.values()].flatMap(([first]) => first ?? []).slice(0, MOST_STATEMENTS)
  if (statements.length === 0) return []

  const listed = listEntries(requirements.entries)
  const causes = new Map<Entry, Cause>()
  for (const { named, cause } of statements) {
    for (const entry of entriesFor(named, listed)) {
      if (!causes.has(entry)) causes.set(entry, cause)
    }
  }
  const { problem, remedy } = conflictIn(text)
  return Array.from(causes).flatMap(([entry, cause]) => {
    const place = placeOf(requirements, entry.kind === 'requirement' ? entry.nameSpan : entry.span)
    const reason = cause === 'conflict' ? `${problem} ${remedy}` : REASONS[cause]
    return place === undefined ? [] : [{ ...place, cause, reason }]
  })
}

/** Says which requirements exclude each other, by the chain that pip prints. */
export function conflictIn(text: string): DiagnosticText {
  const chain = text.matchAll(/^[ \t]*([A-Za-z0-9]\S{0,200} \S{1,100}) depends on ([^\r\n]{1,300})/gm)
  const dependencies = Array.from(chain, ([, by = '', needs = '']): Dependency => ({ by, needs }))
  const requested = text.matchAll(/The user requested (?:\(constraint\) )?([^\r\n]{1,300})/g)
  return conflict(
    dependencies,
    Array.from(requested, ([, required = '']) => required),
  )
}

/** Stands for what has no name, and equals no name. */
const NAMELESS = '?'

/** Holds entries by each of the ways in which pip refers to one. */
type ListedEntries<Each extends Entry> = {
  readonly byName: ReadonlyMap<string, readonly Each[]>
  readonly byText: ReadonlyMap<string, readonly Each[]>
  readonly byLine: ReadonlyMap<number, readonly Each[]>
}

/** Lists entries by each of the ways in which pip refers to one. */
export function listEntries<Each extends Entry>(entries: readonly Each[]): ListedEntries<Each> {
  return {
    byName: Map.groupBy(entries, entry => nameOf(entry) ?? NAMELESS),
    byText: Map.groupBy(entries, entry => entry.text),
    byLine: Map.groupBy(entries, entry => entry.span.start.line),
  }
}

function nameOf(entry: Entry): string | undefined {
  return isPackage(entry) ? entry.normalizedName : undefined
}

/** Finds the entries that a stretch of a message refers to: one requirement, or several joined by commas and "and". */
function entriesFor<Each extends Entry>(named: string, listed: ListedEntries<Each>): readonly Each[] {
  const whole = listed.byText.get(unquoted(named))
  if (whole !== undefined) return whole.slice(0, MOST_LINES)
  const withoutVersions = named.replace(/ \(from versions: [^]*/, '')
  return withoutVersions
    .split(/, | and /)
    .slice(0, MOST_STATEMENTS)
    .flatMap(part => entriesForOne(part, listed))
    .slice(0, MOST_LINES)
}

/** Finds the entries of one requirement, perhaps followed by where it comes from: `b>=9 (from a->-r requirements.txt (line 3))`. */
export function entriesForOne<Each extends Entry>(
  part: string,
  { byName, byLine }: ListedEntries<Each>,
): readonly Each[] {
  const [text = '', source = ''] = part.split(' (from ', 2)
  const line = /\bline ([0-9]{1,7})\b/.exec(part)?.[1]
  const onLine = line === undefined ? [] : (byLine.get(Number(line)) ?? []).slice(0, MOST_LINES)

  const name = nameAtStart(unquoted(text))
  const named = byName.get(name) ?? []
  if (named.length === 1) return named
  if (named.length > 1) {
    const there = onLine.filter(entry => nameOf(entry) === name)
    if (there.length > 0) return there
    const first = named.slice(0, MOST_LINES)
    const same = first.filter(entry => hasSpecifiers(entry, text))
    return same.length > 0 ? same : first
  }
  // Not in the file itself: then what requires it is to blame.
  return onLine.length > 0 ? onLine : (byName.get(nameAtStart(unquoted(source))) ?? [])
}

function hasSpecifiers(entry: Entry, text: string): boolean {
  const stated = specifiersOf(/[=<>!~][^\s;]*/.exec(text)?.[0] ?? '')
  if (entry.kind !== 'requirement' || stated === undefined) return false
  return canonicalSpecifiers(stated) === canonicalSpecifiers(entry.specifiers)
}

function unquoted(text: string): string {
  const match = /^(['"`])([^]*?)\1/.exec(text)
  return match?.[2] ?? text
}
