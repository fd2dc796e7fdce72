import { describe, expect, test } from '@jest/globals'
import type { ArmError } from '../../emulator/azure/arm-errors.js'
import type { World } from '../../emulator/world.js'
import { expectEnd, expectFailure, type Fact, failureOf, holding, other, play } from './harness.js'

const write = 'Microsoft.Kusto/Clusters/SandboxCustomImages/write'
const refusing = (status: number, error: ArmError) => (world: World) =>
  void world.fault({ on: 'put-image', times: 1000, answer: { status, body: { error } } })

const policyDenial: ArmError = {
  code: 'RequestDisallowedByPolicy',
  target: 'forecasting',
  message: "Resource 'forecasting' was disallowed by policy.",
  additionalInfo: [
    {
      type: 'PolicyViolation',
      info: {
        policyDefinitionDisplayName: 'Allowed locations',
        evaluationDetails: { evaluatedExpressions: [{ result: 'True', path: 'location', targetValue: ['eastus'] }] },
        policyAssignmentId: '/providers/Microsoft.Management/managementGroups/contoso/policyAssignments/locations',
      },
    },
  ],
}

describe('a build that is refused fails at once, with nothing built', () => {
  test.concurrent.each<[string, string, (world: World) => void, readonly Fact[]]>([
    [
      '400',
      'bad-request',
      refusing(400, { code: 'BadRequest', message: "[BadRequest] The language version '3.10.8' is not supported." }),
      ["BadRequest: [BadRequest] The language version '3.10.8' is not supported."],
    ],
    [
      '400 of a cluster that was stopped just now',
      'cluster-stopped',
      world => void world.fault({ on: 'put-image', meanwhile: () => void (world.cluster.state = 'Stopped') }),
      ["while resource is in state 'Stopped'", 'adxforecast'],
    ],
    [
      '403',
      'forbidden',
      world => void world.principal.actions.delete(write),
      [write, /over scope '\/subscriptions\/[^']+\/clusters\/adxforecast\/sandboxCustomImages\/forecasting'/],
    ],
    [
      '403 without a word of what is missing',
      'forbidden',
      refusing(403, { code: 'AuthorizationFailed', message: 'No.' }),
      [/Microsoft\.Kusto\/clusters\/sandboxCustomImages\/write/i, /\/clusters\/adxforecast/],
    ],
    [
      '403 of a policy',
      'policy',
      refusing(403, policyDenial),
      [
        "RequestDisallowedByPolicy: Resource 'forecasting' was disallowed by policy.",
        'PolicyViolation',
        'policyDefinitionDisplayName: Allowed locations',
        'path: location',
        'eastus',
        'policyAssignments/locations',
      ],
    ],
    [
      '404',
      'cluster-not-found',
      refusing(404, { code: 'ParentResourceNotFound', message: "Parent resource 'adxforecast' not found." }),
      ["ParentResourceNotFound: Parent resource 'adxforecast' not found."],
    ],
    [
      '422',
      'refused',
      refusing(422, { code: 'UnprocessableEntity', message: 'Too many images.' }),
      ['UnprocessableEntity: Too many images.'],
    ],
    [
      '412 with nothing in it',
      'refused',
      world => void world.fault({ on: 'put-image', answer: { status: 412 } }),
      ['412'],
    ],
  ])('%s', async (_, code, prepare, facts) => {
    const step = await play({
      prepare(world) {
        holding(other)(world)
        prepare(world)
      },
    })
    expectFailure(step, code, facts, { changed: 'false', action: 'none' })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual([
      'id-token',
      'token',
      'get-image',
      'get-cluster',
      'put-image',
    ])
    expect(step.world.builds).toEqual([])
    expect(failureOf(step).message).not.toMatch(/[{}[\]]"|"[{}[\],:]/)
    expect(failureOf(step).message).toContain(step.puts[0]!.headers['x-ms-correlation-request-id'])
  })

  test('and its state opens no gate: the image that is there is not what this run wanted', async () => {
    const step = await play({
      prepare(world) {
        holding(other)(world)
        world.principal.actions.delete(write)
      },
    })
    expect(step.exitCode).toBe(1)
    expect(step.outputs['state']).not.toBe('Succeeded')
  })

  test('401, after one try with a fresh token', async () => {
    const step = await play({ prepare: refusing(401, { code: 'InvalidAuthenticationToken', message: 'Bad token.' }) })
    const facts = ['InvalidAuthenticationToken: Bad token.']
    expectFailure(step, 'token-refused', facts, { changed: 'false' })
    const kinds = step.world.requests.map(({ kind }) => kind)
    expect(kinds).toEqual([
      'id-token',
      'token',
      'get-image',
      'list-images',
      'get-cluster',
      'put-image',
      'id-token',
      'token',
      'put-image',
    ])
    expect(step.puts[0]!.headers.authorization).not.toBe(step.puts[1]!.headers.authorization)
    expect(step.world.builds).toEqual([])
  })

  test('but 401 for the first token only is no refusal', async () => {
    const { exitCode, outputs, puts, ownBuilds } = await play({
      prepare: world => void world.fault({ on: 'put-image', answer: { status: 401 } }),
    })
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(puts).toHaveLength(2)
    expect(ownBuilds).toHaveLength(1)
  })
})

describe('what is not there is told apart', () => {
  const nothing = '00000000-0000-0000-0000-000000000000'
  test.concurrent.each<[string, string, Record<string, string>, string, 'ParentResourceNotFound' | 'ResourceNotFound']>(
    [
      ['the subscription', 'subscription-not-found', { 'subscription-id': nothing }, nothing, 'ParentResourceNotFound'],
      [
        'the group',
        'resource-group-not-found',
        { 'resource-group': 'analytics-pord' },
        'analytics-pord',
        'ResourceNotFound',
      ],
      ['the cluster, as the parent', 'cluster-not-found', { 'cluster-name': 'adx4' }, 'adx4', 'ParentResourceNotFound'],
      ['the cluster, by itself', 'cluster-not-found', { 'cluster-name': 'adx4' }, 'adx4', 'ResourceNotFound'],
    ],
  )('%s', async (_, code, inputs, name, missingClusterCode) => {
    const step = await play({ world: { missingClusterCode }, inputs })
    expectFailure(step, code, [name], { changed: 'false' })
    expect(step.puts).toEqual([])
  })

  test('the image alone, and the cluster may not be read: it is created', async () => {
    const { exitCode, outputs } = await play({
      prepare: world => void world.principal.actions.delete('Microsoft.Kusto/Clusters/read'),
    })
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { action: 'create', state: 'Succeeded' } })
  })

  test('the image, said in few words: the cluster is asked for, and the image is created', async () => {
    const step = await play({
      prepare: world =>
        void world.fault({
          on: 'get-image',
          answer: { status: 404, body: { error: { code: 'ResourceNotFound', message: 'Not found.' } } },
        }),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'create', state: 'Succeeded' } })
    expect(step.story.slice(0, 7)).toEqual([
      'id-token',
      'token',
      'get-image',
      'get-cluster',
      'list-images',
      'get-cluster',
      'put-image',
    ])
  })
})

test('an image that may not be read is a failure that names the action and the scope', async () => {
  const step = await play({
    prepare: world => void world.principal.actions.delete('Microsoft.Kusto/Clusters/SandboxCustomImages/read'),
  })
  const scope = /\/subscriptions\/\S+\/clusters\/adxforecast/
  expectFailure(step, 'forbidden', [/Microsoft\.Kusto\/clusters\/sandboxCustomImages\/read/i, scope])
  expect(step.story).toEqual(['id-token', 'token', 'get-image'])
})
