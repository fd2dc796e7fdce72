import { describe, expect, test } from '@jest/globals'
import { NoResponseError, type Reply, type Request, type Send } from '../../../src/network/transport.js'
import { createIndexReader, uvIndexUrl } from '../../../src/requirements/index-facts/read-index.js'

const { signal } = new AbortController()

function answering(reply: Partial<Reply> & { readonly type?: string }): { send: Send; asked: Request[] } {
  const asked: Request[] = []
  const header = (name: string) => (name === 'content-type' ? (reply.type ?? 'text/html') : undefined)
  return {
    asked,
    send: request => {
      asked.push(request)
      return Promise.resolve({ status: 200, text: '', retryAfter: undefined, header, ...reply })
    },
  }
}

const PAGE = '<a href="x-1.0-py3-none-any.whl">'
const INDEX = 'https://mirror.example/simple'

test('asks for the page of a project once, and for a form that it can read', async () => {
  const { send, asked } = answering({ text: PAGE })
  const read = createIndexReader(INDEX, send, signal)
  const [one, other] = await Promise.all([read('x'), read('x')])
  expect(one).toMatchObject({ kind: 'files', files: [{ version: '1.0' }] })
  expect(other).toBe(one)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({
    method: 'GET',
    url: 'https://mirror.example/simple/x/',
    headers: { accept: 'application/vnd.pypi.simple.v1+json, text/html;q=0.1' },
  })
  expect(asked[0]!.limit).toBeLessThanOrEqual(15_000)
  expect(asked[0]!.longest).toBeLessThanOrEqual(8 * 1024 * 1024)
})

describe('is known or not', () => {
  test.each([
    [{ text: '{"files":[]}', type: 'application/vnd.pypi.simple.v1+json' }, 'files'],
    [{ status: 404 }, 'no-project'],
    [{ status: 401 }, 'unknown'],
    [{ status: 403 }, 'unknown'],
    [{ status: 301 }, 'unknown'],
    [{ status: 429 }, 'unknown'],
    [{ status: 503 }, 'unknown'],
    [{ text: PAGE, type: 'text/plain' }, 'unknown'],
    [{ text: '<h1>Sign in</h1>' }, 'unknown'],
  ])('%j: %s', async (reply, kind) => {
    expect((await createIndexReader(INDEX, answering(reply).send, signal)('x')).kind).toBe(kind)
  })

  test('without an answer', async () => {
    const send: Send = () => Promise.reject(new NoResponseError('https://user:password@mirror.example'))
    const listing = await createIndexReader(INDEX, send, signal)('x')
    expect(listing.kind).toBe('unknown')
    expect(JSON.stringify(listing)).not.toContain('mirror')
  })

  test.each([undefined, '', 'mirror', 'http://mirror.example/simple', 'file:///x', 'https://a:%FF@mirror.example/'])(
    'with the index %j, nothing is asked',
    async index => {
      const { send, asked } = answering({ text: PAGE })
      expect((await createIndexReader(index, send, signal)('x')).kind).toBe('unknown')
      expect(asked).toEqual([])
    },
  )

  test('after ten requests', async () => {
    const { send, asked } = answering({ text: PAGE })
    const read = createIndexReader(INDEX, send, signal)
    const kinds = await Promise.all(Array.from({ length: 12 }, async (_, index) => (await read(`x${index}`)).kind))
    expect(kinds.slice(10)).toEqual(['unknown', 'unknown'])
    expect((await read('x0')).kind).not.toBe('files')
    expect(asked).toHaveLength(10)
  })
})

test('throws what is no lack of an answer', async () => {
  const stop = new Error('stopped')
  await expect(createIndexReader(INDEX, () => Promise.reject(stop), signal)('x')).rejects.toBe(stop)
})

test('is not asked again once it has not answered', async () => {
  let asked = 0
  const send: Send = () => {
    asked++
    return Promise.reject(new NoResponseError('nobody is there'))
  }
  const read = createIndexReader(INDEX, send, signal)
  expect([(await read('x')).kind, (await read('y')).kind, (await read('x')).kind]).toEqual(Array(3).fill('unknown'))
  expect(asked).toBe(1)
})

test('sends the credentials of the URL in a header alone', async () => {
  const { send, asked } = answering({ status: 401 })
  const read = createIndexReader('https://us%40er:p%3Aw@mirror.example:8443/a/simple/?t=secret#f', send, signal)
  const listing = await read('x')
  expect(asked[0]!.url).toBe('https://mirror.example:8443/a/simple/x/')
  expect(asked[0]!.headers['authorization']).toBe(`Basic ${Buffer.from('us@er:p:w').toString('base64')}`)
  expect(JSON.stringify(listing)).not.toMatch(/p:w|p%3Aw|secret/)
})

test.each([
  [{}, 'https://pypi.org/simple/'],
  [{ UV_INDEX_URL: '', UV_DEFAULT_INDEX: '' }, 'https://pypi.org/simple/'],
  [{ PIP_INDEX_URL: INDEX }, 'https://pypi.org/simple/'],
  [{ UV_INDEX_URL: INDEX }, INDEX],
  [{ UV_INDEX_URL: 'https://other.example', UV_DEFAULT_INDEX: INDEX }, INDEX],
  [{ UV_DEFAULT_INDEX: `mirror=${INDEX}?a=b` }, `${INDEX}?a=b`],
  [{ UV_INDEX: INDEX }, undefined],
  [{ UV_EXTRA_INDEX_URL: INDEX, UV_DEFAULT_INDEX: INDEX }, undefined],
  [{ UV_CONFIG_FILE: '/uv.toml' }, undefined],
  [{ UV_DEFAULT_INDEX: `mirror=${INDEX}`, UV_INDEX_MIRROR_PASSWORD: 'secret' }, undefined],
  [{ UV_INDEX_MIRROR_USERNAME: 'me' }, undefined],
  [{ NETRC: '/home/me/.netrc' }, undefined],
  [{ NETRC: '' }, 'https://pypi.org/simple/'],
])('uv with %j asks %s', (variables, expected) => {
  expect(uvIndexUrl(variables)).toBe(expected)
})
