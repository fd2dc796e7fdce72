import { quoted } from '../grammar/parse-error.js'
import { type Finding, type FindingId, findingIds, findingKinds } from './finding.js'

/** The ids that are neither to be shown nor counted, or what is wrong with the text that names them. */
export type IgnoredFindings = { readonly ids: ReadonlySet<FindingId> } | { readonly problem: string }

/** Reads the input `ignore-findings`: ids separated by commas or lines. */
export function parseIgnoreFindings(text: string): IgnoredFindings {
  const named = new Set(
    text
      .split(/[,\r\n]/)
      .map(part => part.trim())
      .filter(part => part !== ''),
  )
  const ids = new Set<FindingId>()
  const problems: string[] = []
  for (const name of named) {
    if (!isFindingId(name)) problems.push(`${quoted(name).toWellFormed()} is not the id of a finding`)
    else if (!findingKinds[name].ignorable) problems.push(`"${name}" cannot be ignored`)
    else ids.add(name)
  }
  if (problems.length === 0) return { ids }
  const allowed = findingIds.filter(id => findingKinds[id].ignorable)
  return { problem: `${problems.slice(0, 10).join(', ')}; give any of ${allowed.join(', ')}` }
}

/** The findings that are not ignored. */
export function withoutIgnored(findings: readonly Finding[], ids: ReadonlySet<FindingId>): readonly Finding[] {
  return findings.filter(({ id }) => !ids.has(id))
}

function isFindingId(text: string): text is FindingId {
  return Object.hasOwn(findingKinds, text)
}
