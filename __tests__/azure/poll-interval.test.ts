import { describe, expect, test } from '@jest/globals'
import { throttleDelay, createPoller, pollDelay, retryDelay } from '../../src/azure/poll-interval.js'
import { fakeClock } from './fake-clock.js'

describe('the next pause', () => {
  test.each<[string, Parameters<typeof pollDelay>[0], number]>([
    ['at the start', { waited: 0, random: 0.5 }, 1_000],
    ['5 % of the time waited', { waited: 100_000, random: 0.5 }, 5_000],
    ['at most 15 seconds', { waited: 3_600_000, random: 0.5 }, 15_000],
    ['spread by a tenth to one side', { waited: 100_000, random: 0 }, 4_500],
    ['and to the other', { waited: 100_000, random: 1 }, 5_500],
    ['as the user fixed it', { waited: 100_000, fixed: 200, random: 1 }, 200],
    ['a longer Retry-After wins', { waited: 0, fixed: 200, retryAfter: 7_000, random: 0 }, 7_000],
    ['a shorter one does not', { waited: 100_000, retryAfter: 2_000, random: 0.5 }, 5_000],
    ['0 is no invitation to ask at once', { waited: 0, retryAfter: 0, random: 0.5 }, 1_000],
    ['at least as long as throttling makes it', { waited: 0, least: 8_000, random: 0.5 }, 8_000],
    ['beyond 15 seconds too', { waited: 3_600_000, least: 45_000, random: 0.5 }, 45_000],
    ['spread by a tenth as well', { waited: 0, least: 8_000, random: 1 }, 8_800],
    ['but the longer one counts', { waited: 200_000, least: 8_000, random: 0.5 }, 10_000],
    ['a fixed pause stays as it is', { waited: 0, fixed: 200, least: 60_000, random: 0.5 }, 200],
    [
      'and waits for Retry-After all the same',
      { waited: 0, fixed: 200, least: 60_000, retryAfter: 5_000, random: 0 },
      5_000,
    ],
  ])('%s', (_, pacing, expected) => {
    expect(pollDelay(pacing)).toBeCloseTo(expected, 6)
  })
})

test('a series of reads counts from its start, and asks each time how long throttling makes the pauses', async () => {
  const clock = fakeClock()
  const { signal } = new AbortController()
  let least = 0
  const arm = { isTrustedUrl: () => true, ask: () => Promise.reject(new Error('nobody asks')), leastPause: () => least }
  await clock.sleep(500_000, signal)
  const poller = createPoller({ arm, clock, random: () => 0.5 }, undefined)
  expect(poller()).toBe(1_000)
  await clock.sleep(100_000, signal)
  expect(poller()).toBe(5_000)
  least = 12_000
  expect(poller()).toBe(12_000)
  expect(poller(30_000)).toBe(33_000)
})

test('tries grow apart, up to a minute, unless the service asks for more', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(tried => retryDelay(tried, undefined, 0.5))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ])
  expect(retryDelay(0, 120_000, 0)).toBe(120_000)
})

test('what was throttled is tried again as told, spread over ten seconds', () => {
  expect([0, 0.5, 1].map(random => throttleDelay(3_000, random))).toEqual([3_000, 8_000, 13_000])
  expect(throttleDelay(undefined, 0)).toBe(1_000)
  expect(throttleDelay(0, 0)).toBe(1_000)
})
