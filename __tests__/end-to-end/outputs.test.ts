import { describe, expect, test } from '@jest/globals'
import { expectEnd, holding, imageName, play, type PlayOptions, wanted } from './harness.js'

const id = expect.stringMatching(/^[\da-f-]{36}$/)
const portal = {
  'portal-url': expect.stringMatching(/^https:\/\/portal\.azure\.com\/#resource\/.*\/clusters\/adxforecast\//),
}
const known = { ...portal, 'image-name': imageName, 'requirements-sha256': expect.stringMatching(/^[\da-f]{64}$/) }
const unused = { activated: 'false' }
const seenCluster = { 'active-image': 'Python3_10_8', 'previous-image': 'Python3_10_8' }
const submitted = { ...seenCluster, changed: 'true', 'operation-id': id, 'correlation-id': id }
const imageId = expect.stringMatching(
  /^\/subscriptions\/[\da-f-]{36}\/resourceGroups\/analytics-prod\/providers\/Microsoft\.Kusto\/Clusters\/adxforecast\/SandboxCustomImages\/forecasting$/,
)

describe('a job summary', () => {
  test.concurrent.each([
    ['that cannot be written', '/nonexistent/summary.md', ['warning']],
    ['of a runner that has none', undefined, []],
  ])('%s fails nothing', async (_, path, levels) => {
    const step = await play({ env: { GITHUB_STEP_SUMMARY: path } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(step.annotations.map(({ level }) => level)).toEqual(levels)
  })
})

describe('the outputs are set on every way out:', () => {
  test.concurrent.each<[string, PlayOptions, number, object]>([
    ['wrong inputs', { inputs: { force: 'yes' } }, 1, { changed: 'false' }],
    [
      'no requirements file',
      { inputs: { 'requirements-file': 'none.txt' } },
      1,
      { ...portal, changed: 'false', 'image-name': imageName },
    ],
    ['not signed in', { inputs: { 'tenant-id': 'fabrikam.com' } }, 1, { changed: 'false', ...known }],
    [
      'nothing to do',
      { prepare: holding(wanted) },
      0,
      { ...known, 'image-id': imageId, state: 'Succeeded', changed: 'false', action: 'none' },
    ],
    ['created', {}, 0, { ...known, ...submitted, 'image-id': imageId, state: 'Succeeded', action: 'create' }],
    [
      'accepted',
      { inputs: { wait: 'false' } },
      0,
      { ...known, ...submitted, 'image-id': imageId, state: 'Accepted', action: 'create' },
    ],
    [
      'failed',
      { world: { outcomes: [{ status: 'Failed' }] } },
      1,
      { ...known, ...submitted, 'image-id': imageId, state: 'Failed', action: 'create' },
    ],
    [
      'timeout',
      { world: { buildSeconds: 600 }, timeOutWhen: world => world.seen('poll').length > 1 },
      1,
      { ...known, ...submitted, 'image-id': imageId, state: 'Running', action: 'create' },
    ],
    [
      'cancelled',
      { world: { buildSeconds: 600 }, cancelWhen: world => world.seen('poll').length > 1 },
      1,
      { ...known, ...submitted, 'image-id': imageId, state: 'Running', action: 'create' },
    ],
  ])('%s', async (_, options, exitCode, outputs) => {
    const step = await play(options)
    expectEnd(step, { exitCode })
    expect(step.outputs).toEqual({ ...unused, ...outputs, 'duration-seconds': expect.any(String) })
  })
})

test('no more than the image is known of a refused build', async () => {
  const step = await play({
    prepare: world => void world.principal.actions.delete('Microsoft.Kusto/Clusters/SandboxCustomImages/write'),
  })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'false', action: 'none' } })
  expect(step.outputs).not.toHaveProperty('operation-id')
  expect(step.outputs).not.toHaveProperty('image-id')
})
