import type { Change, ChangeKind } from '../azure/change/change.js'
import { quoteError } from '../azure/service-error.js'
import { runsOn } from '../failures/switch-failures.js'
import type { Quotation, StopReason } from '../failure.js'
import { formatDuration } from '../format.js'
import { isUnavailable } from '../model/cluster.js'
import { imageState, isActivated, isUnconfirmed, requestedChanges, wasReceived } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import type { OutcomeMessage } from './page-sections.js'

/** Names the image of a run in a sentence. */
export function imageOf({ target }: RunState): string {
  return target === undefined ? 'the image' : `image ${target.image} on cluster ${target.cluster}`
}

/** Words a run that was stopped: what it had not finished, and what to do. */
export function stopWords(
  state: RunState,
  reason: StopReason,
  elapsed: number,
): Pick<OutcomeMessage, 'headline' | 'details' | 'remedy'> {
  const time = formatDuration(reason === 'timeout' ? (state.inputs?.timeout ?? elapsed) : elapsed)
  const { what, details, remedy, isFollowed } = unfinished(state)
  return {
    headline: `${reason === 'timeout' ? 'Gave up' : 'Cancelled'} after ${time}${what === '' ? '.' : `: ${what}`}`,
    details: [...details.filter(each => each !== ''), ...verificationNote(state), ...lastError(state)],
    remedy: isFollowed === true && reason === 'timeout' ? `${remedy} Raise timeout-minutes to wait longer.` : remedy,
  }
}

/** Returns the last change that was asked for. */
export function lastChange(state: RunState): Change<unknown> | undefined {
  return requestedChanges(state).at(-1)
}

/** What a run that was stopped had not finished, in parts. */
type Unfinished = {
  /** To follow "Gave up after 90 min:"; empty where nothing was waited for. */
  readonly what: string
  readonly details: readonly (string | Quotation)[]
  readonly remedy: string
  /** Whether more time would have been enough. */
  readonly isFollowed?: true
}

function unfinished(state: RunState): Unfinished {
  const { waitingFor, trouble } = state
  const change = lastChange(state)
  const ongoing = ongoingNote(state)
  const kept = trouble !== undefined && trouble.times > 1 ? troubleWords(trouble) : undefined
  if (change !== undefined && change.result === undefined && wasReceived(change) === true) {
    const [name] = changeWords(change, state)
    const what = isUnconfirmed(change)
      ? `${name} is not confirmed yet.`
      : `${name} has not finished (${stateOf(change, state)}).`
    return { what, details: kept ?? [], remedy: ongoing, isFollowed: true }
  }
  if (waitingFor !== undefined) return awaited(waitingFor, state, kept ?? [])
  if (change !== undefined && change.result === undefined) return unstarted(change, state)
  if (kept !== undefined) return { what: kept[0], details: [kept[1], ongoing], remedy: later }
  return { what: '', details: [ongoing], remedy: '' }
}

const later = 'Run the workflow again later; see https://azure.status.microsoft for outages.'

/** Tells what Resource Manager kept answering, and quotes the last of it. */
function troubleWords({ status, why }: NonNullable<RunState['trouble']>): readonly [string, string | Quotation] {
  if (status === undefined) return ['Azure Resource Manager did not answer.', `The last error: ${why}`]
  const meaning = status === 429 ? ' (too many requests)' : ''
  return [`Azure Resource Manager kept answering ${status}${meaning}.`, { by: 'Azure', text: why }]
}

function activityLog({ target }: RunState): string {
  return `See the activity log of cluster ${target?.cluster} in the portal for that change, then run the workflow again.`
}

/** What a step was waiting for that someone else does. */
function awaited(
  waitingFor: NonNullable<RunState['waitingFor']>,
  state: RunState,
  kept: Unfinished['details'],
): Unfinished {
  const remedy = ongoingNote(state)
  const details = [...kept, remedy]
  const { cluster = '' } = state.target ?? {}
  switch (waitingFor.for) {
    case 'image': {
      const of = `of image ${waitingFor.image} on cluster ${cluster}`
      const unended = `has not finished (${waitingFor.state}).`
      return waitingFor.isSame
        ? { what: `the build ${of} that was already under way ${unended}`, details: kept, remedy, isFollowed: true }
        : { what: `another change ${of} ${unended}`, details, remedy: activityLog(state) }
    }
    case 'cluster': {
      const health = `If you do not know why, see the Resource health of cluster ${cluster} in the portal. Then run the workflow again.`
      const isDown = isUnavailable(waitingFor.state)
      const what = `cluster ${cluster} is still ${waitingFor.state}.`
      return { what, details, remedy: isDown ? health : activityLog(state) }
    }
    case 'query':
      return {
        what: `cluster ${cluster} could not run the query yet.`,
        details: [{ by: 'The cluster', text: waitingFor.why }],
        remedy: 'Run the workflow again later: it verifies the active image again.',
      }
  }
}

/** Why a change that was asked for has not started, or may not have. */
function unstarted(change: Change<unknown>, state: RunState): Unfinished {
  const ongoing = ongoingNote(state)
  const { cluster = '' } = state.target ?? {}
  const { fate, obstacle, lostBecause } = change.attempts.at(-1) ?? {}
  const [name, notDone] = changeWords(change, state)
  if (fate === 'refused' && obstacle !== undefined) {
    const reasons = {
      conflict: `another change of cluster ${cluster} is still running`,
      maintenance: `cluster ${cluster} is still in maintenance`,
      throttling: 'Azure Resource Manager kept answering 429 (too many requests)',
    }
    return {
      what: `${reasons[obstacle.by]}, so ${notDone}.`,
      details: [{ by: 'Azure', text: obstacle.why }, ongoing],
      remedy: obstacle.by === 'conflict' ? activityLog(state) : later,
    }
  }
  const why = lostBecause === undefined ? [] : [`The last answer: ${lostBecause}`]
  return wasReceived(change) === undefined
    ? { what: `it is not known whether ${name} started.`, details: why, remedy: ongoing }
    : { what: `${notDone}.`, details: [...why, ongoing], remedy: later }
}

/** The name of a change, and a clause that it was not made. */
function changeWords({ kind, wanted }: Change<unknown>, state: RunState): readonly [name: string, notDone: string] {
  const { image = '', cluster = '' } = state.target ?? {}
  const words: { readonly [each in ChangeKind]: readonly [string, string] } = {
    build: [`the build of ${imageOf(state)}`, `image ${image} was not built`],
    switch: [`the switch of cluster ${cluster} to ${image}`, `the cluster was not switched to ${image}`],
    'switch-back': [
      `the switch of cluster ${cluster} back from ${image}`,
      `the cluster was not switched back from ${image}`,
    ],
    deletion: [`the deletion of image ${wanted} on cluster ${cluster}`, `image ${wanted} was not deleted`],
  }
  return words[kind]
}

/** The last state of what a change is about, as a read or the operation showed it. */
function stateOf({ kind, attempts }: Change<unknown>, state: RunState): string {
  if (kind === 'build' || kind === 'deletion') return imageState(state) ?? 'Accepted'
  return attempts.at(-1)?.operation?.status ?? 'Accepted'
}

/** What the operation under way has said last, where that is an error: a run that is stopped must not keep it to itself. */
function lastError(state: RunState): readonly (string | Quotation)[] {
  const error = lastChange(state)?.attempts.at(-1)?.operation?.error
  return error === undefined ? [] : [quoteError(error)]
}

/** What a run that was stopped while it verified the image, or switched back, would not report otherwise. */
function verificationNote(state: RunState): readonly (string | Quotation)[] {
  const { inputs, verification } = state
  if (inputs?.mode !== 'apply' || inputs.verification === undefined || isActivated(state) === false) return []
  const { failure } = verification ?? {}
  const found = failure === undefined ? ['The verification did not finish.'] : [failure.headline, ...failure.details]
  return [...found, runsOn(state)]
}

/** Tells whether Azure may still be busy with what this run began or followed; empty where that has ended. */
export function ongoingNote(state: RunState): string {
  const change = lastChange(state)
  if (change === undefined || (change.kind === 'build' && wasReceived(change) === false)) {
    return state.decision?.action === 'attach'
      ? `The build that was already under way ${ongoingSuffix('build')}`
      : 'This run has submitted nothing.'
  }
  const { kind } = change
  const name = kind === 'switch-back' ? 'switch back' : kind
  const received = wasReceived(change)
  if (received === undefined) {
    return `It is not known whether Azure received the request for the ${name}. If it did, the ${name} ${ongoingSuffix(kind)}`
  }
  if (!received || change.result !== undefined) return ''
  return isUnconfirmed(change)
    ? `Azure reports that the ${name} has succeeded${kind === 'switch-back' ? '' : '; run the workflow again to confirm it'}.`
    : `The ${name} ${ongoingSuffix(kind)}`
}

function ongoingSuffix(kind: ChangeKind): string {
  // Another run would not follow a switch back, but switch to the image again.
  return `may still be running in Azure${kind === 'switch-back' ? '' : '; run the workflow again to follow it'}.`
}
