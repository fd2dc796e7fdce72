import type { RequirementEntry } from '../entry.js'
import { byName, type Complaint, entriesNamed } from './complaint.js'
import { conflict } from './wording.js'

const CONFLICT = /Cannot install ([^\r\n]{1,8000}?) because these package versions have conflicting dependencies/
const CAUSE = /The conflict is caused by:((?:\r?\n[ \t]+[^\r\n]+){1,200})/

/**
 * What pip says where requirements exclude each other: `Cannot install -r requirements.txt (line 1) and b>=2 because …`,
 * and the chain below it. Undefined where it does not say so.
 */
export function pipConflict(said: string, entries: readonly RequirementEntry[]): Complaint | undefined {
  const match = CONFLICT.exec(said)
  if (match === null) return undefined
  const chain = CAUSE.exec(said)?.[1] ?? ''
  const steps = chain.split(/\r?\n/).flatMap(step => step.trim() || [])

  const blamed = new Set<RequirementEntry>()
  const listed = byName(entries)
  for (const part of (match[1] ?? '').split(/, | and /)) {
    const line = /\(line ([0-9]{1,7})\)$/.exec(part)?.[1]
    const there = line === undefined ? named(part, listed) : entriesOn(Number(line), entries)
    there.forEach(entry => blamed.add(entry))
  }
  for (const step of steps) {
    const requested = /^The user requested (?:\(constraint\) )?(.*)$/.exec(step)?.[1]
    if (requested !== undefined) named(requested, listed).forEach(entry => blamed.add(entry))
  }
  const quote = steps.length > 0 ? steps.join('; ') : match[0]
  return { ...conflict(), quote, entries: entries.filter(entry => blamed.has(entry)) }
}

function entriesOn(line: number, entries: readonly RequirementEntry[]): readonly RequirementEntry[] {
  return entries.filter(entry => entry.span.start.line === line)
}

function named(text: string, listed: ReturnType<typeof byName>): readonly RequirementEntry[] {
  const [, name = '', specifiers = ''] = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*([^;\s]*)/.exec(text) ?? []
  return entriesNamed(name.replace(/[._-]+$/, ''), specifiers, listed)
}
