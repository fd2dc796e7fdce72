import { differences } from './image.js'
import type { CurrentImage, DesiredImage, Difference } from './image.js'
import { standingOf } from './provisioning-state.js'

/** What a run does, as the output `action` names it. */
export type Action = 'create' | 'update' | 'rebuild' | 'none' | 'attach'

/** Why it does that. */
export type Reason = 'new' | Difference | 'forced' | 'last-build-failed'

/** What is to be done, and why. */
export type Decision = { readonly action: Action; readonly reasons: readonly Reason[] }

/**
 * What to do about an image that nobody is changing right now.
 *
 * @param current undefined where there is no such image.
 * @param watched whether this run saw the build of `current` end. Such a build is fresh: it is not forced again, so that
 * a run that was repeated after its time limit follows the build it had started.
 */
export function decide(
  desired: DesiredImage,
  current: CurrentImage | undefined,
  { force, watched }: { readonly force: boolean; readonly watched: boolean },
): Decision {
  if (current === undefined) return { action: 'create', reasons: ['new'] }
  const changed = differences(desired, current)
  const failed = standingOf(current.state) !== 'succeeded'
  const reasons: Reason[] = [...changed]
  if (failed) reasons.push('last-build-failed')
  if (force && !(watched && reasons.length === 0)) reasons.push('forced')
  if (reasons.length === 0) return { action: watched ? 'attach' : 'none', reasons }
  return { action: changed.length > 0 ? 'update' : 'rebuild', reasons }
}
