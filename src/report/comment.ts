import { createHash } from 'node:crypto'
import { imageId } from '../model/target.js'
import { type FailureCode, messageOf, Stopped } from '../failure.js'
import { builds } from '../model/decide.js'
import type { PlanInputs } from '../inputs/inputs.js'
import type { RunState } from '../run-state.js'
import { startDeadline } from '../clock.js'
import type { Runtime } from '../runtime.js'
import { planPage } from './plan.js'
import type { OutcomeMessage } from './page-sections.js'

/** GitHub takes no longer comment; counted in characters there, in bytes here, which are more. */
const longestComment = 65_536

/** Milliseconds for all of it: a plan takes seconds, and GitHub's bad moments must not make it minutes. */
const commentTimeout = 60_000

/** Posts a plan to the pull request, in one comment a target that is kept up to date. Never fails the step. */
export async function commentOn(message: OutcomeMessage, state: RunState, runtime: Runtime): Promise<void> {
  const { inputs, outcome } = state
  if (inputs?.mode !== 'plan' || inputs.comment === 'false') return
  const { workflow, log, send, clock, cancelled } = runtime
  const { pullRequest, repository, apiUrl } = workflow
  if (pullRequest === undefined)
    return log.line('This run is not for a pull request, so there is nothing to comment on.', 'quiet')
  // A run that was stopped, or is broken, has nothing to say that is worth more than what stands there.
  if (outcome?.as === 'stopped' || outcome?.as === 'defect') return
  const couldNotComment = (why: string): string => `Could not comment on the pull request: ${why}.`
  if (inputs.gitHubToken === '')
    return log.notice(couldNotComment('the input github-token is empty'), { title: 'comment' })

  const marker = `<!-- kusto-sandbox-image ${keyOf(inputs)} -->`
  const page = planPage(message, state, workflow, longestComment - marker.length - 1)
  const limit = startDeadline(commentTimeout, clock)
  log.mask(inputs.gitHubToken)
  try {
    const keepComment = await runtime.commenter()
    const kept = await keepComment(
      { repository, pullRequest, marker, body: `${marker}\n${page}`, create: isWanted(inputs, state) },
      { apiUrl, token: inputs.gitHubToken, send, clock, signal: AbortSignal.any([cancelled, limit.signal]) },
    )
    if (kept.as !== 'refused') return log.line(`Comment on pull request ${pullRequest}: ${kept.as}.`)
    const remedy = 'The job needs the permission "pull-requests: write", which pull requests from forks never get.'
    log.notice(`${couldNotComment(kept.why)} ${remedy}`, { title: 'comment' })
  } catch (error) {
    const stopped = error instanceof Stopped ? (error.reason === 'timeout' ? 'GitHub took too long' : 'cancelled') : ''
    log.warning(couldNotComment(stopped || messageOf(error)), { title: 'comment' })
  } finally {
    limit.clear()
  }
}

/** What is wrong with the change itself, not with the run. */
const wrongRequirements: ReadonlySet<FailureCode> = new Set([
  'findings',
  'requirements-not-found',
  'requirements-unreadable',
])

/** Whether a comment is made where there is none: `on-change` wants one where something would change, or would not work. */
function isWanted({ comment }: PlanInputs, { comparison, decision, outcome }: RunState): boolean {
  if (comment === 'true') return true
  const isWrong = outcome?.as === 'failure' && wrongRequirements.has(outcome.failure.code)
  const activates = comparison !== undefined && 'activates' in comparison && comparison.activates
  return isWrong || activates || (decision !== undefined && builds(decision))
}

/** What tells the comment of one target from that of another. Azure's names know no case. */
function keyOf({ target, requirementsFile }: PlanInputs): string {
  const subject = target === undefined ? requirementsFile : imageId(target).toLowerCase()
  return createHash('sha256').update(subject).digest('hex').slice(0, 32)
}
