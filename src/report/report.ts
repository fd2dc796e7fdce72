import type { Log } from '../github/log.js'
import { formatDetail, messageOf } from '../failure.js'
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
  const message = describeOutcome(state, elapsed, runtime.workflow)
  try {
    runtime.setOutputs(outputsOf(state, elapsed))
  } catch (error) {
    const text = `The outputs could not be written, so later steps find them empty: ${messageOf(error)}. This does not change the outcome of this step.`
    runtime.log.warning(text, { title: 'outputs' })
  }
  logOutcome(message, state, runtime.log)
  // The inputs as a whole may be wrong; this one counts nevertheless.
  if (state.inputs?.summary ?? runtime.input('summary').toLowerCase() !== 'false') {
    await runtime.writeSummary(pageOf(message, state, runtime)).catch((error: unknown) => {
      runtime.log.warning(`The job summary could not be written: ${messageOf(error)}`, { title: 'summary' })
    })
  }
  await commentOn(message, state, runtime)
  annotateFindings(state, runtime.log)
  return message.kind === 'failure' ? 1 : 0
}

/** Returns the page that suits what the run was to do. */
function pageOf(message: OutcomeMessage, state: RunState, runtime: Runtime): string {
  switch (state.inputs?.mode) {
    case 'plan':
      return planPage(message, state, runtime.workflow, summaryLimit)
    case 'delete':
      return deletionPage(message, state, runtime.workflow)
    default:
      return applyPage(message, state, runtime)
  }
}

/** GitHub keeps ten annotations of a level a step; one is the failure itself. */
const mostPlaces = 9

function logOutcome(message: OutcomeMessage, { outcome }: RunState, log: Log): void {
  if (message.kind !== 'failure' || message.code === '') {
    log.line(message.headline, message.kind === 'success' ? 'good' : 'plain')
    for (const detail of message.details) log.line(formatDetail(detail))
    return
  }
  const ids = Object.entries(message.ids).map(([name, id]) => `${name} ${id}`)
  const more = [message.help && `More: ${message.help}`, ids.length === 0 ? '' : `(${ids.join(', ')})`]
  const lines = [message.headline, ...message.details.map(formatDetail), message.remedy, message.command, ...more]
  const text = lines.filter(line => line !== '').join('\n')
  const places = outcome?.as === 'failure' ? outcome.failure.places : []
  const [only] = places
  const atPlace = places.length === 1 && only !== undefined && only.reason === undefined
  log.error(text, atPlace ? { title: message.code, place: only } : { title: message.code })
  if (!atPlace) {
    for (const place of places.slice(0, mostPlaces)) {
      log.error(place.reason ?? message.headline, { title: message.code, place })
    }
  }
  if (outcome?.as === 'defect' && outcome.error instanceof Error) log.line(outcome.error.stack ?? '', 'quiet')
}
