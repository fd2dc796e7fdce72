import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { expectDone, playOf, recipes } from '../recipes.js'
import { uvWith } from './fake-uv.js'
import { expectEnd, play, wanted } from './harness.js'

describe('every recipe does what it says', () => {
  test.each(recipes.filter(([, { given }]) => 'client-id' in given))('%s', async (_, recipe) => {
    expectDone(await play({ ...playOf(recipe), tools: uvWith({}) }), recipe)
  })

  test('and there are many', () => {
    expect(recipes.length).toBeGreaterThan(15)
  })
})

test('the image of a pull request goes away when it is closed', async () => {
  const step = await play({
    event: pullRequest(),
    inputs: { mode: 'delete', 'image-name': 'forecasting-pr-7' },
    prepare: world => void world.cluster.images.set('forecasting-pr-7', wanted),
  })
  expectEnd(step, { exitCode: 0, outputs: { state: 'NotFound', changed: 'true' } })
})
