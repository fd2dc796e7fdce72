import type { Operation } from '../../../emulator/azure/operations.js'
import { codeOf, type History, isBuild, isInterrupted, switchedTo, wasRead } from '../history.js'
import type { ActionRun } from '../run-action.js'
import type { Promised } from './promise.js'

/** Milliseconds in which a run that waits looks again, at the latest. */
const look = 120_000

/** Why a change failed is told where it could be read. */
export const reason: Promised = {
  name: 'the reason kept',
  check: (run, history, { broken }) => {
    if (run.exitCode === 0 || run.plan.inputs['wait'] === 'false') return
    const last = history.startedBy(run).findLast(each => isBuild(each) || switchedTo(each) !== undefined)
    const message = last?.outcome.error?.message
    if (last === undefined || message === undefined || isInterrupted(last)) return
    if (!wasRead(last, run) && !couldBeRead(last, run, history)) return
    // Someone has built it all the same, or it was seen built before: then it is not why the run failed.
    const isWhy = ['build-failed', 'switch-failed', 'cancelled', 'timeout'].includes(codeOf(run))
    const told = run.annotations.filter(({ level }) => !isWhy || level === 'error').map(({ text }) => text)
    if (!told.some(text => text.includes(message.split('\n').at(-1)!))) {
      broken.push(`${codeOf(run)} does not say why ${last.kind} failed`)
    }
  },
}

/** Whether nothing stood in the way of reading it: a run that was not cut short has followed it to its end. */
function couldBeRead({ to, request: number }: Operation, run: ActionRun, { course, lag }: History): boolean {
  const { readable, faults } = course.schedule
  const asked = run.exchanges.find(({ request }) => request.number === number)
  return (
    readable &&
    asked?.reply?.header('azure-asyncoperation') !== undefined &&
    !faults.some(({ on }) => on === 'poll' || on === 'token' || on === 'id-token') &&
    (!['cancelled', 'timeout'].includes(codeOf(run)) || run.endedAt - to > lag + look)
  )
}
