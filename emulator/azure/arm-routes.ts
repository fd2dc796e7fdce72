import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { type Answer, json, type RequestKind, type SeenRequest } from '../network/messages.js'
import type { Throttle } from './arm.js'
import type { Cloud } from './clouds.js'
import { type Cluster, type Completion, showCluster } from './cluster.js'
import { answerPoll, answerResult } from './operation-results.js'
import type { Operations } from './operations.js'
import { addLanguageExtensions, checkName, deleteImage, getImage, listImages, putImage } from './sandbox-images.js'
import type { StateHistory } from './state-history.js'
import type { AccessTokens, Principal, Tenant } from './tenant.js'

/** Holds Azure Resource Manager with the Kusto resource provider behind it. */
export type Arm = {
  readonly cloud: Cloud
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly cluster: Cluster
  readonly operations: Operations
  readonly stateHistory: StateHistory
  readonly throttle: Throttle
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly settings: ArmSettings
}

/** Says how ARM treats requests; all of it may be changed while the world runs. */
export type ArmSettings = {
  /** Which URLs of the operation an accepted PUT names: the first alone in recorded traffic, both in newer descriptions. */
  putHeaders: ('Azure-AsyncOperation' | 'Location')[]
  /** A `Retry-After` on accepted changes and unfinished polls; the real service sends none. */
  retryAfterSeconds: number | undefined
  /** Whether a change excludes others of the same image only, or all others of the cluster. */
  conflictScope: 'image' | 'cluster'
  /** What a PUT meets while the same principal's build of this image is under way: a conflict, or a second operation that fails fast. */
  repeatedPut: 'conflict' | 'second-operation'
  /** What it adds to an image of itself. */
  completion: Completion
  /** Which names of images the service allows; what it does allow is not documented. */
  imageNames: RegExp
  /** Whether images have dates with the API version 2025-02-14; with the one before, they have none. */
  systemData: boolean
  /** How many images a page of the list holds; all of them by default. */
  listPage: number | undefined
  /** How the service says that an image's cluster does not exist. */
  missingClusterCode: 'ParentResourceNotFound' | 'ResourceNotFound'
}

/** Describes the parts of a resource's path, as the client spelled them. */
export type ResourcePath = {
  readonly subscription: string
  readonly group?: string
  readonly cluster?: string
  readonly image?: string
  readonly operation?: string
  /** What a role would have to be granted on. */
  readonly scope: string
}

/** Holds a request that ARM has authenticated and authorized. */
export type ArmCall = {
  readonly arm: Arm
  readonly request: SeenRequest
  readonly principal: Principal
  readonly resource: ResourcePath
}

/** Says what ARM does with one kind of request. */
export type Route = {
  readonly kind: RequestKind
  readonly method: string
  readonly path: RegExp
  /** The action that the principal must be granted. */
  readonly action: string
  readonly answer: (call: ArmCall) => Answer
}

const inSubscription = '^/subscriptions/(?<subscription>[^/]+)'
const clusterPath = `${inSubscription}/resourceGroups/(?<group>[^/]+)/providers/Microsoft\\.Kusto/clusters/(?<cluster>[^/]+)`
const operationPath = `${inSubscription}/providers/Microsoft\\.Kusto/locations/[^/]+/operationResults/(?<operation>[^/]+)`
const imagesPath = `${clusterPath}/sandboxCustomImages`
const imagePath = `${imagesPath}/(?<image>[^/]+)`

const routes: readonly Route[] = [
  route('get-cluster', 'GET', clusterPath, 'Clusters/read', ({ arm }) =>
    json(200, showCluster({ ...arm.cluster, ...arm.stateHistory.read('cluster').cluster }, arm.chance)),
  ),
  route(
    'switch',
    'POST',
    `${clusterPath}/addLanguageExtensions`,
    'Clusters/AddLanguageExtensions/action',
    addLanguageExtensions,
  ),
  route('list-images', 'GET', imagesPath, 'Clusters/SandboxCustomImages/read', listImages),
  route(
    'check-name',
    'POST',
    `${imagesPath}CheckNameAvailability`,
    'Clusters/SandboxCustomImagesCheckNameAvailability/action',
    checkName,
  ),
  route('get-image', 'GET', imagePath, 'Clusters/SandboxCustomImages/read', getImage),
  route('put-image', 'PUT', imagePath, 'Clusters/SandboxCustomImages/write', putImage),
  route('delete-image', 'DELETE', imagePath, 'Clusters/SandboxCustomImages/delete', deleteImage),
  route('poll', 'GET', operationPath, 'locations/operationresults/read', call =>
    isResult(call.request.query) ? answerResult(call) : answerPoll(call),
  ),
]

function route(kind: RequestKind, method: string, path: string, action: string, answer: Route['answer']): Route {
  return { kind, method, path: new RegExp(`${path}$`, 'i'), action: `Microsoft.Kusto/${action}`, answer }
}

/** Returns the route of a request, and where it leads. */
export function findRoute(method: string, path: string): { route: Route; resource: ResourcePath } | undefined {
  for (const each of routes) {
    const parts = each.method === method ? each.path.exec(path)?.groups : undefined
    if (!parts) continue
    const names = Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, decode(text)]))
    return { route: each, resource: { subscription: '', ...names, scope: decode(path) } }
  }
  return undefined
}

/** Tells what kind of request to ARM this is. */
export function armRequestKind(method: string, path: string, query: URLSearchParams): RequestKind {
  const kind = findRoute(method, path)?.route.kind ?? 'other'
  return kind === 'poll' && isResult(query) ? 'location' : kind
}

function isResult(query: URLSearchParams): boolean {
  return query.has('operationResultResponseType')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
