import { differences } from '../image/image.js'
import type { CurrentImage, DesiredImage, Difference } from '../image/image.js'
import { standingOf } from '../image/provisioning-state.js'
import type { ServiceError } from './service-error.js'

/** How a build ended. */
export type End =
  /** The service says Succeeded of this very content. */
  | { readonly as: 'succeeded'; readonly image: CurrentImage }
  | { readonly as: 'failed' | 'canceled'; readonly error: ServiceError | undefined }
  /** The image is at rest with another content than what was sent. */
  | { readonly as: 'superseded'; readonly image: CurrentImage; readonly differs: readonly Difference[] }
  /** The image is not there any more. */
  | { readonly as: 'gone' }

/** How the operation ended, as far as it could be read. */
export type OperationEnd =
  | { readonly as: 'succeeded' }
  | { readonly as: 'failed' | 'canceled'; readonly error: ServiceError | undefined }
  /** `error` is what may have been its reason, should the image say that it failed. */
  | { readonly as: 'unread'; readonly error?: ServiceError | undefined }

/** What is known of a build while its image is watched. */
export type Known = {
  readonly operation: OperationEnd
  /** Whether the image was seen being built since the operation ended, or since the submission if it was not read. */
  readonly building: boolean
  /** How many looks in a row showed what a late answer of the service could show as well. */
  readonly doubts: number
}

/** What a look at the image means: an end, or what is known now. */
export type Verdict = { readonly end: End } | { readonly known: Known }

/** So many looks in a row must show the same before what may be a late answer is believed. */
const believed = 3

/**
 * Judges a build by its image.
 *
 * An operation that succeeded needs the image to say so too, of this content. One that failed has failed, unless the
 * image is being built all the same: then this run's request met another one, and the image will tell. Where the
 * operation was not read, the image alone is believed, once it was seen being built.
 *
 * @param image undefined where there is none.
 */
export function judge(known: Known, image: CurrentImage | undefined, desired: DesiredImage): Verdict {
  const { operation, building, doubts } = known
  const standing = image === undefined ? 'gone' : standingOf(image.state)
  if (standing === 'in-progress') return { known: { operation, building: true, doubts: 0 } }

  const failed = operation.as === 'failed' || operation.as === 'canceled'
  if (failed && !building) return { end: operation }

  const differs = image === undefined ? [] : differences(desired, image)
  const end = endOf(standing, operation, image, differs)
  const sure =
    end.as === 'succeeded'
      ? operation.as === 'succeeded' || building
      : (end.as === 'failed' || end.as === 'canceled') && building
  return sure || doubts + 1 >= believed ? { end } : { known: { operation, building, doubts: doubts + 1 } }
}

function endOf(
  standing: 'succeeded' | 'failed' | 'canceled' | 'gone',
  operation: OperationEnd,
  image: CurrentImage | undefined,
  differs: readonly Difference[],
): End {
  if (image === undefined || standing === 'gone') return { as: 'gone' }
  if (standing === 'succeeded') {
    return differs.length === 0 ? { as: 'succeeded', image } : { as: 'superseded', image, differs }
  }
  return { as: standing, error: 'error' in operation ? operation.error : undefined }
}
