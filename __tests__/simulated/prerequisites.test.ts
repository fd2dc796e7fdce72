import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import {
  all,
  expectAnnotation,
  expectEnd,
  expectFailure,
  holding,
  kindsOf,
  other,
  play,
  running,
  wanted,
} from './harness.js'

describe('machines that do not run custom images', () => {
  const world = { cluster: { sku: 'Standard_D14_v2' } }

  test.each(['apply', 'plan'])('are warned of before anything is submitted (mode: %s)', async mode => {
    const step = await play({ world, inputs: { mode }, event: pullRequest() })
    expectEnd(step, { exitCode: 0 })
    expectAnnotation(step, 'warning unsuited-sku', ['Standard_D14_v2', 'nested virtualization'])
  })

  test('are not looked at where nothing changed', async () => {
    const step = await play({ world, prepare: holding(wanted) })
    expect(kindsOf(step)).toEqual([])
    expect(step.world.requests).toHaveLength(3)
  })

  test.each(['Dev(No SLA)_Standard_E2a_v4', 'Standard_E99_v9'])('may not be known: %s', async sku => {
    const step = await play({ world: { cluster: { sku } } })
    expect(kindsOf(step)).toEqual([])
    expect(step.log).toContain(sku)
  })
})

test.each(['Disabled', 'SecuredByPerimeter'] as const)(
  'a cluster whose network is %s is no missing role, where it refuses',
  async publicNetworkAccess => {
    const step = await play({
      world: { cluster: { publicNetworkAccess } },
      inputs: { activate: 'true', verify: 'true', database: 'telemetry' },
      prepare: all(running('former', other), world => world.cluster.databases.get('telemetry')!.clear()),
    })
    expectFailure(step, 'network-refused', ['network'], { changed: 'false' })
  },
)
