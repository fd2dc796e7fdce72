import type { OutcomeMessage } from './page-sections.js'
import { formatDuration, pluralize, sameName } from '../format.js'
import { helpUrl, issuesUrl, type WorkflowRun } from '../github/workflow-run.js'
import type { Change } from '../azure/change/change.js'
import { imageState, isActivated, requestIds, wasReceived } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { planHeadline } from './plan.js'
import { deletionHeadline } from './deletion.js'
import { imageOf, lastChange, ongoingNote, stopWords } from './stop-message.js'

/** Words a run that has ended. @param elapsed milliseconds since its start. */
export function describeOutcome(state: RunState, elapsed: number, workflow: WorkflowRun): OutcomeMessage {
  const message = {
    details: [],
    remedy: '',
    command: '',
    ids: {},
    code: '' as const,
    ...wordsOf(state, elapsed, workflow),
  }
  return { ...message, help: message.code === '' ? '' : helpUrl(workflow, message.code) }
}

function wordsOf(
  state: RunState,
  elapsed: number,
  workflow: WorkflowRun,
): Pick<OutcomeMessage, 'kind' | 'headline'> & Partial<OutcomeMessage> {
  const { inputs, outcome } = state
  const ids = requestIds(state)
  const change = lastChange(state)
  const ongoing = change === undefined ? '' : ongoingNote(state)
  switch (outcome?.as) {
    case 'succeeded':
      return { kind: 'success', ids, ...successWords(state, elapsed) }
    case 'planned': {
      const headline = inputs?.mode === 'delete' ? deletionHeadline(state, elapsed) : planHeadline(state, workflow)
      return { kind: 'success', headline }
    }
    case 'verified': {
      const { packages = [], queries = [] } = state.verification ?? {}
      const passed =
        queries.length === 0
          ? ''
          : `, and ${pluralize(queries.length, 'query', 'queries')} pass${queries.length === 1 ? 'es' : ''}`
      // The first is Python itself.
      const tried = packages.length > 1 ? `Python and ${pluralize(packages.length - 1, 'package')} are` : 'Python is'
      const headline = `Python queries run on ${imageOf(state)}: ${tried} as required${passed}.`
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
      const { headline, details, remedy, command, code, ids: own } = outcome.failure
      const more = ongoing === '' || change === undefined || wasReceived(change) === false ? [] : [ongoing]
      return { kind: 'failure', headline, details: [...details, ...more], remedy, command, code, ids: own }
    }
    default:
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

function successWords(state: RunState, elapsed: number): Pick<OutcomeMessage, 'headline' | 'details'> {
  const { inputs, target, decision, changes, verification } = state
  const image = `Image ${target?.image} on cluster ${target?.cluster}`
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
function useNote({ target, cluster }: RunState): readonly string[] {
  if (cluster?.resource === undefined) return ['To use it, set activate: true, or switch in the portal.']
  const active = cluster.resource.python?.name
  if (active === undefined)
    return ['Python queries are not enabled on the cluster: set activate: true, or enable them in the portal.']
  return sameName(active, target?.image)
    ? ['Queries may still run on its former build: set activate: true to switch the cluster to the new one.']
    : [`Queries still run on ${active}: set activate: true, or switch in the portal.`]
}
