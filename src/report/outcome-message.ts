import { formatDuration } from '../format.js'
import type { OutcomeCode, Quotation, StopReason } from '../failure.js'
import { helpUrl, issuesUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { Change, ChangeKind } from '../azure/change/change.js'
import { quoteError } from '../azure/service-error.js'
import { imageState, isActivated, requestIds, requestedChanges, wasReceived } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { isUnavailable } from '../model/cluster.js'
import { runsOn } from '../failures/switch.js'
import { planHeadline } from './plan.js'
import { deletionHeadline } from './deletion.js'

/** Tells how a run ended, in the words that the log, the annotation and the summary share. */
export type OutcomeMessage = {
  /** `started`: what the user wants is under way, and not waited for. */
  readonly kind: 'success' | 'started' | 'failure'
  /** One sentence, the first that everybody reads. */
  readonly headline: string
  /** What else there is to know: our own sentences, and what a service said. */
  readonly details: readonly (string | Quotation)[]
  /** What to do; may be empty. */
  readonly remedy: string
  /** Ids for a support request, by name. */
  readonly ids: { readonly [name: string]: string }
  /** Title of the annotation: the section of the troubleshooting guide; empty where all is well. */
  readonly code: OutcomeCode | ''
  /** Where that section is; empty where there is none. */
  readonly help: string
}

/**
 * Words a run that has ended.
 * @param elapsed milliseconds since its start.
 */
export function describeOutcome(state: RunState, elapsed: number, workflow: WorkflowRun): OutcomeMessage {
  const message = { details: [], remedy: '', ids: {}, code: '' as const, ...wordsOf(state, elapsed, workflow) }
  return { ...message, help: message.code === '' ? '' : helpUrl(workflow, message.code) }
}

function wordsOf(
  state: RunState,
  elapsed: number,
  workflow: WorkflowRun,
): Pick<OutcomeMessage, 'kind' | 'headline'> & Partial<OutcomeMessage> {
  const { inputs, outcome } = state
  const ids = requestIds(state)
  switch (outcome?.as) {
    case 'succeeded':
      return { kind: 'success', ids, ...successWords(state, elapsed) }
    case 'planned': {
      const headline = inputs?.mode === 'delete' ? deletionHeadline(state, elapsed) : planHeadline(state, workflow)
      return { kind: 'success', headline }
    }
    case 'deleted':
      return { kind: 'success', ids, headline: deletionHeadline(state, elapsed) }
    case 'accepted':
      return {
        kind: 'started',
        ids,
        headline: `Build of ${imageOf(state)} started (${imageState(state) ?? 'state not known'}); this step does not wait for its result.`,
      }
    case 'stopped':
      return { kind: 'failure', ids, code: outcome.reason, ...stopWords(state, outcome.reason, elapsed) }
    case 'failure': {
      const { headline, details, remedy, code, ids: own } = outcome.failure
      const change = lastChange(state)
      const ongoing = change === undefined || wasReceived(change) === false ? '' : ongoingNote(state)
      return {
        kind: 'failure',
        headline,
        details: ongoing === '' ? details : [...details, ongoing],
        remedy,
        code,
        ids: own,
      }
    }
    default: {
      const ongoing = lastChange(state) === undefined ? '' : ongoingNote(state)
      return {
        kind: 'failure',
        headline: 'This is a bug in the action, not in your workflow.',
        details: [String(outcome?.error), ...(ongoing === '' ? [] : [ongoing])],
        remedy: `Please report it with this log at ${issuesUrl(workflow)}.`,
        ids,
        code: 'defect',
      }
    }
  }
}

function imageOf({ inputs }: RunState): string {
  return inputs?.target === undefined ? 'the image' : `image ${inputs.target.image} on cluster ${inputs.target.cluster}`
}

function stopWords(
  state: RunState,
  reason: StopReason,
  elapsed: number,
): Pick<OutcomeMessage, 'headline' | 'details' | 'remedy'> {
  const { inputs } = state
  const time = formatDuration(reason === 'timeout' ? (inputs?.timeout ?? elapsed) : elapsed)
  const { what, details, remedy } = unfinished(state)
  return {
    headline: `${reason === 'timeout' ? 'Gave up' : 'Cancelled'} after ${time}${what === '' ? '.' : `: ${what}`}`,
    details: [...details.filter(each => each !== ''), ...verificationNote(state), ...lastError(state)],
    remedy: reason === 'timeout' ? remedy : remedy.replace(longer, '').trim(),
  }
}

function lastChange(state: RunState): Change<unknown> | undefined {
  return requestedChanges(state).at(-1)
}

/** Tells in parts what a run that was stopped had not finished. */
type Unfinished = {
  /** To follow "Gave up after 90 min:"; empty where nothing was waited for. */
  readonly what: string
  readonly details: readonly (string | Quotation)[]
  readonly remedy: string
}

/** Tells what a run that was stopped was waiting for. */
function unfinished(state: RunState): Unfinished {
  const { inputs, waitingFor, trouble } = state
  const { cluster = '' } = inputs?.target ?? {}
  const change = lastChange(state)
  const ongoing = ongoingNote(state)
  const kept =
    trouble === undefined || trouble.times < 2 ? [] : [`Azure Resource Manager kept answering ${trouble.why}.`]
  const activityLog = `See the activity log of cluster ${cluster} in the portal for that change, then run the workflow again.`
  if (change !== undefined && change.result === undefined && wasReceived(change) === true) {
    const what = `${changeOf(change, state)} has not finished (${stateOf(change, state)}).`
    return { what, details: kept, remedy: `${ongoing} ${longer}` }
  }
  switch (waitingFor?.for) {
    case 'image':
      return waitingFor.isSame
        ? {
            what: `the build of ${imageOf(state)} that was already under way has not finished (${waitingFor.state}).`,
            details: kept,
            remedy: `${ongoing} ${longer}`,
          }
        : {
            what: `another change of image ${waitingFor.image} on cluster ${cluster} has not finished (${waitingFor.state}).`,
            details: [...kept, ongoing],
            remedy: activityLog,
          }
    case 'cluster':
      return {
        what: `cluster ${cluster} is still ${waitingFor.state}.`,
        details: [...kept, ongoing],
        remedy: isUnavailable(waitingFor.state)
          ? `If you do not know why, see the Resource health of cluster ${cluster} in the portal. Then run the workflow again.`
          : activityLog,
      }
    case 'query':
      return {
        what: `cluster ${cluster} could not run the query yet.`,
        details: [{ by: 'The cluster', text: waitingFor.why }],
        remedy: 'Run the workflow again later: it verifies the active image again.',
      }
  }
  const attempt = change?.attempts.at(-1)
  if (change !== undefined && attempt !== undefined && change.result === undefined) {
    const undone = notDone(change, state)
    const { obstacle } = attempt
    if (attempt.fate === 'refused' && obstacle !== undefined) {
      const said: Quotation = { by: 'Azure', text: obstacle.why }
      switch (obstacle.by) {
        case 'conflict':
          return {
            what: `another change of cluster ${cluster} is still running, so ${undone}.`,
            details: [said, ongoing],
            remedy: activityLog,
          }
        case 'maintenance':
          return {
            what: `cluster ${cluster} is still in maintenance, so ${undone}.`,
            details: [said, ongoing],
            remedy: later,
          }
        case 'throttling':
          return {
            what: `Azure Resource Manager kept answering 429 (too many requests), so ${undone}.`,
            details: [said, ongoing],
            remedy: later,
          }
      }
    }
    const { lostBecause } = attempt
    const why = lostBecause === undefined ? kept : [`The last answer: ${lostBecause}`]
    if (wasReceived(change) === undefined)
      return { what: `it is not known whether ${changeOf(change, state)} started.`, details: why, remedy: ongoing }
    if (lostBecause !== undefined)
      return { what: `Azure gave no usable answer, so ${undone}.`, details: [...why, ongoing], remedy: later }
  }
  if (trouble !== undefined && trouble.times > 1)
    return { what: `Azure Resource Manager kept answering ${trouble.why}.`, details: [ongoing], remedy: later }
  return { what: '', details: [ongoing], remedy: '' }
}

const longer = 'Raise timeout-minutes to wait longer.'
const later = 'Run the workflow again later; see https://azure.status.microsoft for outages.'

function changeOf({ kind, wanted }: Change<unknown>, state: RunState): string {
  const { image = '', cluster = '' } = state.inputs?.target ?? {}
  switch (kind) {
    case 'build':
      return `the build of ${imageOf(state)}`
    case 'switch':
      return `the switch of cluster ${cluster} to ${image}`
    case 'switch-back':
      return `the switch of cluster ${cluster} back from ${image}`
    case 'deletion':
      return `the deletion of image ${wanted} on cluster ${cluster}`
  }
}

function notDone({ kind, wanted }: Change<unknown>, { inputs }: RunState): string {
  const { image = '' } = inputs?.target ?? {}
  const words: { readonly [each in ChangeKind]: string } = {
    build: `image ${image} was not built`,
    switch: `the cluster was not switched to ${image}`,
    'switch-back': `the cluster was not switched back from ${image}`,
    deletion: `image ${wanted} was not deleted`,
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

/** What a run that was stopped while it verified the image, or switched back, would leave untold. */
function verificationNote(state: RunState): readonly (string | Quotation)[] {
  const { inputs, verification } = state
  if (inputs?.mode !== 'apply' || inputs.verification === undefined || isActivated(state) === false) return []
  const { failure } = verification ?? {}
  const found = failure === undefined ? ['The verification did not finish.'] : [failure.headline, ...failure.details]
  return [...found, runsOn(state)]
}

function successWords(state: RunState, elapsed: number): Pick<OutcomeMessage, 'headline' | 'details'> {
  const { inputs, decision, changes, verification } = state
  const image = `Image ${imageOf(state).slice('image '.length)}`
  const isAsked = inputs?.mode === 'apply' && inputs.activate
  const activated = isActivated(state) !== false
  const verified = verification?.isSettled === true ? ', and all packages are as required' : ''
  const use = isAsked ? [`Python queries run on it${activated ? ' now' : ' already'}${verified}.`] : useNote(state)
  if (wasReceived(changes.build) !== false) {
    const time = formatDuration(timeOf(changes.build) ?? elapsed)
    return { headline: `${image} was built in ${time}${activated ? ' and activated' : ''}.`, details: use }
  }
  if (decision?.action === 'attach')
    return { headline: `${image} was built by an earlier request, which this run followed.`, details: use }
  if (activated) {
    const time = formatDuration(timeOf(changes.switch) ?? elapsed)
    return { headline: `${image} is up to date and was activated in ${time}.`, details: use }
  }
  return { headline: `${image} is up to date; nothing was submitted.`, details: isAsked ? use : [] }
}

/** Milliseconds from the request for a change to its end; undefined where there was none. */
function timeOf({ attempts }: Change<unknown>): number | undefined {
  const attempt = attempts.at(-1)
  const end = attempt?.operation?.end?.readAt ?? attempt?.lastRead?.at
  return attempt === undefined || end === undefined ? undefined : end - attempt.sentAt
}

/** What a new image still lacks to be used. */
function useNote({ inputs, cluster }: RunState): readonly string[] {
  if (cluster?.resource === undefined) return ['To use it, set activate: true, or switch in the portal.']
  const active = cluster.resource.python?.name
  if (active === undefined)
    return ['Python queries are not enabled on the cluster: set activate: true, or enable them in the portal.']
  return active.toLowerCase() === inputs?.target?.image.toLowerCase()
    ? ['Queries may still run on its former build: set activate: true to switch the cluster to the new one.']
    : [`Queries still run on ${active}: set activate: true, or switch in the portal.`]
}

/** Tells whether Azure may still be busy with what this run began or followed; empty where that has ended. */
function ongoingNote(state: RunState): string {
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
  return received && change.result === undefined ? `The ${name} ${ongoingSuffix(kind)}` : ''
}

/** Another run would not follow a switch back, but switch to the image again. */
function ongoingSuffix(kind: ChangeKind): string {
  return kind === 'switch-back'
    ? 'may still be running in Azure.'
    : 'may still be running in Azure; run the workflow again to follow it.'
}
