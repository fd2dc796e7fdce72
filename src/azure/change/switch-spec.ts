import { type Cluster, customImageName, type PythonImage, readinessOf, samePythonImage } from '../../model/cluster.js'
import { statusOf } from '../../model/provisioning-state.js'
import { readClusterOnce } from '../read-cluster.js'
import type { AzureContext } from '../arm.js'
import { accessTo } from '../permissions.js'
import type { ReadResult } from '../read-resource.js'
import { clusterId, resourceUrl, type Target } from '../../model/target.js'
import type { ResourceView } from './next-step.js'
import type { ChangeSpec } from './run-change.js'

/**
 * Specifies a switch: has queries in Python run on the image. Other languages stay as they are: writing the property
 * through the cluster itself would turn off what the request leaves out.
 * @param onRead is told of each read of the cluster.
 */
export function switchSpec(
  image: PythonImage,
  target: Target,
  azure: AzureContext,
  onRead: (result: ReadResult<Cluster>, sentAt: number) => void,
): ChangeSpec<Cluster> {
  return {
    request: {
      arm: {
        method: 'POST',
        url: resourceUrl(target, `${clusterId(target)}/addLanguageExtensions`),
        body: JSON.stringify({ value: [extensionOf(image)] }),
      },
      access: accessTo('activateImage', { ...target, image: image.name }),
      target,
      accepts: ({ status, operationUrl, locationUrl, retryAfter, correlationId }) => {
        if (status !== 202 && operationUrl === undefined && locationUrl === undefined) return undefined
        return { operationUrl, locationUrl, retryAfter, correlationId, echo: undefined }
      },
    },
    read: async () => {
      const sentAt = azure.clock.now()
      const result = await readClusterOnce(target, azure)
      onRead(result, sentAt)
      return result
    },
    classify: (cluster, before) => classifyCluster(image, cluster, before),
    stateOf: cluster => {
      const readiness = readinessOf(cluster)
      return readiness.as === 'ready' ? cluster.provisioningState : readiness.state
    },
  }
}

function extensionOf({ kind, name }: PythonImage): { readonly [property: string]: string } {
  return kind === 'managed'
    ? { languageExtensionName: 'PYTHON', languageExtensionImageName: name }
    : {
        languageExtensionName: 'PYTHON',
        languageExtensionImageName: customImageName,
        languageExtensionCustomImageName: name,
      }
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
