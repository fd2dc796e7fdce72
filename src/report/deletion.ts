import { formatDuration, joinList, pluralize } from '../format.js'
import { code, escapeMarkdown } from '../github/markdown.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { retentionLabels } from '../model/retention.js'
import { deletedImages } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { stack, summaryLimit, tableOf } from './markdown-blocks.js'
import { aboutRun, outcomeBlocks, type OutcomeMessage } from './page-sections.js'

/** Names are listed up to this many. */
const mostNames = 5

/** Returns what a deletion came to, or would come to, in a sentence. @param elapsed milliseconds of the run. */
export function deletionHeadline(state: RunState, elapsed: number): string {
  const { inputs, retention = [] } = state
  if (inputs?.mode !== 'delete') return ''
  const deleted = deletedImages(state)
  const { image, cluster } = inputs.target
  if (inputs.family === undefined) {
    return deleted.length > 0
      ? `Image ${image} was deleted from cluster ${cluster} in ${formatDuration(elapsed)}.`
      : `Cluster ${cluster} has no image ${image}: there was nothing to delete.`
  }
  const chosen = retention.filter(({ isDeleted }) => isDeleted).map(({ image: name }) => name)
  const left = retention.length - chosen.length
  const rest = `${pluralize(left, 'image')} of ${image} on cluster ${cluster}`
  if (inputs.dryRun) return `${pluralize(chosen.length, 'image')} would be deleted${named(chosen)}; ${rest} would stay.`
  const were = `${pluralize(deleted.length, 'image')} ${deleted.length === 1 ? 'was' : 'were'} deleted`
  return `${were} in ${formatDuration(elapsed)}${named(deleted)}; ${rest} ${left === 1 ? 'stays' : 'stay'}.`
}

function named(images: readonly string[]): string {
  return images.length === 0 ? '' : `: ${joinList(images, mostNames)}`
}

/** Returns the job summary of a run that was to delete images, or to say which, as Markdown: each image and what becomes of it. */
export function deletionPage(message: OutcomeMessage, state: RunState, workflow: WorkflowRun): string {
  const deleted = new Set(deletedImages(state))
  const page = stack([
    ...outcomeBlocks(message, state, workflow),
    tableOf(['Image', 'Result'], state.retention ?? [], each => [
      code(each.image),
      deleted.has(each.image) ? 'deleted' : escapeMarkdown(retentionLabels(each)),
    ]),
    aboutRun(message, state, workflow),
  ])
  return `${page(summaryLimit)}\n`
}
