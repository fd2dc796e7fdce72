import { Failure } from '../failure.js'
import { joinList, pluralize } from '../format.js'
import type { Inputs } from '../inputs/inputs.js'
import { type Finding, severities } from '../requirements/findings/finding.js'
import { formatPlace } from '../requirements/findings/source-map.js'

/** Returns the failure that the findings are, where there is an error among them, or a warning and the user is strict. */
export function findingsFailure(
  findings: readonly Finding[],
  { mode, strict }: Pick<Inputs, 'mode'> & { readonly strict: boolean },
  pullRequest: number | undefined,
): Failure | undefined {
  const fatal = findings.filter(({ severity }) => severity === 'error' || (strict && severity === 'warning'))
  const [first] = fatal
  if (first === undefined) return undefined
  const what = countsByFile(fatal)
  return new Failure({
    code: 'findings',
    headline:
      mode === 'plan' ? `${conditionalPhrase(pullRequest)} not work: ${what}.` : `${what}; nothing was submitted.`,
    details: [`${formatPlace(first)}: ${first.problem} ${first.remedy}`, ...(first.quotation ? [first.quotation] : [])],
    remedy: strict
      ? 'Correct the annotated lines. Warnings count because strict is set; ignore-findings names those that do not.'
      : 'Correct the annotated lines and run the workflow again.',
  })
}

/** Counts findings and the files that they are in: `requirements.txt has 1 error`. */
function countsByFile(findings: readonly Finding[]): string {
  const counts = severities.flatMap(severity => {
    const count = findings.filter(each => each.severity === severity).length
    return count === 0 ? [] : pluralize(count, severity)
  })
  const [file = '', ...others] = new Set(findings.map(each => each.file))
  const where = others.length > 0 ? `${others.length + 1} requirements files have` : `${file} has`
  return `${where} ${joinList(counts)}`
}

/** Begins a sentence about what comes of a run's change. */
export function conditionalPhrase(pullRequest: number | undefined): string {
  return pullRequest === undefined ? 'Applying this would' : 'Merging this would'
}
