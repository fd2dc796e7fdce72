import { answerArm } from '../azure/arm.js'
import type { Arm } from '../azure/arm-call.js'
import { armRequestKind } from '../azure/arm-routes.js'
import { clouds } from '../azure/clouds.js'
import { answerQuery, type DataEndpoint } from '../azure/data-endpoint.js'
import { answerDiscovery, answerTokenRequest, type Entra } from '../azure/entra.js'
import { answerApi, apiPaths, type GitHubApi } from '../github/github-api.js'
import { answerIdTokenRequest, answerIssuer, idTokenHost, issuerHost, type TokenService } from '../github/id-tokens.js'
import { type Answer, json, type Parsed, type RequestKind, type SeenRequest } from './messages.js'

/** Says who lives behind the emulated hosts. */
type Services = {
  readonly github: TokenService
  readonly api: GitHubApi
  readonly entra: Entra
  readonly arm: Arm
  readonly data: DataEndpoint
  /** Names of the files that the package index has, by project. */
  readonly packageFiles: ReadonlyMap<string, readonly string[]>
}

/** Where uv asks for packages unless it is told otherwise. */
const indexHost = 'pypi.org'

const entraHosts = new Set(clouds.flatMap(cloud => cloud.authorityHosts))
const dataDomains = clouds.map(cloud => cloud.dataDomain)
const armHosts = new Set(clouds.map(cloud => cloud.armHost))

/** Holds the hosts of all clouds and of GitHub; besides them only the data endpoint of the cluster is not foreign. */
export const knownHosts = new Set<string>([
  idTokenHost,
  issuerHost,
  indexHost,
  ...apiPaths.keys(),
  ...entraHosts,
  ...armHosts,
])

/** Tells what kind of request this is, by host, method, path and query. */
export function requestKind({ host, method, path, query }: Parsed): RequestKind {
  if (host === idTokenHost) return 'id-token'
  if (host === issuerHost) return 'discovery'
  if (apiPaths.has(host)) return 'github-api'
  if (host === indexHost) return 'package-index'
  if (entraHosts.has(host)) return method === 'POST' && path.endsWith('/oauth2/v2.0/token') ? 'token' : 'discovery'
  if (dataDomains.some(domain => host.endsWith(`.${domain}`))) {
    return method === 'POST' && path === '/v1/rest/query' ? 'query' : 'other'
  }
  return armHosts.has(host) ? armRequestKind(method, path, query) : 'foreign'
}

/** Lets the host that was asked answer. */
export async function answerRequest(
  { github, api, entra, arm, data, packageFiles }: Services,
  request: SeenRequest,
): Promise<Answer> {
  if (request.host === idTokenHost) return answerIdTokenRequest(github, request)
  if (request.host === issuerHost) return answerIssuer(github.idTokens, request)
  if (request.kind === 'github-api') return answerApi(api, request)
  if (request.kind === 'package-index') return answerIndex(packageFiles, request)
  if (request.kind === 'token') return answerTokenRequest(entra, request)
  if (request.kind === 'discovery') return answerDiscovery(entra, request)
  if (request.kind === 'query') return answerQuery(data, request)
  if (request.kind === 'foreign') return json(200, {})
  return answerArm(arm, request)
}

/** Answers as the simple API does: https://packaging.python.org/en/latest/specifications/simple-repository-api/ */
function answerIndex(packageFiles: Services['packageFiles'], { path }: SeenRequest): Answer {
  const files = packageFiles.get(/^\/simple\/([^/]+)\/$/.exec(path)?.[1] ?? '')
  if (files === undefined) return json(404, {})
  const page = { meta: { 'api-version': '1.1' }, files: files.map(filename => ({ filename })) }
  return json(200, page, { 'Content-Type': 'application/vnd.pypi.simple.v1+json' })
}
