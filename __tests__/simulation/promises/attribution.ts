import type { Operation } from '../../../emulator/azure/operations.js'
import {
  codeOf,
  type History,
  isBuild,
  isDeletion,
  isInterrupted,
  isWanted,
  same,
  switchedTo,
  wasRead,
} from '../history.js'
import type { ActionRun } from '../run-action.js'
import type { Promised } from './promise.js'

/** Who did it is judged by the codes and ids that a run tells, not by its words. */
export const attribution: Promised = {
  name: "nobody's change told as another's",
  check: (run, history, { broken }) => {
    const { plan } = run
    const code = codeOf(run)
    const own = history.startedBy(run)
    const others = history
      .startedByOthers(run)
      .filter(({ from, to }) => to > run.startedAt - history.lag && from < run.endedAt)
    const isOfImage = ({ image }: Operation) => same(image, plan.image)
    const needs = (what: string, holds: boolean): void => {
      if (!holds) broken.push(`${code}: ${what}`)
    }
    switch (code) {
      case 'superseded':
        return needs('nobody else has changed the image', others.some(isOfImage))
      case 'image-gone':
        return needs(
          'nobody else has deleted the image',
          others.some(each => isOfImage(each) && isDeletion(each)),
        )
      case 'switch-superseded':
        return needs(
          'nobody else has switched the cluster',
          others.some(each => switchedTo(each) !== undefined),
        )
      case 'newer-image-active':
        return needs(
          'nobody else has switched to another image',
          others.some(each => switchedTo(each) !== undefined && !same(switchedTo(each), plan.image)),
        )
      case 'build-failed':
      case 'build-canceled':
        return needs(
          'no build of this content ended so',
          [...own, ...others].some(each => hasEndedBadly(each, code, run, history)),
        )
      case 'switch-failed':
      case 'switch-canceled': {
        const status = code === 'switch-failed' ? 'Failed' : 'Canceled'
        const ended = [...own, ...others].some(
          each =>
            switchedTo(each) !== undefined &&
            each.outcome.status === status &&
            each.to <= run.endedAt &&
            // Of a cluster, where a run may not read its operation, it is not shown which switch has ended so.
            (same(switchedTo(each), plan.image) || !own.some(mine => wasRead(mine, run))),
        )
        return needs('no switch to the image ended so', ended)
      }
      case 'deletion-failed':
        return needs(
          'no deletion of this run failed, and nobody built it anew',
          own.some(each => isDeletion(each) && each.outcome.status !== 'Succeeded') || others.some(isBuild),
        )
    }
  },
}

/** Whether a build of what a run wants failed or was canceled, while the run could know of it. */
function hasEndedBadly(operation: Operation, code: string, run: ActionRun, history: History): boolean {
  const { image, content, outcome, to, from } = operation
  const status = code === 'build-failed' ? 'Failed' : 'Canceled'
  return (
    isBuild(operation) &&
    same(image, run.plan.image) &&
    isWanted(run, content) &&
    outcome.status === status &&
    // What came between may be written where this run may not read.
    (!isInterrupted(operation) || !wasRead(operation, run)) &&
    to > run.startedAt - history.lag &&
    to <= run.endedAt &&
    from <= run.endedAt
  )
}
