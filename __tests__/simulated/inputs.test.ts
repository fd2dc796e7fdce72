import { describe, expect, test } from '@jest/globals'
import { expectEnd, expectFailure, holding, play, wanted } from './harness.js'

/** Inputs that are wrong; each error names the input and its value, and some name what is allowed. */
const wrong: [Record<string, string>, ...string[]][] = [
  ...['yes', '1', 'on', 'y', 'tRUE', 'truee', '0', 'null'].map<[Record<string, string>, ...string[]]>(value => [
    { force: value },
    'true',
    'false',
  ]),
  [{ wait: 'no' }, 'true', 'false'],
  [{ summary: 'off' }, 'true', 'false'],
  ...['1.5e', '1e999', '-3', '0', '0.0', 'Infinity', 'NaN', '0x10', '1_000', '1,5', '90 minutes', '+', '.', '٣'].map<
    [Record<string, string>]
  >(value => [{ 'timeout-minutes': value }]),
  [{ 'poll-interval-seconds': '-1' }],
  [{ 'poll-interval-seconds': '0' }],
  [{ 'timeout-minutes': '9'.repeat(400) }],
  [{ environment: 'AzureGermanCloud' }, 'AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'],
  [{ environment: 'Azure Cloud' }],
  [{ 'client-id': '' }, 'tenant-id'],
  [{ 'tenant-id': '' }, 'client-id'],
  [{ 'client-id': 'a b' }],
  [{ 'tenant-id': 'my_tenant' }],
  [{ 'tenant-id': 'contoso.com/x' }],
  [{ 'subscription-id': '' }],
  [{ 'resource-group': '' }],
  [{ 'cluster-name': '   ' }],
  [{ 'image-name': '' }],
  [{ 'image-name': 'a/b' }],
  [{ 'image-name': '..' }],
  [{ 'image-name': 'a\nb' }],
  [{ 'cluster-name': 'adx?api-version=1' }],
  [{ 'resource-group': 'g'.repeat(91) }, '90'],
  [{ 'subscription-id': '../../x' }],
  [{ 'language-version': '', 'base-image-name': '' }],
  [{ 'base-image-name': 'Python3_10_8' }, 'language-version', '"3.10.8"'],
  [{ 'language-version': '3.10 8' }],
  [{ 'base-image-name': 'a/b', 'language-version': '' }],
  [{ language: 'Py thon' }],
  [{ 'api-version': '2024' }],
  [{ 'api-version': '2024-04-13&x=y' }],
]

test.concurrent.each(wrong)('%j is an error that names it, its value and what is allowed', async (inputs, ...facts) => {
  const step = await play({ inputs, prepare: holding(wanted) })
  // What is given is wrong, unless nothing is.
  const given = Object.entries(inputs).filter(([, value]) => value.trim() !== '')
  const named = given.length > 0 ? given.flatMap(([name, value]) => [name, JSON.stringify(value)]) : Object.keys(inputs)
  expectFailure(step, 'inputs', [...named, ...facts], { changed: 'false' })
  expect(step.world.requests).toEqual([])
})

test('all errors are reported together', async () => {
  const inputs = {
    'client-id': '',
    environment: 'AzureGermany',
    'image-name': '',
    'base-image-name': 'Python3_10_8',
    force: 'yes',
    wait: '1',
    'timeout-minutes': '-3',
    'poll-interval-seconds': '1e999',
    'api-version': 'latest',
  }
  const step = await play({ inputs })
  expectFailure(step, 'inputs', [/\b10\b/, ...Object.keys(inputs)])
  expect(step.annotations).toHaveLength(1)
  expect(step.world.requests).toEqual([])
})

describe('spellings that are allowed', () => {
  test.concurrent.each<[Record<string, string>, string]>([
    [{ force: 'True' }, 'rebuild'],
    [{ force: 'TRUE', wait: 'True', summary: 'False' }, 'rebuild'],
    [{ force: 'FALSE' }, 'none'],
    [{ environment: 'AZUREcloud' }, 'none'],
    [{ 'timeout-minutes': '1.5', 'poll-interval-seconds': '0.25' }, 'none'],
    // Longer than a timer of Node can be.
    [{ 'timeout-minutes': '60000000', force: 'true' }, 'rebuild'],
    // An expression that comes to nothing means the default.
    [
      {
        audience: '',
        environment: '',
        language: '',
        force: '',
        wait: '',
        'timeout-minutes': '',
        'poll-interval-seconds': '',
        summary: '',
        'api-version': '',
      },
      'none',
    ],
    [{ 'cluster-name': '  adxforecast ', 'image-name': 'Forecasting' }, 'none'],
  ])('%j', async (inputs, action) => {
    const step = await play({ inputs, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action } })
    expect(step.summary === '').toBe(inputs['summary'] === 'False')
  })
})

test('no summary is written where none is wanted, even when another input is wrong', async () => {
  const step = await play({ inputs: { summary: 'false', wait: 'maybe' } })
  expectEnd(step, { exitCode: 1 })
  expect(step.summary).toBe('')
})
