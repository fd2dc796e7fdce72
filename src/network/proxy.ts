import { Agent } from 'node:https'
import { BlockList, isIP } from 'node:net'
import { Failure } from '../failure.js'

/** Holds the connections that are kept, through the proxy and past it. */
export type Agents = {
  /** The agent for requests to a host. @throws {Failure} when the environment names a proxy that cannot be used. */
  readonly agentFor: (host: string) => Agent
  /** Returns the host and port of the proxy on the way to a host; undefined where there is none. */
  readonly proxyFor: (host: string) => string | undefined
  /** Closes all connections. */
  readonly destroy: () => void
}

/**
 * Makes the agents that obey `HTTPS_PROXY` and `NO_PROXY`, of which the names in lower case come first, as for curl and Node.
 *
 * A host goes past the proxy where curl would have it so. What Node's agent understands beyond that holds too: `*` among
 * others, `*.example.com`, `example.com:443`, and ranges of IPv4 addresses.
 * https://nodejs.org/api/http.html#built-in-proxy-support
 */
export function createAgents(env: NodeJS.ProcessEnv): Agents {
  const noProxy = env['no_proxy'] || env['NO_PROXY'] || ''
  const direct = new Agent({ keepAlive: true })
  let proxied: Agent | undefined
  return {
    agentFor: host => {
      // Where the proxy cannot be used, nothing is sent at all, be it past the proxy: half a run helps nobody.
      proxied ??= new Agent({ keepAlive: true, proxyEnv: { HTTPS_PROXY: proxyUrl(env), NO_PROXY: noProxy } })
      return isExcepted(host, noProxy) ? direct : proxied
    },
    proxyFor: host => {
      const url = proxyUrl(env)
      return url === undefined || isExcepted(host, noProxy) ? undefined : new URL(url).host
    },
    destroy: () => {
      direct.destroy()
      proxied?.destroy()
    },
  }
}

/**
 * Returns the URL of the proxy that the environment names, if it names one. Node's agent takes no proxy at all for one of another
 * kind, and throws a `URIError` for a password that cannot be decoded.
 * @throws {Failure} where no request could be sent through it.
 */
function proxyUrl(env: NodeJS.ProcessEnv): string | undefined {
  const name = env['https_proxy'] ? 'https_proxy' : 'HTTPS_PROXY'
  const value = env[name]
  if (!value) return undefined
  if (!/^\s*https?:\/\//i.test(value)) throw unusableProxy(name, 'is not an http:// or https:// URL')
  if (!URL.canParse(value)) throw unusableProxy(name, 'is not a valid URL')
  const url = new URL(value)
  try {
    decodeURIComponent(url.username + url.password)
  } catch {
    throw unusableProxy(name, 'has a user name or password that is not percent-encoded')
  }
  return url.href
}

/** Returns the failure of a proxy that cannot be used. */
function unusableProxy(name: string, problem: string): Failure {
  return new Failure({
    code: 'proxy',
    headline: `The environment variable ${name} ${problem}, so nothing was sent.`,
    details: ['Its value is not shown, because it may hold a password.'],
    remedy: `Set ${name} to the URL of an HTTP proxy, such as http://proxy.example.com:3128, or remove it. In a user name or password, write % as %25, @ as %40 and : as %3A. SOCKS proxies are not supported.`,
  })
}

/**
 * Tells whether `noProxy` has requests to `host` go past the proxy, by the rules of curl: a name stands for itself and
 * all beneath it, with or without a dot before it; an address for itself, or with `/bits` for a network; `*` alone for
 * all. https://curl.se/libcurl/c/CURLOPT_NOPROXY.html, and for the rest `proxy_check_noproxy` in curl's lib/proxy.c
 * @internal
 */
export function isExcepted(host: string, noProxy: string): boolean {
  if (noProxy === '*') return true
  const address = host.replace(/^\[(.*)\]$/, '$1')
  const covers = isIP(address) === 0 ? coversName : coversAddress
  for (const item of noProxy.split(',')) {
    const [entry = '', ...more] = item.trim().split(/[ \t]+/)
    if (entry !== '' && covers(entry, address)) return true
    // Items are parted by commas; curl reads no further where a blank parts them.
    if (more.length > 0) return false
  }
  return false
}

function coversName(entry: string, host: string): boolean {
  const domain = entry.toLowerCase().replace(/\.$/, '').replace(/^\./, '')
  const name = host.toLowerCase().replace(/\.$/, '')
  return name === domain || name.endsWith(`.${domain}`)
}

function coversAddress(entry: string, address: string): boolean {
  const [, network = '', bits] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? []
  const version = isIP(address)
  if (isIP(network) !== version) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const longest = version === 4 ? 32 : 128
  // For curl, no bits at all are as good as all of them.
  const prefix = Number(bits ?? 0) || longest
  if (prefix > longest) return false
  const covered = new BlockList()
  covered.addSubnet(network, prefix, family)
  return covered.check(address, family)
}
