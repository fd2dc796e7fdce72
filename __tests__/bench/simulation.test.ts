import { expect, test } from '@jest/globals'
import { fixedInterval, thisAction } from '../../bench/simulation/clients.js'
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
