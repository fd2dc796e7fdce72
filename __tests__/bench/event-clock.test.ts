import { describe, expect, test } from '@jest/globals'
import { createEventClock } from '../../bench/simulation/event-clock.js'

const never = new AbortController().signal

describe('a clock that jumps from event to event', () => {
  test('wakes its sleepers in the order of their moments, and those of one moment in the order of their coming', async () => {
    const clock = createEventClock()
    const seen: string[] = []
    const sleeper = async (name: string, ...pauses: number[]) => {
      for (const pause of pauses) {
        await clock.sleep(pause, never)
        seen.push(`${name} ${clock.now()}`)
      }
    }
    await clock.elapse(Promise.all([sleeper('a', 30, 10), sleeper('b', 10, 30), sleeper('c', 10, 5, 5)]))
    expect(seen).toEqual(['b 10', 'c 10', 'c 15', 'c 20', 'a 30', 'b 40', 'a 40'])
  })

  test('orders any number of moments', async () => {
    const clock = createEventClock()
    const seen: number[] = []
    const pauses = Array.from({ length: 500 }, (_, index) => (index * 7919) % 1009)
    await clock.elapse(Promise.all(pauses.map(pause => clock.sleep(pause, never).then(() => seen.push(clock.now())))))
    expect(seen).toEqual(pauses.toSorted((a, b) => a - b))
  })

  test('rejects a sleeper whose signal is aborted, when that happens', async () => {
    const clock = createEventClock()
    const stop = new AbortController()
    const work = Promise.all([
      expect(clock.sleep(1_000, stop.signal)).rejects.toThrow('stopped'),
      clock.sleep(10, never).then(() => stop.abort(new Error('stopped'))),
    ])
    await clock.elapse(work)
    expect(clock.now()).toBe(10)
  })

  test('says so when nobody sleeps any more and the work is not done', async () => {
    await expect(createEventClock().elapse(new Promise(() => undefined))).rejects.toThrow('stands still')
  })
})
