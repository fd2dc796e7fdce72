import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../src/failure.js'
import { createAgents, isExcepted } from '../../src/network/proxy.js'
import { createTransport, NoResponseError } from '../../src/network/transport.js'
import { fakeClock } from '../azure/fake-clock.js'

describe('a host goes past the proxy where curl has it so', () => {
  // The hosts of Azure by https://curl.se/libcurl/c/CURLOPT_NOPROXY.html, all others as curl's own tests have them, in
  // tests/unit/unit1614.c.
  const management = 'management.azure.com'
  test.each<[string, string, boolean]>([
    [management, 'azure.com', true],
    [management, '.azure.com', true],
    [management, 'AZURE.com', true],
    [management, management, true],
    [management, 'com', true],
    [management, 'zure.com', false],
    [management, 'management.azure', false],
    [management, 'login.management.azure.com', false],
    [management, '*', true],
    [management, '*.azure.com', false],
    [management, 'azure.com:443', false],
    [management, '10.0.0.0/8', false],
    [management, '', false],
    [management, ' , ,', false],
    [management, '.', false],
    ['www.example.com', 'localhost .example.com .example.de', false],
    ['www.example.com', 'localhost,.example.com,.example.de', true],
    ['www.example.com.', 'localhost,.example.com,.example.de', true],
    ['example.com', 'localhost,.example.com,.example.de', true],
    ['www.example.com', 'localhost,.example.com.,.example.de', true],
    ['example.com.', 'localhost,example.com,.example.de', true],
    ['nexample.com', 'localhost,example.com,.example.de', false],
    ['nonexample.com', '.example.com, .example.net', false],
    ['www.example.com', 'www2.example.com, .example.net', false],
    ['127.0.0.1', '127.0.0.1/8,localhost,', true],
    ['127.0.0.1', 'localhost,127.0.0.1', true],
    ['127.0.0.1', '0.0.1', false],
    ['localhost', '127.0.0.1,localhost', true],
    ['192.168.0.1', '192.168.0.0/16', true],
    ['192.168.0.1', '192.168.0.0/16a', false],
    ['192.168.0.1', '192.168.0.0/16 ', true],
    ['192.168.0.1', '192.168.0.0/a16', false],
    ['192.168.0.1', '192.168.0.0/ 16', false],
    ['192.168.0.1', '192.168.0.0/32', false],
    ['192.168.0.1', '192.168.0.1/32', true],
    ['192.168.0.1', '192.168.0.1/33', false],
    ['192.168.0.1', '192.168.0.0', false],
    ['192.160.0.1', '10.0.0.1/0', false],
    ['192.168.1.1', '192.168.0.0/24', false],
    ['192.168.1.1', 'foo, bar, 192.168.0.0/16', true],
    ['[::1]', 'foo, bar, 192.168.0.0/16', false],
    ['[::1]', 'foo, bar, ::1/64', true],
    ['[::1]', '0:0::1', true],
    ['[::1]', '::1/129', false],
    ['[::1]', '::1/127a', false],
    ['[::1]', '[::1]', false],
    ['[2001:db8:8000::1]', '2001:db8::/65', false],
    ['[2001:db8::1]', '2001:db8::/65', true],
    ['bar', 'foo,,,,,              bar, ::1/64', true],
  ])('%s, NO_PROXY=%s: %j', (host, noProxy, expected) => {
    expect(isExcepted(host, noProxy)).toBe(expected)
  })
})

function failureOf(act: () => unknown): Failure {
  try {
    act()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('no failure')
}

test('the proxy on the way is told without its password, and only where there is one', () => {
  const { proxyFor } = createAgents({ HTTPS_PROXY: 'http://dana:S3cr3t@proxy.contoso.com:3128', NO_PROXY: 'azure.com' })
  expect(proxyFor('login.microsoftonline.com')).toBe('proxy.contoso.com:3128')
  expect(proxyFor('management.azure.com')).toBeUndefined()
  expect(createAgents({}).proxyFor('management.azure.com')).toBeUndefined()
})

describe('a proxy that cannot be used', () => {
  test.each<[string, string]>([
    ['proxy.contoso.com:3128', 'https://'],
    ['dana:S3cr3t@proxy.contoso.com:3128', 'https://'],
    ['//proxy.contoso.com:3128', 'https://'],
    ['socks5://dana:S3cr3t@proxy.contoso.com:1080', 'https://'],
    ['http:proxy.contoso.com', 'https://'],
    ['http://dana:S3cr3t@proxy.contoso.com:99999', 'valid URL'],
    ['http://', 'valid URL'],
    ['http://dana:S3cr3t%zz@proxy.contoso.com:3128', 'percent-encoded'],
    ['http://da%ff:S3cr3t@proxy.contoso.com:3128', 'percent-encoded'],
    ['https://dana:S3cr3t%@proxy.contoso.com', 'percent-encoded'],
  ])('%s: is named without its value', (value, flaw) => {
    for (const name of ['HTTPS_PROXY', 'https_proxy']) {
      const { agentFor } = createAgents({ [name]: value, NO_PROXY: '*' })
      const failure = failureOf(() => agentFor('management.azure.com'))
      expect(failure).toMatchObject({ code: 'proxy', headline: expect.stringContaining(flaw) })
      expect(failure.headline).toContain(` ${name} `)
      expect(`${failure.message} ${failure.remedy}`).not.toMatch(/S3cr3t|contoso/)
    }
  })

  test.each([
    'http://proxy.contoso.com:3128',
    'HTTPS://proxy.contoso.com',
    ' http://proxy.contoso.com ',
    'http://dana:S3cr3t%25%40@proxy.contoso.com:3128/',
    'http://[::1]:3128',
    '',
  ])('%j can be', value => {
    const agents = createAgents({ HTTPS_PROXY: value, http_proxy: 'nonsense' })
    expect(agents.agentFor('management.azure.com')).toBeDefined()
    agents.destroy()
  })
})

describe('a request to 127.0.0.1 leaves', () => {
  /** A server on loopback that cuts whatever comes, and counts it. */
  async function startCounter() {
    let count = 0
    const server = createServer(socket => {
      count++
      socket.destroy()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return { count: () => count, port: (server.address() as AddressInfo).port, close: () => server.close() }
  }

  test.each<[string, NodeJS.ProcessEnv, 'through the proxy' | 'past it']>([
    ['no list', {}, 'through the proxy'],
    ['another host', { NO_PROXY: 'azure.com' }, 'through the proxy'],
    ['the list in lower case first', { no_proxy: 'azure.com', NO_PROXY: '*' }, 'through the proxy'],
    ['what curl knows and Node does not', { NO_PROXY: '127.0.0.0/8' }, 'past it'],
    ['what Node knows and curl does not', { NO_PROXY: 'localhost,*' }, 'past it'],
    ['both', { no_proxy: 'localhost, 127.0.0.1' }, 'past it'],
    ['all', { NO_PROXY: '*' }, 'past it'],
  ])('%s', async (_, env, way) => {
    const [proxy, target] = [await startCounter(), await startCounter()]
    const transport = createTransport(fakeClock(), () => undefined, {
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      ...env,
    })
    const request = { method: 'GET', url: `https://127.0.0.1:${target.port}/`, headers: {} } as const
    await expect(transport.send(request, new AbortController().signal)).rejects.toThrow(NoResponseError)
    expect([proxy.count(), target.count()]).toEqual(way === 'past it' ? [0, 1] : [1, 0])
    for (const each of [transport, proxy, target]) each.close()
  })
})
