import { duration } from '../phrases.js'
import { helpUrl, issuesUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { stateAtEnd, submissionIds } from '../record.js'
import type { Record, Undertaking } from '../record.js'
import { runsOn } from '../failures/switch.js'
import { planHeadline } from './plan-wording.js'
import { removalHeadline } from './removal-wording.js'

/** How a run ended, in the words that the log, the annotation and the summary share. */
export type Told = {
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
export function tell(record: Record, elapsed: number, workflow: WorkflowRun): Told {
  const told = worded(record, elapsed, workflow)
  return { ...told, help: told.code === '' ? '' : helpUrl(workflow, told.code) }
}

function worded(record: Record, elapsed: number, workflow: WorkflowRun): Omit<Told, 'help'> {
  const { inputs, ending } = record
  const { target } = inputs ?? {}
  const image = target === undefined ? 'The image' : `Image ${target.image} on cluster ${target.cluster}`
  const nothing = { good: false, details: [], remedy: '', aftermath: '', ids: {}, code: '' }
  const submission = submissionIds(record)
  switch (ending?.as) {
    case 'succeeded':
      return { ...nothing, good: true, ids: submission, headline: `${image} ${successWords(record, elapsed)}` }
    case 'planned': {
      const headline = inputs?.mode === 'delete' ? removalHeadline(record, elapsed) : planHeadline(record, workflow)
      return { ...nothing, good: true, headline }
    }
    case 'removed':
      return { ...nothing, good: true, ids: submission, headline: removalHeadline(record, elapsed) }
    case 'accepted':
      return {
        ...nothing,
        good: true,
        ids: submission,
        headline: `${image}: the build is accepted (${record.state ?? 'state not known'}); this step does not wait for its result.`,
      }
    case 'stopped': {
      const over =
        ending.reason === 'timeout'
          ? `the time limit of ${duration(inputs?.timeout ?? elapsed)} is over`
          : `cancelled after ${duration(elapsed)}`
      return {
        ...nothing,
        headline: `${image}: ${over}. Last state seen: ${stateAtEnd(record) ?? 'none'}.`,
        details: whileTried(record),
        remedy:
          ending.reason === 'timeout' && record.latest.submitted === 'yes'
            ? 'A longer timeout-minutes lets the step wait for the end.'
            : '',
        aftermath: aftermath(record),
        ids: submission,
        code: ending.reason,
      }
    }
    case 'failure': {
      const [headline = '', ...details] = ending.failure.message.split('\n')
      const { remedy, ids, code } = ending.failure
      const { submitted, ended, what } = record.latest
      const after = submitted === 'yes' && !ended ? `Unless it has ended by now, the ${what} ${goesOn(what)}` : ''
      return {
        good: false,
        headline,
        details,
        remedy,
        aftermath: submitted === 'perhaps' ? aftermath(record) : after,
        ids,
        code,
      }
    }
    default:
      return {
        ...nothing,
        headline: 'The action itself went wrong; this is a defect of it, not of your workflow.',
        details: [String(ending?.error)],
        remedy: `Please report it with this log at ${issuesUrl(workflow)}.`,
        aftermath: record.latest.submitted === 'no' ? '' : aftermath(record),
        ids: submission,
        code: 'defect',
      }
  }
}

/** Another run would not follow a switch back, but switch to the image again. */
function goesOn(what: Undertaking['what']): string {
  return what === 'switch back' ? 'goes on in Azure.' : 'goes on in Azure; run the workflow again to follow it.'
}

/** What a run that was stopped while it tried the image, or went back, would leave unsaid; nothing of any other run. */
function whileTried({ inputs, ...record }: Record): string[] {
  if (inputs?.mode !== 'apply' || inputs.verification === undefined || !record.activated) return []
  const { flaw } = record
  return [
    ...(flaw === undefined ? ['It was not verified to the end.'] : flaw.message.split('\n')),
    `${runsOn(record)}.`,
  ]
}

function successWords({ inputs, decision, build, activated, verified }: Record, elapsed: number): string {
  const time = duration(elapsed)
  const active = activated ? ' Queries run on it now' : ' It was active already'
  const tried = verified === true ? ', and the packages are as asked for.' : '.'
  const use = inputs?.mode === 'apply' && inputs.activate ? active + tried : ''
  if (build.submitted === 'yes') {
    return `was built${activated ? ' and activated' : ''} in ${time} and has Succeeded.${use}`
  }
  if (decision?.action === 'attach') {
    return `has Succeeded: this run followed a build that was already under way.${use}`
  }
  if (activated) return `is up to date and Succeeded, and was activated in ${time}.${use}`
  return `is up to date and Succeeded; nothing was submitted.${use}`
}

/** Whether Azure goes on with what this run began or followed; empty where that has ended. */
function aftermath({ latest: { what, submitted, ended }, decision }: Record): string {
  if (submitted === 'perhaps') {
    return `Whether Azure received the request for the ${what} is not known. If it did, it ${goesOn(what)}`
  }
  if (submitted === 'yes') return ended ? '' : `The ${what} ${goesOn(what)}`
  if (what === 'build' && decision?.action === 'attach') return `The build that was already under way ${goesOn(what)}`
  return what === 'build' ? 'This run has submitted nothing.' : ''
}
