import { describe, expect, test } from '@jest/globals'
import { expectEnd, failureOf, holding, play, wanted } from './harness.js'

/** Inputs that are wrong, and what the error says of each. */
const wrong: [Record<string, string>, RegExp][] = [
  ...['yes', '1', 'on', 'y', 'tRUE', 'truee', '0', 'null'].map<[Record<string, string>, RegExp]>(value => [
    { force: value },
    new RegExp(`force: "${value}".*true or false`),
  ]),
  [{ wait: 'no' }, /wait: "no".*true or false/],
  [{ summary: 'off' }, /summary: "off".*true or false/],
  ...['1.5e', '1e999', '-3', '0', '0.0', 'Infinity', 'NaN', '0x10', '1_000', '1,5', '90 minutes', '+', '.', '٣'].map<
    [Record<string, string>, RegExp]
  >(value => [
    { 'timeout-minutes': value },
    new RegExp(`timeout-minutes: "${value.replace(/[+.]/g, '\\$&')}".*positive number`),
  ]),
  [{ 'poll-interval-seconds': '-1' }, /poll-interval-seconds: "-1".*positive number/],
  [{ 'poll-interval-seconds': '0' }, /poll-interval-seconds: "0".*positive number/],
  [{ 'timeout-minutes': '9'.repeat(400) }, /timeout-minutes: "9{400}".*positive number/],
  [
    { environment: 'AzureGermanCloud' },
    /environment: "AzureGermanCloud".*AzureCloud, AzureUSGovernment.*AzureChinaCloud/,
  ],
  [{ environment: 'Azure Cloud' }, /environment: "Azure Cloud"/],
  [{ 'client-id': '' }, /client-id: is missing, while tenant-id is given/],
  [{ 'tenant-id': '' }, /tenant-id: is missing, while client-id is given/],
  [{ 'client-id': 'a b' }, /client-id: "a b"/],
  [{ 'tenant-id': 'my_tenant' }, /tenant-id: "my_tenant"/],
  [{ 'tenant-id': 'contoso.com/x' }, /tenant-id: "contoso\.com\/x"/],
  [{ 'subscription-id': '' }, /subscription-id: .*required/],
  [{ 'resource-group': '' }, /resource-group: .*required/],
  [{ 'cluster-name': '   ' }, /cluster-name: .*required/],
  [{ 'image-name': '' }, /image-name: .*required/],
  [{ 'image-name': 'a/b' }, /image-name: "a\/b"/],
  [{ 'image-name': '..' }, /image-name: "\.\."/],
  [{ 'image-name': 'a\nb' }, /image-name: "a\\nb"/],
  [{ 'cluster-name': 'adx?api-version=1' }, /cluster-name: "adx\?api-version=1"/],
  [{ 'resource-group': 'g'.repeat(91) }, /resource-group: "g{91}".*90 characters/],
  [{ 'subscription-id': '../../x' }, /subscription-id: "\.\.\/\.\.\/x"/],
  [{ 'language-version': '', 'base-image-name': '' }, /language-version, base-image-name: neither is given/],
  [{ 'base-image-name': 'Python3_10_8' }, /language-version, base-image-name: both.*"3\.10\.8", "Python3_10_8"/],
  [{ 'language-version': '3.10 8' }, /language-version: "3\.10 8"/],
  [{ 'base-image-name': 'a/b', 'language-version': '' }, /base-image-name: "a\/b"/],
  [{ language: 'Py thon' }, /language: "Py thon"/],
  [{ 'api-version': '2024' }, /api-version: "2024"/],
  [{ 'api-version': '2024-04-13&x=y' }, /api-version: "2024-04-13&x=y"/],
]

test.concurrent.each(wrong)('%j is an error that names it, its value and what is allowed', async (inputs, words) => {
  const step = await play({ inputs, prepare: holding(wanted) })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
  expect(step.world.requests).toEqual([])
  expect(failureOf(step)).toMatchObject({ code: 'inputs', message: expect.stringMatching(words) })
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
  expectEnd(step, { exitCode: 1 })
  const { message } = failureOf(step)
  for (const name of Object.keys(inputs)) expect(message).toContain(`${name}: `)
  expect(message).toMatch(/^9 inputs are wrong/)
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
