import type { Operation } from '../../../emulator/azure/operations.js'
import type { ClusterSnapshot } from '../../../emulator/azure/state-history.js'
import {
  allActiveIn,
  changesAskedBy,
  fateOf,
  type History,
  imageIn,
  isBuild,
  isDeletion,
  isWanted,
  same,
  switchedTo,
} from '../history.js'
import type { ActionRun } from '../run-action.js'
import type { Promised } from './promise.js'

type Check = Promised['check']

/** The output `state`. */
export const stateOf: Check = (run, history, { broken }) => {
  const { plan, outputs, exitCode } = run
  const state = outputs['state'] ?? ''
  if (state === '' || plan.inputs['keep-latest'] !== undefined) return
  const span = history.knownFrom(run, 'image')
  if (span === undefined) return void broken.push(`state is ${state}, and nothing was read`)
  const own = history.startedBy(run).filter(each => isBuild(each) || isDeletion(each))
  const during = history.during(span)
  if (
    !during.some(snapshot => isState(state, snapshot, run)) &&
    !own.some(each => isStatus(state, each, span.from, span.to))
  ) {
    broken.push(
      `state is ${state}, and was ${during.map(snapshot => imageIn(snapshot, plan.image)?.provisioningState ?? 'NotFound').join(', ')}`,
    )
  }
  const open = own.some(each => isBuild(each) && each.to > run.endedAt)
  if (exitCode === 0 && plan.inputs['wait'] === 'false' && open && state === 'Succeeded') {
    broken.push('state is Succeeded while the operation is open')
  }
}

function isState(state: string, snapshot: ClusterSnapshot, run: ActionRun): boolean {
  const image = imageIn(snapshot, run.plan.image)
  if (state === 'NotFound') return image === undefined
  if (image === undefined) return false
  const wanted = run.plan.mode === 'delete' || isWanted(run, image.content)
  if (state === 'Outdated') return image.provisioningState === 'Succeeded' && !wanted
  if (state === 'Succeeded') return image.provisioningState === 'Succeeded' && wanted
  return image.provisioningState === state
}

/** Milliseconds for which a read at rest is not believed. */
const doubt = 120_000

/** Whether an operation of the run had this status, or its answer said so. */
function isStatus(state: string, { from, to, outcome }: Operation, since: number, until: number): boolean {
  if (from > until) return false
  // What is read at rest may be what was before, however prompt the service is.
  if (to > since - doubt && (state === 'Running' || state === 'Accepted')) return true
  return to <= until && state === outcome.status && state !== 'Succeeded'
}

/** The output `active-image`. */
export const activeOf: Check = (run, history, { broken }) => {
  const active = run.outputs['active-image'] ?? ''
  if (active === '') return
  const span = history.knownFrom(run, 'cluster')
  if (span === undefined) return void broken.push(`active-image is ${active}, and nothing was read`)
  const during = history.during(span).flatMap(allActiveIn)
  if (!during.some(each => same(each, active))) broken.push(`active-image is ${active}, and was ${during.join(', ')}`)
}

/** The output `previous-image`: what this run's switch replaced or the one it followed, else what was active at the last look. */
export const previousOf: Check = (run, history, { broken }) => {
  const previous = run.outputs['previous-image'] ?? ''
  const known = previousImages(run, history)
  if (known === undefined || (previous === '' && known.some(each => each === undefined))) return
  // A 404 of the image may have the cluster asked for, and nothing read of it but that it is there.
  if (previous === '' && (run.exitCode !== 0 || (run.outputs['active-image'] ?? '') === '')) return
  if (!known.some(each => same(each, previous)))
    broken.push(`previous-image is ${previous || 'empty'}, not ${known.join(' or ')}`)
}

function previousImages(run: ActionRun, history: History): readonly (string | undefined)[] | undefined {
  const { image } = run.plan
  const replaced = (operation: Operation) => {
    const asked = history.requestOf(operation)?.at ?? operation.from
    return history.during({ from: asked - history.lag, to: operation.to - 1 }).flatMap(eitherActive)
  }
  const isForth = (each: Operation) => same(switchedTo(each), image) && run.plan.mode === 'apply'
  const own = history.startedBy(run).filter(isForth)
  const span = history.knownFrom(run, 'cluster')
  const seen = span === undefined ? undefined : history.during(span).flatMap(eitherActive)
  const decided = own.filter(({ to, outcome }) => outcome.status === 'Succeeded' && to <= run.endedAt - history.lag)
  const followed = history
    .startedByOthers(run)
    .filter(each => isForth(each) && each.to > run.startedAt - history.lag && each.from < run.endedAt)
  // Of two who asked for the same, the one whose answer was lost cannot know whose it is.
  const isClear =
    followed.length === 0 ||
    decided.some(each =>
      changesAskedBy(run).some(asked => asked.request.number === each.request && fateOf(asked) === 'accepted'),
    )
  if (decided.length > 0 && isClear) return decided.flatMap(replaced)
  // A request of which nobody knows whether it was received may have replaced what was active then.
  const lost = changesAskedBy(run)
    .filter(each => each.kind === 'switch' && fateOf(each) === 'lost')
    .flatMap(({ sentAt }) => history.during({ from: sentAt - history.lag, to: sentAt }).flatMap(eitherActive))
  const possible = [...own, ...followed]
  if (possible.length > 0) return seen === undefined ? undefined : [...possible.flatMap(replaced), ...seen]
  return lost.length === 0 ? seen : [...lost, ...(seen ?? [])]
}

function eitherActive(snapshot: ClusterSnapshot): readonly (string | undefined)[] {
  const all = allActiveIn(snapshot)
  return all.length === 0 ? [undefined] : all
}
