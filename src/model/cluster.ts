import { statusOf } from './provisioning-state.js'
import { sameName } from '../format.js'
import { type JsonObject, listIn, objectIn, wordIn } from '../json.js'

/** Holds a cluster as the service shows it. What it left out is undefined. */
export type Cluster = {
  /** `Running`, `Stopped`, `Updating`, … */
  readonly state: string | undefined
  /** A finished resource without one has succeeded (ARM's contract). */
  readonly provisioningState: string
  /** Where queries go. */
  readonly uri: string | undefined
  /** Which machines it runs on, such as `Standard_E8ads_v5`. */
  readonly sku: string | undefined
  /** Whether only some networks reach its data endpoint. */
  readonly isPrivate: boolean
  /** What queries in Python run on; undefined where they are not enabled. */
  readonly python: PythonImage | undefined
  /** All images that the cluster names for Python; more than one where it is in two minds. */
  readonly pythonImages: readonly PythonImage[]
}

/** Holds an image that queries in Python run on: one of the cluster's own, or one that the service manages. */
export type PythonImage = { readonly kind: 'custom' | 'managed'; readonly name: string }

/** Names every image that is not the service's own, in its lists. */
export const customImageName = 'PythonCustomImage'

/** Returns the cluster in an answer of the service, or undefined where the answer holds none. */
export function clusterFrom(body: unknown): Cluster | undefined {
  const properties = objectIn(objectIn(body)?.['properties'])
  if (properties === undefined) return undefined
  const pythonImages = pythonImagesIn(objectIn(properties['languageExtensions'])?.['value'])
  return {
    state: wordIn(properties['state']),
    provisioningState: wordIn(properties['provisioningState']) ?? 'Succeeded',
    uri: wordIn(properties['uri']),
    sku: wordIn(objectIn(objectIn(body)?.['sku'])?.['name']),
    // `Disabled` or `SecuredByPerimeter`; a service that says nothing of it has no such limit.
    isPrivate: !sameName(wordIn(properties['publicNetworkAccess']) ?? 'Enabled', 'Enabled'),
    python: pythonImages[0],
    pythonImages,
  }
}

/** Of a list in no order, which may hold another language's extension too; put in order here. */
function pythonImagesIn(extensions: unknown): readonly PythonImage[] {
  const images = listIn(extensions).flatMap(each => pythonImageIn(objectIn(each)) ?? [])
  return images.toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

function pythonImageIn(extension: JsonObject | undefined): PythonImage | undefined {
  if (wordIn(extension?.['languageExtensionName'])?.toUpperCase() !== 'PYTHON') return undefined
  const image = wordIn(extension?.['languageExtensionImageName'])
  const custom = wordIn(extension?.['languageExtensionCustomImageName'])
  if (image !== undefined && !sameName(image, customImageName)) return { kind: 'managed', name: image }
  return custom === undefined ? undefined : { kind: 'custom', name: custom }
}

/** Tells whether two are the same image. Azure's names know no case. */
export function samePythonImage(one: PythonImage | undefined, other: PythonImage | undefined): boolean {
  return one?.kind === other?.kind && sameName(one?.name, other?.name)
}

/** Returns what a cluster runs on; of one in two minds, what is not the image itself. */
export function imageBeside({ python, pythonImages }: Cluster, image: string): PythonImage | undefined {
  return pythonImages.find(each => !samePythonImage(each, { kind: 'custom', name: image })) ?? python
}

/** Returns the names of the custom images that a cluster runs queries on, or is switched between. */
export function activeCustomImages({ pythonImages }: Cluster): readonly string[] {
  return pythonImages.flatMap(({ kind, name }) => (kind === 'custom' ? [name] : []))
}

/** Tells whether queries in Python run on this image of the cluster's own, and on no other one. */
export function isActive(image: string, { python, pythonImages }: Cluster): boolean {
  return pythonImages.length === 1 && samePythonImage(python, { kind: 'custom', name: image })
}

/** Tells whether a cluster can be changed now, once what is under way has ended, or not in its present state. */
export type Readiness =
  | { readonly as: 'ready' }
  | { readonly as: 'busy'; readonly state: string }
  | { readonly as: 'unfit'; readonly why: 'stopped' | 'suspended' | 'deleted' | 'migrated'; readonly state: string }

/** Tells whether a state means that nobody is changing the cluster, and it is down. */
export function isUnavailable(state: string): boolean {
  return state.toLowerCase() === 'unavailable'
}

/** Returns the state that says what is going on with a cluster. */
export function stateOfCluster(cluster: Cluster): string {
  const readiness = readinessOf(cluster)
  return readiness.as === 'ready' ? cluster.provisioningState : readiness.state
}

/** Tells it by both states. One that nobody has heard of is taken for a passing one. */
export function readinessOf({ state = 'Running', provisioningState }: Cluster): Readiness {
  if (/^stopp(ed|ing)$/i.test(state)) return { as: 'unfit', why: 'stopped', state }
  if (/suspend/i.test(state)) return { as: 'unfit', why: 'suspended', state }
  if (/^delet(ed|ing)$/i.test(state)) return { as: 'unfit', why: 'deleted', state }
  if (/^deleting$/i.test(provisioningState)) return { as: 'unfit', why: 'deleted', state: provisioningState }
  if (/^migrated$/i.test(state)) return { as: 'unfit', why: 'migrated', state }
  if (!/^running$/i.test(state)) return { as: 'busy', state }
  return statusOf(provisioningState) === 'in-progress' ? { as: 'busy', state: provisioningState } : { as: 'ready' }
}
