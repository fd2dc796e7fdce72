import { describe, expect, test } from '@jest/globals'
import type { World, WorldOptions } from '../../emulator/world.js'
import { all, expectEnd, holding, imageName, other, play, running, wanted } from './harness.js'

/** What nobody knows of the real service, each as it could be: docs/contract.md. */
const guesses: readonly (readonly [string, Omit<WorldOptions, 'speed'>, ((world: World) => void)?])[] = [
  ['completes a version', { completion: 'version' }],
  ['shows null for a version', { completion: 'null version' }],
  ['shows the base of a version', { completion: 'base' }],
  ['names both URLs', { putHeaders: ['Azure-AsyncOperation', 'Location'] }],
  ['names the Location alone', { putHeaders: ['Location'] }],
  ['names no URL', { putHeaders: [] }],
  ['asks for pauses', { retryAfterSeconds: 20 }],
  ['lets two images change at once', { conflictScope: 'image' }],
  ['begins a second operation for a repeated request', { repeatedPut: 'second-operation' }],
  ['shows everything two minutes late', { lagSeconds: { image: 120, list: 120, cluster: 120, operation: 120 } }],
  ['shows images a minute late', { lagSeconds: { image: 60, list: 60, cluster: 0, operation: 0 } }],
  ['has sandboxes of the previous image for a while', { formerSandboxSeconds: 100 }],
  ['has sandboxes that take their time', { sandboxSeconds: 240 }],
  ['has no dates', { systemData: false }],
  ['lists one image a page', { listPage: 1 }],
  ['says ResourceNotFound of a cluster, too', { missingClusterCode: 'ResourceNotFound' }],
  [
    'lets nobody read operations',
    {},
    world => void world.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read'),
  ],
]

const inPlace = { activate: 'true', verify: 'true', database: 'telemetry', 'timeout-minutes': '200' }

describe.each(guesses)('a service that %s', (_, world, prepare = () => undefined) => {
  test('builds what is missing', async () => {
    expectEnd(await play({ world, prepare }), { exitCode: 0, outputs: { action: 'create', state: 'Succeeded' } })
  })

  test('is asked for nothing where nothing changed', async () => {
    const step = await play({ world, prepare: all(prepare, holding(wanted)) })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false', state: 'Succeeded' } })
    expect(step.puts).toEqual([])
  })

  test('updates, switches, and passes the trial', async () => {
    const step = await play({ world, inputs: inPlace, prepare: all(prepare, running('former', other), holding(other)) })
    expectEnd(step, {
      exitCode: 0,
      outputs: { action: 'update', activated: 'true', verified: 'true', 'previous-image': 'former' },
    })
    expect(step.ownSwitches).toHaveLength(1)
  })

  test('gives a content an image of its own', async () => {
    const inputs = { ...inPlace, 'image-name': 'forecasting-*' }
    const step = await play({ world, inputs, prepare: all(prepare, running('former', other)) })
    expectEnd(step, { exitCode: 0, outputs: { action: 'create', activated: 'true', verified: 'true' } })
  })

  test('deletes what is not in use, and nothing else', async () => {
    const remove = (image: string) =>
      play({
        world,
        inputs: { mode: 'delete', 'image-name': image },
        prepare: all(prepare, running('former', other), holding(wanted)),
      })
    expectEnd(await remove(imageName), { exitCode: 0, outputs: { changed: 'true', state: 'NotFound' } })
    const active = await remove('former')
    expectEnd(active, { exitCode: 1, outputs: { changed: 'false' } })
    expect(active.world.cluster.images.get('former')?.provisioningState).toBe('Succeeded')
  })
})
