import type { SummaryContent, TrialRow } from './apply-page.js'
import { blobUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { RunState } from '../run-state.js'
import { placesByName } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import type { Runtime } from '../runtime.js'
import { mostRows } from './most-rows.js'
import { detailsOf, findingRows } from './details.js'
import type { OutcomeMessage } from './outcome-message.js'

/** What the job summary of a run shows that was to make the image match. */
export function buildContent(told: OutcomeMessage, state: RunState, { workflow, clock }: Runtime): SummaryContent {
  const blames = state.outcome?.as === 'failure' ? state.outcome.failure.places : []
  const trials = trialsOf(state, workflow)
  const ids = Object.entries(told.ids).map(([name, value]) => ({
    name: `${name.charAt(0).toUpperCase()}${name.slice(1)} ID`,
    value,
  }))
  return {
    ...told,
    marked:
      trials.length > 0
        ? []
        : blames.flatMap(({ file, line, reason }) =>
            reason === undefined ? [] : [{ place: `${file}:${line}`, reason, url: blobUrl(workflow, file, line) }],
          ),
    facts: [...detailsOf(state, workflow), ...ids],
    findings: findingRows(state, workflow),
    trials,
    ...packagesOf(state.requirements, workflow),
    phases: state.phases,
    now: clock.time(),
  }
}

/** What was found on the image, the worst first: of a long table, no more than the first part may be shown. */
function trialsOf({ verification, requirements }: RunState, workflow: WorkflowRun): TrialRow[] {
  const { packages = [] } = verification ?? {}
  const places = requirements === undefined || packages.length === 0 ? undefined : placesByName(requirements)
  return packages
    .toSorted((one, other) => Number(one.problem === '') - Number(other.problem === ''))
    .map((trial, index) => {
      const place = index < mostRows ? places?.get(trial.name)?.[0] : undefined
      return { ...trial, url: place && blobUrl(workflow, place.file, place.line) }
    })
}

function packagesOf(
  requirements: Requirements | undefined,
  workflow: WorkflowRun,
): Pick<SummaryContent, 'packages' | 'morePackages'> {
  if (requirements === undefined) return { packages: [] }
  const named = requirements.entries.filter(({ kind }) => kind === 'requirement')
  const packages = named.slice(0, mostRows).flatMap(entry => {
    if (entry.kind !== 'requirement') return []
    const origin = requirements.origins[entry.span.start.line - 1]
    const wanted = entry.shown.slice(entry.name.length).trim()
    if (origin === undefined) return [{ name: entry.name, wanted, place: '' }]
    const url = blobUrl(workflow, origin.file, origin.line)
    return [{ name: entry.name, wanted, place: `${origin.file}:${origin.line}`, ...(url === undefined ? {} : { url }) }]
  })
  return { packages, morePackages: named.length - packages.length }
}
