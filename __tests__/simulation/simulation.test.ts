import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { describe, expect, jest, test } from '@jest/globals'
import { failedSeeds } from './failed-seeds.js'
import { mutants } from './mutants.js'
import type { Played } from './play.js'
import { playAll, seedOfTheDay, seedsFrom } from './pool.js'
import { scheduleOf } from './schedule.js'
import { simulate } from './simulate.js'

// A machine may be slow; simulated time does not wait for it.
jest.setTimeout(600_000)

const first = Number(process.env['SIMULATION_SEED'] ?? seedOfTheDay())
const runs = Number(process.env['SIMULATION_RUNS'] ?? 1_000)

/** What was broken by which seed, in words that say how to see it. */
async function brokenBy(seeds: readonly number[]): Promise<string[]> {
  const broken: string[] = []
  const onPlayed = (played: Played): void => {
    for (const { run, promise, what } of played.broken) {
      broken.push(`npm run simulate -- --runs 1 --seed ${played.seed}   ${run}, ${promise}: ${what}`)
    }
  }
  await playAll({ seeds, onPlayed })
  return broken
}

describe('whole runs in simulated time', () => {
  test(`keep all promises, ${runs} times from the seed ${first} on`, async () => {
    expect(await brokenBy(seedsFrom(first, runs))).toEqual([])
  })

  test('keep all promises with each seed that ever failed', async () => {
    expect(await brokenBy([...failedSeeds.keys()])).toEqual([])
  })

  test('go the same way for the same seed, to the byte', async () => {
    for (const seed of seedsFrom(first, 20)) {
      const { log } = await simulate(seed)
      expect((await simulate(seed)).log).toEqual(log)
      expect(log.length).toBeGreaterThan(3)
    }
  })

  test('have no trouble in some schedules, and each in some', () => {
    const drawn = seedsFrom(1, 1_000).map(seed => scheduleOf(seed).troubles)
    expect(drawn.filter(({ length }) => length === 0).length).toBeGreaterThan(50)
    const counts = new Map<string, number>()
    for (const trouble of drawn.flat()) counts.set(trouble, (counts.get(trouble) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count < 30)).toEqual([])
  })
})

test.each(mutants.map(mutant => [mutant.name, mutant] as const))(
  'the guard whose loss is to %s is found in the code',
  async (_, { file, text }) => {
    const module = new URL(`../../src/${file.replace(/\.ts$/, '.js')}`, import.meta.url)
    expect((await readFile(module, 'utf8')).split(text)).toHaveLength(2)
  },
)
