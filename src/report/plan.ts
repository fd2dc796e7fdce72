import { code, link } from '../github/markdown.js'
import { commitOf, runUrl, type WorkflowRun } from '../github/workflow-run.js'
import { isActive } from '../model/cluster.js'
import { builds, type Reason, reasonLabels } from '../model/decide.js'
import type { RunState } from '../run-state.js'
import { failsForFindings, foldedFindings } from './line-table.js'
import { fold, stack } from './markdown-blocks.js'
import { aboutRun, caveatsOf, outcomeBlocks, type OutcomeMessage, sentence } from './page-sections.js'
import { changeBlocks, installedList } from './package-tables.js'
import { conditionalPhrase } from '../failures/findings-failure.js'
import { joinList, pluralize } from '../format.js'
import type { Changes } from '../requirements/package-changes.js'

/**
 * Returns the plan as Markdown, for the job summary and for a comment on the pull request: the sentence that matters
 * first, what follows from it, the changes, and what else there is to know folded away.
 * @param limit bytes; what does not fit is left out with a note.
 */
export function planPage(message: OutcomeMessage, state: RunState, workflow: WorkflowRun, limit: number): string {
  const { comparison, resolution, decision } = state
  const required = comparison !== undefined && 'changes' in comparison ? comparison.changes : undefined
  const resolved = resolution?.outcome === 'resolved' ? resolution : undefined
  const isNew = decision?.action === 'create' && state.baseline === undefined
  const changes = changeBlocks(required, resolved, isNew)
  const isListed = isNew && resolved?.changes !== undefined
  const page = stack([
    ...outcomeBlocks(message, state, workflow),
    message.kind === 'failure' ? '' : consequence(state),
    message.kind === 'failure' ? '' : uncheckedNote(state),
    caveatsOf(state),
    ...(failsForFindings(state) ? [fold('What would change', stack(changes))] : changes),
    foldedFindings(state, workflow),
    resolved === undefined || isListed ? '' : installedList(resolved, 'would be installed'),
    aboutRun(message, state, workflow),
    originOf(workflow),
  ])
  return `${page(limit)}\n`
}

/** How long it takes, and where queries stay or go. */
function consequence({ inputs, target, comparison, decision, cluster }: RunState): string {
  if (inputs?.mode !== 'plan' || comparison === undefined || 'why' in comparison || decision === undefined) return ''
  const { resource } = cluster ?? {}
  const active = resource?.python === undefined ? undefined : code(resource.python.name)
  const isBuilt = builds(decision)
  if (!isBuilt && !comparison.activates) return ''
  const build = isBuilt ? 'The build usually takes 6 to 60 minutes. ' : ''
  if (comparison.activates) {
    const until = active === undefined ? '' : ` Until then, queries run on ${active}.`
    return `${build}${isBuilt ? 'Then the' : 'The'} cluster is switched to the image, which usually takes 16 to 60 minutes.${until}`
  }
  if (resource === undefined || active === undefined) {
    return `${build}Queries do not use the image before it is activated, which is not part of this: \`activate\` is not set.`
  }
  return isActive(target?.image ?? '', resource)
    ? `${build}Queries run on this image. Whether they use the new build before the cluster is switched to it again is not documented, and \`activate\` is not set.`
    : `${build}Queries run on ${active} and would stay there: \`activate\` is not set.`
}

/** What this plan does not say. */
function uncheckedNote(state: RunState): string {
  const { inputs, resolution } = state
  if (resolution?.outcome === 'unavailable')
    return sentence(`Not checked: whether these packages can be installed (${resolution.why}).`, state)
  const isOff = inputs?.mode === 'plan' && inputs.resolve === 'false'
  return isOff ? 'Not checked: whether these packages can be installed, since `resolve` is false.' : ''
}

/** A comment outlives the commit that it was made for, so it says which that was. */
function originOf(workflow: WorkflowRun): string {
  const [commit, url] = [commitOf(workflow), runUrl(workflow)]
  const of = commit === undefined ? '' : ` for ${link(code(commit.sha.slice(0, 7)), commit.url)}`
  return url === undefined ? '' : `${link('Planned', url)}${of}.`
}

/** What changes with the plan, where a run would say that it has changed. */
const changing: { readonly [reason in Reason]?: string } = {
  requirements: 'the requirements change',
  language: 'the language changes',
  'language-version': 'the language version changes',
  'base-image': 'the base image changes',
}

/** Returns what a plan comes to, in one sentence. */
export function planHeadline(
  { target, baseline, comparison, decision, resolution }: RunState,
  workflow: WorkflowRun,
): string {
  const { image, cluster } = target ?? {}
  if (decision === undefined || comparison === undefined || 'why' in comparison) {
    const why = comparison !== undefined && 'why' in comparison ? `: ${comparison.why}` : ''
    return `The requirements have no error. They were not compared with an image${why}.`
  }
  const name = `image ${image} on cluster ${cluster}`
  const would = conditionalPhrase(workflow.pullRequest)
  const { activates } = comparison
  if (!builds(decision)) {
    const present = decision.action === 'attach' ? 'is already being built with exactly this content' : 'is up to date'
    const does = activates ? `activate ${name}, which` : `change nothing: ${name}`
    return `${would} ${does} ${present}.`
  }
  const resolved = resolution?.outcome === 'resolved' ? resolution : undefined
  const isNew = decision.action === 'create' && baseline === undefined
  const changes = changedWords(comparison.changes, isNew, resolved?.changes)
  // That the requirements changed is said by what changed in them.
  const isSaid = ['new', ...(changes === '' ? [] : ['requirements'])]
  const reasons = decision.reasons
    .filter(reason => !isSaid.includes(reason))
    .map(reason => changing[reason] ?? reasonLabels[reason])
  const since = changes === '' || baseline === undefined ? '' : ` compared with ${baseline.name}`
  const why = joinList([...(changes === '' ? [] : [`${changes}${since}`]), ...reasons])
  const verb = decision.action === 'create' ? 'create' : 'rebuild'
  return `${would} ${verb}${activates ? ' and activate' : ''} ${image?.endsWith('*') === true ? 'a new ' : ''}${name}${why === '' ? '' : `: ${why}`}.`
}

/** What changes in the requirements and, where that is known and is more, in what is installed. */
function changedWords(required: Changes, isNew: boolean, installed: Changes | undefined): string {
  const [count, all] = [numberOf(required), installed === undefined ? 0 : numberOf(installed)]
  if (count === 0) return ''
  const packages = isNew
    ? pluralize(count, 'package')
    : `${pluralize(count, 'package')} ${count === 1 ? 'changes' : 'change'}`
  return all > count ? `${packages} (${all} with their dependencies)` : packages
}

function numberOf({ added, removed, changed }: Changes): number {
  return added.length + removed.length + changed.length
}
