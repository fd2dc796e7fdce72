import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type StartedWorld, startWorld } from '../../emulator/world.js'
import { type Client, connectTo, imageBody, imageUrl } from './client.js'

let world: StartedWorld
let client: Client
let token: string

beforeEach(async () => {
  world = await startWorld()
  client = connectTo(world)
  token = await client.signIn()
})

afterEach(async () => {
  client.close()
  await world.close()
})

const get = () => client.send(imageUrl(world, 'forecast'), { token })
const put = () => client.send(imageUrl(world, 'forecast'), { token, method: 'PUT', body: imageBody('a') })

describe('the proxy', () => {
  test('leads nowhere else', async () => {
    await expect(client.send('https://evil.example/', { token })).rejects.toThrow(/502/)
    expect(world.refusedConnects).toEqual(['evil.example:443'])
  })

  test('lets a foreign host be registered, and records what it gets', async () => {
    world.addForeignHost('evil.example')
    expect((await client.send('https://evil.example/take?it', { token })).status).toBe(200)
    expect(world.seen('foreign')).toMatchObject([{ host: 'evil.example', target: '/take?it' }])
    expect(world.refusedConnects).toEqual([])
  })

  test('may fail itself', async () => {
    client.close()
    client = connectTo(world)
    world.fault({ on: 'connect', answer: { status: 503 } })
    await expect(get()).rejects.toThrow(/503/)
    expect((await get()).status).toBe(404)
  })
})

describe('a fault', () => {
  test('strikes after some requests, so many times, in the order of scheduling', async () => {
    const first = world.fault({
      on: 'get-image',
      skip: 1,
      times: 2,
      answer: { status: 503, body: '<html>busy</html>' },
    })
    world.fault({ on: 'any', answer: { status: 500, body: { message: 'broken' } } })
    const answers = [await get(), await get(), await get(), await get()]
    expect(answers.map(({ status }) => status)).toEqual([500, 503, 503, 404])
    expect(answers[0]!.json).toEqual({ message: 'broken' })
    expect(first.hits).toBe(2)
  })

  test('that answers instead keeps the request from the service', async () => {
    world.fault({ on: 'put-image', answer: { status: 503 } })
    expect((await put()).status).toBe(503)
    expect(world.builds).toHaveLength(0)
    expect(world.seen('put-image')).toMatchObject([{ processed: false, status: 503 }])
  })

  test.each([{ reset: 'before' as const }, { reset: 'after' as const }])('cuts the connection: %j', async fault => {
    world.fault({ on: 'put-image', ...fault })
    await expect(put()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(world.builds).toHaveLength(fault.reset === 'after' ? 1 : 0)
    expect(world.seen('put-image')[0]).not.toHaveProperty('status')
  })

  test('loses the answer of what was done', async () => {
    world.fault({ on: 'put-image', answerAfter: { status: 504 } })
    expect((await put()).status).toBe(504)
    expect(world.builds).toHaveLength(1)
  })

  test('leaves a request hanging until the world ends', async () => {
    world.fault({ on: 'put-image', hang: 'after' })
    const outcome = put().catch((error: NodeJS.ErrnoException) => error.code)
    while (world.builds.length === 0) await world.clock.sleep(5)
    await expect(Promise.race([outcome, world.clock.sleep(50)])).resolves.toBeUndefined()
    await world.close()
    expect(await outcome).toBe('ECONNRESET')
  })

  test('cuts an answer short', async () => {
    world.fault({ on: 'get-image', truncate: true })
    await expect(get()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  test('alters an answer', async () => {
    world.fault({
      on: 'put-image',
      alter: ({ headers, ...answer }) => ({
        ...answer,
        headers: { ...headers, 'Azure-AsyncOperation': 'https://evil.example/' },
      }),
    })
    expect((await put()).headers['azure-asyncoperation']).toBe('https://evil.example/')
  })

  test('waits, and lets something happen meanwhile', async () => {
    world.fault({
      on: 'put-image',
      delayMs: 30,
      meanwhile: () => world.startForeignBuild({ image: 'other', content: { language: 'Python' }, seconds: 5 }),
    })
    const started = performance.now()
    expect((await put()).status).toBe(409)
    expect(performance.now() - started).toBeGreaterThanOrEqual(29)
  })

  test('can be taken back', async () => {
    world.fault({ on: 'any', times: Infinity, answer: { status: 500 } }).cancel()
    expect((await get()).status).toBe(404)
  })
})

test('latency is added to every request', async () => {
  world.settings.latencyMs = 40
  const started = performance.now()
  await get()
  expect(performance.now() - started).toBeGreaterThanOrEqual(39)
})
