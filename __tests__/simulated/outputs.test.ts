import { describe, expect, test } from '@jest/globals'
import type { World } from '../../emulator/world.js'
import { expectEnd, play } from './harness.js'

test('the duration is that of the step', async () => {
  let started = 0
  const prepare = ({ clock }: World) => void (started = clock.now())
  const step = await play({ world: { buildSeconds: 100 }, prepare })
  expectEnd(step, { exitCode: 0 })
  expect(Number(step.outputs['duration-seconds'])).toBeCloseTo((step.world.clock.now() - started) / 1000, 1)
  expect(Number(step.outputs['duration-seconds'])).toBeGreaterThanOrEqual(100)
})

describe('requirements-sha256', () => {
  const digestOf = async (text: string) => {
    const step = await play({ files: { 'requirements.txt': text }, inputs: { wait: 'false' } })
    return step.outputs['requirements-sha256']
  }
  const same = 'pandas>=2,<3 ; python_version < "3.12"\nscikit-learn[x,y]==1.4'

  test.concurrent.each([
    [
      'comments, order, names and spaces',
      '# a\n\nscikit_learn [Y,x] == 1.4.0 # b\n  Pandas <3,>=2;python_version<"3.12"\n',
    ],
  ])('is one for %s', async (_, text) => {
    expect(await digestOf(text)).toBe(await digestOf(same))
  })

  test.concurrent.each([
    ['a version', same.replace('1.4', '1.5')],
    ['a marker', same.replace('3.12', '3.11')],
    ['an extra', same.replace('[x,y]', '[x]')],
    ['an option', `--pre\n${same}`],
    ['a line less', same.split('\n')[0]!],
  ])('is another for %s', async (_, text) => {
    expect(await digestOf(text)).not.toBe(await digestOf(same))
  })
})
