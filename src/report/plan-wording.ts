import { forecast } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { builds } from '../image/decide.js'
import { reasonWords } from '../image/reason.js'
import { counted, listed } from '../phrases.js'
import type { Record } from '../record.js'
import type { PackageChanges } from '../requirements/findings/package-changes.js'

/** What a plan comes to, in one sentence. */
export function planHeadline({ inputs, comparison, decision }: Record, workflow: WorkflowRun): string {
  const { image, cluster } = inputs?.target ?? {}
  if (decision === undefined || comparison === undefined || 'why' in comparison) {
    const why = comparison !== undefined && 'why' in comparison ? `: ${comparison.why}` : ''
    return `The requirements have no error. They were not compared with an image${why}.`
  }
  const name = `image ${image} on cluster ${cluster}`
  const would = forecast(workflow)
  if (!builds(decision)) {
    const present = decision.action === 'attach' ? 'is being built already, with just this content' : 'is up to date'
    return `${would} change nothing: ${name} ${present}.`
  }
  const changes = changedWords(comparison.changes, decision.action === 'create')
  // That the requirements changed is said by what changed in them.
  const said = ['new', ...(changes === '' ? [] : ['requirements'])]
  const reasons = decision.reasons.filter(reason => !said.includes(reason)).map(reason => reasonWords[reason])
  const why = listed([...(changes === '' ? [] : [changes]), ...reasons])
  const verb = decision.action === 'create' ? 'create' : 'rebuild'
  return `${would} ${verb} ${name}${why === '' ? '' : `: ${why}`}.`
}

function changedWords({ added, removed, changed }: PackageChanges, isNew: boolean): string {
  const count = added.length + removed.length + changed.length
  if (count === 0) return ''
  return isNew ? counted(count, 'package') : `${counted(count, 'package')} ${count === 1 ? 'changes' : 'change'}`
}
