import type { ServiceError } from '../azure/service-error.js'
import { formatError } from '../azure/service-error.js'
import type { Target } from '../azure/target.js'
import type { ChangeResult } from '../azure/change/change.js'
import { Failure } from '../failure.js'
import { differences } from '../model/image.js'
import type { CurrentImage, DesiredImage } from '../model/image.js'
import { reasonLabels } from '../model/decide.js'
import { requestIds } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { blamedLines } from '../requirements/resolver/pip-errors.js'
import { joinList } from '../format.js'

/** What to say of a build that ended otherwise than well. */
export function buildFailure(
  end: Exclude<ChangeResult<CurrentImage>, { as: 'succeeded' }>,
  desired: DesiredImage,
  target: Target,
  state: RunState,
): Failure {
  const image = `image ${target.image} on cluster ${target.cluster}`
  const ids = requestIds(state)
  switch (end.as) {
    case 'failed':
    case 'canceled':
      return ended(end.as, end.error, image, ids, state)
    case 'superseded':
      return new Failure({
        code: 'superseded',
        message: `The ${image} is not what this run sent: ${whatDiffers(desired, end.resource)}, by somebody else.${reasonOf(state)}`,
        remedy:
          'Find out who else changes this image (the activity log of the cluster in the portal tells), let only one workflow do it, for example with a concurrency group, and run this one again.',
        ids,
      })
    case 'unanswered':
      return neverBegun(target, end.tries, end.why, state)
    case 'gone':
      return new Failure({
        code: 'image-gone',
        message: `The ${image} is not there any more: somebody deleted it while it was being built.${reasonOf(state)}`,
        remedy:
          'The activity log of the cluster in the portal tells who did it. Run the workflow again to build the image anew.',
        ids,
      })
  }
}

function ended(
  as: 'failed' | 'canceled',
  error: ServiceError | undefined,
  image: string,
  ids: { readonly [name: string]: string },
  state: RunState,
): Failure {
  const said = error === undefined ? 'The service gives no reason.' : formatError(error)
  if (as === 'canceled') {
    return new Failure({
      code: 'build-canceled',
      message: `The build of ${image} was canceled in Azure.\n${said}`,
      remedy:
        'The activity log of the cluster in the portal tells who canceled it. Run the workflow again to build anew.',
      ids,
    })
  }
  const places = state.requirements === undefined ? [] : blamedLines(said, state.requirements)
  return new Failure({
    code: 'build-failed',
    message: `The build of ${image} failed.\n${said}`,
    remedy:
      places.length > 0
        ? `Correct ${places.length === 1 ? 'the line that is' : 'the lines that are'} marked in the requirements file and run the workflow again.`
        : 'If a package is named above, correct its line in the requirements file; else run the workflow again, and open a support request with the ids if it fails the same way.',
    places,
    ids,
  })
}

/** What the operation of the build has said, before the image showed what others have made of it. */
function reasonOf({ changes }: RunState): string {
  const error = changes.build.attempts.at(-1)?.operation?.error
  return error === undefined ? '' : `\nOf this run's build, Azure said:\n${formatError(error)}`
}

function whatDiffers(desired: DesiredImage, image: CurrentImage): string {
  const reasons = differences(desired, image).map(difference => `${reasonLabels[difference]} meanwhile`)
  return reasons.length === 0 ? `it was built again meanwhile, and is ${image.state}` : joinList(reasons)
}

/** What to say when the request for the build was sent again and again, and neither an answer nor a build came of it. */
function neverBegun(target: Target, tries: number, why: string, state: RunState): Failure {
  return new Failure({
    code: 'submission-unanswered',
    message: `Asked ${tries} times for the build of image ${target.image} on cluster ${target.cluster}; Azure did not confirm it, and no build began. The last answer: ${why}`,
    remedy: 'Run the workflow again later; https://azure.status.microsoft tells of outages.',
    ids: requestIds(state),
  })
}
