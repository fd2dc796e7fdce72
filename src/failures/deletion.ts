import type { ChangeResult } from '../azure/change/change.js'
import { formatError } from '../azure/service-error.js'
import { clusterId } from '../azure/target.js'
import type { Target } from '../azure/target.js'
import { Failure } from '../failure.js'
import type { Usage } from '../model/retention.js'
import { joinList } from '../format.js'
import { requestIds } from '../run-state.js'
import type { RunState } from '../run-state.js'

/** Images are named up to this many. */
const mostNames = 20

/** What to say of an image that must not be deleted. */
export function imageInUse(image: string, use: Usage, { cluster }: Target): Failure {
  const nothing = 'so it was not deleted'
  return use.by === 'active'
    ? new Failure({
        code: 'image-in-use',
        message: `Queries in Python on cluster ${cluster} run on the image ${image}, ${nothing}.`,
        remedy: 'Activate another image first, for example with activate: true.',
      })
    : new Failure({
        code: 'image-in-use',
        message: `On cluster ${cluster}, ${joinList(use.dependants, mostNames)} ${use.dependants.length === 1 ? 'is' : 'are'} built upon the image ${image}, ${nothing}.`,
        remedy: 'Delete what is built upon it first, or build that upon another image.',
      })
}

/** What to say where it is not known which images of a family are the newest. */
export function agesUnknown({ image, cluster }: Target): Failure {
  return new Failure({
    code: 'ages-unknown',
    message: `Which of the images ${image} on cluster ${cluster} are the newest is not known, so none was deleted: the service does not say when they were made, and their names do not end in numbers.`,
    remedy: `Give the images names that can be put in order, with a date or a number after what they have in common: docs/production.md of this action shows how. Those that are there already can be deleted one by one, by their names.`,
  })
}

/** What to say where it is not known whether an image is active. */
export function useUnknown(target: Target): Failure {
  return new Failure({
    code: 'forbidden',
    message: `This application may not read the cluster ${target.cluster}, which shows what queries run on, so nothing was deleted.`,
    remedy: `Grant the application a role with the action Microsoft.Kusto/clusters/read on ${clusterId(target)}.`,
  })
}

/** What to say of a deletion that ended otherwise than well. */
export function deletionFailure(
  end: Exclude<ChangeResult<unknown>, { as: 'succeeded' | 'gone' }>,
  target: Target,
  state: RunState,
): Failure {
  if (end.as === 'unanswered') return deletionNeverBegun(target, end.tries, end.why, state)
  const image = `image ${target.image} of cluster ${target.cluster}`
  const said =
    end.as === 'failed' || end.as === 'canceled'
      ? end.error === undefined
        ? 'The service gives no reason.'
        : formatError(end.error)
      : 'The service says that it was, and shows it all the same: somebody else may have built it anew.'
  return new Failure({
    code: 'deletion-failed',
    message: `The ${image} was not deleted.\n${said}`,
    remedy: 'Run the workflow again, and open a support request with the ids if it fails the same way.',
    ids: requestIds(state),
  })
}

/** What to say when the request for the deletion was sent again and again, and neither an answer nor a deletion came of it. */
function deletionNeverBegun(target: Target, tries: number, why: string, state: RunState): Failure {
  return new Failure({
    code: 'submission-unanswered',
    message: `Asked ${tries} times to delete the image ${target.image} of cluster ${target.cluster}; Azure did not confirm it, and it is still there. The last answer: ${why}`,
    remedy: 'Run the workflow again later; https://azure.status.microsoft tells of outages.',
    ids: requestIds(state),
  })
}
