import type { Standing } from '../image/provisioning-state.js'
import type { ServiceError } from './service-error.js'

/** What a look at a resource means for somebody who follows a change of it. */
export type View = {
  /** `gone`: there is no such resource, where there should be one. */
  readonly standing: Standing | 'gone'
  /** Whether it is what the change is to bring about. */
  readonly matches: boolean
}

/** How the operation ended, as far as it could be read. */
export type OperationEnd =
  | { readonly as: 'succeeded' }
  | { readonly as: 'failed' | 'canceled'; readonly error: ServiceError | undefined }
  /** `error` is what may have been its reason, should the resource say that it failed. */
  | { readonly as: 'unread'; readonly error?: ServiceError | undefined }

/** What is known of a change while its resource is watched. */
export type Known = {
  readonly operation: OperationEnd
  /** Whether the resource was seen being changed since the operation ended, or since the submission if it was not read. */
  readonly changing: boolean
  /** How many looks in a row showed what a late answer of the service could show as well. */
  readonly doubts: number
}

/** How a change ended: with what was wanted, otherwise, or with something else than what was sent. */
export type Outcome = 'succeeded' | 'failed' | 'canceled' | 'superseded' | 'gone'

/** What a look at the resource means: an end, or what is known now. */
export type Verdict = { readonly end: Outcome } | { readonly known: Known }

/**
 * Judges a change by its resource.
 *
 * An operation that succeeded needs the resource to say so too, as it was to become. One that failed has failed, unless
 * the resource is being changed all the same: then this run's request met another one, and the resource will tell. Where
 * the operation was not read, the resource alone is believed, once it was seen being changed.
 *
 * @param believed so many looks in a row must show the same before what may be a late answer is believed.
 */
export function judge(known: Known, { standing, matches }: View, believed: number): Verdict {
  const { operation, changing, doubts } = known
  if (standing === 'in-progress') return { known: { operation, changing: true, doubts: 0 } }
  if ((operation.as === 'failed' || operation.as === 'canceled') && !changing) return { end: operation.as }

  const end = standing === 'succeeded' && !matches ? 'superseded' : standing
  const sure =
    end === 'succeeded'
      ? operation.as === 'succeeded' || changing
      : (end === 'failed' || end === 'canceled') && changing
  return sure || doubts + 1 >= believed ? { end } : { known: { operation, changing, doubts: doubts + 1 } }
}
