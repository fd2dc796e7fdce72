import { customImageName, readinessOf, samePythonImage } from '../cluster/cluster.js'
import type { Cluster, PythonImage } from '../cluster/cluster.js'
import { searchFor, submit } from './change.js'
import type { Change, Submission } from './change.js'
import { lookAtCluster } from './cluster.js'
import type { Means } from './means.js'
import { switching } from './refusal.js'
import { clusterId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/**
 * Asks the service to have queries in Python run on the image. Other languages stay as they are: writing the property
 * through the cluster itself would turn off what the request leaves out.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function requestSwitch(image: PythonImage, target: Target, means: Means): Promise<Submission<Change>> {
  return submit<Change>(
    {
      method: 'POST',
      url: resourceUrl(target, `${clusterId(target)}/addLanguageExtensions`),
      body: JSON.stringify({ value: [extensionOf(image)] }),
      errand: switching(image.name, target),
      accepts: ({ status, operationUrl, locationUrl, retryAfter, correlationId }) => {
        if (status !== 202 && operationUrl === undefined && locationUrl === undefined) return undefined
        return { operationUrl, locationUrl, retryAfter, correlationId, inProgress: false }
      },
    },
    target,
    means,
  )
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

/**
 * Looks whether a switch asked for by a request whose answer was lost has begun.
 * @param before the cluster as it was before the request, when nobody was changing it.
 */
export async function searchSwitch(
  before: Cluster,
  image: PythonImage,
  target: Target,
  means: Means,
): Promise<boolean> {
  const hasBegun = (now: Cluster) =>
    readinessOf(now).as === 'busy' || (samePythonImage(now.python, image) && !samePythonImage(before.python, image))
  return (await searchFor(() => lookAtCluster(target, means), hasBegun, means)) !== undefined
}
