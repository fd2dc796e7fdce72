import { Failure } from '../failure.js'
import { truncate } from '../format.js'
import type { ArmResponse } from './arm.js'
import { excerpt, hasCode, serviceErrorFrom, formatError } from './service-error.js'
import type { ServiceError } from './service-error.js'
import { clusterId, imageId } from './target.js'
import type { Target } from './target.js'

/** What was asked of the service when it refused: for the sentence, and for the action that a role must grant. */
export type ArmAccess = { readonly doing: string; readonly permission: string; readonly scope: string }

/** Reading the image. */
export function reading(target: Target): ArmAccess {
  return {
    doing: `read the image ${target.image} of the cluster ${target.cluster}`,
    permission: 'Microsoft.Kusto/clusters/sandboxCustomImages/read',
    scope: imageId(target),
  }
}

/** Creating or updating the image. */
export function building(target: Target): ArmAccess {
  return {
    doing: `build the image ${target.image} on the cluster ${target.cluster}`,
    permission: 'Microsoft.Kusto/clusters/sandboxCustomImages/write',
    scope: imageId(target),
  }
}

/** Deleting the image. */
export function deleting(target: Target): ArmAccess {
  return {
    doing: `delete the image ${target.image} of the cluster ${target.cluster}`,
    permission: 'Microsoft.Kusto/clusters/sandboxCustomImages/delete',
    scope: imageId(target),
  }
}

/** Listing the images. */
export function readingImages(target: Target): ArmAccess {
  return {
    doing: `list the images of the cluster ${target.cluster}`,
    permission: 'Microsoft.Kusto/clusters/sandboxCustomImages/read',
    scope: clusterId(target),
  }
}

/** Reading the cluster. */
export function readingCluster(target: Target): ArmAccess {
  return {
    doing: `read the cluster ${target.cluster}`,
    permission: 'Microsoft.Kusto/clusters/read',
    scope: clusterId(target),
  }
}

/** Having queries in Python run on an image. */
export function switching(image: string, target: Target): ArmAccess {
  return {
    doing: `switch the cluster ${target.cluster} to the image ${image}`,
    permission: 'Microsoft.Kusto/clusters/addLanguageExtensions/action',
    scope: clusterId(target),
  }
}

/** The error of an answer, or one made of what the answer holds instead: an HTML page, a few words, nothing. */
export function errorOf(answer: ArmResponse): ServiceError {
  return (
    serviceErrorFrom(answer.body) ?? {
      code: `HTTP ${answer.status}`,
      message: excerpt(answer.text) || '(an empty answer)',
      details: [],
      additionalInfo: [],
    }
  )
}

/** Characters of an error that are told in passing. */
const longestLine = 2_000

/** An answer in one line, for the log of something that goes on all the same. */
export function summarizeError(answer: ArmResponse): string {
  const error = serviceErrorFrom(answer.body)
  const words =
    error === undefined ? excerpt(answer.text) : [error.code, error.message].filter(part => part !== '').join(': ')
  return words === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${truncate(words, longestLine)}`
}

/** A refusal of the service that waiting does not mend, told with its whole error and what to change. */
export function armFailure(errand: ArmAccess, answer: ArmResponse, target: Target): Failure {
  const error = errorOf(answer)
  const { code, remedy } = diagnosis(errand, answer.status, error, target)
  return new Failure({
    code,
    message: `Azure refused to ${errand.doing} (HTTP ${answer.status}).\n${formatError(error)}`,
    remedy,
    ids: { correlation: answer.correlationId },
  })
}

function diagnosis(
  errand: ArmAccess,
  status: number,
  error: ServiceError,
  target: Target,
): { code: string; remedy: string } {
  if (hasCode(error, 'SubscriptionNotFound')) {
    return {
      code: 'subscription-not-found',
      remedy: `Check the inputs subscription-id (${target.subscription}) and environment (${target.cloud.name}), and that the application has a role in that subscription.`,
    }
  }
  if (hasCode(error, 'ResourceGroupNotFound')) {
    return {
      code: 'resource-group-not-found',
      remedy: `Check the input resource-group: the subscription ${target.subscription} has no group ${target.resourceGroup}.`,
    }
  }
  if (status === 404) {
    return {
      code: 'cluster-not-found',
      remedy: `Check the inputs cluster-name and resource-group: the group ${target.resourceGroup} has no cluster ${target.cluster}. The name goes without region and domain: mycluster, not mycluster.westeurope.kusto.windows.net.`,
    }
  }
  if (hasCode(error, 'RequestDisallowedByPolicy')) {
    return {
      code: 'policy',
      remedy:
        'A policy of your organisation forbids this; it is named above. Ask its owner for an exemption, or change what it objects to.',
    }
  }
  if (status === 403) {
    // "… does not have authorization to perform action 'A' over scope 'S' …"
    const action = /perform action '([^']{1,1000})'/.exec(error.message)?.[1] ?? errand.permission
    const scope = /over scope '([^']{1,1000})'/.exec(error.message)?.[1] ?? errand.scope
    return {
      code: 'forbidden',
      remedy: `Grant the application a role with the action ${action} on ${scope}, or on the whole cluster ${clusterId(target)}. docs/setup.md of this action has a role that holds just what is needed. A new assignment takes some minutes to count.`,
    }
  }
  if (status === 401) {
    return {
      code: 'token-refused',
      remedy: `Azure Resource Manager refused even a fresh token: check that the input environment (${target.cloud.name}) and tenant-id are those of the subscription.`,
    }
  }
  if (/state '?(stopped|stopping|suspended)/i.test(error.message)) {
    return { code: 'cluster-stopped', remedy: `Start the cluster ${target.cluster} and run the job again.` }
  }
  if (status === 400) {
    return {
      code: 'bad-request',
      remedy: 'Change the input or the line of the requirements file that the service names above.',
    }
  }
  return {
    code: 'refused',
    remedy: 'The error above is the service’s own; search for its code, or open a support request with the ids.',
  }
}

/** What to say when the service was asked again and again and gave no answer that says anything. */
export function serviceUnavailable(errand: ArmAccess, tries: number, last: string, correlationId: string): Failure {
  return new Failure({
    code: 'service-unavailable',
    message: `Could not ${errand.doing}: after ${tries} tries Azure Resource Manager still gives no useful answer. The last one: ${last}.`,
    remedy: 'Run the job again later; https://azure.status.microsoft tells of outages.',
    ids: { correlation: correlationId },
  })
}
