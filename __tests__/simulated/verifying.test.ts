import { describe, expect, test } from '@jest/globals'
import { dataHost, pythonOn } from '../../emulator/azure/cluster.js'
import type { Answer } from '../../emulator/network/messages.js'
import { endedBadly } from '../../emulator/azure/data-endpoint.js'
import type { World } from '../../emulator/world.js'
import { drawnBy } from '../github/drawn.js'
import { tableRow } from '../shown-text.js'
import {
  all,
  expectEnd,
  expectFailure,
  type Fact,
  failureOf,
  holding,
  imageName,
  other,
  play,
  type Played,
  type PlayOptions,
  printedBetween,
  requirements,
  running,
  wanted,
} from './harness.js'

const quick = { buildSeconds: 40, switchSeconds: 40 }

/** Plays a step that activates the image and tries it. */
const verify = ({ world, inputs, ...options }: PlayOptions = {}): Promise<Played> =>
  play({
    ...options,
    world: { ...quick, ...world },
    inputs: { activate: 'true', verify: 'true', database: 'telemetry', ...inputs },
  })

const withPackage =
  (name: string, is: { version?: string; trouble?: string }) =>
  ({ settings }: World): void =>
    void settings.installed.set(name, is)

const fault = (each: Parameters<World['fault']>[0]) => (world: World) => void world.fault(each)
/** Has the cluster name another place for queries. */
const withUri =
  (uri: string | undefined) =>
  (answer: Answer): Answer => {
    const cluster = JSON.parse(answer.body)
    return { ...answer, body: JSON.stringify({ ...cluster, properties: { ...cluster.properties, uri } }) }
  }

const activeName = ({ world }: Played) =>
  world.cluster.languageExtensions.find(({ languageExtensionName: name }) => name === 'PYTHON')

describe('an image that is as it should be', () => {
  test('is verified: the database is tried first, before anything is submitted', async () => {
    const step = await verify({ world: { buildSeconds: 300 } })
    expectEnd(step, {
      exitCode: 0,
      outputs: { state: 'Succeeded', activated: 'true', verified: 'true', 'active-image': imageName },
    })
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-image',
      'list-images',
      'get-cluster',
      'id-token',
      'token',
      'query',
      'put-image',
      'poll',
      'get-image',
      'get-cluster',
      'query',
      'switch',
      'poll',
      'get-cluster',
      'query',
      'get-cluster',
      'get-image',
    ])
    // The access, python(), the image that was active before, and the new one, which the former cannot be mistaken for.
    expect(step.world.seen('query')).toHaveLength(4)
    expect(tableRow(step.summary, '✅ Python')).toMatch(/^✅.*3\.10\.8.*3\.10\.8/)
    expect(step.annotations).toEqual([])
  })

  test('is tried three times where the image that was active before may not have been the one that answered', async () => {
    // Without a build, nothing shows for how long that image has been active.
    const step = await verify({ prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'false', activated: 'true', verified: 'true' } })
    expect(step.world.seen('query')).toHaveLength(5)
  })

  test('asks by parameters: the query itself is the same whatever the file holds', async () => {
    const [one, two] = await Promise.all([
      verify({ files: { 'requirements.txt': 'pandas' } }),
      verify({ files: { 'requirements.txt': 'numpy\nscipy>=1' } }),
    ])
    const bodies = [one, two].map(({ world }) => JSON.parse(world.seen('query').at(-1)!.body))
    expect(bodies[0].csl).toBe(bodies[1].csl)
    expect(bodies[1].properties.Parameters).toEqual({ packages: 'dynamic(["","numpy","scipy"])' })
    expect(bodies[1].db).toBe('telemetry')
  })

  test("whose good answer may be the former image's is verified once it has come three times", async () => {
    const step = await verify({ prepare: running('fraud', wanted) })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', verified: 'true' } })
    const [, , ...trials] = step.world.seen('query')
    expect(trials).toHaveLength(3)
    expect(printedBetween(step, trials[0]!.at, trials[1]!.at)).not.toEqual([])
    expect(trials[2]!.at - trials[0]!.at).toBeGreaterThanOrEqual(120_000)
  })

  test('that was active already is verified, too, and nothing is submitted', async () => {
    const step = await verify({ prepare: running(imageName) })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'false', activated: 'false', verified: 'true' } })
    expect(step.story).toEqual([
      'id-token',
      'token',
      'get-image',
      'get-cluster',
      'id-token',
      'token',
      'query',
      'get-cluster',
    ])
    expect(step.world.seen('query')).toHaveLength(1)
  })

  test('without packages of its own has Python alone to be tried', async () => {
    const step = await verify({ inputs: { 'requirements-file': '' } })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    const queries = step.world.seen('query').map(({ body }) => JSON.parse(body))
    expect(queries.at(-1).properties.Parameters).toEqual({ packages: 'dynamic([""])' })
    expect(tableRow(step.summary, '✅ Python')).toMatch(/^✅/)
  })

  test('is verified in other clouds', async () => {
    const step = await verify({ world: { cloud: 'AzureUSGovernment' }, inputs: { environment: 'AzureUSGovernment' } })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    expect(step.world.seen('query').map(({ host }) => host)).toContain('adxforecast.eastus.kusto.usgovcloudapi.net')
  })
})

describe('waiting for an answer', () => {
  const held = running(imageName)

  test('goes on while sandboxes start, for minutes', async () => {
    const step = await verify({ world: { sandboxSeconds: 300 }, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    const refused = step.world.seen('query').filter(({ status }) => status === 429 || status === 520)
    expect(refused.length).toBeGreaterThan(6)
    // A line as it begins, and one a minute.
    const [from, to] = [refused[0]!.at, refused.at(-1)!.at]
    const printed = printedBetween(step, from, to)
    expect(printed.filter(line => /[1-5] min \d+ s/.test(line)).length).toBeGreaterThan(2)
    expect(printed.length).toBeLessThanOrEqual((to - from) / 60_000 + 2)
  })

  test.concurrent.each<[string, Parameters<World['fault']>[0]]>([
    ['429 of another kind', { on: 'query', answer: { status: 429, headers: { 'Retry-After': '1' } } }],
    ['520 with a page', { on: 'query', answer: { status: 520, body: '<html>' } }],
    ['503', { on: 'query', times: 5, answer: { status: 503 } }],
    ['a page in the place of an answer', { on: 'query', answer: { status: 200, body: '<html>' } }],
    ['an answer without tables', { on: 'query', answer: { status: 200, body: { Tables: [] } } }],
    ['an answer that is cut', { on: 'query', truncate: true }],
    ['a connection that is cut', { on: 'query', reset: 'before' }],
    ['no answer at all', { on: 'query', hang: 'before' }],
    ['a token that has been revoked', { on: 'query', answer: { status: 401, body: 'revoked' } }],
    [
      'a sandbox that is throttled in the middle of an answer',
      {
        on: 'query',
        alter: answer => endedBadly(answer, 'E_SB_QUERY_THROTTLED_ERROR: too many'),
      },
    ],
  ])('takes %s for no answer', async (_, each) => {
    const step = await verify({ prepare: all(held, fault(each)) })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
  })

  test('ends after several tries in a row that say nothing; that is no reason to go back', async () => {
    const step = await verify({
      prepare: all(
        holding(wanted),
        running('fraud', other),
        fault({ on: 'query', skip: 2, times: 9, answer: { status: 503, body: '<html>' } }),
      ),
    })
    expectEnd(step, { exitCode: 1, outputs: { activated: 'true', 'active-image': imageName } })
    expect(step.outputs).not.toHaveProperty('verified')
    expectFailure(step, 'query-unanswered', [imageName, '503'])
    expect(step.world.seen('query')).toHaveLength(2 + 6)
    expect(step.ownSwitches).toHaveLength(1)
  })
})

describe('what may not be queried is said before anything is submitted', () => {
  const blocked = 'Access from 203.0.113.7 is blocked by network policy.'
  const refusals: [string, PlayOptions, string, readonly Fact[]][] = [
    [
      'a database without a role',
      { prepare: ({ cluster }) => cluster.databases.get('telemetry')!.clear() },
      'database-refused',
      ["not authorized to access database 'telemetry'", ".add database ['telemetry'] viewers ('aadapp="],
    ],
    [
      'a database that is not there',
      { inputs: { database: 'telemtry' } },
      'database-not-found',
      ["Entity ID 'telemtry' of kind 'Database' was not found"],
    ],
    [
      "a cluster that this runner's network does not reach",
      { prepare: fault({ on: 'query', answer: { status: 403, body: { error: { '@message': blocked } } } }) },
      'network-refused',
      ['adxforecast', blocked],
    ],
    [
      'a cluster that names no endpoint',
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri(undefined) }) },
      'data-endpoint-unknown',
      ['adxforecast'],
    ],
    [
      'a cluster that names a foreign one',
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('https://kusto.windows.net.evil.example') }) },
      'data-endpoint-unknown',
      ['adxforecast', 'https://kusto.windows.net.evil.example'],
    ],
    [
      "a cluster that names someone else's",
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('https://adxother.eastus.kusto.windows.net') }) },
      'data-endpoint-unknown',
      ['https://adxother.eastus.kusto.windows.net', 'AzureCloud', /\badxforecast\..*\.kusto\.windows\.net/],
    ],
    [
      'a cluster that names one without TLS',
      {
        prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('http://adxforecast.eastus.kusto.windows.net') }),
      },
      'data-endpoint-unknown',
      ['http://adxforecast.eastus.kusto.windows.net'],
    ],
    [
      'a cluster whose python() is disabled',
      { world: { pythonPlugin: 'disabled' } },
      'python-disabled',
      ['python()', 'adxforecast'],
    ],
    [
      'a cluster whose python() a policy forbids',
      { world: { pythonPlugin: 'refused' } },
      'python-disabled',
      ['python()', 'adxforecast'],
    ],
    [
      'a cluster that may not be read',
      { prepare: ({ principal }) => void principal.actions.delete('Microsoft.Kusto/Clusters/read') },
      'forbidden',
      ['clusters/read'],
    ],
  ]

  test.concurrent.each(refusals)('%s', async (_, options, code, facts) => {
    const step = await verify(options)
    expectFailure(step, code, facts, { changed: 'false', activated: 'false' })
    if (code === 'data-endpoint-unknown') expect(step.world.seen('query')).toEqual([])
    expect(step.puts).toEqual([])
    expect(step.ownSwitches).toEqual([])
  })

  test('a name of a database that holds quotes breaks nothing', async () => {
    const database = `tele'metry"\\; .drop`
    const step = await verify({ inputs: { database } })
    expect(failureOf(step).message).toContain(`.add database ['tele\\'metry"`)
    expect(JSON.parse(step.world.seen('query')[0]!.body).db).toBe(database)
  })
})

describe('an image that is found wanting', () => {
  const flaws: [string, (world: World) => void, readonly Fact[]][] = [
    ['a version', withPackage('pandas', { version: '2.2.1' }), [/pandas.*2\.2\.1/, '==2.2.2', /^(?![^]*scikit-learn)/]],
    ['a package', withPackage('scikit-learn', {}), [/scikit-learn.*==1\.4\.2/, /^(?![^]*pandas)/]],
    [
      'an import',
      withPackage('scikit-learn', { version: '1.4.2', trouble: 'ImportError: DLL load failed' }),
      [/scikit-learn.*ImportError: DLL load failed/, /^(?![^]*pandas)/],
    ],
    [
      'the whole query',
      fault({
        on: 'query',
        skip: 2,
        times: 9,
        alter: answer => endedBadly(answer, 'Script exceeded the memory limit'),
      }),
      ['Script exceeded the memory limit'],
    ],
    [
      'the query, by an exception among the rows',
      fault({
        on: 'query',
        skip: 2,
        times: 9,
        answer: { status: 200, body: { Tables: [], Exceptions: ['Query execution has exceeded'] } },
      }),
      ['Query execution has exceeded'],
    ],
    [
      'the query, by an error',
      fault({
        on: 'query',
        skip: 2,
        times: 9,
        answer: {
          status: 400,
          body: {
            error: { code: 'General_BadRequest', message: 'Request is invalid', '@message': 'SEM0005: no such plugin' },
          },
        },
      }),
      ['SEM0005: no such plugin'],
    ],
  ]

  test.concurrent.each(flaws)('for %s: the cluster goes back', async (_, prepare, facts) => {
    const step = await verify({ prepare: all(running('fraud', other), prepare) })
    expectFailure(step, 'verification-failed', [...facts, 'fraud'], {
      state: 'Succeeded',
      activated: 'false',
      verified: 'false',
      'active-image': 'fraud',
      'previous-image': 'fraud',
    })
    expect(step.ownSwitches).toHaveLength(2)
    expect(activeName(step)).toEqual(pythonOn('fraud'))
  })

  const flaw = withPackage('pandas', { version: '2.2.1' })

  test('goes back to the managed image', async () => {
    const step = await verify({ prepare: flaw })
    expectEnd(step, { exitCode: 1, outputs: { 'active-image': 'Python3_10_8', activated: 'false' } })
    expect(JSON.parse(step.world.seen('switch')[1]!.body)).toEqual({
      value: [{ languageExtensionName: 'PYTHON', languageExtensionImageName: 'Python3_10_8' }],
    })
    expect(tableRow(step.summary, '❌ pandas')).toMatch(/^❌.*==2\.2\.2.* 2\.2\.1/)
    expect(drawnBy(step.summary).links).toContainEqual(expect.stringMatching(/\/requirements\.txt#L1$/))
  })

  const staying: [string, PlayOptions, number][] = [
    ['rollback is false', { inputs: { rollback: 'false' }, prepare: running('fraud', other) }, 1],
    ['it was built in place', { prepare: running(imageName, other) }, 1],
    ['nothing was switched', { prepare: running(imageName) }, 0],
    ['nothing was active before', { prepare: ({ cluster }) => void (cluster.languageExtensions = []) }, 1],
  ]
  const stay = ({ prepare, ...options }: PlayOptions) =>
    verify({ ...options, prepare: all(prepare ?? (() => undefined), flaw) })
  test.concurrent.each(staying)('stays where %s, and that is said', async (_, options, switches) => {
    const step = await stay(options)
    const outputs = { verified: 'false', 'active-image': imageName }
    expectFailure(step, 'verification-failed', [imageName, ...(options.inputs ? ['rollback'] : [])], outputs)
    expect(step.ownSwitches).toHaveLength(switches)
  })

  test('stays, and why is told apart', async () => {
    const steps = await Promise.all(staying.map(([, options]) => stay(options)))
    const messages = steps.map(step => failureOf(step).message.replace(/[\da-f-]{36}/g, ''))
    expect(new Set(messages).size).toBe(staying.length)
  })

  test('by many packages: the message names the first of them, the summary all', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `package-${index}`)
    const step = await verify({
      files: { 'requirements.txt': names.map(name => `${name}==1.0`).join('\n') },
      inputs: { rollback: 'false' },
      prepare: ({ settings }) => names.forEach(name => settings.installed.set(name, {})),
    })
    expectFailure(step, 'verification-failed', [/\b60\b[^]*package-19\b[^]*\b40\b/, /^(?![^]*package-20\b)/])
    expect(step.summary).toContain('package-59')
  })

  test('but for the sandboxes of the former image, which may answer for a while', async () => {
    const step = await verify({
      prepare: all(holding(wanted), withPackage('pandas', {}), world =>
        world.fault({ on: 'query', skip: 3, meanwhile: () => world.settings.installed.clear() }),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', verified: 'true' } })
    // The access, python(), what the former image says, and three times what the new one does.
    const [, , former, next, ...rest] = step.world.seen('query')
    expect(rest).toHaveLength(2)
    expect(printedBetween(step, former!.at, next!.at)).not.toEqual([])
  })

  test('is not what was tried where someone else has switched the cluster meanwhile', async () => {
    const step = await verify({
      prepare: all(holding(wanted), flaw, world =>
        world.fault({ on: 'query', skip: 2, meanwhile: () => running('fraud', other)(world) }),
      ),
    })
    expectFailure(step, 'switch-superseded', ['adxforecast', 'fraud'], { 'active-image': 'fraud' })
    expect(step.outputs).not.toHaveProperty('verified')
    expect(step.ownSwitches).toHaveLength(1)
  })

  test('goes back unless someone else switches the cluster before', async () => {
    const step = await verify({
      prepare: all(holding(wanted), flaw, world => {
        // Access, baseline, three trials and the look at the cluster that ends them.
        const when = () => world.seen('query').length === 5
        world.fault({ on: 'get-cluster', when, skip: 1, meanwhile: () => running('fraud', other)(world) })
      }),
    })
    expectFailure(step, 'verification-failed', ['fraud'], { verified: 'false', 'active-image': 'fraud' })
    expect(step.ownSwitches).toHaveLength(1)
  })
})

describe('going back', () => {
  const wanting = all(holding(wanted), running('fraud', other), withPackage('pandas', { version: '2.2.1' }))
  const error = { code: 'InternalServerError', message: 'The nodes did not come up.' }

  test('that fails says exactly what is active', async () => {
    const step = await verify({
      world: { switchOutcomes: [{ status: 'Succeeded' }, { status: 'Failed', error }] },
      prepare: wanting,
    })
    const facts = [imageName, /pandas.*2\.2\.1/, 'fraud', 'The nodes did not come up']
    const outputs = { activated: 'true', verified: 'false', 'active-image': imageName }
    expectFailure(step, 'rollback-failed', facts, outputs)
  })

  test('that is refused says so, too', async () => {
    const step = await verify({
      prepare: all(wanting, world =>
        world.fault({
          on: 'query',
          skip: 2,
          meanwhile: () => void world.principal.actions.delete('Microsoft.Kusto/Clusters/AddLanguageExtensions/action'),
        }),
      ),
    })
    const outputs = { activated: 'true', 'active-image': imageName }
    expectFailure(step, 'rollback-failed', [/AddLanguageExtensions/i], outputs)
  })

  test('to an image whose last build failed is refused: that image is not what to set in the portal', async () => {
    const step = await verify({
      prepare: all(wanting, ({ cluster }) => void cluster.images.set('fraud', other, 'Failed')),
    })
    expectFailure(step, 'rollback-failed', [/fraud' does not exist or is not ready/], { 'active-image': imageName })
    expect(failureOf(step).message).not.toMatch(/Python to fraud/)
  })

  test('goes on when its answer is lost: it is looked for, not repeated', async () => {
    const step = await verify({
      world: { switchSeconds: 200 },
      prepare: all(wanting, fault({ on: 'switch', skip: 1, answerAfter: { status: 504, body: '<html>' } })),
    })
    expectEnd(step, { exitCode: 1, outputs: { activated: 'false', 'active-image': 'fraud' } })
    expect(step.ownSwitches).toHaveLength(2)
  })

  const long = { switchSeconds: 600 }
  const back = (world: World) => world.switches.length > 1

  test('that is cancelled says what was found, and that it goes on', async () => {
    const step = await verify({ world: long, prepare: wanting, cancelWhen: back })
    const facts = [/pandas.*2\.2\.1/, imageName, step.ownSwitches[1]!.id]
    expectFailure(step, 'cancelled', facts, { verified: 'false', 'active-image': imageName })
    expect(step.outputs).not.toHaveProperty('activated')
    expect(step.endedAfterCancelMs).toBe(0)
  })

  test('that takes too long, too', async () => {
    const step = await verify({ world: long, prepare: wanting, inputs: { 'timeout-minutes': '15' } })
    expectFailure(step, 'timeout', [step.ownSwitches[1]!.id], { verified: 'false' })
    expect(step.outputs).not.toHaveProperty('activated')
  })
})

describe('a run that ends while the image is tried', () => {
  test.each<[string, PlayOptions, string]>([
    ['by being cancelled', { cancelWhen: world => world.seen('query').length > 5 }, 'cancelled'],
    ['by its time limit', { inputs: { 'timeout-minutes': '10' } }, 'timeout'],
  ])('%s says what is active', async (_, options, code) => {
    const step = await verify({
      ...options,
      world: { sandboxSeconds: 36_000 },
      prepare: all(holding(wanted), running('fraud', other)),
    })
    expectFailure(step, code, [imageName], { activated: 'true', 'active-image': imageName })
    expect(step.outputs).not.toHaveProperty('verified')
  })
})

describe('what strangers write', () => {
  test('in answers is not obeyed by the runner, the terminal or Markdown', async () => {
    const trouble = '\n::error::taken\r##[error]over\u001b[2J</td><img src=x onerror=alert(1)>|`@maintainers`'
    const step = await verify({
      prepare: withPackage('pandas', { version: '<b>\n::stop-commands::x', trouble }),
      inputs: { rollback: 'false' },
    })
    expectEnd(step, { exitCode: 1, outputs: { verified: 'false' } })
    expect(step.annotations.map(({ title, line }) => [title, line])).toEqual([
      ['verification-failed', undefined],
      ['verification-failed', 1],
    ])
  })

  test('in the requirements gets into the query by nothing but the names, which are a parameter', async () => {
    const file = `${requirements}\nevil-name @ https://evil.example/x.whl # "]; print 1 //\n`
    const step = await verify({ files: { 'requirements.txt': file } })
    const queries = step.world.seen('query').map(({ body }) => JSON.parse(body) as { csl: string })
    expect(queries.length).toBeGreaterThan(0)
    expect(queries.filter(({ csl }) => csl.includes('evil'))).toEqual([])
    expect(queries.filter(query => /evil\.example|print 1/.test(JSON.stringify(query)))).toEqual([])
    expect(queries.filter(query => JSON.stringify(query).includes('evil-name')).length).toBeGreaterThan(0)
  })

  test('a token of the data endpoint goes nowhere else, nor does another one go there', async () => {
    const step = await verify()
    const data = step.world.seen('query')
    expect(new Set(data.map(({ host }) => host))).toEqual(new Set([dataHost(step.world.cluster)]))
    const tokens = new Set(data.map(({ headers }) => headers.authorization))
    expect(tokens.size).toBe(1)
  })
})
