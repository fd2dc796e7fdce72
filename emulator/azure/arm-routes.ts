import type { Place, Visit } from './arm-visit.js'
import { showCluster } from './cluster.js'
import { json } from '../network/messages.js'
import type { Answer, RequestKind, SeenRequest } from '../network/messages.js'
import { answerPoll, answerResult } from './operation-results.js'
import { addLanguageExtensions, deleteImage, getImage, listImages, putImage } from './sandbox-images.js'

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
