import { describe, expect, test } from '@jest/globals'
import { dataHost, pythonOn } from '../../emulator/azure/cluster.js'
import type { Answer } from '../../emulator/network/messages.js'
import { endedBadly } from '../../emulator/azure/query-tables.js'
import type { World } from '../../emulator/world.js'
import type { PlayOptions, Played } from './step.js'
import { all, expectEnd, failureOf, holding, imageName, other, play, requirements, running, wanted } from './step.js'

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
    expect(step.log).toContain('Queries run on it now, and the packages are as required.')
    expect(step.summary).toContain('What queries find on the image')
    expect(step.summary).toContain('| ✅ | `Python` | `3.10.8` | `3.10.8` |')
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
    expect(step.log).toContain('Sandboxes of the previous image may still be answering')
    const [, , ...trials] = step.world.seen('query')
    expect(trials).toHaveLength(3)
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
    expect(step.log).toContain('It was active already, and the packages are as required.')
  })

  test('without packages of its own has Python alone to be tried', async () => {
    const step = await verify({ inputs: { 'requirements-file': '' } })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    expect(step.log).toContain('with 0 packages as required')
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
    expect(step.log.match(/The cluster cannot run the query yet; waiting for that\./g)).toHaveLength(1)
    expect(step.log).toMatch(/[2-5] min \d+ s: still so/)
    const statuses = step.world.seen('query').map(({ status }) => status)
    expect(statuses.filter(status => status === 429 || status === 520).length).toBeGreaterThan(6)
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
    expect(failureOf(step)).toMatchObject({
      code: 'query-unanswered',
      message: expect.stringMatching(/after 6 tries[^]*Queries in Python run on forecasting\./),
    })
    expect(step.ownSwitches).toHaveLength(1)
  })
})

describe('what may not be queried is said before anything is submitted', () => {
  const refusals: [string, PlayOptions, string, RegExp][] = [
    [
      'a database without a role',
      { prepare: ({ cluster }) => cluster.databases.get('telemetry')!.clear() },
      'database-refused',
      /not authorized to access database 'telemetry'[^]*\.add database \['telemetry'\] viewers \('aadapp=/,
    ],
    [
      'a database that is not there',
      { inputs: { database: 'telemtry' } },
      'database-refused',
      /Entity ID 'telemtry' of kind 'Database' was not found/,
    ],
    [
      'a cluster that names no endpoint',
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri(undefined) }) },
      'data-endpoint-unknown',
      /reports nothing as its query endpoint/,
    ],
    [
      'a cluster that names a foreign one',
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('https://kusto.windows.net.evil.example') }) },
      'data-endpoint-unknown',
      /reports https:\/\/kusto\.windows\.net\.evil\.example as its query endpoint/,
    ],
    [
      "a cluster that names somebody else's",
      { prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('https://adxother.eastus.kusto.windows.net') }) },
      'data-endpoint-unknown',
      /not its data endpoint in AzureCloud \(https:\/\/adxforecast\.….kusto\.windows\.net\)/,
    ],
    [
      'a cluster that names one without TLS',
      {
        prepare: fault({ on: 'get-cluster', times: 9, alter: withUri('http://adxforecast.eastus.kusto.windows.net') }),
      },
      'data-endpoint-unknown',
      /nothing was sent there/,
    ],
    [
      'a cluster whose python() is disabled',
      { world: { pythonPlugin: 'disabled' } },
      'python-disabled',
      /python\(\) plugin may not run on cluster adxforecast[^]*Nothing was submitted/,
    ],
    [
      'a cluster whose python() a policy forbids',
      { world: { pythonPlugin: 'refused' } },
      'python-disabled',
      /python\(\) plugin may not run on cluster adxforecast[^]*Nothing was submitted/,
    ],
    [
      'a cluster that may not be read',
      { prepare: ({ principal }) => void principal.actions.delete('Microsoft.Kusto/Clusters/read') },
      'forbidden',
      /clusters\/read/,
    ],
  ]

  test.concurrent.each(refusals)('%s', async (_, options, code, words) => {
    const step = await verify(options)
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false', activated: 'false' } })
    expect(failureOf(step)).toMatchObject({ code, message: expect.stringMatching(words) })
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
  const flaws: [string, (world: World) => void, RegExp][] = [
    [
      'a version',
      withPackage('pandas', { version: '2.2.1' }),
      /pandas has the wrong version \(wanted: ==2\.2\.2, found: 2\.2\.1\)/,
    ],
    ['a package', withPackage('scikit-learn', {}), /scikit-learn is not installed \(wanted: ==1\.4\.2\)/],
    [
      'an import',
      withPackage('scikit-learn', { version: '1.4.2', trouble: 'ImportError: DLL load failed' }),
      /scikit-learn cannot be imported: ImportError: DLL load failed/,
    ],
    [
      'the whole query',
      fault({
        on: 'query',
        skip: 2,
        times: 9,
        alter: answer => endedBadly(answer, 'Script exceeded the memory limit'),
      }),
      /The query that tries the packages[^]*Script exceeded the memory limit/,
    ],
    [
      'the query, by an exception among the rows',
      fault({
        on: 'query',
        skip: 2,
        times: 9,
        answer: { status: 200, body: { Tables: [], Exceptions: ['Query execution has exceeded'] } },
      }),
      /Query execution has exceeded/,
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
      /SEM0005: no such plugin/,
    ],
  ]

  test.concurrent.each(flaws)('for %s: the cluster goes back', async (_, prepare, words) => {
    const step = await verify({ prepare: all(running('fraud', other), prepare) })
    expectEnd(step, {
      exitCode: 1,
      outputs: {
        state: 'Succeeded',
        activated: 'false',
        verified: 'false',
        'active-image': 'fraud',
        'previous-image': 'fraud',
      },
    })
    const { code, message } = failureOf(step)
    expect(code).toBe('verification-failed')
    expect(message).toMatch(words)
    expect(message).toContain('The cluster was switched back. Queries in Python run on fraud.')
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
    expect(step.summary).toMatch(
      /\| ❌ \| \[`pandas`\]\([^)]*\/requirements\.txt#L1\) \| `==2\.2\.2` \| `2\.2\.1` \| has the wrong version \|/,
    )
  })

  const staying: [string, PlayOptions, string][] = [
    [
      'rollback is false',
      { inputs: { rollback: 'false' }, prepare: running('fraud', other) },
      'because rollback is false',
    ],
    [
      'it was built in place',
      { prepare: running(imageName, other) },
      'the image was rebuilt in place while it was active',
    ],
    ['nothing was switched', { prepare: running(imageName) }, 'This run has not switched the cluster'],
    [
      'nothing was active before',
      { prepare: ({ cluster }) => void (cluster.languageExtensions = []) },
      'queries in Python were not enabled before',
    ],
  ]
  test.concurrent.each(staying)('stays where %s, and that is said', async (_, { prepare, ...options }, words) => {
    const step = await verify({ ...options, prepare: all(prepare ?? (() => undefined), flaw) })
    expectEnd(step, { exitCode: 1, outputs: { verified: 'false', 'active-image': imageName } })
    const { code, message } = failureOf(step)
    expect({ code, message }).toMatchObject({ code: 'verification-failed', message: expect.stringContaining(words) })
    expect(message).toContain('Queries in Python run on forecasting.')
    expect(step.ownSwitches.length).toBeLessThan(2)
  })

  test('by many packages: the message names the first of them, the summary all', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `package-${index}`)
    const step = await verify({
      files: { 'requirements.txt': names.map(name => `${name}==1.0`).join('\n') },
      inputs: { rollback: 'false' },
      prepare: ({ settings }) => names.forEach(name => settings.installed.set(name, {})),
    })
    expect(failureOf(step).message).toMatch(/60 packages on image[^]*package-19 [^]*…and 40 more/)
    expect(step.summary).toContain('package-59')
  })

  test('but for the sandboxes of the former image, which may answer for a while', async () => {
    const step = await verify({
      prepare: all(holding(wanted), withPackage('pandas', {}), world =>
        world.fault({ on: 'query', skip: 3, meanwhile: () => world.settings.installed.clear() }),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { activated: 'true', verified: 'true' } })
    expect(step.log).toContain('Sandboxes of the previous image may still be answering')
    // The access, python(), what the former image says, and three times what the new one does.
    expect(step.world.seen('query')).toHaveLength(6)
  })

  test('is not what was tried where somebody else has switched the cluster meanwhile', async () => {
    const step = await verify({
      prepare: all(holding(wanted), flaw, world =>
        world.fault({ on: 'query', skip: 2, meanwhile: () => running('fraud', other)(world) }),
      ),
    })
    expectEnd(step, { exitCode: 1, outputs: { 'active-image': 'fraud' } })
    expect(step.outputs).not.toHaveProperty('verified')
    expect(failureOf(step)).toMatchObject({
      code: 'switch-superseded',
      message: expect.stringContaining(
        'somebody else has switched cluster adxforecast meanwhile. Queries in Python run on fraud.',
      ),
    })
    expect(step.ownSwitches).toHaveLength(1)
  })

  test('goes back unless somebody else switches the cluster before', async () => {
    const step = await verify({
      prepare: all(holding(wanted), flaw, world => {
        // Access, baseline, three trials and the look at the cluster that ends them.
        const when = () => world.seen('query').length === 5
        world.fault({ on: 'get-cluster', when, skip: 1, meanwhile: () => running('fraud', other)(world) })
      }),
    })
    expectEnd(step, { exitCode: 1, outputs: { verified: 'false', 'active-image': 'fraud' } })
    expect(failureOf(step)).toMatchObject({
      code: 'verification-failed',
      message: expect.stringContaining(
        'Somebody else has switched the cluster meanwhile. Queries in Python run on fraud.',
      ),
    })
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
    expectEnd(step, { exitCode: 1, outputs: { activated: 'true', verified: 'false', 'active-image': imageName } })
    const { code, message } = failureOf(step)
    expect(code).toBe('rollback-failed')
    expect(message).toMatch(/pandas has the wrong version/)
    expect(message).toMatch(/could not be switched back to fraud[^]*The nodes did not come up/)
    expect(message).toContain('Queries in Python run on forecasting.')
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
    expectEnd(step, { exitCode: 1, outputs: { activated: 'true', 'active-image': imageName } })
    expect(failureOf(step)).toMatchObject({
      code: 'rollback-failed',
      message: expect.stringMatching(/AddLanguageExtensions/i),
    })
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
    expectEnd(step, { exitCode: 1, outputs: { verified: 'false', 'active-image': imageName } })
    expect(step.outputs).not.toHaveProperty('activated')
    const { code, message } = failureOf(step)
    expect(code).toBe('cancelled')
    expect(message).toContain('pandas has the wrong version')
    expect(message).toContain('Queries in Python run on forecasting.')
    expect(message).toContain('The switch back may still be running in Azure.')
    expect(message).not.toContain('run the workflow again to follow it')
    expect(step.endedAfterCancelMs).toBe(0)
  })

  test('that takes too long, too', async () => {
    const step = await verify({ world: long, prepare: wanting, inputs: { 'timeout-minutes': '15' } })
    expectEnd(step, { exitCode: 1, outputs: { verified: 'false' } })
    expect(step.outputs).not.toHaveProperty('activated')
    expect(failureOf(step)).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('The switch back may still be running in Azure.'),
    })
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
    expectEnd(step, { exitCode: 1, outputs: { activated: 'true', 'active-image': imageName } })
    expect(step.outputs).not.toHaveProperty('verified')
    expect(failureOf(step)).toMatchObject({
      code,
      message: expect.stringMatching(/It was not verified to the end\.\nQueries in Python run on forecasting\./),
    })
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
