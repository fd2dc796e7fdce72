import { afterEach, describe, expect, test } from '@jest/globals'
import { type StartedWorld, startWorld, type WorldOptions } from '../../emulator/world.js'
import { type Client, connectTo, imageBody, imageUrl } from './client.js'

let world: StartedWorld
let client: Client

async function enter(options: WorldOptions = {}): Promise<string> {
  // So that nothing ends by itself.
  world = await startWorld({ buildSeconds: 3600, deleteSeconds: 3600, ...options })
  client = connectTo(world)
  return client.signIn()
}

afterEach(async () => {
  client.close()
  await world.close()
})

/** Ends what is under way. */
function endAll(): void {
  for (const operation of [...world.builds, ...world.deletions]) {
    if (!operation.finished) operation.to = world.clock.now()
  }
}

const put = (image: string, token: string, body = imageBody('Requests')) =>
  client.send(imageUrl(world, image), { method: 'PUT', token, body, headers: { 'content-type': 'application/json' } })

describe('an image', () => {
  test('is created: 201, then Running, then Succeeded, as recorded traffic shows it', async () => {
    const token = await enter()
    const created = await put('forecast', token)
    expect(created.status).toBe(201)
    expect(created.headers['location']).toBeUndefined()
    expect(created.headers['retry-after']).toBeUndefined()
    expect(created.json).toEqual({
      id: expect.stringMatching(/\/Microsoft\.Kusto\/Clusters\/adxforecast\/SandboxCustomImages\/forecast$/),
      name: 'adxforecast/forecast',
      type: 'Microsoft.Kusto/Clusters/SandboxCustomImages',
      properties: {
        language: 'PYTHON',
        languageVersion: '3.10.8',
        requirementsFileContent: 'Requests',
        provisioningState: 'Accepted',
      },
    })
    const url = created.headers['azure-asyncoperation'] as string
    expect(url.length).toBeGreaterThan(2500)
    expect(url).toContain('/locations/East%20US/operationResults/')

    const running = await client.send(url, { token })
    expect(running.status).toBe(200)
    expect(running.json).toMatchObject({
      status: 'Running',
      percentComplete: 0.5,
      properties: { operationState: 'InProgress' },
    })
    expect(running.json.endTime).toBe(running.json.startTime)
    expect(running.headers['x-ms-operation-root-activity-id']).toBeDefined()
    expect((await client.send(imageUrl(world, 'forecast'), { token })).json.properties.provisioningState).toBe(
      'Creating',
    )

    endAll()
    expect((await client.send(url, { token })).json).toMatchObject({ status: 'Succeeded', percentComplete: 1 })
    const image = await client.send(imageUrl(world, 'forecast'), { token })
    expect(image.json.properties.provisioningState).toBe('Succeeded')
    expect(image.json.properties).not.toHaveProperty('baseImageName')
    expect(world.builds).toMatchObject([{ image: 'forecast', finished: true, outcome: { status: 'Succeeded' } }])
  })

  test('is built again by an identical update', async () => {
    const token = await enter()
    world.cluster.images.set('forecast', {
      language: 'Python',
      languageVersion: '3.10.8',
      requirementsFileContent: 'Requests',
    })
    expect((await put('FORECAST', token)).status).toBe(200)
    expect(world.builds).toHaveLength(1)
    expect(world.cluster.images.all()).toMatchObject([{ name: 'forecast', provisioningState: 'Running' }])
  })

  test('fails late when pip finds no package, and keeps the new content', async () => {
    const token = await enter()
    const { headers } = await put('forecast', token, imageBody('requests\nno-such-package==1.0 # why'))
    endAll()
    const poll = await client.send(headers['azure-asyncoperation'] as string, { token })
    expect(poll.status).toBe(200)
    expect(poll.json.status).toBe('Failed')
    expect(poll.json.error.message).toContain(
      'ERROR: Could not find a version that satisfies the requirement no-such-package==1.0 (from versions: none)\n' +
        'ERROR: No matching distribution found for no-such-package',
    )
    expect(world.cluster.images.get('forecast')).toMatchObject({
      provisioningState: 'Failed',
      content: { requirementsFileContent: 'requests\nno-such-package==1.0 # why' },
    })
  })

  test('is deleted, with both headers', async () => {
    const token = await enter()
    world.cluster.images.set('forecast', { language: 'Python', languageVersion: '3.10.8' })
    const accepted = await client.send(imageUrl(world, 'forecast'), { method: 'DELETE', token })
    expect(accepted.status).toBe(202)
    const location = accepted.headers['location']!
    expect((await client.send(location, { token })).status).toBe(202)
    endAll()
    expect((await client.send(location, { token })).status).toBe(204)
    const status = await client.send(accepted.headers['azure-asyncoperation'] as string, { token })
    expect(status.json.status).toBe('Succeeded')
    expect((await client.send(imageUrl(world, 'forecast'), { token })).json.error.code).toBe('ResourceNotFound')
    expect((await client.send(imageUrl(world, 'forecast'), { method: 'DELETE', token })).status).toBe(204)
    expect(world.seen('location')).toHaveLength(2)
  })
})

describe('an operation', () => {
  test('is read by its exact URL only, and by who started it', async () => {
    const token = await enter()
    const { headers } = await put('forecast', token)
    const url = headers['azure-asyncoperation'] as string
    expect((await client.send(url.replace('East%20US', 'East+US'), { token })).status).toBe(400)
    expect((await client.send(`${url}&again=1`, { token })).status).toBe(400)
    const foreign = world.startForeignBuild({ image: 'other', content: { language: 'Python' }, seconds: 1 })
    const foreignUrl = `https://${world.cloud.armHost}${foreign.statusTarget}`
    expect((await client.send(foreignUrl, { token })).status).toBe(403)
    world.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read')
    expect((await client.send(url, { token })).json.error.code).toBe('AuthorizationFailed')
  })

  test('ends as planned', async () => {
    const token = await enter({ outcomes: [{ status: 'Canceled' }] })
    const { headers } = await put('forecast', token)
    endAll()
    const poll = await client.send(headers['azure-asyncoperation'] as string, { token })
    expect(poll.json).toMatchObject({ status: 'Canceled' })
    expect(world.cluster.images.get('forecast')?.provisioningState).toBe('Canceled')
  })

  test('is followed by Location and with Retry-After where the world is set so', async () => {
    const token = await enter({ putHeaders: ['Location'], retryAfterSeconds: 7 })
    const { headers } = await put('forecast', token)
    expect(headers['azure-asyncoperation']).toBeUndefined()
    expect(headers['retry-after']).toBe('7')
    expect((await client.send(headers['location']!, { token })).status).toBe(202)
    endAll()
    const image = await client.send(headers['location']!, { token })
    expect(image.json).toMatchObject({ name: 'adxforecast/forecast' })
  })
})

describe('a change', () => {
  test('is refused while another one is under way', async () => {
    const token = await enter()
    world.startForeignBuild({ image: 'other', content: { language: 'Python', languageVersion: '3.10.8' }, seconds: 60 })
    const conflict = await put('forecast', token)
    expect(conflict.status).toBe(409)
    expect(conflict.json.error).toMatchObject({
      code: 'RequestConflict',
      message: expect.stringContaining('because the resource entity provisioning state is not terminal'),
    })
    world.settings.conflictScope = 'image'
    expect((await put('forecast', token)).status).toBe(201)
    expect((await put('forecast', token)).status).toBe(409)
    expect(world.builds).toHaveLength(2)
  })

  test('that is repeated blindly may start a second operation, which fails while the first goes on', async () => {
    const token = await enter({ repeatedPut: 'second-operation' })
    const first = await put('forecast', token)
    const second = await put('forecast', token)
    expect(second.status).toBe(200)
    endAll()
    const statusOf = async (answer: typeof first) =>
      (await client.send(answer.headers['azure-asyncoperation'] as string, { token })).json.status
    expect([await statusOf(first), await statusOf(second)]).toEqual(['Succeeded', 'Failed'])
    expect(world.cluster.images.get('forecast')?.provisioningState).toBe('Succeeded')
    expect(world.builds).toHaveLength(2)
  })

  test('of a stopped cluster is a bad request', async () => {
    const token = await enter({ cluster: { state: 'Stopped' } })
    const { status, json } = await put('forecast', token)
    expect(status).toBe(400)
    expect(json.error.message).toContain("while resource is in state 'Stopped'.")
  })

  test.each([
    ['no JSON', '{', 'InvalidRequestContent'],
    ['no properties', '{}', 'BadRequest'],
    ['neither version nor base', '{"properties":{"language":"Python"}}', 'BadRequest'],
    [
      'both version and base',
      '{"properties":{"language":"Python","languageVersion":"3.10.8","baseImageName":"Python3_10_8"}}',
      'BadRequest',
    ],
    ['an unknown language', '{"properties":{"language":"R","languageVersion":"3.10.8"}}', 'BadRequest'],
  ])('with %s is a bad request', async (_, body, code) => {
    const token = await enter()
    const answer = await put('forecast', token, body)
    expect([answer.status, answer.json.error.code]).toEqual([400, code])
    expect(world.builds).toHaveLength(0)
  })
})
