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
import { noRequirements, readRequirements, type Requirements } from '../requirements/requirements.js'
import { runInSlices } from '../time-slice.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/** Reads the requirements file and all that it includes. @throws {Failure} when the file itself cannot be read. */
export async function readRequirementsFile(run: CheckContext): Promise<Requirements> {
  const { inputs, state, runtime, phase } = run
  const { log, files } = runtime
  return phase('Read the requirements', async () => {
    if (inputs.requirementsFile === '') {
      log.line('The input requirements-file is empty: the image gets no packages of its own.')
      return (state.requirements = noRequirements)
    }
    const requirements = await readRequirements(inputs.requirementsFile, files, yieldToEventLoop(run))
    log.line(`${requirements.files.join(', ')}: ${pluralize(requirements.entries.length, 'requirement')}`)
    if (requirements.unread.length > 0) {
      log.line(`${pluralize(requirements.unread.length, 'included file')} could not be read.`, 'bad')
      return requirements
    }
    log.line(`SHA-256 of the normalized requirements: ${requirements.sha256}`, 'quiet')
    return (state.requirements = requirements)
  })
}

/** Checks the requirements for what Azure would reject after many minutes, or would read differently than it is meant. */
export async function checkRequirements(requirements: Requirements, run: CheckContext): Promise<void> {
  const { inputs, phase } = run
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
  const noted = withoutIgnored(found, inputs.ignoredFindings)
  if (heading !== undefined) runtime.log.line(heading(noted))
  for (const severity of severities) annotate(severity, noted, count(severity, state.findings), runtime.log)
  state.findings = [...state.findings, ...noted]
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
