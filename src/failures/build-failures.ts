import { quoteError } from '../azure/service-error.js'
import type { Target } from '../model/target.js'
import type { ChangeResult } from '../azure/change/change.js'
import { Failure, formatDetail, type Quotation } from '../failure.js'
import { type CurrentImage, type DesiredImage, differences } from '../model/image.js'
import { reasonLabels } from '../model/decide.js'
import { requestIds } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { blamedLines } from '../requirements/resolver/pip-errors.js'
import { joinList } from '../format.js'

/** Returns the failure of a build that did not succeed. */
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
      return failed(quoteError(end.error), image, state)
    case 'canceled':
      return new Failure({
        code: 'build-canceled',
        headline: `The build of ${image} was canceled in Azure.`,
        details: end.error === undefined ? [] : [quoteError(end.error)],
        remedy: `See the cluster's activity log in the portal for who canceled it. Run the workflow again to build the image.`,
        ids,
      })
    case 'superseded':
      return new Failure({
        code: 'superseded',
        headline: `Someone else changed ${image} during this run: ${whatDiffers(desired, end.resource)}.`,
        details: operationError(state),
        remedy: `See the cluster's activity log in the portal for who changes this image. Let only one workflow do it, for example with a concurrency group, and run this one again.`,
        ids,
      })
    case 'unanswered':
      return submissionUnanswered(`build ${image}`, 'no build started', end, state)
    case 'gone':
      return new Failure({
        code: 'image-gone',
        headline: `Someone deleted ${image} while it was being built.`,
        details: operationError(state),
        remedy: `See the cluster's activity log in the portal for who deleted it. Run the workflow again to build the image.`,
        ids,
      })
  }
}

function failed(reason: string | Quotation, image: string, state: RunState): Failure {
  const places = state.requirements === undefined ? [] : blamedLines(formatDetail(reason), state.requirements)
  const remedy =
    places.length > 0
      ? `Correct ${places.length === 1 ? 'the line that is' : 'the lines that are'} annotated in the requirements file and run the workflow again.`
      : typeof reason === 'string'
        ? 'Run the workflow again; if it fails again, open a support request with the IDs below.'
        : 'If Azure names a package, correct its line in the requirements file. Otherwise run the workflow again; if it fails again, open a support request with the IDs below.'
  const headline = `The build of ${image} failed.`
  return new Failure({ code: 'build-failed', headline, details: [reason], remedy, places, ids: requestIds(state) })
}

/** What the operation of the build has said, before the image showed what others have made of it. */
function operationError({ changes }: RunState): readonly (string | Quotation)[] {
  const error = changes.build.attempts.at(-1)?.operation?.error
  return error === undefined ? [] : ["This run's own build had failed.", quoteError(error)]
}

function whatDiffers(desired: DesiredImage, image: CurrentImage): string {
  const reasons = differences(desired, image).map(difference => reasonLabels[difference])
  return reasons.length === 0 ? `it was built again and is ${image.state}` : joinList(reasons)
}

/** Returns the failure of a request that was sent again and again without effect. @param what to follow "to". */
export function submissionUnanswered(
  what: string,
  effect: string,
  { tries, why }: { readonly tries: number; readonly why: string },
  state: RunState,
  more: readonly string[] = [],
): Failure {
  return new Failure({
    code: 'submission-unanswered',
    headline: `Azure gave no usable answer to ${tries} requests to ${what}, and ${effect}.`,
    details: [...more, `The last answer: ${why}`],
    remedy: 'Run the workflow again later; see https://azure.status.microsoft for outages.',
    ids: requestIds(state),
  })
}
