import { describe, expect, test } from '@jest/globals'
import { azureCliExchange, cliVariable, cliTokenIn } from '../../src/azure/azure-cli.js'
import { Failure, Stopped } from '../../src/failure.js'
import { selectEnvironment } from '../../src/programs/environment.js'
import type { Command, ProcessResult, Programs } from '../../src/programs/programs.js'
import { fakeClock } from './fake-clock.js'

const ended = (output: unknown, code = 0, errors = ''): ProcessResult => ({
  code,
  output: typeof output === 'string' ? output : JSON.stringify(output),
  errors,
})

/** What a refusal says; fails where there is none. */
function refused(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure && error.code === 'azure-cli-session') return error.message
    throw error
  }
  throw new Error('there was a token')
}

describe('an answer of az', () => {
  const epoch = 1_795_000_000
  const local = new Date(2026, 10, 16, 14, 5, 6).getTime()

  test.each([
    ['seconds', { expires_on: epoch }, epoch * 1000],
    ['seconds as a text', { expires_on: `${epoch}` }, epoch * 1000],
    ['seconds rather than a local time', { expires_on: epoch, expiresOn: '2026-11-16 14:05:06.000000' }, epoch * 1000],
    ['a local time, before 2.54', { expiresOn: '2026-11-16 14:05:06.123456' }, local],
    ['a local time to the second', { expires_on: null, expiresOn: '2026-11-16 14:05:06' }, local],
  ])('whose token ends at %s', (_, times, expires) => {
    expect(cliTokenIn(ended({ accessToken: 'a.b.c', ...times }))).toEqual({ token: 'a.b.c', expires })
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{"accessToken": "canary", "expires_on": 1795000000'],
    ['a list', [{ accessToken: 'canary', expires_on: epoch }]],
    ['no token', { expires_on: epoch }],
    ['a token that is a number', { accessToken: 17, expires_on: epoch }],
    ['an empty token', { accessToken: '', expires_on: epoch }],
    ['a token of two lines', { accessToken: 'canary\r\nX-Header: y', expires_on: epoch }],
    ['no end', { accessToken: 'canary' }],
    ['an end that is no time', { accessToken: 'canary', expires_on: 'soon', expiresOn: 'soon' }],
    ['an end that is no day', { accessToken: 'canary', expiresOn: '2026-13-41 99:99:99' }],
    ['an end before all time', { accessToken: 'canary', expires_on: -1 }],
  ])('with %s is none, and none of it is shown', (_, output) => {
    const said = refused(() => cliTokenIn(ended(output)))
    expect(said).not.toMatch(/canary|soon/)
  })

  test.each<[string, ProcessResult, string]>([
    ['an error', ended('', 1, "WARNING: old\nERROR: Please run 'az login'.\n"), "ERROR: Please run 'az login'."],
    ['words that are none of its own', ended('', 127, 'sh: python3:  not found\n'), 'sh: python3: not found'],
    ['no word', ended('canary', 1), 'code 1'],
    ['no code', { code: undefined, output: '', errors: 'Error: spawn EACCES' }, 'Error: spawn EACCES'],
  ])('that is %s', (_, end, said) => {
    expect(refused(() => cliTokenIn(end))).toContain(said)
  })

  test('is cut where it is long', () => {
    expect(refused(() => cliTokenIn(ended('', 1, `ERROR: ${' x'.repeat(1_000_000)}`))).length).toBeLessThan(1_000)
  })
})

test('az gets what it needs, no secret of the job, and its directory wherever that is', async () => {
  const needed = {
    PATH: '/usr/bin',
    HOME: '/home/runner',
    AZURE_CONFIG_DIR: '/w/.azure',
    AZURE_HTTP_USER_AGENT: 'GITHUBACTIONS/AzureLogin',
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    HTTPS_PROXY: 'http://proxy:3128',
    REQUESTS_CA_BUNDLE: '/etc/ssl/corporate.pem',
    IDENTITY_ENDPOINT: 'http://localhost:4141',
    TMPDIR: '/tmp',
  }
  const rest = {
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
    ACTIONS_RUNTIME_TOKEN: 's',
    GITHUB_TOKEN: 's',
    INPUT_CLIENT_ID: 's',
    AZURE_CLIENT_SECRET: 's',
    AZURE_CREDENTIALS: 's',
    AZURE_DEVOPS_EXT_PAT: 's',
    PIP_INDEX_URL: 'https://user:s@mirror',
    PYTHONPATH: '/w',
    NETRC: '/w/.netrc',
    LD_PRELOAD: '/w/x.so',
  }
  const lies = (place: string) => Promise.resolve(place.startsWith('/w') ? ('inside' as const) : ('outside' as const))
  const bundle = { CURL_CA_BUNDLE: '/w/ca.pem' }
  expect(await selectEnvironment({ ...needed, ...rest, ...bundle }, cliVariable, lies)).toEqual({
    environment: needed,
    withheld: ['CURL_CA_BUNDLE'],
  })
})

describe('az', () => {
  const clock = fakeClock()
  const never = { ...clock, sleep: () => new Promise<void>(() => undefined) }
  const machine = (run: Programs['run'], program: string | undefined = '/usr/bin/az'): Programs => ({
    environment: () => Promise.resolve({ HOME: '/home/runner' }),
    find: () => Promise.resolve(program),
    neutralDirectory: '/',
    run,
  })
  const { signal } = new AbortController()
  const resource = 'https://management.azure.com'

  test('is asked for a token of the service, from where no code of a stranger lies', async () => {
    const commands: Command[] = []
    const programs = machine(command => {
      commands.push(command)
      return Promise.resolve(ended({ accessToken: 'a', expires_on: 1_795_000_000 }))
    })
    const exchange = azureCliExchange(resource, { programs: () => Promise.resolve(programs), clock: never })
    expect(await exchange(signal)).toMatchObject({ token: 'a' })
    expect(commands).toEqual([
      {
        program: '/usr/bin/az',
        args: ['account', 'get-access-token', '--output', 'json', '--resource', resource],
        directory: '/',
        environment: { HOME: '/home/runner' },
      },
    ])
  })

  const hangs: Programs['run'] = (_, end) =>
    new Promise((_resolve, reject) => end.addEventListener('abort', () => reject(end.reason as Error)))

  test('that hangs is ended after a minute', async () => {
    const exchange = azureCliExchange(resource, { programs: () => Promise.resolve(machine(hangs)), clock })
    await expect(exchange(signal)).rejects.toMatchObject({
      code: 'azure-cli-session',
      message: expect.stringContaining('60 seconds'),
    })
    expect(clock.slept).toEqual([60_000])
  })

  test('that hangs is ended with the run', async () => {
    const cancelled = new AbortController()
    const run: Programs['run'] = (command, end) => {
      setImmediate(() => cancelled.abort(new Stopped('cancelled')))
      return hangs(command, end)
    }
    const exchange = azureCliExchange(resource, { programs: () => Promise.resolve(machine(run)), clock: never })
    await expect(exchange(cancelled.signal)).rejects.toMatchObject({ reason: 'cancelled' })
  })

  test('that is not there is told as such', async () => {
    const none = { ...machine(hangs), find: () => Promise.resolve(undefined) }
    const exchange = azureCliExchange(resource, { programs: () => Promise.resolve(none), clock: never })
    await expect(exchange(signal)).rejects.toMatchObject({ message: expect.stringContaining('PATH') })
  })
})
