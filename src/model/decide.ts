import { type CurrentImage, type DesiredImage, type Difference, differences } from './image.js'
import { isBeingDeleted, statusOf } from './provisioning-state.js'

/** Holds what a run does, as the output `action` names it. */
export type Action = 'create' | 'update' | 'rebuild' | 'none' | 'attach' | 'delete'

/** Holds what is to be done, and why. */
export type Decision = { readonly action: Action; readonly reasons: readonly Reason[] }

/** Tells whether what is to be done is to have the service build or delete something. */
export function changes(decision: Decision): boolean {
  return builds(decision) || decision.action === 'delete'
}

/** Tells whether what is to be done is to have the service build something. */
export function builds({ action }: Decision): boolean {
  return action === 'create' || action === 'update' || action === 'rebuild'
}

/**
 * Decides what is to be done about an image that nobody is changing right now.
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
  const failed = statusOf(current.state) !== 'succeeded'
  const reasons: Reason[] = [...changed]
  if (failed) reasons.push('last-build-failed')
  if (force && !(watched && reasons.length === 0)) reasons.push('forced')
  if (reasons.length === 0) return { action: watched ? 'attach' : 'none', reasons }
  return { action: changed.length > 0 ? 'update' : 'rebuild', reasons }
}

/** Returns what {@link decide} will say of the image, should the change of it that may be under way end well. */
export function decideWithoutWaiting(
  desired: DesiredImage,
  current: CurrentImage | undefined,
  force: boolean,
): Decision {
  if (current === undefined || isBeingDeleted(current.state))
    return decide(desired, undefined, { force, watched: false })
  const watched = statusOf(current.state) === 'in-progress'
  return decide(desired, watched ? { ...current, state: 'Succeeded' } : current, { force, watched })
}

/** Says why something is done about an image. */
export type Reason = 'new' | Difference | 'forced' | 'last-build-failed'

/** Holds the reasons in words, to stand after "because". */
export const reasonLabels: { readonly [reason in Reason]: string } = {
  new: 'the cluster has no such image yet',
  requirements: 'the requirements changed',
  language: 'the language changed',
  'language-version': 'the language version changed',
  'base-image': 'the base image changed',
  forced: 'force is set',
  'last-build-failed': 'the last build did not succeed',
}
