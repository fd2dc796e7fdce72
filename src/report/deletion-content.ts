import type { DeletionContent } from './deletion-page.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { retentionLabels } from '../model/retention.js'
import { deletedImages } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { detailsOf } from './details.js'
import type { OutcomeMessage } from './outcome-message.js'

/** What the page of a deletion shows. */
export function deletionContent(told: OutcomeMessage, state: RunState, workflow: WorkflowRun): DeletionContent {
  const isPlanned = state.inputs?.mode === 'delete' && state.inputs.dryRun
  const deleted = new Set(deletedImages(state))
  return {
    ...told,
    images: (state.retention ?? []).map(each => ({
      name: each.image,
      fate: deleted.has(each.image) ? 'deleted' : retentionLabels(each),
    })),
    facts: detailsOf(state, workflow).filter(({ name }) => !isPlanned || name !== 'State'),
  }
}
