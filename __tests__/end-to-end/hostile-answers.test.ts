import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/azure/faults.js'
import type { Answer } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import {
  built,
  expectEnd,
  expectFailure,
  failureOf,
  holding,
  play,
  type Played,
  type PlayOptions,
  wanted,
} from './harness.js'

// What takes memory for each byte of an answer, or is printed at length. All else that an answer can hold is played in
// simulated time.

const MiB = 1024 * 1024

/** Plays a step that has no room for what is unbounded: where it takes more, Node ends it, with a stack on stderr. */
const playSmall = (options: PlayOptions): Promise<Played> =>
  play({
    ...options,
    env: world => ({ NODE_OPTIONS: `${world.env['NODE_OPTIONS'] ?? ''} --max-old-space-size=256` }),
  })

const always =
  (fault: Omit<Fault, 'times'>) =>
  (world: World): void =>
    void world.fault({ ...fault, times: 10_000 })

test('an answer without end is cut, and counts as none', async () => {
  const endless = { status: 200, body: 'x'.repeat(33 * MiB) }
  const step = await playSmall({ prepare: world => void world.fault({ on: 'get-image', answer: endless }) })
  expectEnd(step, built)
  expect(step.log).toContain('4 MiB')
})

describe('an image whose content is', () => {
  const shortLines = (length: number) => 'a\n'.repeat(length / 2)
  const seen = (requirementsFileContent: string) => holding({ ...wanted, requirementsFileContent })

  test.concurrent.each([
    ['longer than any file', shortLines(1.2 * MiB)],
    ['of as many packages as there is room for', Array.from({ length: 180_000 }, (_, n) => n.toString(36)).join('\n')],
  ])('%s is compared as far as it is read by a plan, which says so', async (_, content) => {
    const step = await playSmall({ prepare: seen(content), inputs: { mode: 'plan' } })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update', changed: 'true' } })
    expect(step.log).toContain('20000')
  })
})

describe('an operation', () => {
  let turn = 0
  const status =
    (length: number) =>
    (answer: Answer): Answer => ({ ...answer, body: JSON.stringify({ status: `${turn++}${'x'.repeat(length)}` }) })

  test.concurrent('with a status of 3 MB, another one each time, ends at the signal of a cancellation', async () => {
    const step = await playSmall({
      prepare: always({ on: 'poll', alter: status(3e6) }),
      cancelWhen: world => world.seen('poll').length >= 5,
    })
    expectFailure(step, 'cancelled', [/\dx+…/], { changed: 'true' })
    expect(step.outputs['state']!.length).toBeLessThan(1100)
  })

  test.concurrent.each([
    ['of millions of lines', '\n'.repeat(1.9 * MiB), /\n *…/],
    ['of one line', 'x'.repeat(3.9 * MiB), /x…/],
  ])('that failed with an error %s is told of, and cut', async (_, message, told) => {
    const step = await playSmall({ world: { outcomes: [{ status: 'Failed', error: { code: 'X', message } }] } })
    expectFailure(step, 'build-failed', [told], { state: 'Failed' })
    expect(failureOf(step).message.length).toBeLessThan(MiB)
  })

  test('that failed with a long error is told of whole to a runner that is slow to read it', async () => {
    const message = 'x'.repeat(300_000)
    const blocked = new Int32Array(new SharedArrayBuffer(4))
    let failed = false
    const step = await playSmall({
      world: { outcomes: [{ status: 'Failed', error: { code: 'X', message } }] },
      onLine({ text }) {
        failed ||= text.includes('Failed')
        // What follows the group is the error, and more of it than a pipe has room for.
        if (failed && text === '::endgroup::') Atomics.wait(blocked, 0, 0, 1500)
      },
    })
    expectFailure(step, 'build-failed', [/x…[^]*https:.*#build-failed/], { state: 'Failed' })
  })
})

test('a list of 5,000 images that are all built upon one another is read, and said of each', async () => {
  const prepare = ({ cluster }: World) => {
    for (let index = 0; index < 5000; index++) {
      cluster.images.set(`f-${index}`, { language: 'Python', baseImageName: index < 4000 ? 'f-1' : `f-${index - 1}` })
    }
  }
  const inputs = { mode: 'plan', 'image-name': 'f-*', 'keep-latest': '1' }
  const step = await playSmall({ world: { listPage: 1000 }, prepare, inputs })
  expectEnd(step, { exitCode: 0, outputs: { action: 'delete' } })
  expect(step.log).toMatch(/^.*f-1\b.*\bf-0, f-1, .*\b3980\b/m)
  expect(JSON.parse(step.outputs['plan']!)).toMatchObject({ compared: true })
})
