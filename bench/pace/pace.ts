import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { type Client, fixedInterval, thisAction } from '../simulation/clients.js'
import { type Outcome, simulate } from '../simulation/simulate.js'
import { randomFrom } from '../simulation/random.js'
import { mean, quantile } from '../statistics.js'
import { seconds, table } from '../table.js'

/** Minutes that builds take. */
const lengths = [0.5, 1, 2, 6.5, 15, 30, 60]
/** Builds of each length. */
const count = 300
/** The length of the builds that were observed, for which the number of requests is limited. */
const usual = { minutes: 6.5, requests: 100 }

const clients = [thisAction, fixedInterval(2), fixedInterval(30)]

/** Simulates single builds: how many requests it takes to follow them, and how late their end is noticed. */
export async function simulatePace(): Promise<Section> {
  const rows: string[][] = []
  const goals: Goal[] = []
  for (const minutes of lengths) {
    const builds = buildsAround(minutes * 60_000)
    for (const client of clients) {
      const outcome = await simulate({ client, builds, limits: undefined, seed: 1 })
      const failed = outcome.courses.find(({ error }) => error !== undefined)
      if (failed !== undefined) throw failed.error
      rows.push(rowOf(minutes, client, outcome))
      if (client === thisAction) goals.push(...goalsOf(minutes, outcome))
    }
  }
  const head = ['build', 'client', 'requests', 'noticed after, mean', '95 % within', 'mean, of the build']
  return { title: 'Following a build', text: `${explanation}\n\n${table(head, rows)}`, goals }
}

const explanation = `Simulated, with the action's own code (\`src/azure\`) on a clock that jumps from event to event: ${count} builds of each
length, 10 % shorter or longer at random, and 50 to 150 ms a request. Requests are those to Resource Manager, from the
first look to the last; the end is noticed once the last look at the image is answered.`

function buildsAround(length: number): number[] {
  const random = randomFrom(length)
  return Array.from({ length: count }, () => length * (0.9 + 0.2 * random()))
}

function rowOf(minutes: number, { name }: Client, { courses, requests }: Outcome): string[] {
  const late = courses.map(({ noticed }) => noticed)
  return [
    name === thisAction.name ? told(minutes) : '',
    name,
    (requests / courses.length).toFixed(1),
    seconds(mean(late)),
    seconds(quantile(late, 0.95)),
    `${((100 * mean(late)) / (minutes * 60_000)).toFixed(1)} %`,
  ]
}

function goalsOf(minutes: number, { courses, requests }: Outcome): Goal[] {
  const build = minutes * 60_000
  const late = mean(courses.map(({ noticed }) => noticed))
  const each = requests / courses.length
  const goals: Goal[] = [
    {
      what: `a build of ${told(minutes)}: its end is noticed within 3 % of it, or 1 s, in the mean`,
      measured: `${(late / 1000).toFixed(2)} s, ${((100 * late) / build).toFixed(1)} %`,
      met: late <= Math.max(0.03 * build, 1_000),
    },
  ]
  if (minutes === usual.minutes) {
    goals.push({
      what: `a build of ${told(minutes)} takes at most ${usual.requests} requests`,
      measured: each.toFixed(1),
      met: each <= usual.requests,
    })
  }
  return goals
}

function told(minutes: number): string {
  return minutes < 1 ? `${minutes * 60} s` : `${minutes} min`
}
