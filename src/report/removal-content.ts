import type { RemovalContent } from '../github/removal-page.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { fateWords } from '../image/clean-up.js'
import type { Record } from '../record.js'
import { factsOf } from './facts.js'
import type { Told } from './wording.js'

/** What the page of a deletion shows. */
export function removalContent(told: Told, record: Record, workflow: WorkflowRun): RemovalContent {
  const isPlanned = record.inputs?.mode === 'delete' && record.inputs.pretend
  const deleted = new Set(record.deleted)
  return {
    ...told,
    images: (record.fates ?? []).map(fate => ({
      name: fate.image,
      fate: deleted.has(fate.image) ? 'deleted' : fateWords(fate),
    })),
    facts: factsOf(record, workflow).filter(({ name }) => !isPlanned || name !== 'State'),
  }
}
