import type { ChangeKind, ChangeResult } from '../azure/change/change.js'
import { startCluster } from '../azure/arm-errors.js'
import { accessTo, howToGrant } from '../azure/permissions.js'
import { quoteError } from '../azure/service-error.js'
import type { Target } from '../model/target.js'
import type { Cluster, PythonImage, Readiness } from '../model/cluster.js'
import { Failure } from '../failure.js'
import { knownCluster, requestIds } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { submissionUnanswered } from './build-failures.js'

/** Returns the failure of a cluster that cannot be changed in its present state. */
export function clusterUnfit({ why, state }: Extract<Readiness, { as: 'unfit' }>, target: Target): Failure {
  const { is, ...advice } = {
    stopped: { is: 'is stopped', ...startCluster(target) },
    suspended: {
      is: 'is suspended',
      remedy: "See the cluster's page in the portal for the reason, resume the cluster and run the workflow again.",
    },
    deleted: {
      is: 'is being deleted',
      remedy:
        "Check the input cluster-name. See the resource group's activity log in the portal for who deletes the cluster.",
    },
    migrated: {
      is: 'was migrated to another cluster',
      remedy: 'Set the input cluster-name to the cluster that replaces it.',
    },
  }[why]
  const headline = `Cluster ${target.cluster} ${is} (${state}), so it cannot be changed. Nothing was submitted.`
  return new Failure({ code: `cluster-${why}`, headline, ...advice })
}

const unreadable = {
  activate: 'the image cannot be activated',
  'switch back': 'the cluster cannot be switched back',
  delete: 'nothing was deleted',
  verify: 'nothing was verified',
}

/** Returns the failure to read a cluster that must be read, to know which image is active. */
export function clusterUnreadable(purpose: keyof typeof unreadable, target: Target): Failure {
  const { action, scope } = accessTo('readCluster', target)
  return new Failure({
    code: 'forbidden',
    headline: `The application may not read cluster ${target.cluster}, so ${unreadable[purpose]}.`,
    details: [
      `This run must know which image is active. The role of the application lacks the action ${action} on ${scope}.`,
    ],
    remedy: howToGrant,
  })
}

/** Tells what Python queries run on, as it was last seen. */
export function runsOn(state: RunState): string {
  const cluster = knownCluster(state)
  if (cluster === undefined) return 'It is not known what Python queries run on.'
  const active = cluster.python?.name
  return active === undefined ? 'Python queries are not enabled on the cluster.' : `Python queries run on ${active}.`
}

/** Returns the failure of a switch that did not succeed. */
export function switchFailure(
  end: Exclude<ChangeResult<Cluster>, { as: 'succeeded' }>,
  image: PythonImage,
  kind: ChangeKind,
  { cluster }: Target,
  state: RunState,
): Failure {
  const ids = requestIds(state)
  const isBack = kind === 'switch-back'
  const what = `switch cluster ${cluster} ${isBack ? 'back to' : 'to'} ${image.name}`
  // After a switch back, the caller says what is active.
  const active = isBack ? [] : [runsOn(state)]
  switch (end.as) {
    case 'failed':
    case 'canceled':
      return new Failure({
        code: end.as === 'failed' ? 'switch-failed' : 'switch-canceled',
        headline: end.as === 'failed' ? `Azure could not ${what}.` : `The request to ${what} was canceled in Azure.`,
        details: [...active, quoteError(end.error)],
        remedy:
          'Run the workflow again: the image is built, so only the switch is repeated. If it fails again, open a support request with the IDs below.',
        ids,
      })
    case 'superseded':
      return new Failure({
        code: 'switch-superseded',
        headline: `Someone else switched cluster ${cluster} while this run switched it to ${image.name}.`,
        details: active,
        remedy: onlyOneWorkflow,
        ids,
      })
    case 'unanswered':
      return submissionUnanswered(what, 'the switch did not start', end, state, active)
    case 'gone':
      return new Failure({
        code: 'cluster-gone',
        headline: `Someone deleted cluster ${cluster} while it was being switched.`,
        remedy: "See the resource group's activity log in the portal for who deleted it.",
        ids,
      })
  }
}

/** Returns the failure to switch to an image of a family because a newer run has switched the cluster meanwhile. */
export function newerImageActive(active: string, { cluster, image }: Target): Failure {
  return new Failure({
    code: 'newer-image-active',
    headline: `Image ${image} is not activated: a newer run has switched cluster ${cluster} to ${active}.`,
    details: [`Python queries run on ${active}. Image ${image} is built, and stays.`],
    remedy: `If the newer run holds the requirements that you want, nothing is left to do. Otherwise run the workflow again for the right commit: a new run switches the cluster.`,
  })
}

/** Tells what to do where someone else switches the cluster too. */
export const onlyOneWorkflow =
  "See the cluster's activity log in the portal for who switches it. Let only one workflow do it, for example with a concurrency group, and run this one again."
