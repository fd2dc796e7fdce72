import type { Obstacle } from '../azure/change/change.js'
import type { ChangeProgress } from '../azure/change/run-change.js'
import { formatDuration } from '../format.js'
import type { Runtime } from '../runtime.js'
import type { Clock } from '../clock.js'

type ChangeName = keyof typeof usualTimes

const usualTimes = {
  build: '6 to 60 min',
  switch: '16 to 60 min',
  'switch back': '16 to 60 min',
  deletion: 'less than a minute',
}

const obstacleWords = {
  conflict: 'another change of the cluster is running',
  maintenance: 'the cluster is in maintenance',
  throttling: 'Azure Resource Manager limits the requests of this application (429)',
} as const

const fateWords = {
  found: (what: ChangeName) => `The ${what} has started; only Azure's answer was lost.`,
  lost: (what: ChangeName) => `It is not known whether the ${what} has started.`,
  'not-received': (what: ChangeName) => `The ${what} has not started.`,
} as const

/**
 * Writes to the log what is seen of a change, a line each time something is new, and one a minute otherwise.
 * @param deadline when the run gives up, on its clock; undefined where the change is not waited for.
 */
export function createProgress(
  what: ChangeName,
  { log, clock }: Pick<Runtime, 'log' | 'clock'>,
  deadline: number | undefined,
): ChangeProgress {
  const logOnChange = lineEachMinute({ log, clock })
  // The resource may be read while its operation is not: then both come in turn, and each has minutes of its own.
  const repeats = eachMinute(clock)
  let started = clock.now()
  const sinceStart = () => formatDuration(clock.now() - started)
  return {
    accepted: (operationId, correlationId) => {
      started = clock.now()
      const wait = deadline === undefined ? '' : ` It usually takes ${usualTimes[what]}; ${givesUpAt(deadline, clock)}.`
      log.line(`Azure has accepted the ${what}.${wait}`)
      log.line(`operation ${operationId ?? 'not named'}, correlation ${correlationId}`, 'quiet')
    },
    answerLost: why => {
      log.line(`No usable answer (${why}). Checking whether the ${what} has started before trying again.`)
    },
    answerSettled: fate => log.line(fateWords[fate](what)),
    obstacle: ({ by, why }: Obstacle) => {
      const until = deadline === undefined ? '' : `; ${givesUpAt(deadline, clock)}`
      const isNew = logOnChange(
        `Waiting: ${obstacleWords[by]}${until}.`,
        `Still waiting: ${obstacleWords[by]}${until}.`,
      )
      if (isNew) log.line(why, 'quiet')
    },
    state: state => {
      logOnChange(`${sinceStart()}: ${state}`, `${sinceStart()}: still ${state}`, state)
    },
    unreadable: why => {
      if (repeats('unreadable') === undefined) return log.debug(`could not read the state: ${why}`)
      log.line(`${sinceStart()}: could not read the state, trying again: ${why}`, 'quiet')
    },
    closed: why => {
      const instead = what === 'build' || what === 'deletion' ? 'image' : 'cluster'
      log.warning(`${why}. The ${what} itself is not affected: its result is read from the ${instead} instead.`, {
        title: 'operation-unreadable',
      })
    },
  }
}

/** A line that repeats is written this often, so that the log shows that the run still waits. Milliseconds. */
const repeatInterval = 60_000

/** Makes a judge of what to write: what is `new`, and what is the same `still` once a minute; the rest is not written. */
function eachMinute(clock: Pick<Clock, 'now'>): (key: string) => 'new' | 'still' | undefined {
  let last: { readonly key: string; readonly at: number } | undefined
  return key => {
    const now = clock.now()
    const isNew = last?.key !== key
    if (last !== undefined && !isNew && now - last.at < repeatInterval) return undefined
    last = { key, at: now }
    return isNew ? 'new' : 'still'
  }
}

/** Makes a writer of lines: a new one at once, a repeated one once a minute. @returns whether the line was new. */
export function lineEachMinute({ log, clock }: Pick<Runtime, 'log' | 'clock'>) {
  const judge = eachMinute(clock)
  return (line: string, repeated: string, key = line): boolean => {
    const when = judge(key)
    if (when === 'new') log.line(line)
    if (when === 'still') log.line(repeated, 'quiet')
    return when === 'new'
  }
}

/** Tells when a run gives up. @param deadline on its clock. */
export function givesUpAt(deadline: number, clock: Pick<Runtime['clock'], 'now' | 'time'>): string {
  const [today, then] = [0, deadline - clock.now()].map(ms => new Date(clock.time() + ms).toISOString())
  const time = `${then?.slice(11, 16)} UTC`
  return `gives up at ${today?.slice(0, 10) === then?.slice(0, 10) ? time : `${then?.slice(0, 10)} ${time}`}`
}
