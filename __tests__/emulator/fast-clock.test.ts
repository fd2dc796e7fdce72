import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { actionRuntime } from '../../emulator/github/project.js'

const preload = new URL('../../emulator/fast-clock.js', import.meta.url).href

/** Runs a script on a clock 100 times as fast; its last expression is what it prints. */
async function onFastClock(script: string): Promise<any> {
  const env = { FAST_CLOCK_SPEED: '100', FAST_CLOCK_ORIGIN: String(Date.now()) }
  const args = ['--import', preload, '--input-type=module', '--eval', script]
  const { stdout } = await promisify(execFile)(actionRuntime(), args, { env })
  return JSON.parse(stdout)
}

test('timers and clocks run faster, together', async () => {
  const started = performance.now()
  const passed = await onFastClock(`
    import { setTimeout as sleep } from 'node:timers/promises'
    import { setTimeout as imported } from 'node:timers'
    import { promisify } from 'node:util'
    const starts = [Date.now(), performance.now(), process.hrtime.bigint(), +new Date()]
    await sleep(2000)
    await promisify(setTimeout)(2000)
    await new Promise(resolve => setTimeout(resolve, 2000))
    await new Promise(resolve => imported(resolve, 2000))
    const signal = AbortSignal.timeout(2000)
    const alive = setInterval(() => {}, 1000)
    await new Promise(resolve => { signal.onabort = resolve })
    clearInterval(alive)
    console.log(JSON.stringify([
      Date.now() - starts[0], performance.now() - starts[1],
      Number(process.hrtime.bigint() - starts[2]) / 1e6, new Date() - starts[3],
    ]))`)
  // They have shown no more than a hundredfold of what has passed here meanwhile.
  const atMost = (performance.now() - started) * 100
  for (const ms of passed) {
    expect(ms).toBeGreaterThanOrEqual(9_500)
    expect(ms).toBeLessThan(atMost)
  }
})

test('dates and timers stay what they were otherwise', async () => {
  const facts = await onFastClock(`
    const timer = setTimeout(() => console.log('never'), 1000)
    clearTimeout(timer)
    setInterval(() => {}, 10).unref()
    console.log(JSON.stringify({
      instance: new Date() instanceof Date,
      given: new Date(2020, 0, 2).getFullYear(),
      text: typeof Date(),
      parsed: Date.parse('1970-01-01T00:00:01Z'),
      refs: timer.unref() === timer,
    }))`)
  expect(facts).toEqual({ instance: true, given: 2020, text: 'string', parsed: 1000, refs: true })
})
