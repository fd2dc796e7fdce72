import type { AccessTokens, Principal, Tenant } from './tenant.js'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import type { Cloud } from './clouds.js'
import type { Cluster, Completion } from './cluster.js'
import type { Answer, RequestKind, SeenRequest } from '../network/messages.js'
import type { Operations } from './operations.js'
import type { Sights } from './state-history.js'
import type { Throttle } from './arm.js'
import { showCluster } from './cluster.js'
import { json } from '../network/messages.js'
import { answerPoll, answerResult } from './operation-results.js'
import { addLanguageExtensions, deleteImage, getImage, listImages, putImage } from './sandbox-images.js'

/** Azure Resource Manager with the Kusto resource provider behind it. */
export type Arm = {
  readonly cloud: Cloud
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly cluster: Cluster
  readonly operations: Operations
  readonly sights: Sights
  readonly throttle: Throttle
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly settings: ArmSettings
}

/** How ARM treats requests; all of it may be changed while the world runs. */
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
  /** How many images a page of the list holds; all of them by default. */
  listPage: number | undefined
  /** How the service says that an image's cluster does not exist. */
  missingClusterCode: 'ParentResourceNotFound' | 'ResourceNotFound'
}

/** The parts of a resource's path, as the client spelled them. */
export type Place = {
  readonly subscription: string
  readonly group?: string
  readonly cluster?: string
  readonly image?: string
  readonly operation?: string
  /** What a role would have to be granted on. */
  readonly scope: string
}

/** A request that passed the front door. */
export type Visit = {
  readonly arm: Arm
  readonly request: SeenRequest
  readonly principal: Principal
  readonly place: Place
}

/** What ARM does with one kind of request. */
export type Route = {
  readonly kind: RequestKind
  readonly method: string
  readonly path: RegExp
  /** The action that the principal must be granted. */
  readonly action: string
  readonly answer: (visit: Visit) => Answer
}

const inSubscription = '^/subscriptions/(?<subscription>[^/]+)'
const clusterPath = `${inSubscription}/resourceGroups/(?<group>[^/]+)/providers/Microsoft\\.Kusto/clusters/(?<cluster>[^/]+)`
const operationPath = `${inSubscription}/providers/Microsoft\\.Kusto/locations/[^/]+/operationResults/(?<operation>[^/]+)`
const imagesPath = `${clusterPath}/sandboxCustomImages`
const imagePath = `${imagesPath}/(?<image>[^/]+)`

const routes: readonly Route[] = [
  {
    kind: 'get-cluster',
    method: 'GET',
    path: new RegExp(`${clusterPath}$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/read',
    answer: ({ arm }) => json(200, showCluster({ ...arm.cluster, ...arm.sights.read('cluster').cluster }, arm.chance)),
  },
  {
    kind: 'switch',
    method: 'POST',
    path: new RegExp(`${clusterPath}/addLanguageExtensions$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/AddLanguageExtensions/action',
    answer: addLanguageExtensions,
  },
  {
    kind: 'list-images',
    method: 'GET',
    path: new RegExp(`${imagesPath}$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/SandboxCustomImages/read',
    answer: listImages,
  },
  {
    kind: 'get-image',
    method: 'GET',
    path: new RegExp(`${imagePath}$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/SandboxCustomImages/read',
    answer: getImage,
  },
  {
    kind: 'put-image',
    method: 'PUT',
    path: new RegExp(`${imagePath}$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/SandboxCustomImages/write',
    answer: putImage,
  },
  {
    kind: 'delete-image',
    method: 'DELETE',
    path: new RegExp(`${imagePath}$`, 'i'),
    action: 'Microsoft.Kusto/Clusters/SandboxCustomImages/delete',
    answer: deleteImage,
  },
  {
    kind: 'poll',
    method: 'GET',
    path: new RegExp(`${operationPath}$`, 'i'),
    action: 'Microsoft.Kusto/locations/operationresults/read',
    answer: visit => (isResult(visit.request) ? answerResult(visit) : answerPoll(visit)),
  },
]

/** The route of a request, and where it leads. */
export function findRoute(method: string, path: string): { route: Route; place: Place } | undefined {
  for (const route of routes) {
    const parts = route.method === method ? route.path.exec(path)?.groups : undefined
    if (!parts) continue
    const names: Record<string, string> = {}
    for (const [part, text] of Object.entries(parts)) names[part] = decode(text)
    return { route, place: { subscription: '', ...names, scope: decode(path) } }
  }
  return undefined
}

/** What kind of request to ARM this is. */
export function armRequestKind(method: string, path: string, query: URLSearchParams): RequestKind {
  const kind = findRoute(method, path)?.route.kind ?? 'other'
  return kind === 'poll' && query.has('operationResultResponseType') ? 'location' : kind
}

function isResult(request: SeenRequest): boolean {
  return request.query.has('operationResultResponseType')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
