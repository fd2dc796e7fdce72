import { describe, expect, test } from '@jest/globals'
import { errorOf, summarizeError, armFailure } from '../../src/azure/arm-errors.js'
import { formatDetail } from '../../src/failure.js'
import { accessTo } from '../../src/azure/permissions.js'
import { excerpt, hasCode, serviceErrorFrom, formatError } from '../../src/azure/service-error.js'
import { answer, target } from './fake-arm.js'

const nested = {
  error: {
    code: 'Outer',
    message: 'first line\nsecond line',
    target: 'image',
    details: [{ code: 'Inner', message: 'why', details: [{ code: 'Innermost', message: 'the reason' }] }],
    additionalInfo: [
      {
        type: 'PolicyViolation',
        info: {
          policyDefinitionDisplayName: 'No images',
          evaluationDetails: { expressions: [{ path: 'type', result: true }] },
          nothing: null,
        },
      },
    ],
  },
}

describe('an error of the service', () => {
  test('is told whole, and without JSON', () => {
    const error = serviceErrorFrom(nested)!
    expect(formatError(error)).toBe(
      [
        'Outer: first line (target: image)',
        '  second line',
        '  Inner: why',
        '    Innermost: the reason',
        '  PolicyViolation:',
        '    policyDefinitionDisplayName: No images',
        '    evaluationDetails:',
        '      expressions:',
        '        path: type',
        '        result: true',
      ].join('\n'),
    )
    expect(hasCode(error, 'innermost')).toBe(true)
    expect(hasCode(error, 'reason')).toBe(false)
  })

  test.each<[unknown, string | undefined]>([
    [{ error: { code: 'A', message: 'b' } }, 'A: b'],
    [{ code: 'A', message: 'b' }, 'A: b'],
    [{ message: 'b' }, 'b'],
    [{ error: 'b' }, 'b'],
    [{ error: { code: 'A' } }, 'A'],
    [{ error: {} }, undefined],
    [{ error: null }, undefined],
    [{}, undefined],
    [[], undefined],
    ['text', undefined],
    [undefined, undefined],
    [{ error: { code: 7, message: ['x'] } }, undefined],
    [{ error: { code: 'A', message: 'b', details: 'no list', additionalInfo: [null, 1] } }, 'A: b'],
  ])('%j', (body, expected) => {
    const error = serviceErrorFrom(body)
    expect(error && formatError(error)).toBe(expected)
  })

  test('that nests without end is cut', () => {
    const endless: Record<string, unknown> = { code: 'A', message: 'b' }
    endless['details'] = [endless]
    expect(formatError(serviceErrorFrom({ error: endless })!).split('\n')).toHaveLength(13)
  })

  test('a page of a gateway is told by its words', () => {
    const page = '<html><head><style>p{}</style><title>502</title></head><body><h1>Bad   Gateway</h1></body></html>'
    expect(excerpt(page)).toBe('502 Bad Gateway')
    expect(errorOf(answer(502, page))).toMatchObject({ code: 'HTTP 502', message: '502 Bad Gateway' })
    expect(errorOf(answer(502, '')).message).toBe('(an empty answer)')
    expect(excerpt('x'.repeat(100_000))).toHaveLength(301)
  })

  test.each([
    ['<p>a<SCRIPT>if (x < y) b</SCRIPT>c</p>', 'a c'],
    ['a<style media="<x>">b</style>c<script src=x></script>d', 'a c d'],
    ['a<style>b', 'a'],
    ['a<styled>b', 'a b'],
    ['a < b', 'a < b'],
    ['a<br', 'a<br'],
    ['İ<script>İ</script>İ', 'İ İ'],
  ])('of %s the words are %s', (page, words) => {
    expect(excerpt(page)).toBe(words)
  })

  test.each([
    ['lines', '\n'.repeat(20_000), 10_001],
    ['characters', `${'x'.repeat(1000)}\n`.repeat(300), 263],
  ])('of too many %s is cut, with a note', (_, message, lines) => {
    const shown = formatError(serviceErrorFrom({ error: { code: 'A', message } })!).split('\n')
    expect(shown).toHaveLength(lines)
    expect(shown.at(-1)).toBe('…and more, which is too long to be shown.')
  })

  test('in one line is cut too', () => {
    const error = answer(400, { error: { code: 'A', message: 'x'.repeat(1_100_000) } })
    expect(summarizeError(error)).toHaveLength('HTTP 400, '.length + 2001)
    expect(formatError(errorOf(error))).toHaveLength(256 * 1024 + 1)
    expect(hasCode(errorOf(answer(400, { code: 'x'.repeat(1001) })), 'x'.repeat(1000))).toBe(false)
  })
})

describe('a refusal', () => {
  const authorization =
    "The client 'c' with object id 'o' does not have authorization to perform action 'Microsoft.Kusto/Clusters/SandboxCustomImages/read' over scope '/subscriptions/sub/x' or the scope is invalid."
  test.each<[number, string, string, string, RegExp]>([
    [403, 'AuthorizationFailed', authorization, 'forbidden', /Microsoft\.Kusto\/Clusters\/SandboxCustomImages\/read/],
    [
      403,
      'LinkedAuthorizationFailed',
      'no',
      'forbidden',
      /sandboxCustomImages\/read on \/subscriptions\/sub\/resourceGroups\/group/,
    ],
    [403, 'RequestDisallowedByPolicy', 'no', 'policy', /policy/],
    [404, 'SubscriptionNotFound', 'no', 'subscription-not-found', /\bsub\b.*subscription-id/s],
    [404, 'ResourceGroupNotFound', 'no', 'resource-group-not-found', /\bsub\b.*\bgroup\b/],
    [404, 'ParentResourceNotFound', 'no', 'cluster-not-found', /\bgroup\b.*\badx\b/],
    [401, 'InvalidAuthenticationToken', 'no', 'token-refused', /tenant-id/],
    [
      400,
      'BadRequest',
      "Cannot do while resource is in state 'Stopped'.",
      'cluster-stopped',
      /az kusto cluster start --name adx --resource-group group/,
    ],
    [400, 'InvalidApiVersionParameter', "The supported versions are '2024-04-13'.", 'api-version', /2024-04-13/],
    [400, 'NoRegisteredProviderFound', 'no', 'api-version', /api-version/],
    [400, 'InvalidLanguage', 'no', 'bad-request', /HTTP 400/],
    [409, 'ScopeLocked', 'no', 'refused', /HTTP 409/],
  ])('%d %s', (status, code, message, expected, facts) => {
    const failure = armFailure(accessTo('readImage', target), answer(status, { error: { code, message } }), target)
    expect(failure.code).toBe(expected)
    expect(
      `${failure.headline} ${failure.details.map(formatDetail).join(' ')} ${failure.remedy} ${failure.command}`,
    ).toMatch(facts)
    expect(failure.details).toContainEqual({ by: 'Azure', text: `${code}: ${message}` })
    expect(failure.ids).toEqual({ correlation: 'correlation' })
  })

  test.each([200, 302, 403, 407])('a page in HTML with status %d is none of Azure', status => {
    const text = '<!DOCTYPE html><title>Sign in to the corporate network</title>'
    const page = { ...answer(status, undefined), text }
    const failure = armFailure(accessTo('readImage', target), page, target)
    expect(failure).toMatchObject({
      code: 'answered-by-proxy',
      headline: expect.stringContaining('management.azure.com'),
    })
    expect(failure.message).toContain('Sign in to the corporate network')
  })
})
