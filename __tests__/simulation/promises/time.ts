import { codeOf } from '../history.js'
import type { Promised } from './promise.js'

/** Milliseconds that reporting may take. */
const reporting = 2_000

/** Milliseconds of the limit as it is written. */
const rounding = 1

/** Milliseconds until a run looks again. */
const longestPause = 20_000

/** Milliseconds that a run may be busy with where nothing is wrong, beside waiting for changes. */
const attention = 15_000

/** Milliseconds in which an image is tried three times, where the former one could have answered as well. */
const trials = 150_000

/** Milliseconds for which the end of someone else's change may be what was before it, however prompt the service is. */
const doubt = 120_000

/** A run ends when it must, and fails only for a cause. */
export const time: Promised = {
  name: 'ended in time',
  check: (run, history, { broken }) => {
    const { course } = history
    const { plan, startedAt, endedAt, cancelledAt } = run
    const took = endedAt - startedAt
    const limit = Number(plan.inputs['timeout-minutes']) * 60_000
    if (took > limit + reporting) broken.push(`it took ${took} ms, with a limit of ${limit} ms`)
    if (cancelledAt !== undefined && endedAt > cancelledAt + reporting) broken.push('it went on after it was cancelled')
    const code = codeOf(run)
    if (code === 'defect' || code === 'none') broken.push(`it ended as a ${code}`)
    if (code === 'timeout' && took < limit - rounding) broken.push('it gave up before its time was over')
    if (code === 'cancelled' && cancelledAt === undefined) broken.push('nobody has cancelled it')
    if (course.schedule.troubles.length > 0) return
    const isTested = plan.inputs['verify-queries'] !== undefined && course.schedule.failingQuery
    const excused =
      code === 'image-in-use' ||
      // What is active may be another image, hold something else, or become another one meanwhile.
      (plan.mode === 'verify' && ['image-inactive', 'verification-failed', 'switch-superseded'].includes(code)) ||
      // Another run may have switched to its own member of the family.
      (plan.inputs['image-name']?.endsWith('*') === true &&
        ['newer-image-active', 'switch-superseded'].includes(code)) ||
      (code === 'verification-failed' && isTested) ||
      // The service refuses an image whose last build failed, though queries ran on it.
      (code === 'rollback-failed' && isTested && course.schedule.before.image === 'failed') ||
      (code === 'ages-unknown' && !course.schedule.dated)
    if (code !== '' && !excused) broken.push(`it failed with ${code}, and nothing was wrong`)
    const changes = course.service.operations.all
    const waited = changes.reduce((sum, { from, to }) => sum + to - from, 0)
    const { retryAfterSeconds = 0 } = course.schedule
    const asked = Math.max(retryAfterSeconds * 1.6, Number(plan.inputs['poll-interval-seconds'])) * 1000
    const pause = Math.max(longestPause, asked)
    const others = history.startedByOthers(run).length > 0 ? doubt : 0
    const allowed =
      waited + pause * changes.length + attention + (plan.inputs['verify'] === 'true' ? trials : 0) + others
    if (took > allowed) broken.push(`it took ${took} ms, and changes took ${waited} ms`)
    const isIdle = changes.length === 0 && plan.mode === 'apply' && plan.inputs['activate'] === 'false'
    if (isIdle && run.exchanges.length > 3) broken.push(`it took ${run.exchanges.length} requests to change nothing`)
  },
}
