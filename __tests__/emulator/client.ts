import { readFileSync } from 'node:fs'
import https from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import type { StartedWorld } from '../../emulator/world.js'

/** An answer as it came over the wire. */
export type Received = { status: number; headers: IncomingHttpHeaders; body: string; json: any }

export type Send = {
  method?: string
  token?: string
  headers?: Record<string, string>
  body?: string
}

/** A plain HTTPS client that reaches a world the way any program does: by its proxy and its authority. */
export function connectTo(world: StartedWorld) {
  const ca = readFileSync(world.env['NODE_EXTRA_CA_CERTS']!)
  const agent = new https.Agent({ ca, keepAlive: true, proxyEnv: { HTTPS_PROXY: world.env['HTTPS_PROXY']! } })

  const send = (url: string, { method = 'GET', token, headers = {}, body }: Send = {}): Promise<Received> =>
    new Promise((resolve, reject) => {
      const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const request = https.request(url, { method, agent, headers: { ...bearer, ...headers } }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const isJson = response.headers['content-type']?.includes('json')
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: text,
            json: isJson ? JSON.parse(text) : undefined,
          })
        })
      })
      request.on('error', reject)
      request.end(body)
    })

  const idToken = async (audience = world.cloud.exchangeAudience): Promise<string> => {
    const url = `${world.env['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent(audience)}`
    const answer = await send(url, { token: world.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']! })
    return answer.json.value
  }

  const exchange = (assertion: string, changes: Record<string, string> = {}, tenant = world.tenant.id) =>
    send(`https://${world.cloud.authorityHosts[0]}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: world.principal.clientId,
        scope: `https://${world.cloud.armHost}/.default`,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
        ...changes,
      }).toString(),
    })

  const signIn = async (origin = `https://${world.cloud.armHost}`): Promise<string> =>
    (await exchange(await idToken(), { scope: `${origin}/.default` })).json.access_token

  return { send, idToken, exchange, signIn, close: () => agent.destroy() }
}

export type Client = ReturnType<typeof connectTo>

/** URL of an image on the world's cluster, or of what the changes make of it. */
export function imageUrl(world: StartedWorld, image: string, changes: Partial<StartedWorld['cluster']> = {}): string {
  const { subscriptionId, resourceGroup, name } = { ...world.cluster, ...changes }
  const cluster = `subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Kusto/clusters/${name}`
  return `https://${world.cloud.armHost}/${cluster}/sandboxCustomImages/${image}?api-version=2024-04-13`
}

/** The body of a PUT. */
export function imageBody(requirementsFileContent: string): string {
  return JSON.stringify({ properties: { language: 'Python', languageVersion: '3.10.8', requirementsFileContent } })
}
