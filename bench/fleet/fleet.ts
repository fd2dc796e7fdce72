import { documentedLimits } from '../../emulator/throttle.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { fixedInterval, thisAction } from '../simulation/clients.js'
import type { Client } from '../simulation/clients.js'
import { simulate } from '../simulation/simulate.js'
import type { Course, Outcome } from '../simulation/simulate.js'
import { randomFrom } from '../simulation/random.js'
import { mean, quantile } from '../statistics.js'
import { seconds, table, whole } from '../table.js'

/** Images that are wanted at the same moment under one principal. */
const images = 1_000

const clients = [thisAction, fixedInterval(2), fixedInterval(30)]

/** Builds of about one length, and builds of 30 seconds to an hour, of which short ones are as frequent as long ones. */
const loads = [
  { name: 'Builds of about 6.5 minutes', builds: lengths(random => 6.5 * 60_000 * (0.9 + 0.2 * random)) },
  { name: 'Builds of 30 seconds to 60 minutes', builds: lengths(random => 30_000 * 120 ** random) },
]

/** Simulates many images at once against the documented limits of Resource Manager. */
export async function simulateFleet(): Promise<Section> {
  const tables: string[] = []
  const goals: Goal[] = []
  for (const { name, builds } of loads) {
    const rows: string[][] = []
    for (const client of clients) {
      const free = await simulate({ client, builds, limits: undefined, seed: 1 })
      const outcome = await simulate({ client, builds, limits: documentedLimits, seed: 1 })
      rows.push(rowOf(client, outcome, free))
      if (client === thisAction) goals.push(goalOf(name, outcome))
    }
    tables.push(`### ${name}\n\n${table(head, rows)}`)
  }
  return { title: 'A fleet', text: [explanation, ...tables].join('\n\n'), goals }
}

const { reads, writes } = documentedLimits
const explanation = `Simulated in the same way: ${whole(images)} images wanted at the same moment, each by a run of its own, all under one
principal. Resource Manager's token buckets hold ${reads.capacity} reads and ${writes.capacity} writes, and get ${reads.perSecond} and ${writes.perSecond} a second; a 429 says after
how many whole seconds there will be a token. The writes alone take ${seconds(((images - writes.capacity) / writes.perSecond) * 1000)}. Delays are mean / 95th percentile: until the
service begins to build, from the end of a build until it is noticed, and of the whole against the same run without any
limits. The others ask at a fixed interval, and after a 429 as soon as \`Retry-After\` allows.`

const head = [
  'client',
  'ended well',
  'requests',
  'of them 429',
  'until begun',
  'until noticed',
  'added by the limits',
  'longest',
]

function rowOf({ name }: Client, { courses, requests, throttled }: Outcome, free: Outcome): string[] {
  return [
    name,
    whole(courses.filter(endedWell).length),
    whole(requests),
    whole(throttled),
    spread(courses.map(({ begun }) => begun)),
    spread(courses.map(({ noticed }) => noticed)),
    spread(courses.map(({ whole }, index) => whole - free.courses[index]!.whole)),
    `${(Math.max(...courses.map(({ whole }) => whole)) / 60_000).toFixed(1)} min`,
  ]
}

function goalOf(load: string, { courses }: Outcome): Goal {
  const longest = Math.max(...courses.map(({ whole }) => whole))
  const well = courses.filter(endedWell).length
  return {
    what: `${load.toLowerCase()}: all ${whole(images)} images end well within the time limit of 90 minutes`,
    measured: `${whole(well)}, the last one after ${(longest / 60_000).toFixed(1)} minutes`,
    met: well === images,
  }
}

function endedWell({ error }: Course): boolean {
  return error === undefined
}

function spread(values: readonly number[]): string {
  return `${seconds(mean(values))} / ${seconds(quantile(values, 0.95))}`
}

function lengths(length: (random: number) => number): number[] {
  const random = randomFrom(1)
  return Array.from({ length: images }, () => length(random()))
}
