import { expect, test } from '@jest/globals'
import { orStopped } from '../src/clock.js'

test("what fails after the step was stopped is nobody's concern", async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const work = Promise.withResolvers<never>()
  await expect(orStopped(work.promise, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
  work.reject(new Error('late'))
  await new Promise(resolve => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
