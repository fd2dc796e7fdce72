import type { Decision, Reason } from './decide.js'

/** Says in what a cluster is not as the repository has it. */
export type DriftReason =
  /** Queries run on another image, or Python queries are not enabled. */
  | 'inactive'
  /** There is no image with these requirements. */
  | 'content'
  /** The image has another language, version or base image. */
  | 'foundation'
  /** The last build of the image did not succeed. */
  | 'failed'

const driftOf: { readonly [reason in Reason]: DriftReason | undefined } = {
  new: 'content',
  requirements: 'content',
  language: 'foundation',
  'language-version': 'foundation',
  'base-image': 'foundation',
  'last-build-failed': 'failed',
  forced: undefined,
}

/**
 * Tells in what a cluster is not as the repository has it; nothing where it is.
 * @param decision what `apply` would do.
 * @param isActive whether queries run on the image; undefined where that is not known, or not asked for.
 */
export function driftReasons(decision: Decision, isActive: boolean | undefined): readonly DriftReason[] {
  const reasons = decision.reasons.flatMap(reason => driftOf[reason] ?? [])
  return [...new Set(isActive === false ? (['inactive', ...reasons] as const) : reasons)]
}
