import { describe, expect, test } from '@jest/globals'
import type { Answer, NoAnswer } from '../../src/azure/arm.js'
import { begunSince, requestBuild } from '../../src/azure/build.js'
import { imageFrom } from '../../src/image/image.js'
import { answer, desired, lost, operationUrl, scripted, shown, target } from './fake-arm.js'

const conflict = (code: string, message = 'no') => answer(409, { error: { code, message } })

describe('submitting', () => {
  test.each<[string, Answer | NoAnswer, string]>([
    ['201 with an operation', answer(201, {}, { operationUrl }), 'accepted'],
    ['202 with a location', answer(202, '', { locationUrl: 'https://x' }), 'accepted'],
    ['200 with the image alone', shown('Creating'), 'accepted'],
    ['200 with a page of a gateway', answer(200, '<html>'), 'uncertain'],
    ['another change', conflict('RequestConflict'), 'conflict'],
    [
      'another change, by its words',
      conflict('Conflict', 'the resource entity provisioning state is not terminal.'),
      'conflict',
    ],
    ['a 409 that says nothing', answer(409, ''), 'conflict'],
    ['maintenance', conflict('ServiceIsInMaintenance'), 'maintenance'],
    ['maintenance as a 503', answer(503, { error: { code: 'ServiceIsInMaintenance', message: 'no' } }), 'maintenance'],
    ['a lost answer', lost, 'uncertain'],
    ...[408, 500, 502, 503, 504, 307].map(
      status => [`${status}`, answer(status, ''), 'uncertain'] as [string, Answer, string],
    ),
  ])('%s', async (_, put, as) => {
    const { means, asked } = scripted({ image: [put] })
    expect((await requestBuild(desired, target, means)).as).toBe(as)
    expect(asked).toHaveLength(1)
  })

  test.each([400, 401, 403, 404, 412, 422])('a %d fails at once', async status => {
    const { means, asked } = scripted({ image: [answer(status, { error: { code: 'X', message: 'no' } })] })
    await expect(requestBuild(desired, target, means)).rejects.toMatchObject({ name: 'Failure' })
    expect(asked).toHaveLength(1)
  })

  test('a lock fails at once', async () => {
    const { means } = scripted({ image: [conflict('ScopeLocked', 'The scope is locked.')] })
    await expect(requestBuild(desired, target, means)).rejects.toMatchObject({ code: 'refused' })
  })

  test('throttling is waited for as told', async () => {
    const throttled = answer(429, '', { retryAfter: 17_000 })
    const { means, clock } = scripted({ image: [throttled, throttled, shown('Creating')] })
    expect((await requestBuild(desired, target, means)).as).toBe('accepted')
    expect(clock.slept).toHaveLength(2)
    for (const pause of clock.slept) expect(pause).toBeGreaterThanOrEqual(17_000)
  })
})

describe('whether a build has begun since', () => {
  const image = (state: string, requirements?: string) => imageFrom(shown(state, requirements).body)!
  test.each([
    ['it is being built', undefined, image('Creating'), true],
    ['something is being built', image('Succeeded', 'x'), image('Updating', 'y'), true],
    ['there was none, and there it is', undefined, image('Succeeded'), true],
    ['it was another content', image('Succeeded', 'x'), image('Failed'), true],
    ['nothing changed', image('Succeeded', 'x'), image('Succeeded', 'x'), false],
    ['the same as before, rebuilt or not', image('Succeeded'), image('Succeeded'), false],
    ['the same content, another state', image('Failed'), image('Succeeded'), true],
    ['somebody else was quick', undefined, image('Succeeded', 'y'), false],
  ])('%s', (_, before, now, begun) => {
    expect(begunSince(before, now, desired)).toBe(begun)
  })
})
