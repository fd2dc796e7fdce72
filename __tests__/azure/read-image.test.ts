import { describe, expect, test } from '@jest/globals'
import type { ArmResponse, NoResponse } from '../../src/azure/arm.js'
import { readImage } from '../../src/azure/read-resource.js'
import { answer, lost, scripted, shown, target } from './fake-arm.js'

const notFound = (code: string, message: string) => answer(404, { error: { code, message } })
const image = notFound(
  'ResourceNotFound',
  "The Resource 'Microsoft.Kusto/clusters/adx/sandboxCustomImages/f' was not found.",
)
const either = notFound('NotFound', 'Not found.')

describe('looking at the image', () => {
  // The image is asked for first; where its answer leaves it open, the cluster is asked for next.
  test.each<[string, (ArmResponse | NoResponse)[], string]>([
    ['it is there', [shown('Succeeded')], 'Succeeded'],
    ['it is not', [image], 'absent'],
    ['it is not, for the cluster is there', [either, answer(200, {})], 'absent'],
    ['it may not be, for the cluster may not be read', [either, answer(403)], 'absent'],
    ['the cluster is not', [either, notFound('ResourceNotFound', 'clusters/adx')], 'cluster-not-found'],
    ['the cluster is not, as the parent', [notFound('ParentResourceNotFound', 'x')], 'cluster-not-found'],
    ['the group is not', [notFound('ResourceGroupNotFound', 'x')], 'resource-group-not-found'],
    ['the subscription is not', [notFound('SubscriptionNotFound', 'x')], 'subscription-not-found'],
    ['the cluster could not be asked for, and then it could', [either, lost, either, answer(200, {})], 'absent'],
    ['the cluster was busy, and then the image was there', [either, answer(503, ''), shown('Failed')], 'Failed'],
    ["a gateway's 404 says nothing", [answer(404, '<html>'), answer(404, ''), shown('Succeeded')], 'Succeeded'],
    [
      'trouble passes',
      [lost, answer(500, ''), answer(200, '<html>'), answer(200, {}), shown('Succeeded')],
      'Succeeded',
    ],
    ['trouble does not pass', [lost], 'service-unavailable'],
    ['it may not be read', [answer(403, '')], 'forbidden'],
  ])('%s', async (_, answers, expected) => {
    const { azure } = scripted({ image: answers })
    const seen = await readImage(target, azure).then(
      found => found?.state ?? 'absent',
      (error: { code: string }) => error.code,
    )
    expect(seen).toBe(expected)
  })

  test('throttling is no try, however often', async () => {
    const throttled = Array.from({ length: 20 }, () => answer(429, '', { retryAfter: 2_000 }))
    const { azure, clock } = scripted({ image: [...throttled, shown('Succeeded')] })
    expect((await readImage(target, azure))?.state).toBe('Succeeded')
    for (const pause of clock.slept) expect(pause).toBeGreaterThanOrEqual(2_000)
  })
})
