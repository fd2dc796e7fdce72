import { formatError } from '../azure/service-error.js'
import { formatDuration } from '../format.js'
import { helpUrl, issuesUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { Change, ChangeKind } from '../azure/change/change.js'
import { imageState, isActivated, requestIds, requestedChanges, wasReceived } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { runsOn } from '../failures/switch.js'
import { planHeadline } from './plan.js'
import { deletionHeadline } from './deletion.js'

/** How a run ended, in the words that the log, the annotation and the summary share. */
export type OutcomeMessage = {
  /** Whether it is what the user wants. */
  readonly good: boolean
  /** One sentence, the first that everybody reads. */
  readonly headline: string
  /** What the service said, line by line, if it said something. */
  readonly details: readonly string[]
  /** What to do. */
  readonly remedy: string
  /** Whether Azure goes on with something. */
  readonly aftermath: string
  /** Ids to search for, by name. */
  readonly ids: { readonly [name: string]: string }
  /** Title of the annotation: the code that names the section of the troubleshooting guide. */
  readonly code: string
  /** Where that section is; empty where there is none. */
  readonly help: string
}

/**
 * Words a run that has ended.
 * @param elapsed milliseconds since its start.
 */
export function describeOutcome(state: RunState, elapsed: number, workflow: WorkflowRun): OutcomeMessage {
  const told = worded(state, elapsed, workflow)
  return { ...told, help: told.code === '' ? '' : helpUrl(workflow, told.code) }
}

function worded(state: RunState, elapsed: number, workflow: WorkflowRun): Omit<OutcomeMessage, 'help'> {
  const { inputs, outcome } = state
  const { target } = inputs ?? {}
  const image = target === undefined ? 'The image' : `Image ${target.image} on cluster ${target.cluster}`
  const nothing = { good: false, details: [], remedy: '', aftermath: '', ids: {}, code: '' }
  const ids = requestIds(state)
  const last = lastChange(state)
  switch (outcome?.as) {
    case 'succeeded':
      return { ...nothing, good: true, ids, headline: `${image} ${successWords(state, elapsed)}` }
    case 'planned': {
      const headline = inputs?.mode === 'delete' ? deletionHeadline(state, elapsed) : planHeadline(state, workflow)
      return { ...nothing, good: true, headline }
    }
    case 'deleted':
      return { ...nothing, good: true, ids, headline: deletionHeadline(state, elapsed) }
    case 'accepted':
      return {
        ...nothing,
        good: true,
        ids,
        headline: `${image}: the build is accepted (${imageState(state) ?? 'state not known'}); this step does not wait for its result.`,
      }
    case 'stopped': {
      const over =
        outcome.reason === 'timeout'
          ? `the time limit of ${formatDuration(inputs?.timeout ?? elapsed)} is over`
          : `cancelled after ${formatDuration(elapsed)}`
      return {
        ...nothing,
        headline: `${image}: ${over}. Last state seen: ${imageState(state) ?? 'none'}.`,
        details: [...whileTried(state), ...lastError(state)],
        remedy:
          outcome.reason === 'timeout' && last !== undefined && wasReceived(last) === true
            ? 'A longer timeout-minutes lets the step wait for the end.'
            : '',
        aftermath: aftermath(state),
        ids,
        code: outcome.reason,
      }
    }
    case 'failure': {
      const [headline = '', ...details] = outcome.failure.message.split('\n')
      const { remedy, code } = outcome.failure
      return {
        good: false,
        headline,
        details,
        remedy,
        aftermath: last === undefined || wasReceived(last) === false ? '' : aftermath(state),
        ids: outcome.failure.ids,
        code,
      }
    }
    default:
      return {
        ...nothing,
        headline: 'The action itself went wrong; this is a bug in the action, not in your workflow.',
        details: [String(outcome?.error)],
        remedy: `Please report it with this log at ${issuesUrl(workflow)}.`,
        aftermath: last === undefined ? '' : aftermath(state),
        ids,
        code: 'defect',
      }
  }
}

function lastChange(state: RunState): Change<unknown> | undefined {
  return requestedChanges(state).at(-1)
}

const changeNames: { readonly [kind in ChangeKind]: string } = {
  build: 'build',
  switch: 'switch',
  'switch-back': 'switch back',
  deletion: 'deletion',
}

/** Another run would not follow a switch back, but switch to the image again. */
function goesOn(kind: ChangeKind): string {
  return kind === 'switch-back'
    ? 'may still be running in Azure.'
    : 'may still be running in Azure; run the workflow again to follow it.'
}

/** What the operation under way has said last, where that is an error: a run that is stopped must not keep it to itself. */
function lastError(state: RunState): string[] {
  const error = lastChange(state)?.attempts.at(-1)?.operation?.error
  return error === undefined ? [] : formatError(error).split('\n')
}

/** What a run that was stopped while it tried the image, or went back, would leave unsaid; nothing of any other run. */
function whileTried(state: RunState): string[] {
  const { inputs, verification } = state
  if (inputs?.mode !== 'apply' || inputs.verification === undefined || isActivated(state) === false) return []
  const { failure } = verification ?? {}
  return [
    ...(failure === undefined ? ['It was not verified to the end.'] : failure.message.split('\n')),
    `${runsOn(state)}.`,
  ]
}

function successWords(state: RunState, elapsed: number): string {
  const { inputs, decision, changes, verification } = state
  const time = formatDuration(elapsed)
  const activated = isActivated(state) !== false
  const active = activated ? ' Queries run on it now' : ' It was active already'
  const tried = verification?.isSettled === true ? ', and the packages are as required.' : '.'
  const use = inputs?.mode === 'apply' && inputs.activate ? active + tried : ''
  if (wasReceived(changes.build) !== false) {
    return `was built${activated ? ' and activated' : ''} in ${time} and has Succeeded.${use}`
  }
  if (decision?.action === 'attach') {
    return `has Succeeded: this run followed a build that was already under way.${use}`
  }
  if (activated) return `is up to date and Succeeded, and was activated in ${time}.${use}`
  return `is up to date and Succeeded; nothing was submitted.${use}`
}

/** Whether Azure may still be busy with what this run began or followed; empty where that has ended. */
function aftermath(state: RunState): string {
  const change = lastChange(state)
  if (change === undefined || (change.kind === 'build' && wasReceived(change) === false)) {
    return state.decision?.action === 'attach'
      ? `The build that was already under way ${goesOn('build')}`
      : 'This run has submitted nothing.'
  }
  const name = changeNames[change.kind]
  const received = wasReceived(change)
  if (received === undefined) {
    return `It is not known whether Azure received the request for the ${name}. If it did, the ${name} ${goesOn(change.kind)}`
  }
  return received && change.result === undefined ? `The ${name} ${goesOn(change.kind)}` : ''
}
