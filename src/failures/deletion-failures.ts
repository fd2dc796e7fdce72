import type { ChangeResult } from '../azure/change/change.js'
import { quoteError } from '../azure/service-error.js'
import type { Target } from '../model/target.js'
import { Failure } from '../failure.js'
import type { Usage } from '../model/retention.js'
import { joinList } from '../format.js'
import { requestIds } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { submissionUnanswered } from './build-failures.js'

/** Images are named up to this many. */
const mostNames = 20

/** Returns the failure to delete an image that is in use. */
export function imageInUse(image: string, use: Usage, { cluster }: Target): Failure {
  const code = 'image-in-use'
  if (use.by === 'active') {
    return new Failure({
      code,
      headline: `Image ${image} was not deleted: Python queries on cluster ${cluster} run on it.`,
      remedy: 'Activate another image first, for example with activate: true.',
    })
  }
  const { dependants } = use
  return new Failure({
    code,
    headline: `Image ${image} was not deleted: ${joinList(dependants, mostNames)} on cluster ${cluster} ${dependants.length === 1 ? 'is' : 'are'} built on it.`,
    remedy: `Delete ${dependants.length === 1 ? 'that image' : 'those images'} first, or build ${dependants.length === 1 ? 'it' : 'them'} on another base image.`,
  })
}

/** Returns the failure to tell which images are the newest. @param undated those of unknown age, if that is why. */
export function agesUnknown({ image, cluster }: Target, prefix: string, undated: readonly string[]): Failure {
  return new Failure({
    code: 'ages-unknown',
    headline: `Cannot tell which of the images ${image} on cluster ${cluster} are the newest, so none was deleted.`,
    details: [
      undated.length > 0
        ? `Azure reports no dates for them, and no number follows the prefix ${prefix} in: ${joinList(undated, mostNames)}.`
        : 'Several of them have the same date or number.',
    ],
    remedy: `Name new images with a date or a number right after the prefix, such as ${prefix}20261126. Delete the present ones one by one, by their names.`,
  })
}

/** Returns the failure of a deletion that did not succeed. */
export function deletionFailure(
  end: Exclude<ChangeResult<unknown>, { as: 'succeeded' | 'gone' }>,
  { image, cluster }: Target,
  state: RunState,
): Failure {
  if (end.as === 'unanswered')
    return submissionUnanswered(`delete image ${image} on cluster ${cluster}`, 'the image is still there', end, state)
  return new Failure({
    code: 'deletion-failed',
    headline: `Image ${image} on cluster ${cluster} was not deleted.`,
    details: [
      end.as === 'superseded'
        ? 'Azure reported success, but the image still exists; someone may have built it again.'
        : quoteError(end.error),
    ],
    remedy: 'Run the workflow again; if it fails again, open a support request with the IDs below.',
    ids: requestIds(state),
  })
}
