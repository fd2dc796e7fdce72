import { describe, expect, test } from '@jest/globals'
import { afterThrottling, nextPause, nextTry, slowness } from '../../src/azure/interval.js'

describe('the next pause', () => {
  test.each<[string, Parameters<typeof nextPause>[0], number]>([
    ['at the start', { waited: 0, random: 0.5 }, 1_000],
    ['5 % of the time waited', { waited: 100_000, random: 0.5 }, 5_000],
    ['at most 15 seconds', { waited: 3_600_000, random: 0.5 }, 15_000],
    ['spread by a tenth to one side', { waited: 100_000, random: 0 }, 4_500],
    ['and to the other', { waited: 100_000, random: 1 }, 5_500],
    ['as the user fixed it', { waited: 100_000, fixed: 200, random: 1 }, 200],
    ['a longer Retry-After wins', { waited: 0, fixed: 200, retryAfter: 7_000, random: 0 }, 7_000],
    ['a shorter one does not', { waited: 100_000, retryAfter: 2_000, random: 0.5 }, 5_000],
    ['0 is no invitation to ask at once', { waited: 0, retryAfter: 0, random: 0.5 }, 1_000],
    ['stretched by throttling', { waited: 0, slowness: 8, random: 0.5 }, 8_000],
    ['but not without end', { waited: 3_600_000, slowness: 64, random: 0.5 }, 45_000],
    ['nor below what it would be anyway', { waited: 0, fixed: 120_000, slowness: 2, random: 0.5 }, 120_000],
  ])('%s', (_, pacing, expected) => {
    expect(nextPause(pacing)).toBeCloseTo(expected, 6)
  })
})

test('throttling stretches the pauses, answers ease them again, both within bounds', () => {
  let slow = 1
  for (let index = 0; index < 10; index++) slow = slowness(slow, true)
  expect(slow).toBe(64)
  for (let index = 0; index < 60; index++) slow = slowness(slow, false)
  expect(slow).toBe(1)
})

test('tries grow apart, up to a minute, unless the service asks for more', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(tried => nextTry(tried, undefined, 0.5))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ])
  expect(nextTry(0, 120_000, 0)).toBe(120_000)
})

test('what was throttled is tried again as told, spread over ten seconds', () => {
  expect([0, 0.5, 1].map(random => afterThrottling(3_000, random))).toEqual([3_000, 8_000, 13_000])
  expect(afterThrottling(undefined, 0)).toBe(1_000)
  expect(afterThrottling(0, 0)).toBe(1_000)
})
