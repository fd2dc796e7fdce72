import type { Log } from '../github/log.js'
import { formatDetail } from '../failure.js'
import type { RunState } from '../run-state.js'
import type { Runtime } from '../runtime.js'
import { annotateFindings } from './annotate-findings.js'
import { applyPage } from './apply.js'
import { commentOn } from './comment.js'
import { outputsOf } from './outputs.js'
import { summaryLimit } from './markdown-blocks.js'
import { planPage } from './plan.js'
import { deletionPage } from './deletion.js'
import { describeOutcome } from './outcome-message.js'
import type { OutcomeMessage } from './page-sections.js'

/**
 * Reports what is known of a run: the outputs first, for a cancelled step has little time, then the log, the summary and
 * the comment on the pull request.
 * @returns the exit code: 0 for `Succeeded`, for acceptance where the user waits for no more, and for a plan that would
 * work; else 1.
 */
export async function report(state: RunState, runtime: Runtime): Promise<number> {
  const elapsed = runtime.clock.now() - state.started
  const told = describeOutcome(state, elapsed, runtime.workflow)

  const outputs = outputsOf(state, elapsed)
  try {
    runtime.setOutputs(outputs)
  } catch (error) {
    runtime.log.warning(
      `The outputs could not be written, so later steps find all of them empty: ${messageOf(error)}. The outcome of this step is not changed by that.`,
      { title: 'outputs' },
    )
  }
  tellLog(told, state, runtime.log)
  // The inputs as a whole may be wrong; this one is heeded all the same.
  if (state.inputs?.summary ?? runtime.input('summary').toLowerCase() !== 'false') {
    await runtime.writeSummary(pageOf(told, state, runtime)).catch((error: unknown) => {
      runtime.log.warning(`The job summary could not be written: ${messageOf(error)}`, { title: 'summary' })
    })
  }
  await commentOn(told, state, runtime)
  annotateFindings(state, runtime.log)
  return told.kind === 'failure' ? 1 : 0
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Returns the page that suits what the run was to do. */
function pageOf(told: OutcomeMessage, state: RunState, runtime: Runtime): string {
  switch (state.inputs?.mode) {
    case 'plan':
      return planPage(told, state, runtime.workflow, summaryLimit)
    case 'delete':
      return deletionPage(told, state, runtime.workflow)
    default:
      return applyPage(told, state, runtime)
  }
}

/** GitHub keeps ten annotations of a level a step; one is the failure itself. */
const mostPlaces = 9

function tellLog(told: OutcomeMessage, { outcome }: RunState, log: Log): void {
  if (told.kind !== 'failure' || told.code === '') {
    log.line(told.headline, told.kind === 'success' ? 'good' : 'plain')
    for (const detail of told.details) log.line(formatDetail(detail))
    return
  }
  const ids = Object.entries(told.ids).map(([name, id]) => `${name} ${id}`)
  const text = [
    told.headline,
    ...told.details.map(formatDetail),
    told.remedy,
    told.help === '' ? '' : `More: ${told.help}`,
    ids.length === 0 ? '' : `(${ids.join(', ')})`,
  ]
    .filter(line => line !== '')
    .join('\n')
  const places = outcome?.as === 'failure' ? outcome.failure.places : []
  const [only] = places
  const atPlace = places.length === 1 && only !== undefined && only.reason === undefined
  log.error(text, atPlace ? { title: told.code, place: only } : { title: told.code })
  if (!atPlace) {
    for (const place of places.slice(0, mostPlaces)) {
      log.error(place.reason ?? told.headline, { title: told.code, place })
    }
  }
  if (outcome?.as === 'defect' && outcome.error instanceof Error) log.line(outcome.error.stack ?? '', 'quiet')
}
