import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failure.js'
import { inputDefaults } from '../../src/inputs/input-names.js'
import type { InputName } from '../../src/inputs/input-names.js'
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
function read(changes: Given = {}, bereft = false) {
  const all: Given = { ...inputDefaults, ...given, ...changes }
  return readInputs(name => all[name] ?? '', bereft)
}

function problems(changes: Given, bereft = false): string {
  try {
    read(changes, bereft)
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
  throw new Error('nothing was wrong')
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

  test.each<[string, Given, string]>([
    ['not waited for', { activate: 'true', wait: 'false' }, 'activate, wait: '],
    ['of another language', { activate: 'true', language: 'R' }, 'language: "R" is not allowed; with activate'],
    ['tried, but not active', { verify: 'true', database: 'telemetry' }, 'verify, activate: '],
    ['tried nowhere', { verify: 'true', activate: 'true' }, 'verify, database: '],
    ['tried in what no database is', { database: 'tele\nmetry' }, 'database: is not the name of a database'],
    ['tried in what is too long', { database: 'x'.repeat(261) }, 'database: is not the name of a database'],
    ['not told plainly', { activate: 'yes' }, 'activate: "yes" is not allowed'],
    ['gone back from', { rollback: 'maybe' }, 'rollback: "maybe" is not allowed'],
  ])('%s', (_, changes, expected) => {
    expect(problems(changes)).toContain(expected)
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

  test.each<[string, Given, string]>([
    ['a family without a number', { 'image-name': 'forecasting-*' }, 'image-name, keep-latest: '],
    ['one image with a number', { 'keep-latest': '3' }, 'image-name: "forecasting" is not allowed'],
    ['everything', { 'image-name': '*', 'keep-latest': '0' }, 'image-name: "*" is not allowed'],
    ['two stars', { 'image-name': 'a**', 'keep-latest': '1' }, 'image-name: "a**" is not allowed'],
    ['a number that is none', { 'image-name': 'a*', 'keep-latest': '-1' }, 'keep-latest: "-1" is not allowed'],
    ['a part', { 'image-name': 'a*', 'keep-latest': '1.5' }, 'keep-latest: "1.5" is not allowed'],
    ['nowhere', { 'cluster-name': '' }, 'cluster-name: is required'],
  ])('%s', (_, changes, expected) => {
    expect(problems({ mode: 'delete', ...changes })).toContain(expected)
  })

  test('is never a part of building', () => {
    expect(problems({ 'image-name': 'a-*', 'keep-latest': '3' })).toContain('keep-latest, mode: ')
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

  test.each<[string, Given, string]>([
    ['a part of the target', { 'subscription-id': '' }, 'subscription-id: is required'],
    ['what to build on', { 'language-version': '' }, 'neither is given'],
    ['one half of the application', { 'client-id': '' }, 'client-id: is missing'],
  ])('that lacks %s is wrong, unless the run gets no variables', (_, changes, expected) => {
    expect(problems({ mode: 'plan', ...changes })).toContain(expected)
    expect(read({ mode: 'plan', ...changes }, true)).toMatchObject({ mode: 'plan' })
    expect(problems(changes, true)).toContain(expected)
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
    const message = problems({ [name]: text })
    expect(message).toContain(`${name}: `)
    expect(message).toContain(JSON.stringify(text))
  })

  test.each<[InputName]>([['subscription-id'], ['resource-group'], ['cluster-name'], ['image-name']])(
    '%s is required',
    name => {
      expect(problems({ [name]: '' })).toContain(`${name}: is required`)
    },
  )

  test.each<[string, Given, string]>([
    ['one of application and tenant', { 'client-id': '' }, 'client-id: is missing, while tenant-id is given'],
    ['the other', { 'tenant-id': '' }, 'tenant-id: is missing, while client-id is given'],
    [
      'both foundations',
      { 'base-image-name': 'Python3_10_8' },
      'language-version, base-image-name: both are given ("3.10.8", "Python3_10_8")',
    ],
    ['no foundation', { 'language-version': '' }, 'language-version, base-image-name: neither is given'],
  ])('%s', (_, changes, expected) => {
    expect(problems(changes)).toContain(expected)
  })

  test('everything is said at once', () => {
    const message = problems({
      force: 'yes',
      'timeout-minutes': '-3',
      environment: 'mars',
      'client-id': '',
      'language-version': '',
      'image-name': '',
    })
    expect(message).toContain('6 inputs are wrong:')
    for (const name of ['force', 'timeout-minutes', 'environment', 'client-id', 'language-version', 'image-name']) {
      expect(message).toContain(`  ${name}`)
    }
  })
})
