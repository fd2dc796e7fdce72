import { expect, test } from '@jest/globals'
import { createMinPause } from '../../src/azure/arm.js'

/** Minutes at which the run is throttled, the minute at which it asks, and the least pause then, in seconds. */
test.each<[string, number[], number, number]>([
  ['nothing for a run that was never throttled', [], 5, 0],
  ['10 seconds right after a 429', [3], 3, 10],
  ['half of it after 15 minutes', [3], 18, 5],
  ['and a quarter after 30', [3], 33, 2.5],
  ['10 seconds more with each 429', [3, 3, 3], 3, 30],
  ['on top of what is left of the former ones', [0, 15, 30], 30, 17.5],
  ['a minute at the most', [3, 3, 3, 3, 3, 3, 3, 3, 3], 3, 60],
  ['which wears off like any other', [3, 3, 3, 3, 3, 3, 3, 3, 3], 18, 30],
])('%s', (_, throttled, asked, expected) => {
  let minute = 0
  const leastPause = createMinPause({ now: () => minute * 60_000 })
  for (minute of throttled) leastPause.throttled()
  minute = asked
  expect(leastPause.now() / 1000).toBeCloseTo(expected, 6)
})
