import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { answerOf, at, type Place, type Request, type Services } from './services.js'

/** Origin of Resource Manager in Azure's public cloud. */
const resourceManager = 'https://management.azure.com'

/** Milliseconds after which a request counts as unanswered, and before its end from which on a token is not used any more. */
const requestLimit = 90_000
const tokenMargin = 300_000

const run = promisify(execFile)

type Token = { readonly token: string; readonly until: number }

/** Holds what real services are reached with. */
type Machine = {
  readonly fetch: typeof globalThis.fetch
  /** Returns a token for a host, and until when it is used, in milliseconds since 1970. */
  readonly token: (origin: string, subscription: string) => Promise<Token>
}

/**
 * Returns the real services of a cluster, with the session of the Azure CLI. A token leaves for the host that it is for, and for no
 * other one; none is written anywhere.
 * @param signal stops what is waited for.
 */
export function azureServices(
  { subscription, resourceGroup, cluster }: Place,
  signal: AbortSignal,
  { fetch, token }: Machine = { fetch: globalThis.fetch, token: cliToken },
): Services {
  const tokens = new Map<string, Token>()
  let dataOrigin: string | undefined

  const tokenFor = async (origin: string): Promise<string> => {
    const known = tokens.get(origin)
    if (known !== undefined && Date.now() < known.until) return known.token
    const made = await token(origin, subscription)
    tokens.set(origin, made)
    return made.token
  }
  const ask = async (origin: string, target: string, { method, body }: Request) => {
    const url = new URL(target, origin)
    if (url.origin !== origin) throw new Error(`a URL leads to ${url.host} instead of ${new URL(origin).host}`)
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestLimit)]),
      headers: {
        Authorization: `Bearer ${await tokenFor(origin)}`,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      ...(body !== undefined && { body }),
    })
    return answerOf(response.status, Object.fromEntries(response.headers), await response.text())
  }
  const send: Services['send'] = async request => {
    if (request.to === 'arm') return ask(resourceManager, request.target, request)
    if (dataOrigin === undefined) {
      const group = encodeURIComponent(resourceGroup)
      const target = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Kusto/clusters/${cluster}?api-version=2024-04-13`
      const shown = await ask(resourceManager, target, { to: 'arm', method: 'GET', target })
      dataOrigin = originOf(at(shown, 'properties', 'uri'), cluster)
    }
    return ask(dataOrigin, request.target, request)
  }
  const sleep = (ms: number) =>
    new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(signal.reason as Error)
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
  return { send, clock: { now: () => performance.now(), sleep } }
}

/** The cluster's own data endpoint: another host would learn the token. */
function originOf(uri: unknown, cluster: string): string {
  const url = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri) : undefined
  const host = url?.hostname ?? ''
  const isOwn = host.startsWith(`${cluster.toLowerCase()}.`) && host.endsWith('.kusto.windows.net')
  if (url?.protocol !== 'https:' || !isOwn) throw new Error('the cluster names no data endpoint of its own')
  return url.origin
}

async function cliToken(resource: string, subscription: string): Promise<Token> {
  const args = [
    'account',
    'get-access-token',
    '--resource',
    resource,
    '--subscription',
    subscription,
    '--output',
    'json',
  ]
  try {
    const isWindows = process.platform === 'win32'
    const { stdout } = await run(isWindows ? 'az.cmd' : 'az', args, { shell: isWindows })
    const { accessToken, expires_on: expiresOn } = JSON.parse(stdout) as { accessToken: string; expires_on?: number }
    const until = expiresOn === undefined ? Date.now() : expiresOn * 1000 - tokenMargin
    return { token: accessToken, until }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const why = isMissing ? 'There is no Azure CLI (az) on the PATH.' : 'The Azure CLI gives no token.'
    throw new CliError(`${why} Install it, run: az login, and try again.`)
  }
}

/** Says that the Azure CLI cannot be used. */
export class CliError extends Error {
  override readonly name = 'CliError'
}
