import type { RequirementEntry } from '../grammar/entry.js'
import { byName, type ResolverDiagnostic, entriesNamed, inAnyOf, withoutPunctuation } from './resolver-diagnostic.js'
import { conflict } from './diagnostic-messages.js'

const CANNOT = 'Cannot install '
const BECAUSE = ' because these package versions have conflicting dependencies'
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]{1,100}[^\r\n]{1,3000}){1,200})/

/** So much of the sentence, in characters: the lines of a file that names thousands of packages. */
const SENTENCE_LIMIT = 64 * 1024

/**
 * What pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2 because …`,
 * and the chain below it. Undefined where it does not say so.
 */
export function pipConflict(said: string, entries: readonly RequirementEntry[]): ResolverDiagnostic | undefined {
  const end = said.indexOf(BECAUSE)
  const start = said.lastIndexOf(CANNOT, end)
  if (end === -1 || start === -1 || end - start > SENTENCE_LIMIT) return undefined
  const those = said.slice(start + CANNOT.length, end)
  if (/[\r\n]/.test(those)) return undefined
  const chain = CAUSE.exec(said)?.[1] ?? ''
  const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || [])

  const blamed = new Set<readonly RequirementEntry[]>()
  const listed = byName(entries)
  const byLine = Map.groupBy(entries, entry => entry.span.start.line)
  for (const part of those.split(/, | and /)) {
    const line = /\(line ([0-9]{1,7})\)$/.exec(part)?.[1]
    blamed.add(line === undefined ? named(part, listed) : (byLine.get(Number(line)) ?? []))
  }
  for (const step of steps) {
    const requested = /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1]
    if (requested !== undefined) blamed.add(named(requested, listed))
  }
  const quote = steps.length > 0 ? steps.join('; ') : said.slice(start, end + BECAUSE.length)
  return { ...conflict(), quote, entries: inAnyOf(blamed, entries) }
}

function named(text: string, listed: ReturnType<typeof byName>): readonly RequirementEntry[] {
  const [, name = '', specifiers = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*([^;\s]*)/.exec(text) ?? []
  return entriesNamed(withoutPunctuation(name), specifiers, listed)
}
