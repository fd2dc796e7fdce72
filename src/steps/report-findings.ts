import { findingsFailure } from '../failures/findings-failure.js'
import { pluralize } from '../format.js'
import { type Finding, severities, type Severity, withoutIgnored } from '../requirements/findings/finding.js'
import type { CheckContext } from './context.js'

/**
 * Takes findings into the state, but for those that the user ignores.
 * @param heading says what was found.
 */
export function noteFindings(
  found: readonly Finding[],
  { inputs, state, runtime }: CheckContext,
  heading: (noted: readonly Finding[]) => string,
): void {
  const noted = withoutIgnored(found, inputs.ignoredFindings)
  runtime.log.line(heading(noted))
  state.findings = [...state.findings, ...noted]
}

/** Counts the findings by severity, in words: `1 error, 0 warnings, 2 notices`. */
export function countedFindings(findings: readonly Finding[]): string {
  return severities.map(severity => pluralize(count(severity, findings), severity)).join(', ')
}

/**
 * Ends the run where there is an error among the findings so far, or a warning and the user is strict.
 * @throws {Failure}
 */
export function refuseFindings({ inputs, state, runtime }: CheckContext): void {
  const failure = findingsFailure(state.findings, inputs, runtime.workflow.pullRequest)
  if (failure !== undefined) throw failure
}

function count(severity: Severity, findings: readonly Finding[]): number {
  return findings.filter(finding => finding.severity === severity).length
}
