import { findingsFailure } from '../failures/findings-failure.js'
import { pluralize } from '../format.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { checkEntries } from '../requirements/findings/check-entries.js'
import { type Finding, severities, type Severity, withoutIgnored } from '../requirements/findings/finding.js'
import type { Requirements } from '../requirements/requirements.js'
import { runInSlices } from '../time-slice.js'
import { managedImageOf } from './read-base.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/** Checks the requirements for what Azure would reject after many minutes, or would read differently than it is meant. */
export async function checkRequirements(requirements: Requirements, run: CheckContext): Promise<void> {
  const { inputs, state, phase } = run
  // Then the file is in a format that is not read, which is known by now.
  if (state.requirements === undefined && requirements.entries.length + requirements.unread.length === 0) return
  await phase('Check the requirements', async () => {
    const managedImage = await managedImageOf(inputs.foundation)
    const target = { ...pythonTargetOf(inputs.foundation), managedImage }
    noteFindings(await runInSlices(checkEntries(requirements, target), yieldToEventLoop(run)), run, noted =>
      noted.length === 0
        ? `No problems found for ${formatPythonTarget(target)}.`
        : `For ${formatPythonTarget(target)}: ${countedFindings(noted)}.`,
    )
  })
}

/** Takes findings into the state, except ignored ones. @param heading says what was found. */
export function noteFindings(
  found: readonly Finding[],
  { inputs, state, runtime }: CheckContext,
  heading?: (noted: readonly Finding[]) => string,
): void {
  // A lock file can show what uv or pip find, too: of two that say the same of a line, the more severe one stays.
  const known = new Map(state.findings.map(each => [keyOf(each), each]))
  const noted = withoutIgnored(found, inputs.ignoredFindings).filter(each => {
    const before = known.get(keyOf(each))
    return before === undefined || severities.indexOf(each.severity) < severities.indexOf(before.severity)
  })
  if (heading !== undefined) runtime.log.line(heading(noted))
  const replaced = new Set(noted.map(keyOf))
  state.findings = [...state.findings.filter(each => !replaced.has(keyOf(each))), ...noted]
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

function count(severity: Severity, findings: readonly Finding[]): number {
  return findings.filter(finding => finding.severity === severity).length
}
