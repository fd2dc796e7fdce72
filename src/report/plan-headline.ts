import { conditionalPhrase } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { builds, reasonLabels } from '../model/decide.js'
import { pluralize, joinList } from '../format.js'
import type { RunState } from '../run-state.js'
import type { Changes } from '../requirements/package-changes.js'

/** What a plan comes to, in one sentence. */
export function planHeadline({ inputs, comparison, decision, resolution }: RunState, workflow: WorkflowRun): string {
  const { image, cluster } = inputs?.target ?? {}
  if (decision === undefined || comparison === undefined || 'why' in comparison) {
    const why = comparison !== undefined && 'why' in comparison ? `: ${comparison.why}` : ''
    return `The requirements have no error. They were not compared with an image${why}.`
  }
  const name = `image ${image} on cluster ${cluster}`
  const would = conditionalPhrase(workflow)
  const { activates } = comparison
  if (!builds(decision)) {
    const present = decision.action === 'attach' ? 'is being built already, with just this content' : 'is up to date'
    const does = activates ? `activate ${name}, which` : `change nothing: ${name}`
    return `${would} ${does} ${present}.`
  }
  const resolved = resolution?.outcome === 'resolved' ? resolution : undefined
  const changes = changedWords(comparison.changes, decision.action === 'create', resolved?.changes)
  // That the requirements changed is said by what changed in them.
  const said = ['new', ...(changes === '' ? [] : ['requirements'])]
  const reasons = decision.reasons.filter(reason => !said.includes(reason)).map(reason => reasonLabels[reason])
  const why = joinList([...(changes === '' ? [] : [changes]), ...reasons])
  const verb = decision.action === 'create' ? 'create' : 'rebuild'
  return `${would} ${verb}${activates ? ' and activate' : ''} ${name}${why === '' ? '' : `: ${why}`}.`
}

/** What changes in the requirements and, where that is known and is more, in what is installed. */
function changedWords(asked: Changes, isNew: boolean, installed: Changes | undefined): string {
  const [count, all] = [numberOf(asked), installed === undefined ? 0 : numberOf(installed)]
  if (count === 0) return ''
  const packages = isNew
    ? pluralize(count, 'package')
    : `${pluralize(count, 'package')} ${count === 1 ? 'changes' : 'change'}`
  return all > count ? `${packages}, ${all} with their dependencies` : packages
}

function numberOf({ added, removed, changed }: Changes): number {
  return added.length + removed.length + changed.length
}
