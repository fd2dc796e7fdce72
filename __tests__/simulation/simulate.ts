import type { Service } from '../../emulator/service.js'
import { createEventClock } from '../../bench/simulation/event-clock.js'
import { actAsColleague } from './colleague.js'
import { drawFrom } from './draw.js'
import { settled } from './limits.js'
import { type ActionRun, runAction } from './run-action.js'
import { type Schedule, scheduleOf } from './schedule.js'
import { setStage } from './stage.js'

/** What became of a schedule. */
export type Course = {
  readonly schedule: Schedule
  readonly service: Service
  readonly runs: readonly ActionRun[]
  /** What each actor did, a line each; times in seconds. */
  readonly log: readonly string[]
}

/** When all schedules begin, so that their logs do not depend on the day. */
const epoch = Date.UTC(2026, 10, 26, 8)

const never = new AbortController().signal

/** Plays the schedule of a seed. */
export async function simulate(seed: number): Promise<Course> {
  const schedule = scheduleOf(seed)
  const clock = createEventClock(epoch)
  const service = setStage(schedule, clock)
  const log: string[] = []
  const tell = (actor: string, text: string): void => {
    log.push(`${(clock.now() / 1000).toFixed(1).padStart(8)} ${actor.padEnd(9)} ${text}`)
  }
  const stage = { service, clock, tell }
  const [first, ...others] = schedule.runs
  const play = async (): Promise<ActionRun[]> => {
    const beginning = runAction(first!, stage, drawFrom(seed, 'first'))
    const following = others.map(async (plan, index) => {
      if (plan.afterFirst === true) await beginning
      await clock.sleep(plan.at * 1000, never)
      return runAction(plan, stage, drawFrom(seed, index === 0 ? 'second' : plan.name))
    })
    // The colleague may wait for ever for something that is never asked for; what goes wrong with that is not hidden.
    const colleague = actAsColleague(schedule.deeds, stage, drawFrom(seed, 'ways of the colleague'))
    const runs = await Promise.race([
      Promise.all([beginning, ...following]),
      colleague.then(() => new Promise<never>(() => undefined)),
    ])
    // What was sent may still be taken.
    await clock.sleep(settled, never)
    return runs
  }
  const runs = await clock.elapse(play())
  service.operations.settle()
  return { schedule, service, runs, log: [...requestsOf(service), ...log].sort(byTime) }
}

/** Lines begin with their time; those of one moment stay in their order. */
function byTime(one: string, other: string): number {
  return Number.parseFloat(one) - Number.parseFloat(other)
}

/** The requests that the service saw, and the changes that it made, as lines of the log. */
function requestsOf({ requests, operations }: Service): string[] {
  const at = (time: number): string => ((time - epoch) / 1000).toFixed(1).padStart(8)
  return [
    ...requests.map(({ at: came, headers, kind, status, takenAt, processed }) => {
      const taken =
        processed && takenAt !== came ? `, taken at ${at(takenAt ?? came).trim()}` : processed ? '' : ', not taken'
      return `${at(came)} request   ${String(headers['actor'])} ${kind} ${status ?? 'no answer'}${taken}`
    }),
    ...operations.all.map(
      ({ from, to, kind, image, outcome, request, extensions }) =>
        `${at(from)} operation ${kind} ${image || JSON.stringify(extensions)} by request ${request ?? '-'} until ${at(to).trim()}: ${outcome.status} ${outcome.error?.code ?? ''}`,
    ),
  ]
}
