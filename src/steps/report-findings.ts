import { Failure } from '../failure.js'
import type { Log } from '../github/log.js'
import { pluralize } from '../format.js'
import { severities, withoutIgnored } from '../requirements/findings/finding.js'
import type { Finding, Severity } from '../requirements/findings/finding.js'
import { formatPlace } from '../requirements/findings/source-map.js'
import { conditionalPhrase } from '../report/plan.js'
import type { CheckContext } from './context.js'

/** The runner keeps ten annotations of a kind a step; of the errors, one is the failure of the step itself. */
const mostAnnotations: { readonly [severity in Severity]: number } = { error: 9, warning: 10, notice: 10 }

/**
 * Takes findings into the state, but for those that the user ignores, and annotates their lines.
 * @param heading says what was found, before the annotations do.
 */
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

/**
 * Ends the run where there is an error among the findings so far, or a warning and the user is strict.
 * @throws {Failure}
 */
export function refuseFindings({ inputs, state, runtime }: CheckContext): void {
  const { findings, requirements } = state
  const isFatal = ({ severity }: Finding) => severity === 'error' || (inputs.strict && severity === 'warning')
  const first = findings.find(isFatal)
  if (first === undefined) return
  const number =
    pluralize(count('error', findings), 'error') +
    (inputs.strict ? ` and ${pluralize(count('warning', findings), 'warning')}` : '')
  const name = requirements?.files[0] ?? inputs.requirementsFile
  throw new Failure({
    code: 'findings',
    headline:
      inputs.mode === 'plan'
        ? `${conditionalPhrase(runtime.workflow)} not work: ${name} has ${number}.`
        : `${name} has ${number}; nothing was submitted.`,
    details: [`${formatPlace(first)}: ${first.message}`],
    remedy: inputs.strict
      ? 'Correct the annotated lines. Warnings count because strict is set; ignore-findings names those that do not.'
      : 'Correct the annotated lines; docs/findings.md of this action explains each kind.',
  })
}

function annotate(severity: Severity, findings: readonly Finding[], before: number, log: Log): void {
  const these = findings.filter(finding => finding.severity === severity)
  const shown = these.slice(0, Math.max(0, mostAnnotations[severity] - before))
  for (const { id, message, file, line, column, endColumn } of shown) {
    log.finding(severity, message, { title: id, ...(file === '' ? {} : { place: { file, line, column, endColumn } }) })
  }
  if (these.length > shown.length) {
    log.line(`…and ${these.length - shown.length} more; the summary has the rest.`, 'quiet')
  }
}

function count(severity: Severity, findings: readonly Finding[]): number {
  return findings.filter(finding => finding.severity === severity).length
}
