import { describe, expect, test } from '@jest/globals'
import { documentedLimits } from '../../emulator/azure/throttle.js'
import { leastDelays } from '../../bench/fleet/bound.js'
import { fixedInterval, thisAction } from '../../bench/simulation/clients.js'
import { randomFrom } from '../../bench/simulation/random.js'
import { simulate } from '../../bench/simulation/simulate.js'
import { mean } from '../../bench/statistics.js'

test.each([0.5, 6.5])('the end of a build of %d minutes is noticed soon, for few requests', async minutes => {
  const build = minutes * 60_000
  const builds = Array.from({ length: 200 }, (_, index) => build * (0.9 + index / 1_000))
  const { courses, requests } = await simulate({ client: thisAction, builds, limits: undefined, seed: 1 })
  expect(courses.filter(({ error }) => error !== undefined)).toEqual([])
  expect(mean(courses.map(({ noticed }) => noticed))).toBeLessThanOrEqual(Math.max(0.03 * build, 1_000))
  expect(requests / builds.length).toBeLessThanOrEqual(100)
})

test('a fleet under one quota asks seldom enough, and notices soon', async () => {
  const random = randomFrom(2)
  const builds = Array.from({ length: 1_000 }, () => 30_000 * 120 ** random())
  const outcome = await simulate({ client: thisAction, builds, limits: documentedLimits, seed: 2 })
  const { courses, requests, throttled } = outcome
  expect(courses.filter(({ error }) => error !== undefined)).toEqual([])
  expect(mean(courses.map(({ begun, noticed }) => begun + noticed))).toBeLessThan(48_000)
  expect(requests).toBeLessThanOrEqual(42_011)
  expect(throttled / requests).toBeLessThan(0.2)
})

describe('the least delay', () => {
  const limits = { reads: { capacity: 10, perSecond: 5 }, writes: { capacity: 10, perSecond: 1 } }
  /** A build ends at any age up to 100 seconds with the same likelihood. */
  const load = { left: (age: number) => Math.min(1, Math.max(0, 1 - age / 100_000)), longest: 100_000 }

  test('until begun is what the writes take', () => {
    expect(leastDelays(10, load, limits, 1e6).begun).toBe(0)
    expect(leastDelays(13, load, limits, 1e6).begun).toBeCloseTo((1_000 + 2_000 + 3_000) / 13, 6)
  })

  test('until noticed falls with the requests, as far as the reads allow', () => {
    const delays = [200, 400, 800, 1e6].map(requests => leastDelays(10, load, limits, requests).noticed)
    expect(delays).toEqual(delays.toSorted((a, b) => b - a))
    // Ten builds that are looked at five times a second, less what their ends take: about a second each, half of it lost.
    expect(delays.at(-1)).toBeGreaterThan(500)
    expect(delays.at(-1)).toBeLessThan(1_100)
  })
})

test('a simulation gives the same for the same seed, and counts what the service refuses', async () => {
  const wanted = {
    client: fixedInterval(2),
    builds: [10_000, 10_000, 10_000],
    limits: { reads: { capacity: 2, perSecond: 1 }, writes: { capacity: 10, perSecond: 10 } },
    seed: 3,
  }
  const outcome = await simulate(wanted)
  expect(await simulate(wanted)).toEqual(outcome)
  expect(outcome.courses.map(({ error }) => error)).toEqual([undefined, undefined, undefined])
  expect(outcome.throttled).toBeGreaterThan(0)
  expect(outcome.requests).toBeGreaterThan(outcome.throttled)
})

test('a client that is not done within the time limit of a step is stopped', async () => {
  const builds = [2 * 3_600_000]
  const { courses } = await simulate({ client: fixedInterval(30), builds, limits: undefined, seed: 1 })
  expect(courses[0]?.error).toEqual(new Error('image0 was not done within 90 minutes'))
  expect(courses[0]?.whole).toBeCloseTo(90 * 60_000, -2)
})
