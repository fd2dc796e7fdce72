import { describe, expect, test } from '@jest/globals'
import type { ArmResponse } from '../../src/azure/arm.js'
import { observeLocation, observeOperation, operationIdOf } from '../../src/azure/operation.js'

const answer = (status: number, body?: unknown): ArmResponse => ({
  status,
  body,
  text: body === undefined ? '' : JSON.stringify(body),
  operationUrl: undefined,
  locationUrl: undefined,
  retryAfter: undefined,
  correlationId: '5e499f56-58c3-40fb-ae0c-39d3d07881b3',
})

const lost = { status: undefined, cause: 'no answer within 60 s', correlationId: '' } as const
const refusal = { error: { code: 'CreationFailed', message: 'pip says no' } }
const resource = (provisioningState: string) => ({ name: 'forecasting', properties: { provisioningState } })

describe('what the URL of an operation says', () => {
  test.each([
    ['its status', answer(200, { status: 'Running' }), { seen: 'status', status: 'Running' }],
    [
      'its failure',
      answer(200, { status: 'Failed', ...refusal }),
      { seen: 'status', status: 'Failed', error: { code: 'CreationFailed' } },
    ],
    ['nothing, without a status', answer(200, resource('Succeeded')), { seen: 'nothing', throttled: false }],
    ['nothing, in a page', answer(200), { seen: 'nothing' }],
    ['nothing, where it was asked too often', answer(429), { seen: 'nothing', throttled: true }],
    ['nothing, where no answer came', lost, { seen: 'nothing', throttled: false }],
    ['that it may not be read', answer(403), { seen: 'closed', missing: false }],
    ['that there is none', answer(404), { seen: 'closed', missing: true }],
  ])('is %s', (_, said, observation) => expect(observeOperation(said)).toMatchObject(observation))
})

describe('what the Location of an operation says', () => {
  test.each([
    ['that it runs', answer(202), { seen: 'status', status: 'Running' }],
    ['its status', answer(200, { status: 'Canceled' }), { seen: 'status', status: 'Canceled' }],
    ['that it has succeeded', answer(200, resource('Succeeded')), { seen: 'status', status: 'Succeeded' }],
    // A later change may be what the resource shows.
    ['no more than that it is over', answer(200, resource('Running')), { seen: 'closed' }],
    ['no more than that it is over, either', answer(200, resource('Failed')), { seen: 'closed' }],
    ['that it is over, without a resource', answer(204), { seen: 'closed' }],
    ['why it has failed', answer(400, refusal), { seen: 'closed', error: { code: 'CreationFailed' } }],
    ['that there is none', answer(404, refusal), { seen: 'closed', missing: true }],
    ['nothing, where no answer came', lost, { seen: 'nothing' }],
  ])('is %s', (_, said, observation) => expect(observeLocation(said)).toMatchObject(observation))

  test('is no reason, where it may not be read', () => {
    expect(observeLocation(answer(403, refusal))).not.toHaveProperty('error')
  })
})

test.each([
  ['https://management.azure.com/subscriptions/x/operationResults/3f9a-1c?t=1', '3f9a-1c'],
  ['https://management.azure.com/subscriptions/x/operationResults/3f9a-1c', '3f9a-1c'],
  ['https://management.azure.com/', undefined],
  [undefined, undefined],
])('the id in %s is %s', (url, id) => expect(operationIdOf(url)).toBe(id))
