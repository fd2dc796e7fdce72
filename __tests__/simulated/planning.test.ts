import { describe, expect, test } from '@jest/globals'
import type { ImageContent } from '../../emulator/azure/cluster.js'
import { pullRequest } from '../../emulator/github/events.js'
import type { World } from '../../emulator/world.js'
import { drawnBy } from '../github/drawn.js'
import { shownText, tableRow } from '../shown-text.js'
import {
  expectAnnotation,
  expectEnd,
  expectFailure,
  type Fact,
  holding,
  imageName,
  kindsOf,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  requirements,
  wanted,
} from './harness.js'

/** Plays a step of a pull request's check. */
const plan = (options: PlayOptions = {}): Promise<Played> =>
  play({ event: pullRequest(), ...options, inputs: { mode: 'plan', ...options.inputs } })

/** The document of the output `plan`. */
const documentOf = ({ outputs }: Played) => JSON.parse(outputs['plan']!)

const headline = ({ summary }: Played) => shownText(summary.split('\n')[0]!)

const older: ImageContent = { ...wanted, requirementsFileContent: 'Pandas==2.2.1\nscikit_learn==1.4.2\nprophet<2' }

describe('a plan says what apply would do', () => {
  const plans: [string, PlayOptions, { action: string; changed: boolean; state: string; reasons: string[] }, RegExp][] =
    [
      [
        'to an image that is not there',
        {},
        { action: 'create', changed: true, state: 'NotFound', reasons: ['new'] },
        /\b2\b/,
      ],
      [
        'to an image with other packages',
        { prepare: holding(older) },
        { action: 'update', changed: true, state: 'Succeeded', reasons: ['requirements'] },
        /\b2\b/,
      ],
      [
        'to an image of another version',
        { prepare: holding({ ...wanted, languageVersion: '3.11.7' }) },
        { action: 'update', changed: true, state: 'Succeeded', reasons: ['language-version'] },
        /^/,
      ],
      [
        'to the same image',
        { prepare: holding(wanted) },
        { action: 'none', changed: false, state: 'Succeeded', reasons: [] },
        /^/,
      ],
      [
        'to the same image, when it is forced',
        { inputs: { force: 'true' }, prepare: holding(wanted) },
        { action: 'rebuild', changed: true, state: 'Succeeded', reasons: ['forced'] },
        /\bforce/,
      ],
      [
        'to an image whose build failed',
        { prepare: holding(wanted, 'Failed') },
        { action: 'rebuild', changed: true, state: 'Failed', reasons: ['last-build-failed'] },
        /^/,
      ],
      [
        'to an image that is being built from just this',
        { prepare: holding(wanted, 'Creating'), inputs: { force: 'true' } },
        { action: 'attach', changed: false, state: 'Creating', reasons: [] },
        /^/,
      ],
      [
        'to an image that is being built from something else',
        { prepare: holding(older, 'Running') },
        { action: 'update', changed: true, state: 'Running', reasons: ['requirements'] },
        /\b2\b/,
      ],
      [
        'to an image that is being deleted',
        { prepare: holding(wanted, 'Deleting') },
        { action: 'create', changed: true, state: 'Deleting', reasons: ['new'] },
        /\b2\b/,
      ],
      [
        'to an image in a state that nobody knows',
        { prepare: holding(wanted, 'Defrosting') },
        { action: 'attach', changed: false, state: 'Defrosting', reasons: [] },
        /^/,
      ],
    ]

  test.concurrent.each(plans)('%s', async (_, options, expected, fact) => {
    const step = await plan(options)
    expectEnd(step, { exitCode: 0 })
    expect(documentOf(step)).toMatchObject({ version: 1, compared: true, resolution: null, findings: [], ...expected })
    expect(headline(step)).toMatch(/^### \S+ .*forecasting.*adxforecast/)
    expect(headline(step)).toMatch(fact)
    expect(headline(step)).not.toContain('❌')
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
    expect(outcomeLine(step)).toMatch(fact)
    // The cluster is looked at where apply would submit something.
    const looks = expected.changed ? ['get-cluster'] : []
    // That there is no image the list confirms.
    if (expected.state === 'NotFound') looks.unshift('list-images')
    expect(step.story).toEqual(['id-token', 'token', 'get-image', ...looks])
  })

  test('in words of its own for each thing to do and each reason', async () => {
    const steps = await Promise.all(plans.map(([, options]) => plan(options)))
    const expected = new Set(plans.map(([, , { action, reasons }]) => `${action} ${reasons.join()}`))
    expect(new Set(steps.map(headline)).size).toBeGreaterThanOrEqual(expected.size)
  })

  test('package by package', async () => {
    const step = await plan({ prepare: holding(older) })
    expect(documentOf(step)).toMatchObject({
      target: {
        subscription: step.world.cluster.subscriptionId,
        resourceGroup: 'analytics-prod',
        cluster: 'adxforecast',
        image: imageName,
      },
      packages: {
        added: [],
        removed: [{ name: 'prophet', from: '<2' }],
        changed: [{ name: 'pandas', from: '==2.2.1', to: '==2.2.2' }],
      },
    })
    expect(tableRow(step.summary, 'pandas')).toMatch(/==2\.2\.1.*==2\.2\.2/)
    expect(tableRow(step.summary, 'prophet')).toContain('<2')
    expect(tableRow(step.summary, 'scikit-learn')).toBe('')
    expect(drawnBy(step.summary).links).toContainEqual(expect.stringMatching(/\/pandas$/))
    expect(step.outputs).toMatchObject({
      'image-id': expect.stringMatching(/\/SandboxCustomImages\/forecasting$/),
      'requirements-sha256': expect.stringMatching(/^[\da-f]{64}$/),
    })
  })

  test('outside of a pull request too', async () => {
    const [step, ofPullRequest] = [await play({ inputs: { mode: 'plan' } }), await plan()]
    expectEnd(step, { exitCode: 0, outputs: { action: 'create' } })
    // Where there is no pull request, nothing can be merged.
    expect(headline(step)).toMatch(/forecasting.*adxforecast/)
    expect(headline(step)).not.toBe(headline(ofPullRequest))
  })

  test('with the rights of a reader', async () => {
    const reader = ({ principal }: World): void => {
      for (const action of principal.actions)
        if (!/Clusters\/(SandboxCustomImages\/)?read$/.test(action)) principal.actions.delete(action)
    }
    const step = await plan({ prepare: reader })
    expectEnd(step, { exitCode: 0, outputs: { action: 'create', changed: 'true' } })
  })

  test('and apply does it', async () => {
    for (const content of [undefined, older, wanted]) {
      const prepare = content === undefined ? {} : { prepare: holding(content) }
      const [planned, done] = await Promise.all([plan(prepare), play(prepare)])
      for (const name of ['action', 'changed', 'requirements-sha256']) {
        expect([name, planned.outputs[name]]).toEqual([name, done.outputs[name]])
      }
    }
  })
})

describe('a plan is red where it would not work', () => {
  test.concurrent.each<[string, PlayOptions, string, Fact]>([
    ['the cluster is not there', { inputs: { 'cluster-name': 'adxforecats' } }, 'cluster-not-found', 'adxforecats'],
    [
      'the image may not be read',
      { prepare: ({ principal }) => principal.actions.clear() },
      'forbidden',
      /sandboxCustomImages\/read/i,
    ],
    ['signing in is refused', { inputs: { 'tenant-id': 'fabrikam.com' } }, 'unknown-tenant', /fabrikam/],
    ['the permission is missing', { world: { idTokenPermission: false } }, 'id-token-permission', /id-token: write/],
    [
      'the time is over',
      {
        prepare: world => void world.fault({ on: 'get-image', hang: 'before' }),
        inputs: { 'timeout-minutes': '0.5' },
      },
      'timeout',
      '30 s',
    ],
  ])('%s', async (_, options, code, fact) => {
    const step = await plan(options)
    expectFailure(step, code, [fact])
    expect(documentOf(step)).toMatchObject({ compared: false, action: null, changed: null, findings: [] })
  })

  test('the requirements have an error, and all that is known of the change is said', async () => {
    const step = await plan({
      files: { 'requirements.txt': 'pandas==2.2.2\nnumpy=1.26' },
      prepare: holding(older),
    })
    expectEnd(step, { exitCode: 1, outputs: { action: 'update', changed: 'true', state: 'Succeeded' } })
    expect(headline(step)).toMatch(/^### ❌ .*\b1\b/)
    expect(drawnBy(step.summary).links).toContainEqual(expect.stringMatching(/\/requirements\.txt#L2$/))
    expect(documentOf(step).findings).toEqual([
      {
        id: 'syntax',
        severity: 'error',
        message: expect.stringContaining('"="'),
        file: 'requirements.txt',
        line: 2,
        column: 6,
        endColumn: 7,
      },
    ])
    expect(documentOf(step).packages.changed).toEqual([{ name: 'pandas', from: '==2.2.1', to: '==2.2.2' }])
  })

  test('warnings fail it where the user is strict', async () => {
    const files = { 'requirements.txt': `${requirements}\nuvloop==0.21.0; sys_platform == "linux"` }
    expectEnd(await plan({ files }), { exitCode: 0 })
    expectEnd(await plan({ files, inputs: { strict: 'true' } }), { exitCode: 1 })
  })

  test.concurrent.each<[string, Record<string, string | Uint8Array>, string, string]>([
    ['is missing', {}, 'none.txt', 'requirements-not-found'],
    [
      'is in UTF-16 without a mark',
      { 'utf16.txt': Buffer.from('pandas', 'utf16le') },
      'utf16.txt',
      'requirements-unreadable',
    ],
    ['is binary', { 'binary.txt': Uint8Array.of(0, 159, 146, 150) }, 'binary.txt', 'requirements-unreadable'],
  ])('the file %s', async (_, files, path, code) => {
    const step = await plan({ files, inputs: { 'requirements-file': path } })
    expectFailure(step, code, [path])
    expect(documentOf(step)).toMatchObject({ compared: false, findings: [] })
    expect(step.outputs).not.toHaveProperty('requirements-sha256')
    expect(step.world.requests).toEqual([])
  })

  test('a file that it includes cannot be read: nothing is compared, for the half is not the whole', async () => {
    const step = await plan({
      files: { 'requirements.txt': 'pandas==2.2.2\n-r none.txt\nnumpy=1\n-r ../../etc/passwd' },
      prepare: holding(older),
    })
    expectEnd(step, { exitCode: 1 })
    expect(documentOf(step)).toMatchObject({ compared: false, packages: { added: [], removed: [], changed: [] } })
    expect(step.annotations.filter(({ level }) => level === 'error').map(({ title, line }) => [title, line])).toEqual([
      ['findings', undefined],
      ['include', 2],
      ['include', 4],
      ['syntax', 3],
    ])
    expect(step.outputs).not.toHaveProperty('requirements-sha256')
    expect(step.world.requests).toEqual([])
  })
})

describe('a plan that cannot compare checks the requirements, and says so', () => {
  const noApplication = { 'client-id': '', 'tenant-id': '' }
  const noTarget = { 'subscription-id': '', 'resource-group': '', 'cluster-name': '', 'image-name': '' }
  const cases: readonly [string, PlayOptions, readonly string[]][] = [
    [
      'with a requirements file alone',
      { inputs: { ...noApplication, ...noTarget, 'language-version': '' } },
      ['subscription-id', 'resource-group', 'cluster-name', 'image-name', 'language-version'],
    ],
    ['with neither an application nor a session of the Azure CLI', { inputs: noApplication }, ['Azure CLI']],
    [
      "in a fork's pull request",
      { event: pullRequest('stranger/forecasting'), world: { idTokenPermission: false } },
      ['fork'],
    ],
    [
      "in a fork's pull request, without the variables of the repository",
      {
        event: pullRequest(null),
        world: { idTokenPermission: false },
        inputs: { ...noApplication, 'subscription-id': '' },
      },
      ['subscription-id'],
    ],
  ]

  test.concurrent.each(cases)('%s', async (_, options, facts) => {
    const good = await plan(options)
    expectEnd(good, { exitCode: 0 })
    expect(documentOf(good)).toMatchObject({ compared: false, action: null, changed: null, state: null, findings: [] })
    expect(kindsOf(good)).toEqual(['notice not-compared'])
    expectAnnotation(good, 'notice not-compared', facts)
    // The page says why, too.
    expect(shownText(good.summary)).toMatch(/^### (?!❌)/)
    for (const fact of facts) expect(shownText(good.summary)).toContain(fact)
    expect(good.outputs['requirements-sha256']).toMatch(/^[\da-f]{64}$/)

    const bad = await plan({ ...options, files: { 'requirements.txt': '-e .' } })
    expectEnd(bad, { exitCode: 1 })
    expect(documentOf(bad).findings).toMatchObject([{ id: 'unsupported-option', line: 1 }])
  })

  test('but not where a part of the target was forgotten', async () => {
    const step = await plan({ inputs: { 'subscription-id': '' } })
    expectFailure(step, 'inputs', ['subscription-id'])
  })
})

describe('every malformed file ends in findings, in none, or cannot be read', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 1002 }, (_, index) => [`deep/${index}.txt`, `-r ${index + 1}.txt`]),
  )
  const unreadable = 'requirements-unreadable'
  test.concurrent.each<[string, Record<string, string | Uint8Array>, readonly string[] | typeof unreadable]>([
    ['nothing at all', { 'requirements.txt': '' }, []],
    ['blanks alone', { 'requirements.txt': ' \n\t\r\n' }, []],
    ['NUL bytes', { 'requirements.txt': '\0\0numpy\0' }, ['syntax']],
    [
      'an image',
      { 'requirements.txt': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff) },
      unreadable,
    ],
    ['UTF-16 without a mark', { 'requirements.txt': Buffer.from('numpy', 'utf16le') }, unreadable],
    ['UTF-16', { 'requirements.txt': Buffer.from('\ufeffnumpy', 'utf16le') }, ['unpinned']],
    ['lone surrogates', { 'requirements.txt': Uint8Array.of(0xed, 0xa0, 0x80) }, unreadable],
    ['1 MiB of one line', { 'requirements.txt': 'x'.repeat(1024 * 1024) }, ['unpinned']],
    ['1 MiB of another line', { 'requirements.txt': '('.repeat(1024 * 1024) }, ['syntax']],
    ['more than 1 MiB', { 'requirements.txt': 'x'.repeat(1024 * 1024 + 1) }, unreadable],
    ['includes without an end', { 'requirements.txt': '-r deep/0.txt', ...chain }, unreadable],
    ['names in other scripts', { 'requirements.txt': 'числа==1\n数据\n💥' }, ['syntax', 'syntax', 'syntax']],
    [
      'commands and Markdown',
      {
        'requirements.txt':
          '::error::x\n##[error]y\n<script>z</script>\n[a](javascript:b)\n@dana\n$(id)\n`id`\n\u001b[31m',
      },
      Array.from({ length: 7 }, () => 'syntax'),
    ],
  ])('%s', async (_, files, ids) => {
    const step = await plan({ files })
    const found = documentOf(step).findings.map(({ id }: { id: string }) => id)
    if (ids === unreadable) {
      expect(found).toEqual([])
      expectFailure(step, unreadable, [])
    } else {
      expect(found).toEqual(ids)
      expectEnd(step, { exitCode: ids.every(id => id === 'unpinned') ? 0 : 1 })
    }
    expect(step.annotations.map(({ title }) => title)).not.toContain('defect')
  })
})

describe('the plan fits into an output, whatever the file holds', () => {
  const many = (line: (index: number) => string) => Array.from({ length: 20_000 }, (_, index) => line(index)).join('\n')

  test.concurrent.each<[string, string, number]>([
    ['many packages', many(index => `package-${index}==${index}`), 0],
    ['many findings', many(index => `p${index}`), 0],
    ['many errors after many notices', `${many(index => `p${index}`)}\nnumpy=1`, 1],
    ['a very long line', `x @ https://example.org/${'|'.repeat(900_000)}`, 0],
  ])('%s', async (_, text, exitCode) => {
    const step = await plan({ files: { 'requirements.txt': text } })
    expectEnd(step, { exitCode })
    expect(step.outputs['plan']!.length).toBeLessThan(420_000)
    const { truncated, findings } = documentOf(step)
    expect(truncated).toBe(true)
    if (exitCode === 1) expect(findings[0]).toMatchObject({ severity: 'error' })
  })
})

describe('what the image is built on', () => {
  const on = (name: string) => ({ 'language-version': '', 'base-image-name': name })
  const offerWarnings = ({ annotations }: Played) => annotations.filter(({ title }) => title === 'not-offered')
  const python = { language: 'Python', languageVersion: '3.11.7' }

  test('is read from the service where it is a custom image, and that in turn', async () => {
    const asked: string[] = []
    const written = new Map<string, string>()
    const prepare = ({ cluster: { images } }: World) => {
      images.set('ours', { language: 'Python', baseImageName: 'team', requirementsFileContent: 'mine==1' })
      images.set('team', {
        language: 'Python',
        baseImageName: 'Python3_10_8',
        requirementsFileContent: 'numpy==1.24.0',
      })
    }
    const tools: PlayOptions['tools'] = clock => ({
      clock,
      environment: () => Promise.resolve({}),
      indexReader: () => () => Promise.resolve({ kind: 'no-project' }),
      find: program => Promise.resolve(program === 'uv' ? program : undefined),
      run: ({ args }) => {
        if (args[0] === '--version') return Promise.resolve({ code: 0, output: 'uv 0.9.18', errors: '' })
        const held = written.get('held.txt') ?? ''
        asked.push([args.join(' '), written.get('requirements.txt'), held.match(/^numpy==.*$/m)?.[0]].join('|'))
        const output = (written.get('requirements.txt') ?? '').replace(/$/gm, '  # via -r requirements.txt')
        return Promise.resolve({ code: 0, output: output.replace(/^ .*$/gm, ''), errors: '' })
      },
      withDirectory: use =>
        use({
          path: '/temporary',
          write: (name, text) => Promise.resolve(void written.set(name, text)),
          read: () => Promise.resolve(undefined),
        }),
    })
    const files = { 'requirements.txt': 'numpy==1.24.0\nnew==1' }
    const step = await plan({ prepare, tools, files, inputs: { ...on('ours'), resolve: 'true' } })
    expectEnd(step, { exitCode: 0 })
    expect(documentOf(step).resolution.packages).toEqual([
      { name: 'new', version: '1', origin: 'installed' },
      { name: 'numpy', version: '1.24.0', origin: 'base' },
    ])
    expect(asked.map(each => each.replace(/^.*--python-version (\S+) .*?\|/, '$1|'))).toEqual([
      '3.10.8|numpy==1.24.0\n|numpy==1.23.4',
      '3.10.8|mine==1\n|numpy==1.24.0',
      '3.10.8|numpy==1.24.0\nnew==1\n|numpy==1.24.0',
    ])
  })

  test.each([
    ['a version', { 'language-version': '3.12.4' }, ['3.12.4', '3.11.7', '3.10.8']],
    ['a managed image', on('Python3_11_8'), ['Python3_11_8', 'Python3_11_7', 'Python3_10_8_DL']],
  ])('%s that is not offered is warned of', async (_, inputs, facts) => {
    const [warning, ...more] = offerWarnings(await plan({ inputs }))
    expect(more).toEqual([])
    expect(warning?.level).toBe('warning')
    for (const fact of facts) expect(warning?.message).toContain(fact)
  })

  test('a custom image may have any name', async () => {
    const prepare = ({ cluster: { images } }: World) => void images.set('Python3_12_4', python)
    expect(offerWarnings(await plan({ prepare, inputs: on('Python3_12_4') }))).toEqual([])
    expect(offerWarnings(await plan({ inputs: { 'language-version': '3.11.7' } }))).toEqual([])
  })
})
