import type { AzureContext } from '../arm.js'
import { accessTo } from '../permissions.js'
import { readClusterOnce, readImageOnce } from '../read-resource.js'
import {
  type Cluster,
  customImageName,
  type PythonImage,
  readinessOf,
  samePythonImage,
  stateOfCluster,
} from '../../model/cluster.js'
import { type CurrentImage, type DesiredImage, differences, imageFrom, requestBody } from '../../model/image.js'
import { isBeingDeleted, statusOf } from '../../model/provisioning-state.js'
import type { ListedImage } from '../../model/retention.js'
import { clusterId, imageId, resourceUrl, type Target } from '../../model/target.js'
import type { ResourceView } from './next-step.js'
import type { ChangeSpec } from './run-change.js'

/** Specifies the build of an image: a PUT of what it is to hold. */
export function buildSpec(
  desired: DesiredImage,
  target: Target,
  azure: AzureContext,
  onRead: ChangeSpec<CurrentImage>['onRead'],
): ChangeSpec<CurrentImage> {
  return {
    request: {
      arm: { method: 'PUT', url: resourceUrl(target, imageId(target)), body: requestBody(desired) },
      access: accessTo('buildImage', target),
      target,
      echoIn: imageFrom,
    },
    read: () => readImageOnce(target, azure),
    onRead,
    classify: image => classifyImage(desired, image),
    stateOf: ({ state }) => state,
  }
}

/** Classifies an image for someone who waits for a build of it. */
export function classifyImage(desired: DesiredImage, image: CurrentImage | undefined): ResourceView {
  if (image === undefined) return 'absent'
  const matches = differences(desired, image).length === 0
  const status = statusOf(image.state)
  if (status === 'in-progress') return matches && !isBeingDeleted(image.state) ? 'under-way' : 'other-under-way'
  if (!matches) return 'other'
  return status === 'succeeded' ? 'done' : status
}

/** Specifies the deletion of an image. */
export function deletionSpec(
  target: Target,
  azure: AzureContext,
  onRead: ChangeSpec<ListedImage>['onRead'],
): ChangeSpec<ListedImage> {
  return {
    request: {
      arm: { method: 'DELETE', url: resourceUrl(target, imageId(target)) },
      access: accessTo('deleteImage', target),
      target,
      isNothingToDo: ({ status, body }) => status === 204 || (status === 404 && body !== undefined),
    },
    read: () => readImageOnce(target, azure),
    onRead,
    classify: classifyDeletion,
    stateOf: ({ state }) => state,
  }
}

/** Classifies an image for someone who waits for its deletion. @param before the image before the request. */
function classifyDeletion(image: ListedImage | undefined, before: ListedImage | undefined): ResourceView {
  if (image === undefined) return 'done'
  if (isBeingDeleted(image.state)) return 'under-way'
  const status = statusOf(image.state)
  if (status === 'in-progress') return 'other-under-way'
  const isNew = before?.state !== image.state
  return isNew && (status === 'failed' || status === 'canceled') ? status : 'other'
}

/**
 * Specifies a switch: has queries in Python run on the image. Other languages stay as they are: writing the property
 * through the cluster itself would turn off what the request leaves out.
 */
export function switchSpec(
  image: PythonImage,
  target: Target,
  azure: AzureContext,
  onRead: ChangeSpec<Cluster>['onRead'],
): ChangeSpec<Cluster> {
  return {
    request: {
      arm: {
        method: 'POST',
        url: resourceUrl(target, `${clusterId(target)}/addLanguageExtensions`),
        body: JSON.stringify({ value: [{ languageExtensionName: 'PYTHON', ...extensionOf(image) }] }),
      },
      access: accessTo('activateImage', { ...target, image: image.name }),
      target,
    },
    read: () => readClusterOnce(target, azure),
    onRead,
    classify: (cluster, before) => classifyCluster(image, cluster, before),
    stateOf: stateOfCluster,
  }
}

function extensionOf({ kind, name }: PythonImage): { readonly [property: string]: string } {
  return kind === 'managed'
    ? { languageExtensionImageName: name }
    : { languageExtensionImageName: customImageName, languageExtensionCustomImageName: name }
}

/** Classifies a cluster for someone who waits for a switch of it. @param before the cluster before the request. */
function classifyCluster(image: PythonImage, cluster: Cluster | undefined, before: Cluster | undefined): ResourceView {
  if (cluster === undefined) return 'absent'
  // Which change it is that is under way, the cluster does not show.
  if (readinessOf(cluster).as === 'busy') return 'under-way'
  const status = statusOf(cluster.provisioningState)
  const isOn = samePythonImage(cluster.python, image)
  // What the cluster was on before a switch in place, it is on after a failed one too.
  const isNew = isOn && !samePythonImage(before?.python, image)
  if (isNew || (isOn && status === 'succeeded')) return 'done'
  if (status === 'failed' || status === 'canceled')
    return isOn || samePythonImage(cluster.python, before?.python) ? status : 'other'
  return 'other'
}
