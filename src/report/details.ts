import { portalUrl } from '../model/target.js'
import type { FindingRow, Fact } from './markdown-blocks.js'
import { blobUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { findingText, worstFirst } from '../requirements/findings/finding.js'
import { reasonLabels } from '../model/decide.js'
import { joinList } from '../format.js'
import { imageState } from '../run-state.js'
import type { RunState } from '../run-state.js'

/** What was asked for, and what became of it: the part that all pages have. */
export function detailsOf(state: RunState, workflow: WorkflowRun): Fact[] {
  const { inputs, requirements, decision } = state
  const facts: Fact[] = []
  const isFamily = inputs?.mode === 'delete' && inputs.family !== undefined
  if (inputs?.target !== undefined) {
    const { image, cluster, resourceGroup, subscription } = inputs.target
    facts.push(
      { name: isFamily ? 'Images' : 'Image', value: image },
      { name: 'Cluster', value: cluster, url: portalUrl(inputs.target) },
      { name: 'Resource group', value: resourceGroup },
      { name: 'Subscription', value: subscription },
    )
  }
  if (inputs !== undefined && inputs.mode !== 'delete' && inputs.foundation !== undefined) {
    const { language, foundation } = inputs
    const base =
      'languageVersion' in foundation ? `${language} ${foundation.languageVersion}` : foundation.baseImageName
    facts.push({ name: 'Built on', value: base })
  }
  for (const [index, file] of (requirements?.files ?? []).entries()) {
    facts.push({ name: index === 0 ? 'Requirements' : '…including', value: file, url: blobUrl(workflow, file) })
  }
  if (decision !== undefined) {
    const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
    facts.push({ name: 'Action', value: why === '' ? decision.action : `${decision.action}: ${why}` })
  }
  if (!isFamily) facts.push({ name: 'State', value: imageState(state) ?? 'not known' })
  const active = state.cluster?.resource?.python?.name
  if (active !== undefined) facts.push({ name: 'Queries run on', value: active })
  return facts
}

/** The findings, the worst first, with links to their lines. */
export function findingRows({ findings }: RunState, workflow: WorkflowRun): FindingRow[] {
  return worstFirst(findings).map(({ id, severity, file, line, ...advice }) => ({
    id,
    severity,
    message: findingText(advice),
    place: file === '' ? '' : `${file}:${line}`,
    url: file === '' ? undefined : blobUrl(workflow, file, line),
  }))
}
