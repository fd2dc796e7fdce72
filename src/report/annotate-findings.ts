import type { Log } from '../github/log.js'
import { type Finding, findingText, severities } from '../requirements/findings/finding.js'
import { inOneCell } from './markdown-blocks.js'
import type { RunState } from '../run-state.js'

/** GitHub keeps the first ten annotations of a level that a step makes. */
const mostOfLevel = 10

/** Annotates the lines of findings as far as the run's own annotations have left room; the summary has all of them. */
export function annotateFindings({ findings, annotated }: RunState, log: Log): void {
  for (const severity of severities) {
    const these = unpinnedInOne(findings.filter(finding => finding.severity === severity))
    const shown = these.slice(0, Math.max(0, mostOfLevel - annotated[severity]))
    for (const { id, file, line, column, endColumn, ...advice } of shown) {
      const place = file === '' ? {} : { place: { file, line, column, endColumn } }
      log.finding(severity, findingText(advice), { title: id, ...place })
    }
    if (these.length > shown.length) {
      log.line(`…and ${these.length - shown.length} more ${severity}s; the summary has all of them.`, 'quiet')
    }
  }
}

/** Puts all lines that are not pinned into one finding: each alone would be one of the ten. */
function unpinnedInOne(findings: readonly Finding[]): readonly Finding[] {
  const unpinned = findings.filter(({ id }) => id === 'unpinned')
  const [first] = unpinned
  if (first === undefined || unpinned.length === 1) return findings
  const lines = inOneCell(unpinned, ({ file, line }) => (file === first.file ? String(line) : `${file}:${line}`))
  const all = {
    ...first,
    problem: `The versions of ${unpinned.length} packages are not pinned, so the next build may install others.`,
    remedy: `Pin them with "==": lines ${lines}.`,
  }
  return findings.flatMap(each => (each.id !== 'unpinned' ? each : each === first ? all : []))
}
