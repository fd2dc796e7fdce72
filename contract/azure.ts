import { answerOf, at, type Place, type Request, type Services } from './services.js'
import type { AskToken } from './sessions.js'

/** Origin of Resource Manager in Azure's public cloud. */
const resourceManager = 'https://management.azure.com'

/** Milliseconds after which a request counts as unanswered. */
const requestLimit = 90_000

/**
 * Returns the real services of a cluster. A token leaves for the host that it is for, and for no
 * other one; none is written anywhere.
 * @param signal stops what is waited for.
 */
export function azureServices(
  { subscription, resourceGroup, cluster }: Place,
  signal: AbortSignal,
  token: AskToken,
  fetch = globalThis.fetch,
): Services {
  const tokens = new Map<string, { readonly token: string; readonly until: number }>()
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
    const authorization = `Bearer ${await tokenFor(origin)}`
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestLimit)]),
      headers: {
        Authorization: authorization,
        'Content-Type': 'application/json',
        Accept: 'application/json',
      },
      ...(body !== undefined && { body }),
    }).catch((error: unknown) => {
      if (signal.aborted) throw signal.reason
      // What happened is in the cause: the message is "fetch failed".
      const { message, cause } = error as Error
      throw new Error(`${url.host} did not answer: ${cause instanceof Error ? cause.message : message}`)
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
