import { type Answer, json, type RequestKind } from '../network/messages.js'
import type { ArmCall, ResourcePath } from './arm-call.js'
import { showCluster } from './cluster.js'
import { answerPoll, answerResult } from './operation-results.js'
import { addLanguageExtensions, checkName, deleteImage, getImage, listImages, putImage } from './sandbox-images.js'

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
