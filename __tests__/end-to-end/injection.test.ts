import { describe, expect, test } from '@jest/globals'
import { expectHarmless, nested } from '../hostile.js'
import { play } from './harness.js'

describe('nothing of a hostile text is obeyed, nor traced, in', () => {
  test('the error of a build', async () => {
    const step = await play({ world: { outcomes: [{ status: 'Failed', error: nested }] }, debug: true })
    expectHarmless(step)
    expect(step.exitCode).toBe(1)
  })

  test('headers of answers', async () => {
    const line = '::add-mask::x ##[error]Injected <script>alert(1)</script> | [a](javascript:x)'
    const step = await play({
      prepare: world =>
        void world.fault({
          on: ['put-image', 'get-image', 'poll'],
          times: 1000,
          alter: answer => ({
            ...answer,
            headers: {
              ...answer.headers,
              'x-ms-correlation-request-id': line,
              'x-ms-request-id': line,
              'x-ms-operation-root-activity-id': line,
            },
          }),
        }),
      debug: true,
    })
    expectHarmless(step)
    expect(step.exitCode).toBe(0)
  })

  test('the URL of an operation', async () => {
    const path = '/subscriptions/::add-mask::x/providers/Microsoft.Kusto/locations/##[error]Injected/operationResults/'
    const url = `https://management.azure.com${path}<script>%0A::error::Injected?x=|`
    const step = await play({
      prepare(world) {
        const headers = { 'Azure-AsyncOperation': url }
        world.fault({ on: 'put-image', alter: answer => ({ ...answer, headers: { ...answer.headers, ...headers } }) })
        // The emulator has no such operation. That none can be read there is played in simulated time.
        world.fault({ on: 'poll', answer: { status: 503 } })
        world.fault({ on: 'poll', answer: { status: 200, body: { status: 'Succeeded' } } })
      },
      debug: true,
    })
    expectHarmless(step, { shown: false })
    expect(step.exitCode).toBe(0)
    expect(step.world.seen('poll').map(({ status }) => status)).toEqual([503, 200])
    expect(step.stdout.toString()).toContain('operationResults')
  })
})
