import { describe, expect, test } from '@jest/globals'
import { connectArm } from '../../src/azure/arm.js'
import { NoResponseError, type Request } from '../../src/network/transport.js'
import { fakeClock } from './fake-clock.js'

const origin = 'https://management.azure.com'
const { signal } = new AbortController()

function door(replies: ({ status: number; headers?: Record<string, string>; text?: string } | Error)[]) {
  const sent: Request[] = []
  const tokens: boolean[] = []
  let ids = 0
  const arm = connectArm({
    origin,
    newId: () => `id-${++ids}`,
    clock: fakeClock(),
    credential: {
      token: async fresh => {
        tokens.push(fresh)
        return fresh ? 'fresh' : 'kept'
      },
    },
    send: async request => {
      sent.push(request)
      const reply = replies.shift()
      if (reply === undefined || reply instanceof Error) throw reply ?? new Error('nothing is left to answer')
      return {
        status: reply.status,
        text: reply.text ?? '',
        header: name => reply.headers?.[name],
        retryAfter: undefined,
      }
    },
  })
  return { arm, sent, tokens }
}

describe('which URLs may be asked', () => {
  const { arm } = door([])
  test.each([
    `${origin}/x?api-version=1`,
    'https://MANAGEMENT.azure.com/x',
    'https://management.azure.com:443/East%20US?s=%2f',
  ])('%s', url => {
    expect(arm.isTrustedUrl(url)).toBe(true)
  })
  test.each([
    'http://management.azure.com/x',
    'https://management.azure.com.evil.example/x',
    'https://evil.example/?https://management.azure.com/',
    'https://management.azure.com@evil.example/x',
    'https://user@management.azure.com/x',
    'https://:password@management.azure.com/x',
    'https://management.azure.com:8443/x',
    'https://management.usgovcloudapi.net/x',
    '//management.azure.com/x',
    '/subscriptions/x',
    'https://management.azure.com\\@evil.example/x',
    'https://management.azure.com/East US',
    'https://management.azure.com/\nx',
    'https://',
    'ftp://management.azure.com/x',
    '',
  ])('not %j', url => {
    expect(arm.isTrustedUrl(url)).toBe(false)
  })

  test('another one is never sent a token, whoever asks', async () => {
    const { arm: closed, sent } = door([{ status: 200 }])
    await expect(closed.ask({ method: 'GET', url: 'https://evil.example/' }, signal)).rejects.toThrow('refusing')
    expect(sent).toHaveLength(0)
  })
})

describe('asking', () => {
  test('a 401 gets a fresh token and one more try', async () => {
    const { arm, sent, tokens } = door([{ status: 401 }, { status: 200, text: '{"a":1}' }])
    expect(await arm.ask({ method: 'GET', url: `${origin}/x` }, signal)).toMatchObject({ status: 200, body: { a: 1 } })
    expect(tokens).toEqual([false, true])
    expect(sent.map(({ headers }) => headers['Authorization'])).toEqual(['Bearer kept', 'Bearer fresh'])
    expect(sent[0]!.headers['x-ms-correlation-request-id']).toBe(sent[1]!.headers['x-ms-correlation-request-id'])
  })

  test('a second 401 is the answer', async () => {
    const { arm, sent } = door([{ status: 401 }, { status: 401 }])
    expect(await arm.ask({ method: 'GET', url: `${origin}/x` }, signal)).toMatchObject({ status: 401 })
    expect(sent).toHaveLength(2)
  })

  test('a 429 of any request lengthens the least pause', async () => {
    const { arm } = door([{ status: 200 }, { status: 429 }, { status: 429 }, { status: 503 }])
    const pauses = []
    for (const method of ['GET', 'GET', 'PUT', 'GET'] as const) {
      await arm.ask({ method, url: `${origin}/x` }, signal)
      pauses.push(arm.leastPause())
    }
    expect(pauses).toEqual([0, 10_000, 20_000, 20_000])
  })

  test('no answer is told with its cause and the id that was sent', async () => {
    const { arm } = door([new NoResponseError('read ECONNRESET')])
    const answer = await arm.ask({ method: 'PUT', url: `${origin}/x`, body: '{}' }, signal)
    expect(answer).toEqual({ status: undefined, cause: 'read ECONNRESET', correlationId: 'id-1' })
  })
})
