import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failure.js'
import { inputDefaults, type InputName } from '../../src/inputs/input-names.js'
import { readInputs } from '../../src/inputs/read-inputs.js'

const given = {
  'client-id': '5b2d9a31-7f4e-4c0b-9a63-0d1e8c7f2b94',
  'tenant-id': 'contoso.onmicrosoft.com',
  'subscription-id': '3f1c6f0e-8d35-4c5e-9d0c-2f6f5a1b7c42',
  'resource-group': 'analytics (prod)',
  'cluster-name': 'adx',
  'image-name': 'forecasting',
  'language-version': '3.10.8',
}
type Given = Partial<Record<InputName, string>>

/** Reads inputs as the runner hands them over: the defaults of action.yml, and what the workflow says. */
function read(changes: Given = {}, isRestricted = false) {
  const all: Given = { ...inputDefaults, ...given, ...changes }
  return readInputs(name => all[name] ?? '', isRestricted)
}

/** What the failure says of the inputs that are wrong. */
function problems(changes: Given, isRestricted = false): string {
  try {
    read(changes, isRestricted)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  throw new Error('nothing was wrong')
}

/** Expects that these inputs are named, and these values. */
function expectNamed(message: string, names: readonly InputName[], values: readonly string[] = []): void {
  for (const name of names) expect(message).toMatch(new RegExp(`\\b${name}\\b`))
  for (const value of values) expect(message).toContain(JSON.stringify(value))
}

describe('what is allowed', () => {
  test('the defaults', () => {
    expect(read()).toMatchObject({
      mode: 'apply',
      audience: 'api://AzureADTokenExchange',
      cloud: { name: 'AzureCloud' },
      language: 'Python',
      requirementsFile: 'requirements.txt',
      force: false,
      wait: true,
      timeout: 90 * 60_000,
      pollInterval: undefined,
      summary: true,
      target: { image: 'forecasting', apiVersion: '2024-04-13' },
    })
  })

  test('an empty text means the default, but for the requirements file', () => {
    const empty = Object.fromEntries(Object.keys(inputDefaults).map(name => [name, '']))
    expect(read({ ...empty, ...given })).toEqual({ ...read(), requirementsFile: '' })
  })

  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
  ])('force: %s', (text, force) => {
    expect(read({ force: text })).toMatchObject({ force })
  })

  test.each([
    ['1', 60_000],
    ['0.5', 30_000],
    ['.25', 15_000],
    ['90.', 5_400_000],
    ['007', 420_000],
  ])('timeout-minutes: %s', (text, timeout) => {
    expect(read({ 'timeout-minutes': text }).timeout).toBe(timeout)
  })

  test.each([
    ['azureusgovernment', 'AzureUSGovernment', 'api://AzureADTokenExchangeUSGov'],
    ['AZURECHINACLOUD', 'AzureChinaCloud', 'api://AzureADTokenExchangeChina'],
    ['AzureCloud', 'AzureCloud', 'api://AzureADTokenExchange'],
  ])('environment: %s', (environment, name, audience) => {
    expect(read({ environment })).toMatchObject({ cloud: { name }, audience })
    expect(read({ environment, audience: 'api://own' }).audience).toBe('api://own')
  })

  test('neither application nor tenant: the session of the Azure CLI', () => {
    expect(read({ 'client-id': '', 'tenant-id': '' }).application).toBeUndefined()
  })

  test.each([
    'contoso.com',
    'Contoso.OnMicrosoft.com',
    'xn--bcher-kva.example',
    '8F0C5B6E-2a4d-4a55-8d2e-6a9f3c1d7e10',
  ])('tenant-id: %s', tenantId => {
    expect(read({ 'tenant-id': tenantId }).application).toMatchObject({ tenantId })
  })

  test('a base in the place of a version', () => {
    expect(read({ 'language-version': '', 'base-image-name': 'Python3_10_8' })).toMatchObject({
      foundation: { baseImageName: 'Python3_10_8' },
    })
  })
})

test.each(['apply', 'plan'])('an image-name that ends in * names a family (mode: %s)', mode => {
  expect(read({ mode, 'image-name': 'forecasting-*' })).toMatchObject({ mode, family: { prefix: 'forecasting-' } })
  expect(read({ mode })).toMatchObject({ mode, family: undefined })
})

describe('putting the image to use', () => {
  test('is not asked for by default, and goes back by default', () => {
    expect(read()).toMatchObject({ activate: false, verification: undefined, rollback: true })
  })

  test('and trying it', () => {
    const trying = { activate: 'True', verify: 'TRUE', database: ' Telemetry (EU) '.trim(), rollback: 'false' }
    expect(read(trying)).toMatchObject({
      activate: true,
      verification: { database: 'Telemetry (EU)' },
      rollback: false,
    })
    expect(read({ ...trying, mode: 'plan' })).toMatchObject({ mode: 'plan', activate: true })
  })

  test('a database alone tries nothing', () => {
    expect(read({ database: 'telemetry' })).toMatchObject({ verification: undefined })
  })

  test.each<[string, Given, InputName[], string[]]>([
    ['not waited for', { activate: 'true', wait: 'false' }, ['activate', 'wait'], []],
    ['of another language', { activate: 'true', language: 'R' }, ['language', 'activate'], ['R']],
    ['tried, but not active', { verify: 'true', database: 'telemetry' }, ['verify', 'activate'], []],
    ['tried nowhere', { verify: 'true', activate: 'true' }, ['verify', 'database'], []],
    ['tried in what no database is', { database: 'tele\nmetry' }, ['database'], ['tele\nmetry']],
    ['tried in what is too long', { database: 'x'.repeat(261) }, ['database'], ['x'.repeat(261)]],
    ['not told plainly', { activate: 'yes' }, ['activate'], ['yes']],
    ['gone back from', { rollback: 'maybe' }, ['rollback'], ['maybe']],
  ])('%s', (_, changes, names, values) => {
    expectNamed(problems(changes), names, values)
  })

  test('what cannot be read is not said to go with nothing', () => {
    expect(problems({ activate: 'true', wait: 'no' })).not.toMatch(/\bactivate\b/)
  })

  test('in a plan, a build need not be waited for', () => {
    expect(read({ mode: 'plan', activate: 'true', wait: 'false' })).toMatchObject({ activate: true })
  })
})

describe('deleting', () => {
  test('the image needs nothing of what it was built from', () => {
    const deleting = read({ mode: 'delete', 'language-version': '', 'requirements-file': '' })
    expect(deleting).toMatchObject({ mode: 'delete', family: undefined, dryRun: false })
    expect(deleting).toMatchObject({ target: { image: 'forecasting' } })
  })

  test.each([
    ['delete', false],
    ['plan', true],
  ])('the old ones of a family (mode: %s)', (mode, dryRun) => {
    expect(read({ mode, 'image-name': 'forecasting-*', 'keep-latest': '3' })).toMatchObject({
      mode: 'delete',
      family: { prefix: 'forecasting-', keepLatest: 3 },
      dryRun,
    })
  })

  test.each<[string, Given, InputName[], string[]]>([
    ['a family without a number', { 'image-name': 'forecasting-*' }, ['image-name', 'keep-latest'], ['forecasting-*']],
    ['one image with a number', { 'keep-latest': '3' }, ['image-name'], ['forecasting']],
    ['everything', { 'image-name': '*', 'keep-latest': '0' }, ['image-name'], ['*']],
    ['two stars', { 'image-name': 'a**', 'keep-latest': '1' }, ['image-name'], ['a**']],
    ['a number that is none', { 'image-name': 'a*', 'keep-latest': '-1' }, ['keep-latest'], ['-1']],
    ['a part', { 'image-name': 'a*', 'keep-latest': '1.5' }, ['keep-latest'], ['1.5']],
    ['nowhere', { 'cluster-name': '' }, ['cluster-name'], []],
  ])('%s', (_, changes, names, values) => {
    expectNamed(problems({ mode: 'delete', ...changes }), names, values)
  })

  test('is never a part of building', () => {
    expectNamed(problems({ 'image-name': 'a-*', 'keep-latest': '3' }), ['keep-latest', 'mode'])
  })
})

describe('a plan', () => {
  const names = { 'subscription-id': '', 'resource-group': '', 'cluster-name': '', 'image-name': '' }

  test('has the same target as what it foretells', () => {
    const { target } = read()
    const foundation = { languageVersion: '3.10.8' }
    expect(read({ mode: 'plan' })).toMatchObject({ mode: 'plan', target, missing: [], foundation })
  })

  test('of a requirements file alone needs nothing else', () => {
    const plan = read({ mode: 'plan', ...names, 'language-version': '', 'client-id': '', 'tenant-id': '' })
    expect(plan).toMatchObject({ target: undefined, foundation: undefined, application: undefined })
    expect(plan).toMatchObject({ missing: [...Object.keys(names), 'language-version'] })
    expect(read({ mode: 'plan', ...names })).toMatchObject({
      target: undefined,
      foundation: { languageVersion: '3.10.8' },
    })
  })

  test.each<[string, Given, InputName[]]>([
    ['a part of the target', { 'subscription-id': '' }, ['subscription-id']],
    ['what to build on', { 'language-version': '' }, ['language-version', 'base-image-name']],
    ['one half of the application', { 'client-id': '' }, ['client-id', 'tenant-id']],
  ])('that lacks %s is wrong, unless the run gets no variables', (_, changes, names) => {
    expectNamed(problems({ mode: 'plan', ...changes }), names)
    expect(read({ mode: 'plan', ...changes }, true)).toMatchObject({ mode: 'plan' })
    expectNamed(problems(changes, true), names)
  })

  test('without variables compares nothing where a part of the target is missing', () => {
    expect(read({ mode: 'plan', 'subscription-id': '' }, true)).toMatchObject({
      target: undefined,
      missing: ['subscription-id'],
    })
  })

  test('must not be wrong in what it has, though it gets no variables', () => {
    expect(problems({ mode: 'plan', 'subscription-id': '', 'image-name': 'a/b', strict: 'x' }, true)).toContain(
      '2 inputs',
    )
  })
})

describe('what is wrong', () => {
  test.each<[InputName, string]>([
    ...(['force', 'wait', 'summary'] as const).flatMap(name =>
      ['yes', '1', 'tRue', 'on', 'y'].map(text => [name, text] as [InputName, string]),
    ),
    ...(['timeout-minutes', 'poll-interval-seconds'] as const).flatMap(name =>
      [
        '0',
        '0.0',
        '-3',
        '1.5e',
        '1e3',
        '1e999',
        '9'.repeat(400),
        '0x10',
        '1,5',
        'NaN',
        'Infinity',
        '+1',
        '1 2',
        '٣',
      ].map(text => [name, text] as [InputName, string]),
    ),
    ['environment', 'AzureGermanCloud'],
    ['environment', 'public'],
    ['image-name', '..'],
    ['image-name', 'a/b'],
    ['cluster-name', 'adx?x=1'],
    ['cluster-name', 'adx\nx'],
    ['resource-group', 'a'.repeat(91)],
    ['subscription-id', '#'],
    ['base-image-name', 'a\\b'],
    ['tenant-id', 'contoso/../x'],
    ['tenant-id', 'my_tenant'],
    ['tenant-id', 'contoso'],
    ['tenant-id', 'contoso..com'],
    ['tenant-id', '-contoso.com'],
    ['tenant-id', '.contoso.com'],
    ['tenant-id', '8f0c5b6e-2a4d-4a55-8d2e-6a9f3c1d7e1'],
    ['tenant-id', `${'a.'.repeat(130)}com`],
    ['client-id', 'a b'],
    ['language', 'Py thon'],
    ['language-version', '3 10'],
    ['api-version', 'latest'],
    ['mode', 'Plan'],
    ['mode', 'dry-run'],
  ])('%s: %j', (name, text) => {
    expectNamed(problems({ [name]: text }), [name], [text])
  })

  test.each<[InputName]>([['subscription-id'], ['resource-group'], ['cluster-name'], ['image-name']])(
    '%s is required',
    name => {
      const message = problems({ [name]: '' })
      expectNamed(message, [name])
      // It may be a variable that does not exist.
      expect(message).toContain('vars.')
    },
  )

  test.each<[string, Given, InputName[], string[]]>([
    ['one of application and tenant', { 'client-id': '' }, ['client-id', 'tenant-id'], []],
    ['the other', { 'tenant-id': '' }, ['client-id', 'tenant-id'], []],
    [
      'both foundations',
      { 'base-image-name': 'Python3_10_8' },
      ['language-version', 'base-image-name'],
      ['3.10.8', 'Python3_10_8'],
    ],
    ['no foundation', { 'language-version': '' }, ['language-version', 'base-image-name'], []],
  ])('%s', (_, changes, names, values) => {
    expectNamed(problems(changes), names, values)
  })

  test('everything is said at once', () => {
    const wrong: Given = {
      force: 'yes',
      'timeout-minutes': '-3',
      environment: 'mars',
      'client-id': '',
      'image-name': '',
    }
    const message = problems(wrong)
    expect(message).toMatch(/^5 inputs /)
    expectNamed(message, Object.keys(wrong) as InputName[], ['yes', '-3', 'mars'])
  })
})
