import { documentedLimits } from '../../emulator/azure/throttle.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { type Client, fixedInterval, thisAction } from '../simulation/clients.js'
import { type Course, type Outcome, simulate } from '../simulation/simulate.js'
import { randomFrom } from '../simulation/random.js'
import { mean, quantile } from '../statistics.js'
import { seconds, table, whole } from '../table.js'
import { leastDelays, type Load } from './bound.js'

/** Images that are wanted at the same moment under one principal. */
const images = 1_000

const clients = [thisAction, fixedInterval(2), fixedInterval(30)]

const usual = 6.5 * 60_000
const [short, long] = [30_000, 3_600_000]

/** Builds of about one length, and builds of 30 seconds to an hour, of which short ones are as frequent as long ones. */
const loads: readonly FleetLoad[] = [
  {
    name: 'Builds of about 6.5 minutes',
    builds: lengths(random => usual * (0.9 + 0.2 * random)),
    left: age => share((1.1 - age / usual) / 0.2),
    longest: 1.1 * usual,
    most: { delay: 56_000, requests: 21_000 },
  },
  {
    name: 'Builds of 30 seconds to 60 minutes',
    builds: lengths(random => short * (long / short) ** random),
    left: age => share(Math.log(long / age) / Math.log(long / short)),
    longest: long,
    most: { delay: 48_000, requests: 40_000 },
  },
]

type FleetLoad = Load & {
  readonly name: string
  readonly builds: readonly number[]
  /** What this action may take: until begun and until noticed, together in the mean, and requests. */
  readonly most: { readonly delay: number; readonly requests: number }
}

/** Simulates many images at once against the documented limits of Resource Manager. */
export async function simulateFleet(): Promise<Section> {
  const tables: string[] = []
  const goals: Goal[] = []
  for (const load of loads) {
    const { name, builds } = load
    const rows: string[][] = []
    for (const client of clients) {
      const free = await simulate({ client, builds, limits: undefined, seed: 1 })
      const outcome = await simulate({ client, builds, limits: documentedLimits, seed: 1 })
      rows.push(rowOf(client, outcome, free))
      if (client === thisAction) {
        rows.push(rowOfBound(load, outcome.requests))
        goals.push(...goalsOf(load, outcome))
      }
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
limits. The others ask at a fixed interval, and after a 429 as soon as \`Retry-After\` allows.

The row "at best" is computed (\`bench/fleet/bound.ts\`), for somebody who is never refused, asks for all images with one hand,
and knows how long builds take in general, but not this one; with as many requests as this action, and without their
round trips or the reads that the bucket has saved up. No build begins before there is a token for it, so nobody is below its "until begun".
\`npm run bench -- --only fleet\` repeats all of it, from the same seed.`

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

function rowOfBound(load: Load, requests: number): string[] {
  const { begun, noticed } = leastDelays(images, load, documentedLimits, requests)
  return ['at best', '', whole(requests), '0', seconds(begun), seconds(noticed)]
}

function goalsOf({ name, most }: FleetLoad, { courses, requests }: Outcome): Goal[] {
  const longest = Math.max(...courses.map(({ whole }) => whole))
  const well = courses.filter(endedWell).length
  const delay = mean(courses.map(({ begun, noticed }) => begun + noticed))
  return [
    {
      what: `${name.toLowerCase()}: all ${whole(images)} images end well within the time limit of 90 minutes`,
      measured: `${whole(well)}, the last one after ${(longest / 60_000).toFixed(1)} minutes`,
      met: well === images,
    },
    {
      what: `${name.toLowerCase()}: until begun and until noticed take less than ${seconds(most.delay)} together, in the mean, and at most ${whole(most.requests)} requests`,
      measured: `${(delay / 1000).toFixed(1)} s, ${whole(requests)}`,
      met: delay < most.delay && requests <= most.requests,
    },
  ]
}

function endedWell({ error }: Course): boolean {
  return error === undefined
}

function spread(values: readonly number[]): string {
  return `${seconds(mean(values))} / ${seconds(quantile(values, 0.95))}`
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function lengths(length: (random: number) => number): number[] {
  const random = randomFrom(1)
  return Array.from({ length: images }, () => length(random()))
}
