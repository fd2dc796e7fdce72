import { describe, expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEventClock } from '../../bench/simulation/event-clock.js'
import { randomFrom } from '../../bench/simulation/random.js'
import { azureServices } from '../../contract/azure.js'
import { choose } from '../../contract/choose.js'
import { emulatedServices } from '../../contract/emulated.js'
import { createRedactor, type Exchange, recordedBy, recordingText, replayOf } from '../../contract/recording.js'
import { reportText } from '../../contract/report.js'
import { Interrupted } from '../../contract/lab.js'
import { checkStatements } from '../../contract/run.js'
import type { Services } from '../../contract/services.js'
import { githubToken } from '../../contract/sessions.js'
import { statements } from '../../contract/statements/all.js'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import { projectRoot } from '../../emulator/github/project.js'
import type { Service } from '../../emulator/service.js'

const silent = (): void => undefined
const quiet = choose({ ids: undefined, isDisposable: false, isReal: true })

function emulated(chosen = statements) {
  const clock = createEventClock(Date.UTC(2026, 10, 26))
  const { services, place, service } = emulatedServices(clock, randomFrom(1))
  const plan = { statements: chosen, place, run: 'a1b2c3d4', timeLimit: 50 * 60_000 }
  const check = (through: Services = services) =>
    clock.elapse(checkStatements({ ...plan, timeLimit: Infinity }, through, services, silent))
  return { clock, services, place, service, plan, check }
}

describe('against the emulator', () => {
  test('all statements hold, and nothing is left behind', async () => {
    const { check, service } = emulated()
    const results = await check()
    expect(results.filter(({ verdict }) => verdict.as !== 'holds')).toEqual([])
    expect(results).toHaveLength(statements.length)
    expect(service.cluster.images.all()).toEqual([])
    expect(service.cluster.languageExtensions).toEqual([
      { languageExtensionName: 'PYTHON', languageExtensionImageName: 'Python3_10_8' },
    ])
  })

  test('what it does otherwise differs', async () => {
    const { check, service } = emulated(quiet)
    service.settings.completion = 'base'
    service.settings.imageNames = /^[a-z\d]+$/i
    service.settings.systemData = false
    service.settings.putHeaders = ['Azure-AsyncOperation', 'Location']
    const differing = (await check()).flatMap(({ statement, verdict }) =>
      verdict.as === 'differs' ? [statement.id] : [],
    )
    expect(differing).toEqual([
      'names-may-have-hyphens',
      'system-data-with-2025',
      'put-answers-with-operation',
      'get-shows-what-was-sent',
    ])
  })

  test('a run that is interrupted cleans up, and says what it did not come to', async () => {
    for (const stopAt of [3, 12, 40, 90]) {
      const { check, services, service } = emulated()
      service.cluster.images.set('ours', { language: 'Python', languageVersion: '3.11.7' })
      let sent = 0
      const send: Services['send'] = request =>
        ++sent >= stopAt ? Promise.reject(new Interrupted('interrupted')) : services.send(request)
      const results = await check({ ...services, send })
      expect(results).toHaveLength(statements.length)
      expect(results.at(-1)!.verdict).toEqual({ as: 'unknown', seen: 'the run was stopped before' })
      expect(service.cluster.images.all().map(({ name }) => name)).toEqual(['ours'])
      expect(service.cluster.languageExtensions[0]).toMatchObject({ languageExtensionImageName: 'Python3_10_8' })
    }
  })

  test('images of an earlier run that was killed are deleted', async () => {
    const { check, service } = emulated([])
    service.cluster.images.set('contractdeadbeef', { language: 'Python', languageVersion: '3.11.7' })
    const others = ['contract-of-ours', 'contractforecast', 'contractdeadbeefs']
    for (const name of others) service.cluster.images.set(name, { language: 'Python', languageVersion: '3.11.7' })
    await check()
    expect(service.cluster.images.all().map(({ name }) => name)).toEqual(others)
  })

  test('nothing is deleted while the cluster cannot be read, and nothing counts as gone', async () => {
    const { check, service } = emulated(quiet.filter(({ needs }) => needs === 'read'))
    service.cluster.images.set('contractdeadbeef', { language: 'Python', languageVersion: '3.11.7' })
    setExtension(service.cluster, pythonOn('contractdeadbeef'))
    const unreadable = { status: 500, body: 'no' }
    service.fault({ on: 'get-cluster', skip: 1, times: 3, answer: unreadable })
    service.fault({ on: 'list-images', times: 5, answer: unreadable })
    await check()
    expect(service.cluster.images.all().map(({ name }) => name)).toEqual(['contractdeadbeef'])
    expect(service.requests.filter(({ kind }) => kind === 'delete-image')).toHaveLength(1)
  })

  test('but one that queries run on stays', async () => {
    const { check, service } = emulated(quiet)
    service.cluster.images.set('contractdeadbeef', { language: 'Python', languageVersion: '3.11.7' })
    setExtension(service.cluster, pythonOn('contractdeadbeef'))
    await check()
    expect(service.cluster.images.all().map(({ name }) => name)).toEqual(['contractdeadbeef'])
  })

  test('reads that get no answer, or too many at once, change no verdict', async () => {
    const { check, services, service } = emulated()
    let sent = 0
    const send: Services['send'] = request => {
      sent += 1
      const isPoll = request.method === 'GET' && !/sandboxCustomImages\?/.test(request.target)
      if (isPoll && sent > 5 && sent % 7 === 0) return Promise.reject(new Error('socket hang up'))
      const busy = { status: 429, headers: { 'retry-after': '5' }, text: '', body: undefined }
      return sent % 11 === 0 && request.to === 'arm' ? Promise.resolve(busy) : services.send(request)
    }
    const results = await check({ ...services, send })
    expect(results.filter(({ verdict }) => verdict.as !== 'holds')).toEqual([])
    expect(service.cluster.images.all()).toEqual([])
  })

  test('where operations cannot be read, and reads are late, it ends, and nothing is left behind', async () => {
    const { check, service } = emulated(quiet)
    service.fault({
      on: 'poll',
      times: 100_000,
      answer: { status: 403, body: { error: { code: 'AuthorizationFailed' } } },
    })
    Object.assign(service.settings.lagSeconds, { image: 100, list: 100 })
    const results = await check()
    const differing = results.flatMap(({ statement, verdict }) => (verdict.as === 'holds' ? [] : [statement.id]))
    expect(differing).toEqual(expect.arrayContaining(['poll-says-running', 'read-is-prompt']))
    expect(differing).not.toContain('identical-put-builds-again')
    expect(service.cluster.images.all()).toEqual([])
  })

  test('where nothing can be cleaned up, what was seen is told all the same, and what to do', async () => {
    const { clock, services, plan } = emulated(quiet)
    const notes: string[] = []
    let isOver = false
    const cleaner: Services = {
      ...services,
      send: request => (isOver ? Promise.reject(new Error('no token')) : services.send(request)),
    }
    const send: Services['send'] = async request => {
      isOver ||= request.method === 'PUT'
      return services.send(request)
    }
    const results = await clock.elapse(
      checkStatements({ ...plan, timeLimit: Infinity }, { ...services, send }, cleaner, line => void notes.push(line)),
    )
    expect(results.every(({ verdict }) => verdict.as === 'holds')).toBe(true)
    expect(notes.slice(-2)).toEqual([
      'Could not clean up: no token',
      expect.stringMatching(/^In the portal, .*delete the images that begin with contract\.$/),
    ])
  })

  test.each<[string, (service: Service) => void, RegExp]>([
    ['stopped', service => void (service.cluster.state = 'Stopped'), /adxforecast is Stopped.*az kusto cluster start/],
    [
      'out of reach',
      service => {
        const error = { code: 'AuthorizationFailed', message: 'The client may not do this.' }
        service.fault({ on: 'get-cluster', answer: { status: 403, body: { error } } })
      },
      /cannot be read: HTTP 403, AuthorizationFailed, The client may not do this\..*docs\/setup\.md/,
    ],
  ])('on a cluster that is %s, nothing is checked', async (_, prepare, words) => {
    const { check, service } = emulated()
    prepare(service)
    await expect(check()).rejects.toThrow(words)
    expect(service.requests).toHaveLength(1)
  })
})

describe('a recording', () => {
  test('replayed, gives the same verdicts', async () => {
    const { check, services, place, plan } = emulated(quiet)
    const exchanges: Exchange[] = []
    const seen = await check(recordedBy(services, exchanges))
    const text = recordingText(exchanges, createRedactor(place))
    for (const secret of [place.subscription, place.resourceGroup, place.cluster, place.database])
      expect([secret, new RegExp(`\\b${secret}\\b`).exec(text)?.index]).toEqual([secret, undefined])
    expect(text).not.toMatch(/Bearer|[&?]s=(?!0)/)

    const clock = createEventClock()
    const never = new AbortController().signal
    const replay = replayOf(text, { now: clock.now, sleep: ms => clock.sleep(ms, never) })
    const cleaner: Services = {
      ...replay,
      send: () => Promise.resolve({ status: 200, headers: {}, text: '', body: { value: [] } }),
    }
    const again = await clock.elapse(checkStatements({ ...plan, statements: quiet }, replay, cleaner, silent))
    expect(again.map(({ verdict }) => verdict.as)).toEqual(seen.map(({ verdict }) => verdict.as))
  })

  test('has the same placeholder for the same id', () => {
    const redact = createRedactor({ subscription: 's-1', resourceGroup: 'g', cluster: 'adx', database: 'db' })
    const [one, other] = ['11111111-2222-3333-4444-555555555555', '99999999-2222-3333-4444-555555555555']
    const text = redact(
      `${one} ${other} ${one} anna@contoso.com 10.1.2.3 https://adx.westeurope.kusto.windows.net &t=9&s=abc`,
    )
    expect(text).toBe(
      '00000000-0000-0000-0000-000000000001 00000000-0000-0000-0000-000000000002 00000000-0000-0000-0000-000000000001 ' +
        'user1@example.com 192.0.2.1 https://cluster.region.kusto.windows.net &t=0&s=0',
    )
  })
})

describe('choosing', () => {
  test('what switches the cluster, or harms the active image, is chosen by name alone, for a disposable cluster', () => {
    expect(quiet.every(({ needs }) => needs === 'read' || needs === 'build')).toBe(true)
    const ids = ['active-image-can-be-deleted']
    expect(() => choose({ ids, isDisposable: false, isReal: true })).toThrow(/--disposable/)
    expect(choose({ ids, isDisposable: true, isReal: true })).toHaveLength(1)
    expect(() => choose({ ids: ['nope'], isDisposable: false, isReal: true })).toThrow(/no statement nope/)
  })

  test('each statement has an id of its own', () => {
    expect(new Set(statements.map(({ id }) => id)).size).toBe(statements.length)
  })
})

describe('real services', () => {
  const place = { subscription: 's', resourceGroup: 'g', cluster: 'adx', database: 'db' }
  const { signal } = new AbortController()
  const reaching = (uri: string) => {
    const asked: { readonly host: string; readonly token: string }[] = []
    const fetch = (url: unknown, init?: RequestInit) => {
      const headers = init?.headers as Record<string, string>
      asked.push({ host: new URL(String(url)).host, token: headers['Authorization']! })
      return Promise.resolve(new Response(JSON.stringify({ properties: { uri } })))
    }
    const token = (origin: string) => Promise.resolve({ token: `for ${new URL(origin).host}`, until: Infinity })
    return { asked, services: azureServices(place, signal, token, fetch) }
  }

  test('get each token for their own host', async () => {
    const { asked, services } = reaching('https://adx.westeurope.kusto.windows.net')
    await services.send({ to: 'data', method: 'POST', target: '/v1/rest/query', body: '{}' })
    expect(asked).toEqual([
      { host: 'management.azure.com', token: 'Bearer for management.azure.com' },
      { host: 'adx.westeurope.kusto.windows.net', token: 'Bearer for adx.westeurope.kusto.windows.net' },
    ])
  })

  test.each([
    'https://evil.example',
    'https://other.westeurope.kusto.windows.net',
    'http://adx.westeurope.kusto.windows.net',
  ])('send nothing to %s', async uri => {
    const { asked, services } = reaching(uri)
    await expect(services.send({ to: 'data', method: 'POST', target: '/v1/rest/query' })).rejects.toThrow(
      /no data endpoint/,
    )
    await expect(services.send({ to: 'arm', method: 'GET', target: `${uri}/x` })).rejects.toThrow(/leads to/)
    expect(asked.map(({ host }) => host)).toEqual(['management.azure.com'])
  })
})

test('a host that does not answer is named, with what happened', async () => {
  const place = { subscription: 's', resourceGroup: 'g', cluster: 'adx', database: 'db' }
  const fetch = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }))
  const token = () => Promise.resolve({ token: 't', until: Infinity })
  const services = azureServices(place, new AbortController().signal, token, fetch)
  const plan = { statements, place, run: 'a1b2c3d4', timeLimit: 0 }
  await expect(checkStatements(plan, services, services, silent)).rejects.toThrow(
    'The cluster cannot be read: management.azure.com did not answer: getaddrinfo ENOTFOUND.',
  )
})

describe('in a job of GitHub Actions', () => {
  const job = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://run.example/token?api-version=2',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of the job',
    AZURE_TENANT_ID: 'tenant',
    AZURE_CLIENT_ID: 'client',
  }

  test.each(Object.keys(job).filter(name => name !== 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'))(
    'without %s, the Azure CLI is asked',
    name => {
      expect(githubToken({ ...job, [name]: '' })).toBeUndefined()
    },
  )

  test('GitHub is asked for an assertion of its own each time', async () => {
    const asked: string[] = []
    const fetch = (url: unknown, init?: RequestInit) => {
      asked.push(`${String(url)} ${(init!.headers as Record<string, string>)['Authorization']}`)
      return Promise.resolve(Response.json({ value: `assertion ${asked.length}` }))
    }
    const signedIn: string[] = []
    const token = githubToken(job, fetch, (tenant, client, assertion) => ({
      getToken: async scope => {
        signedIn.push([tenant, client, await assertion(), scope].join(', '))
        return { token: 't', expiresOnTimestamp: 1_000_000 }
      },
    }))!
    const origin = 'https://management.azure.com'
    for (let asks = 0; asks < 2; asks++) expect(await token(origin, 's')).toEqual({ token: 't', until: 700_000 })
    const url = 'https://run.example/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange'
    expect(asked).toEqual(Array(2).fill(`${url} Bearer of the job`))
    expect(signedIn).toEqual([
      'tenant, client, assertion 1, https://management.azure.com/.default',
      'tenant, client, assertion 2, https://management.azure.com/.default',
    ])
  })

  test('that may have none, this is said', async () => {
    for (const body of ['{}', '<html>', '']) {
      const fetch = () => Promise.resolve(new Response(body, { status: 403 }))
      const token = githubToken(job, fetch, (_, __, assertion) => ({ getToken: () => assertion().then(() => null!) }))!
      await expect(token('https://management.azure.com', 's')).rejects.toThrow('GitHub gives no ID token: HTTP 403.')
    }
  })
})

test('the report puts what differs first, and lets nobody write Markdown', () => {
  const [first, second] = statements as readonly [(typeof statements)[number], (typeof statements)[number]]
  const text = reportText(
    [
      { statement: first, verdict: { as: 'holds', seen: 'yes' } },
      { statement: second, verdict: { as: 'differs', seen: '</code>| @octocat #1 `x` [a](https://evil.example)' } },
    ],
    'a cluster',
    each => each,
  )
  expect(text.indexOf(second.id)).toBeLessThan(text.indexOf(first.id))
  expect(text).not.toMatch(/@octocat|#1\b(?!\d*;)|\]\(|<\/code>\|/)
})

describe('npm run contract', () => {
  const main = join(projectRoot, 'build/contract/main.js')
  const start = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { PATH: '/nonexistent' } })
  const azure = ['--azure', '--subscription', 's', '--resource-group', 'g', '--cluster', 'adx', '--database', 'db']

  test('says what it would do', () => {
    const { status, stdout } = start(...azure, '--dry-run')
    expect(status).toBe(0)
    expect(stdout).toMatch(/Builds four images whose names begin with "contract"/)
    expect(stdout).not.toMatch(/Switches the cluster/)
  })

  test.each<[string, string[], RegExp]>([
    ['an unknown statement', ['--statement', 'nope'], /no statement nope/],
    ['a cluster without its names', ['--azure'], /--subscription, --resource-group, --cluster, --database/],
    ['a switch without leave', [...azure, '--statement', 'switch-answers-202'], /--disposable/],
    ['an option that there is not', ['--nope'], /--nope/],
  ])('refuses %s', (_, args, words) => {
    const { status, stderr } = start(...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(words)
  })

  test('says that there is no Azure CLI', () => {
    const { status, stderr } = start(...azure, '--yes')
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/no Azure CLI \(az\).*az login/) })
  })
})

test('docs/contract.md names every guess', () => {
  const text = readFileSync(join(projectRoot, 'docs/contract.md'), 'utf8')
  const guesses = statements.filter(({ confidence }) => confidence === 'guess')
  expect(guesses.filter(({ id }) => !text.includes(`\`${id}\``))).toEqual([])
})
