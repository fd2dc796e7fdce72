import { beforeEach, describe, expect, test } from '@jest/globals'
import { createEventClock, type EventClock } from '../../bench/simulation/event-clock.js'
import { randomFrom } from '../../bench/simulation/random.js'
import { chanceFrom } from '../../emulator/chance.js'
import { type ImageContent, pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { Delivery } from '../../emulator/network/receive.js'
import { createService, type Service, type ServiceOptions } from '../../emulator/service.js'

const content: ImageContent = { language: 'Python', languageVersion: '3.10', requirementsFileContent: 'pandas==2.2.2' }
const never = new AbortController().signal
const start = Date.UTC(2026, 0, 1)

let clock: EventClock

beforeEach(() => {
  clock = createEventClock(start)
})

function serve(options: Partial<ServiceOptions>): Service {
  const chance = chanceFrom(randomFrom(1))
  const time = { now: clock.time, sleep: (ms: number) => clock.sleep(ms, never) }
  return createService({ clock: time, chance, signed: false, buildSeconds: 60, ...options })
}

/** Asks, in simulated time, for something below the cluster, or for the operation that was named. */
async function ask(service: Service, method: string, path: string, body?: object): Promise<Delivery> {
  const { subscriptionId, resourceGroup, name } = service.cluster
  const cluster = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Kusto/clusters/${name}`
  const token = service.tokenFor(service.principal)
  return service.receive({
    host: service.cloud.armHost,
    method,
    target: path.startsWith('/subscriptions') ? path : `${cluster}${path}?api-version=2024-04-13`,
    headers: { authorization: `Bearer ${token}` },
    body: body === undefined ? '' : JSON.stringify(body),
  })
}

const get = (service: Service, path: string) => clock.elapse(ask(service, 'GET', path))
const put = (service: Service) => clock.elapse(ask(service, 'PUT', '/sandboxCustomImages/a', { properties: content }))
const pass = (seconds: number) => clock.elapse(clock.sleep(seconds * 1000, never))

function answerOf(delivery: Delivery): { status: number; body: string; headers: Record<string, string> } {
  if (delivery.as !== 'answer') throw new Error(`no answer but ${delivery.as}`)
  return delivery.answer
}

function stateIn(delivery: Delivery): unknown {
  const { status, body } = answerOf(delivery)
  return status === 200 ? JSON.parse(body).properties.provisioningState : status
}

describe('reads that are late', () => {
  test('show an image as it was', async () => {
    const service = serve({ lag: 'fixed', lagSeconds: { image: 30, list: 90, cluster: 0, operation: 0 } })
    await get(service, '/sandboxCustomImages/a')
    await put(service)
    const seen = [stateIn(await get(service, '/sandboxCustomImages/a'))]
    for (const seconds of [31, 30, 30]) {
      await pass(seconds)
      seen.push(stateIn(await get(service, '/sandboxCustomImages/a')))
    }
    expect(seen).toEqual([404, 'Creating', 'Creating', 'Succeeded'])
    expect(answerOf(await get(service, '/sandboxCustomImages')).body).toContain('Creating')
  })

  test('show an operation that is not there yet, and runs on after its end', async () => {
    const service = serve({ lag: 'fixed', lagSeconds: { image: 0, list: 0, cluster: 0, operation: 20 } })
    const url = new URL(answerOf(await put(service)).headers['Azure-AsyncOperation']!)
    const poll = async () => {
      const { body } = answerOf(await get(service, url.pathname + url.search))
      const { error, status } = JSON.parse(body)
      return error?.code ?? status
    }
    const seen = [await poll()]
    for (const seconds of [21, 40, 20]) {
      await pass(seconds)
      seen.push(await poll())
    }
    expect(seen).toEqual(['OperationNotFound', 'Running', 'Running', 'Succeeded'])
  })

  test('show a cluster as it was', async () => {
    const service = serve({
      lag: 'fixed',
      lagSeconds: { image: 0, list: 0, cluster: 40, operation: 0 },
      switchSeconds: 10,
    })
    await get(service, '')
    service.startForeignSwitch(pythonOn('a'), 10)
    await pass(11)
    expect(service.cluster.languageExtensions).toEqual([pythonOn('a')])
    expect(answerOf(await get(service, '')).body).not.toContain('PythonCustomImage')
    await pass(40)
    expect(answerOf(await get(service, '')).body).toContain('PythonCustomImage')
  })

  test('draw how late they are, each for itself', async () => {
    const service = serve({ lagSeconds: { image: 100, list: 0, cluster: 0, operation: 0 } })
    await get(service, '/sandboxCustomImages/a')
    await put(service)
    await pass(50)
    const seen = await clock.elapse(
      Promise.all(Array.from({ length: 40 }, () => ask(service, 'GET', '/sandboxCustomImages/a'))),
    )
    expect(new Set(seen.map(stateIn))).toEqual(new Set([404, 'Creating']))
  })
})

test('a request whose answer was lost can be taken late', async () => {
  const service = serve({})
  service.faults.add({ on: 'put-image', reset: 'before', takenAfterMs: 30_000 })
  expect(await put(service)).toEqual({ as: 'cut' })
  expect(service.operations.all).toEqual([])
  await pass(31)
  expect(service.operations.all).toMatchObject([{ image: 'a', from: start + 30_000, request: 1 }])
  expect(service.requests[0]).toMatchObject({ processed: true, takenAt: start + 30_000 })
})

test.each([
  ['nothing', { languageVersion: '3.10' }],
  ['version', { languageVersion: '3.10.8' }],
  ['null version', { languageVersion: null }],
  ['base', { languageVersion: '3.10', baseImageName: 'Python3_10_8' }],
] as const)('the service can add %s to what was sent', async (completion, shown) => {
  const service = serve({ completion })
  service.cluster.images.set('a', content)
  expect(JSON.parse(answerOf(await get(service, '/sandboxCustomImages/a')).body).properties).toMatchObject(shown)
  expect(service.cluster.images.get('a')!.content).toBe(content)
})

describe('queries in Python', () => {
  const ask = (service: Service) => {
    const host = `${service.cluster.name}.eastus.kusto.windows.net`
    const parameters = { packages: 'dynamic(["pandas"])' }
    return async () => {
      const token = service.tokenFor(service.principal, `https://${host}`)
      const csl = 'declare query_parameters(packages:dynamic); print 1 | evaluate python(typeof(*), "")'
      const body = JSON.stringify({ db: 'telemetry', csl, properties: { Parameters: parameters } })
      const headers = { authorization: `Bearer ${token}` }
      return clock.elapse(service.receive({ host, method: 'POST', target: '/v1/rest/query', headers, body }))
    }
  }

  test.each([
    ['disabled', 400, 'not enabled'],
    ['refused', 403, 'policy'],
  ] as const)('can be %s', async (pythonPlugin, status, words) => {
    const answer = answerOf(await ask(serve({ pythonPlugin }))())
    expect(answer.status).toBe(status)
    expect(answer.body).toContain(words)
  })

  test('meet sandboxes of the former image for a while after a switch', async () => {
    const service = serve({ formerSandboxSeconds: 60 })
    service.cluster.images.set('a', content)
    service.cluster.images.set('b', { ...content, requirementsFileContent: 'pandas==1.0.0' })
    setExtension(service.cluster, pythonOn('a'))
    service.startForeignSwitch(pythonOn('b'), 10)
    await pass(11)
    const query = ask(service)
    const versions = async () => {
      const found = new Set<unknown>()
      for (let tries = 0; tries < 20; tries++) found.add(JSON.parse(answerOf(await query()).body).Tables[0].Rows[0][1])
      return found
    }
    expect(await versions()).toEqual(new Set(['1.0.0', '2.2.2']))
    await pass(60)
    expect(await versions()).toEqual(new Set(['1.0.0']))
  })

  test('find a package that is flawed in one image alone', async () => {
    const service = serve({ installed: new Map([['a/pandas', { version: '2.2.2', trouble: 'DLL load failed' }]]) })
    service.cluster.images.set('a', content)
    service.cluster.images.set('b', content)
    const problems = []
    for (const image of ['a', 'b']) {
      setExtension(service.cluster, pythonOn(image))
      problems.push(JSON.parse(answerOf(await ask(service)()).body).Tables[0].Rows[0][3])
    }
    expect(problems).toEqual(['cannot be imported: DLL load failed', ''])
  })
})
