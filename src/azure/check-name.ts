import { Failure } from '../failure.js'
import { objectIn, textIn, wordIn } from '../json.js'
import { clusterId, resourceUrl, type Target } from '../model/target.js'
import type { AzureContext } from './arm.js'

/** Says whether a new image may have the name: `unknown` where the service gave no answer that says so. */
export type NameAvailability = 'available' | 'taken' | 'unknown'

/**
 * Asks the service whether a new image may have the target's name. Only its word against the name counts: the request for
 * the build tells the rest. `SandboxCustomImages_CheckNameAvailability`:
 * https://learn.microsoft.com/rest/api/azurerekusto/sandbox-custom-images/check-name-availability
 * @throws {Failure} when the service does not allow such a name.
 */
export async function checkName(target: Target, azure: AzureContext): Promise<NameAvailability> {
  const url = resourceUrl(target, `${clusterId(target)}/sandboxCustomImagesCheckNameAvailability`)
  const body = JSON.stringify({ name: target.image, type: 'Microsoft.Kusto/clusters/sandboxCustomImages' })
  const answer = await azure.arm.ask({ method: 'POST', url, body }, azure.signal)
  if (answer.status !== 200) return 'unknown'
  const result = objectIn(answer.body)
  if (result?.['nameAvailable'] === true) return 'available'
  if (result?.['nameAvailable'] !== false) return 'unknown'
  if (wordIn(result['reason'])?.toLowerCase() === 'alreadyexists') return 'taken'
  throw nameRefused(target, textIn(result['message']) ?? '', answer.correlationId)
}

function nameRefused({ image, cluster }: Target, message: string, correlation: string): Failure {
  return new Failure({
    code: 'image-name-refused',
    headline: `Azure does not allow an image of cluster ${cluster} to be named ${image}.`,
    details: message === '' ? [] : [{ by: 'Azure', text: message }],
    remedy:
      "Change the prefix before the * of the input image-name. If Azure objects to the rest of the name, which has hyphens and 22 characters, give the image a name of your own instead, such as forecasting${{ hashFiles('requirements.txt') }}.",
    ids: { correlation },
  })
}
