import type { ChangeKind, ChangeResult } from '../azure/change/change.js'
import { formatError } from '../azure/service-error.js'
import { clusterId } from '../azure/target.js'
import type { Target } from '../azure/target.js'
import type { Cluster, PythonImage, Readiness } from '../model/cluster.js'
import { Failure } from '../failure.js'
import { requestIds } from '../run-state.js'
import type { RunState } from '../run-state.js'

/** What to say of a cluster of which nothing can be changed in its present state. */
export function clusterUnfit({ why, state }: Extract<Readiness, { as: 'unfit' }>, { cluster }: Target): Failure {
  const { happened, remedy } = unfitWords[why]
  return new Failure({
    code: `cluster-${why}`,
    message: `The cluster ${cluster} ${happened} (${state}), so nothing of it can be changed, and nothing was submitted.`,
    remedy,
  })
}

const unfitWords = {
  stopped: { happened: 'is stopped', remedy: 'Start the cluster and run the job again.' },
  suspended: {
    happened: 'is suspended',
    remedy: 'See its page in the portal for the reason, resume it and run the job again.',
  },
  deleted: {
    happened: 'is being deleted',
    remedy: 'Check the input cluster-name; the activity log of the resource group tells who deletes the cluster.',
  },
  migrated: {
    happened: 'was migrated to another one',
    remedy: 'Change the input cluster-name to the cluster that has taken its place.',
  },
} as const

/** What to say where a cluster must be read, and may not be. */
export function clusterUnreadable(intent: 'activate' | 'switch back', target: Target): Failure {
  const cannot = intent === 'activate' ? 'The image cannot be activated' : 'The cluster cannot be switched back'
  return new Failure({
    code: 'forbidden',
    message: `${cannot}: this application may not read cluster ${target.cluster}, which shows what is active.`,
    remedy: `Grant the application a role with the action Microsoft.Kusto/clusters/read on ${clusterId(target)}.`,
  })
}

/** What queries in Python run on, as it was last seen. */
export function runsOn({ cluster }: RunState): string {
  const active = cluster?.resource?.python?.name
  return active === undefined ? 'Queries in Python are not enabled' : `Queries in Python run on ${active}`
}

/** What to say of a switch that ended otherwise than well. */
export function switchFailure(
  end: Exclude<ChangeResult<Cluster>, { as: 'succeeded' }>,
  image: PythonImage,
  kind: ChangeKind,
  target: Target,
  state: RunState,
): Failure {
  const ids = requestIds(state)
  const isBack = kind === 'switch-back'
  const what = `The switch of cluster ${target.cluster} ${isBack ? 'back to' : 'to'} ${image.name}`
  // Of a switch back, what is active is said by whoever tells the whole of it.
  const active = isBack ? '' : ` ${runsOn(state)}.`
  switch (end.as) {
    case 'failed':
    case 'canceled': {
      const said = end.error === undefined ? 'The service gives no reason.' : formatError(end.error)
      return new Failure({
        code: `switch-${end.as}`,
        message: `${what} ${end.as === 'failed' ? 'failed' : 'was canceled in Azure'}.${active}\n${said}`,
        remedy:
          'Run the workflow again to switch the cluster to the image, which is built already; open a support request with the ids if it fails the same way.',
        ids,
      })
    }
    case 'superseded':
      return new Failure({
        code: 'switch-superseded',
        message: `${what} has ended, and the cluster is not on it: somebody else has switched it meanwhile.${active}`,
        remedy:
          'Find out who else switches this cluster (its activity log in the portal tells), let only one workflow do it, for example with a concurrency group, and run this one again.',
        ids,
      })
    case 'unanswered':
      return switchNeverBegun(image, target, end.tries, end.why, state)
    case 'gone':
      return new Failure({
        code: 'cluster-gone',
        message: `The cluster ${target.cluster} is not there any more: somebody deleted it while it was being switched.`,
        remedy: 'The activity log of the resource group in the portal tells who did it.',
        ids,
      })
  }
}

/** What to say when the request for the switch was sent again and again, and neither an answer nor a switch came of it. */
function switchNeverBegun(image: PythonImage, target: Target, tries: number, why: string, state: RunState): Failure {
  return new Failure({
    code: 'submission-unanswered',
    message: `Asked ${tries} times to switch the cluster ${target.cluster} to ${image.name}; Azure did not confirm it, and no switch began. ${runsOn(state)}. The last answer: ${why}`,
    remedy: 'Run the workflow again later; https://azure.status.microsoft tells of outages.',
    ids: requestIds(state),
  })
}
