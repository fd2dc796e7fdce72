import { findingsFailure } from '../failures/findings-failure.js'
import type { Log } from '../github/log.js'
import { pluralize } from '../format.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { checkEntries } from '../requirements/findings/check-entries.js'
import {
  type Finding,
  findingText,
  severities,
  type Severity,
  withoutIgnored,
} from '../requirements/findings/finding.js'
import type { Requirements } from '../requirements/requirements.js'
import { runInSlices } from '../time-slice.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/** Checks the requirements for what Azure would reject after many minutes, or would read differently than it is meant. */
export async function checkRequirements(requirements: Requirements, run: CheckContext): Promise<void> {
  const { inputs, state, phase } = run
  // Then the file is in a format that is not read, which is known by now.
  if (state.requirements === undefined && requirements.entries.length + requirements.unread.length === 0) return
  await phase('Check the requirements', async () => {
    const target = pythonTargetOf(inputs.foundation)
    noteFindings(await runInSlices(checkEntries(requirements, target), yieldToEventLoop(run)), run, noted =>
      noted.length === 0
        ? `No problems found for ${formatPythonTarget(target)}.`
        : `For ${formatPythonTarget(target)}: ${countedFindings(noted)}.`,
    )
  })
}

/** The runner keeps ten annotations of a kind a step; of the errors, one is the failure of the step itself. */
const mostAnnotations: { readonly [severity in Severity]: number } = { error: 9, warning: 10, notice: 10 }

/** Takes findings into the state, except ignored ones, and annotates their lines. @param heading precedes these. */
export function noteFindings(
  found: readonly Finding[],
  { inputs, state, runtime }: CheckContext,
  heading?: (noted: readonly Finding[]) => string,
): void {
  // A lock file can show what uv or pip find, too.
  const known = new Set(state.findings.map(keyOf))
  const noted = withoutIgnored(found, inputs.ignoredFindings).filter(each => !known.has(keyOf(each)))
  if (heading !== undefined) runtime.log.line(heading(noted))
  for (const severity of severities) annotate(severity, noted, count(severity, state.findings), runtime.log)
  state.findings = [...state.findings, ...noted]
}

function keyOf({ id, file, line, column }: Finding): string {
  return `${id} ${line} ${column} ${file}`
}

/** Counts the findings by severity, in words: `1 error, 0 warnings, 2 notices`. */
export function countedFindings(findings: readonly Finding[]): string {
  return severities.map(severity => pluralize(count(severity, findings), severity)).join(', ')
}

/** Ends the run where there is an error among the findings, or a warning and the user is strict. @throws {Failure} */
export function refuseFindings({ inputs, state, runtime }: CheckContext): void {
  const failure = findingsFailure(state.findings, inputs, runtime.workflow.pullRequest)
  if (failure !== undefined) throw failure
}

function annotate(severity: Severity, findings: readonly Finding[], before: number, log: Log): void {
  const these = findings.filter(finding => finding.severity === severity)
  const shown = these.slice(0, Math.max(0, mostAnnotations[severity] - before))
  for (const { id, file, line, column, endColumn, ...advice } of shown) {
    const place = file === '' ? {} : { place: { file, line, column, endColumn } }
    log.finding(severity, findingText(advice), { title: id, ...place })
  }
  if (these.length > shown.length) {
    log.line(`…and ${these.length - shown.length} more; the summary has the rest.`, 'quiet')
  }
}

function count(severity: Severity, findings: readonly Finding[]): number {
  return findings.filter(finding => finding.severity === severity).length
}
