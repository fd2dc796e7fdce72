import type { Obstacle } from '../azure/change/change.js'
import type { ChangeProgress } from '../azure/change/run-change.js'
import { formatDuration } from '../format.js'
import type { Runtime } from '../runtime.js'
import type { Clock } from '../clock.js'

/** What a change is called in the log. */
export type ChangeName = 'build' | 'switch' | 'switch back' | 'deletion'

const obstacleWords = {
  conflict: 'Another change of the cluster is under way',
  maintenance: 'The cluster is in maintenance',
  throttling: 'Azure Resource Manager throttles this application',
} as const

const fateWords = {
  found: (what: ChangeName) => `The ${what} has begun all the same.`,
  lost: (what: ChangeName) => `It is not known whether the ${what} has begun.`,
  'not-received': (what: ChangeName) => `The ${what} has not begun.`,
} as const

/** Writes to the log what is seen of a change, a line each time something is new, and one a minute otherwise. */
export function createProgress(what: ChangeName, { log, clock }: Pick<Runtime, 'log' | 'clock'>): ChangeProgress {
  const tell = lineEachMinute({ log, clock })
  // The resource may be read while its operation is not: then both come in turn, and each has minutes of its own.
  const trouble = eachMinute(clock)
  let started = clock.now()
  const sinceStart = () => formatDuration(clock.now() - started)
  return {
    accepted: (operationId, correlationId) => {
      started = clock.now()
      log.line(`Azure has accepted the ${what}.`)
      log.line(`operation ${operationId ?? 'not named'}, correlation ${correlationId}`, 'quiet')
    },
    answerLost: why => {
      log.line(`No answer came (${why}). Looking whether the ${what} has begun before asking again.`)
    },
    answerSettled: fate => log.line(fateWords[fate](what)),
    obstacle: ({ by, why }: Obstacle) => {
      if (tell(`${obstacleWords[by]}; waiting.`, `${obstacleWords[by]} still.`)) log.line(why, 'quiet')
    },
    state: state => {
      tell(`${sinceStart()}: ${state}`, `${sinceStart()}: still ${state}`, state)
    },
    unreadable: why => {
      if (trouble('unreadable') === undefined) return log.debug(`the state could not be read: ${why}`)
      log.line(`${sinceStart()}: the state could not be read, trying again: ${why}`, 'quiet')
    },
    closed: why => {
      log.warning(`${why}. The ${what} itself is not affected: its outcome is looked for otherwise.`, {
        title: 'operation-unreadable',
      })
    },
  }
}

/** What repeats itself is told this often, so that the log shows that somebody is still looking. Milliseconds. */
const heartbeat = 60_000

/** Makes a judge of what is to be told: what is `new`, and what is the same `still` once a minute; the rest is not. */
export function eachMinute(clock: Pick<Clock, 'now'>): (key: string) => 'new' | 'still' | undefined {
  let told: { readonly key: string; readonly at: number } | undefined
  return key => {
    const now = clock.now()
    const isNew = told?.key !== key
    if (told !== undefined && !isNew && now - told.at < heartbeat) return undefined
    told = { key, at: now }
    return isNew ? 'new' : 'still'
  }
}

/**
 * Makes a writer of lines of which each new one is written at once, and one that repeats only every minute, in other words.
 * @returns whether the line was new.
 */
export function lineEachMinute({
  log,
  clock,
}: Pick<Runtime, 'log' | 'clock'>): (line: string, repeated: string, key?: string) => boolean {
  const judge = eachMinute(clock)
  return (line, repeated, key = line) => {
    const told = judge(key)
    if (told === 'new') log.line(line)
    if (told === 'still') log.line(repeated, 'quiet')
    return told === 'new'
  }
}
