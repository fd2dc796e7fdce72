import type { Package, SummaryContent } from '../github/summary.js'
import { blobUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { Record } from '../record.js'
import type { Requirements } from '../requirements/requirements.js'
import type { World } from '../world.js'
import { factsOf, findingRows } from './facts.js'
import type { Told } from './wording.js'

/** What the job summary of a run shows that was to make the image match. */
export function buildContent(told: Told, record: Record, { workflow, clock }: World): SummaryContent {
  const blames = record.ending?.as === 'failure' ? record.ending.failure.places : []
  const ids = Object.entries(told.ids).map(([name, value]) => ({
    name: `${name.charAt(0).toUpperCase()}${name.slice(1)} ID`,
    value,
  }))
  return {
    ...told,
    marked: blames.flatMap(({ file, line, reason }) =>
      reason === undefined ? [] : [{ place: `${file}:${line}`, reason, url: blobUrl(workflow, file, line) }],
    ),
    facts: [...factsOf(record, workflow), ...ids],
    findings: findingRows(record, workflow),
    // The worst first: of a long table, no more than the first part may be shown.
    trials: record.verification?.toSorted((a, b) => Number(a.problem === '') - Number(b.problem === '')) ?? [],
    packages: packagesOf(record.requirements, workflow),
    phases: record.phases,
    now: clock.time(),
  }
}

function packagesOf(requirements: Requirements | undefined, workflow: WorkflowRun): Package[] {
  if (requirements === undefined) return []
  return requirements.entries.flatMap(entry => {
    if (entry.kind !== 'requirement') return []
    const origin = requirements.origins[entry.span.start.line - 1]
    const wanted = entry.text.slice(entry.name.length).trim()
    if (origin === undefined) return [{ name: entry.name, wanted, place: '' }]
    const url = blobUrl(workflow, origin.file, origin.line)
    return [{ name: entry.name, wanted, place: `${origin.file}:${origin.line}`, ...(url === undefined ? {} : { url }) }]
  })
}
