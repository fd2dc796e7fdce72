import type { DeletionContent } from '../github/deletion-page.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { retentionWords } from '../image/retention.js'
import { deletedImages } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { factsOf } from './facts.js'
import type { Told } from './wording.js'

/** What the page of a deletion shows. */
export function deletionContent(told: Told, state: RunState, workflow: WorkflowRun): DeletionContent {
  const isPlanned = state.inputs?.mode === 'delete' && state.inputs.dryRun
  const deleted = new Set(deletedImages(state))
  return {
    ...told,
    images: (state.retention ?? []).map(each => ({
      name: each.image,
      fate: deleted.has(each.image) ? 'deleted' : retentionWords(each),
    })),
    facts: factsOf(state, workflow).filter(({ name }) => !isPlanned || name !== 'State'),
  }
}
