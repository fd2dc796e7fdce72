import { standingOf } from '../image/provisioning-state.js'
import { listIn, objectIn, wordIn } from '../json.js'

/** A cluster as the service shows it. What it left out is undefined. */
export type Cluster = {
  /** `Running`, `Stopped`, `Updating`, … */
  readonly state: string | undefined
  /** A finished resource without one has succeeded (ARM's contract). */
  readonly provisioningState: string
  /** Where queries go. */
  readonly uri: string | undefined
  /** What queries in Python run on; undefined where they are not enabled. */
  readonly python: PythonImage | undefined
}

/** An image that queries in Python run on: one of the cluster's own, or one that the service manages. */
export type PythonImage = { readonly kind: 'custom' | 'managed'; readonly name: string }

/** Under this name the service lists every image that is not its own. */
export const customImageName = 'PythonCustomImage'

/** The cluster in an answer of the service, or undefined where the answer holds none. */
export function clusterFrom(body: unknown): Cluster | undefined {
  const properties = objectIn(objectIn(body)?.['properties'])
  if (properties === undefined) return undefined
  return {
    state: wordIn(properties['state']),
    provisioningState: wordIn(properties['provisioningState']) ?? 'Succeeded',
    uri: wordIn(properties['uri']),
    python: pythonImageIn(objectIn(properties['languageExtensions'])?.['value']),
  }
}

/** Of a list in no order, that may hold another language's extension too. */
function pythonImageIn(extensions: unknown): PythonImage | undefined {
  for (const each of listIn(extensions)) {
    const extension = objectIn(each)
    if (wordIn(extension?.['languageExtensionName'])?.toUpperCase() !== 'PYTHON') continue
    const image = wordIn(extension?.['languageExtensionImageName'])
    const custom = wordIn(extension?.['languageExtensionCustomImageName'])
    if (image === undefined || image.toLowerCase() === customImageName.toLowerCase()) {
      return custom === undefined ? undefined : { kind: 'custom', name: custom }
    }
    return { kind: 'managed', name: image }
  }
  return undefined
}

/** Whether two are the same image. Azure's names know no case. */
export function samePythonImage(one: PythonImage | undefined, other: PythonImage | undefined): boolean {
  return one?.kind === other?.kind && one?.name.toLowerCase() === other?.name.toLowerCase()
}

/** Whether queries in Python run on this image of the cluster's own. */
export function isActive(image: string, { python }: Cluster): boolean {
  return samePythonImage(python, { kind: 'custom', name: image })
}

/** Whether a cluster can be changed now: yes, once what is under way has ended, or not at all in its present state. */
export type Readiness =
  | { readonly as: 'ready' }
  | { readonly as: 'busy'; readonly state: string }
  | { readonly as: 'unfit'; readonly why: 'stopped' | 'suspended' | 'deleted' | 'migrated'; readonly state: string }

/** Tells it by both states. One that nobody has heard of is taken for a passing one. */
export function readinessOf({ state = 'Running', provisioningState }: Cluster): Readiness {
  if (/^stopp(ed|ing)$/i.test(state)) return { as: 'unfit', why: 'stopped', state }
  if (/suspend/i.test(state)) return { as: 'unfit', why: 'suspended', state }
  if (/^delet(ed|ing)$/i.test(state)) return { as: 'unfit', why: 'deleted', state }
  if (/^deleting$/i.test(provisioningState)) return { as: 'unfit', why: 'deleted', state: provisioningState }
  if (/^migrated$/i.test(state)) return { as: 'unfit', why: 'migrated', state }
  if (!/^running$/i.test(state)) return { as: 'busy', state }
  return standingOf(provisioningState) === 'in-progress' ? { as: 'busy', state: provisioningState } : { as: 'ready' }
}
