import {
  activeIn,
  changesAskedBy,
  fateOf,
  isBuild,
  isDeletion,
  isInterrupted,
  same,
  switchedTo,
  wasRead,
} from '../history.js'
import { margin } from './margin.js'
import type { Promised } from './promise.js'

type Check = Promised['check']

/** The output `changed`. */
export const changedOf: Check = (run, history, { broken }) => {
  const { plan, outputs } = run
  const changed = outputs['changed'] ?? ''
  const isKind = plan.mode === 'apply' ? isBuild : isDeletion
  const all = history.startedBy(run).filter(isKind)
  const own = all.filter(each => !isInterrupted(each))
  const done = plan.mode === 'apply' ? own : own.filter(each => each.outcome.status === 'Succeeded')
  const inTime = done.filter(each => (plan.mode === 'apply' ? each.from : each.to) <= run.endedAt)
  // Whether something came between may be written where this run may not read.
  const perhaps = all.some(each => isInterrupted(each) && !wasRead(each, run))
  if (changed === 'true' && inTime.length === 0 && !perhaps)
    broken.push('changed is true, and this run has changed nothing')
  if (changed === 'false' && done.length > 0) {
    const lost = changesAskedBy(run).some(each => each.request.number === done[0]!.request && fateOf(each) === 'lost')
    const known = inTime.length > 0 && (plan.mode === 'apply' || inTime[0]!.to <= run.endedAt - history.lag)
    if (known || lost) broken.push('changed is false, and this run has changed something')
  }
}

/** The output `action`: what this run did. */
export const actionOf: Check = (run, history, { broken }) => {
  const { outputs, plan } = run
  const action = outputs['action'] ?? ''
  const kind = plan.mode === 'apply' ? 'put-image' : 'delete-image'
  const fates = changesAskedBy(run)
    .filter(each => each.kind === kind)
    .map(fateOf)
  const perhaps = fates.some(fate => fate !== 'refused')
  if (['create', 'update', 'rebuild', 'delete'].includes(action) && !perhaps) {
    broken.push(`action is ${action}, and nothing was done`)
  }
  // What a conflict or a maintenance ended, nobody has carried out.
  const own = history.startedBy(run).filter(each => (kind === 'put-image' ? isBuild(each) : isDeletion(each)))
  const isDone = fates.includes('accepted') && !own.every(isInterrupted)
  if (['none', 'attach'].includes(action) && isDone) {
    broken.push(`action is ${action}, and something was done`)
  }
}

/** The output `activated`. */
export const activatedOf: Check = (run, history, { broken }) => {
  const { plan, outputs, endedAt } = run
  const activated = outputs['activated'] ?? ''
  const own = history
    .startedBy(run)
    .filter(each => switchedTo(each) !== undefined && each.outcome.status === 'Succeeded')
  const isOn = own.findLast(({ to }) => to <= endedAt)
  const known = own.findLast(({ to }) => to <= endedAt - history.lag)
  const isForth = (operation: typeof isOn) => operation !== undefined && same(switchedTo(operation), plan.image)
  // Of a switch that failed where this run may not read, and that someone else made all the same, nobody can know.
  const isUnread = history
    .startedBy(run)
    .some(each => same(switchedTo(each), plan.image) && each.outcome.status !== 'Succeeded' && !wasRead(each, run))
  if (activated === 'true' && !isForth(isOn) && !isForth(known) && !isUnread)
    broken.push('activated is true, and this run has not switched')
  // What is not active when it was last looked is not activated, whoever has switched back.
  const last = history.knownFrom(run, 'cluster')
  const isBack = last !== undefined && history.during(last).some(snapshot => !same(activeIn(snapshot), plan.image))
  if (activated === 'false' && isForth(known) && isForth(isOn) && !isBack)
    broken.push('activated is false, and this run has switched')
  // It may be under way by now, and not be seen yet.
  const hidden = endedAt - history.lag - margin
  const pending = own.find(({ from, to, request }) => to > endedAt && from > hidden && lostIn(request))
  if (activated === 'false' && isForth(pending)) broken.push('activated is false, and nobody knew')

  function lostIn(number: number | undefined): boolean {
    return changesAskedBy(run).some(each => each.request.number === number && fateOf(each) === 'lost')
  }
}
