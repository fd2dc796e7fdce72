import { Failure } from '../failure.js'
import type { Log } from '../github/log.js'
import type { Inputs } from '../inputs.js'
import type { Record } from '../record.js'
import { check as findingsOf } from '../requirements/findings/check.js'
import type { Finding, Severity } from '../requirements/findings/finding.js'
import { withoutIgnored } from '../requirements/findings/ignored.js'
import { inWords } from '../requirements/findings/placement.js'
import { targetInWords, targetOf } from '../requirements/findings/target.js'
import type { Requirements } from '../requirements/requirements.js'
import { counted } from '../phrases.js'
import type { World } from './scene.js'

/** The runner keeps ten annotations of a kind a step; of the errors, one is the failure of the step itself. */
const mostAnnotations: { readonly [severity in Severity]: number } = { error: 9, warning: 10, notice: 10 }

/**
 * Checks the requirements for what the service would reject after many minutes, or take otherwise than it is meant.
 * @throws {Failure} where there are errors, or warnings and the user is strict about them.
 */
export async function check(inputs: Inputs, requirements: Requirements, record: Record, { log }: World): Promise<void> {
  const target = targetOf(inputs.foundation)
  record.findings = withoutIgnored(findingsOf(requirements, target), inputs.ignoredFindings)
  const errors = record.findings.filter(({ severity }) => severity === 'error')
  const warnings = record.findings.filter(({ severity }) => severity === 'warning')
  const notices = record.findings.length - errors.length - warnings.length
  log.line(
    record.findings.length === 0
      ? `Nothing to say of them, for ${targetInWords(target)}.`
      : `For ${targetInWords(target)}: ${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}, ${counted(notices, 'notice')}.`,
  )
  for (const severity of ['error', 'warning', 'notice'] as const) annotate(severity, record.findings, log)

  const fatal = inputs.strict ? [...errors, ...warnings] : errors
  const [first] = fatal
  if (first === undefined) return
  const count = counted(errors.length, 'error') + (inputs.strict ? ` and ${counted(warnings.length, 'warning')}` : '')
  throw new Failure({
    code: 'findings',
    message: `The requirements have ${count}, so nothing was submitted. The first: ${inWords(first)}: ${first.message}`,
    remedy: inputs.strict
      ? 'Correct the lines that are annotated. Warnings count because strict is set; ignore-findings names those that should not.'
      : 'Correct the lines that are annotated; docs/findings.md of this action explains each kind.',
  })
}

function annotate(severity: Severity, findings: readonly Finding[], log: Log): void {
  const these = findings.filter(finding => finding.severity === severity)
  const shown = these.slice(0, mostAnnotations[severity])
  for (const { id, message, file, line, column, endColumn } of shown) {
    log[severity](message, { title: id, place: { file, line, column, endColumn } })
  }
  if (these.length > shown.length) {
    log.line(`…and ${these.length - shown.length} more; the summary has the rest.`, 'quiet')
  }
}
