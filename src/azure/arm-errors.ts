import { Failure, type FailureFields } from '../failure.js'
import { shellQuote, truncate } from '../format.js'
import type { ArmResponse, NoResponse } from './arm.js'
import { type ArmAccess, howToGrant } from './permissions.js'
import { excerpt, hasCode, quoteError, type ServiceError, serviceErrorFrom } from './service-error.js'
import type { Target } from '../model/target.js'

/** Returns the error of an answer, or one made of what the answer holds instead: an HTML page, a few words, nothing. */
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

/** Characters of an error that are shown on one line. */
const longestLine = 2_000

/** Returns an answer in one line, for the log of something that continues. */
export function summarizeError(answer: ArmResponse): string {
  const error = serviceErrorFrom(answer.body)
  const words = error ? [error.code, error.message].filter(part => part !== '').join(': ') : excerpt(answer.text)
  return words === '' ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${truncate(words, longestLine)}`
}

/** Returns the failure of a request that Resource Manager refuses for a reason that waiting does not mend. */
export function armFailure(access: ArmAccess, answer: ArmResponse, target: Target): Failure {
  if (isPageOfProxy(answer)) return answeredByProxy(answer, target)
  const error = errorOf(answer)
  const { details = [], ...diagnosis } = diagnose(access, answer.status, error, target)
  const ids = { correlation: answer.correlationId }
  return new Failure({ ...diagnosis, details: [...details, quoteError(error)], ids })
}

type Diagnosis = Pick<FailureFields, 'code' | 'headline' | 'details' | 'remedy' | 'command'>

function diagnose(access: ArmAccess, status: number, error: ServiceError, target: Target): Diagnosis {
  const { cloud, subscription, resourceGroup, cluster, apiVersion } = target
  if (hasCode(error, 'SubscriptionNotFound')) {
    return {
      code: 'subscription-not-found',
      headline: `Subscription ${subscription} does not exist in ${cloud.name}, or the application has no role in it.`,
      remedy: 'Check the inputs subscription-id and environment, and give the application a role in that subscription.',
    }
  }
  if (hasCode(error, 'ResourceGroupNotFound')) {
    return {
      code: 'resource-group-not-found',
      headline: `Subscription ${subscription} has no resource group ${resourceGroup}.`,
      remedy: 'Check the inputs resource-group and subscription-id.',
    }
  }
  if (status === 404) {
    return {
      code: 'cluster-not-found',
      headline: `Resource group ${resourceGroup} has no cluster ${cluster}.`,
      remedy:
        'Check the inputs cluster-name and resource-group. Give the name only: mycluster, not mycluster.westeurope.kusto.windows.net.',
    }
  }
  if (unknownApiVersion.some(code => hasCode(error, code))) {
    return {
      code: 'api-version',
      headline: `Azure does not know the api-version ${apiVersion}.`,
      remedy: 'Set the input api-version to a version that Azure supports, or leave the input out.',
    }
  }
  if (hasCode(error, 'RequestDisallowedByPolicy')) {
    return {
      code: 'policy',
      headline: `A policy of your organisation does not let the application ${access.doing}.`,
      remedy:
        "Ask the owner of the policy, which is named in Azure's error, for an exemption, or change what it objects to.",
    }
  }
  if (status === 403) {
    // "… does not have authorization to perform action 'A' over scope 'S' …"
    const action = /perform action '([^']{1,1000})'/.exec(error.message)?.[1] ?? access.action
    const scope = /over scope '/.test(error.message) ? '' : ` on ${access.scope}`
    return {
      code: 'forbidden',
      headline: `The application may not ${access.doing}.`,
      details: [`Its role lacks the action ${action}${scope}.`],
      remedy: howToGrant,
    }
  }
  if (status === 401) {
    return {
      code: 'token-refused',
      headline: 'Azure Resource Manager rejected even a new access token (HTTP 401).',
      remedy: `Check that the inputs environment (${cloud.name}) and tenant-id are those of subscription ${subscription}.`,
    }
  }
  if (/state '?(stopped|stopping|suspended)/i.test(error.message)) {
    return {
      code: 'cluster-stopped',
      headline: `Cluster ${cluster} is stopped, so the application could not ${access.doing}.`,
      ...startCluster(target),
    }
  }
  const headline = `Azure refused to ${access.doing} (HTTP ${status}).`
  if (status === 400) {
    return {
      code: 'bad-request',
      headline,
      remedy: "Change the input, or the line of the requirements file, that Azure's error names.",
    }
  }
  return {
    code: 'refused',
    headline,
    remedy: "Search for the code of Azure's error, or open a support request with the correlation ID.",
  }
}

const unknownApiVersion = [
  'InvalidApiVersionParameter',
  'InvalidApiVersion',
  'UnsupportedApiVersion',
  'NoRegisteredProviderFound',
  'InvalidResourceType',
]

/** Tells how to start a cluster that is stopped. */
export function startCluster({ cluster, resourceGroup }: Target): Pick<FailureFields, 'remedy' | 'command'> {
  return {
    remedy: 'Start the cluster and run the workflow again:',
    command: `az kusto cluster start --name ${shellQuote(cluster)} --resource-group ${shellQuote(resourceGroup)}`,
  }
}

/** Whether an answer is a page in HTML that Azure's own gateways do not send: theirs come with a 5xx. */
function isPageOfProxy({ status, text, body }: ArmResponse): boolean {
  return status < 500 && body === undefined && /^\s*<(?:!doctype|html|head|body|script|meta)\b/i.test(text)
}

/** Returns the failure of a request that a company's proxy has answered. */
function answeredByProxy({ status, text, correlationId }: ArmResponse, { cloud }: Target): Failure {
  const { host } = new URL(cloud.resourceManager)
  return new Failure({
    code: 'answered-by-proxy',
    headline: `Something between this runner and ${host} answers in place of Azure.`,
    details: [{ by: 'The proxy or firewall', text: `HTTP ${status}, ${excerpt(text) || 'an empty HTML page'}` }],
    remedy: `Allow connections to ${host} in the proxy or firewall of this runner's network.`,
    ids: { correlation: correlationId },
  })
}

/** Returns the failure to read a resource that was asked for again and again without a usable answer. */
export function serviceUnavailable(
  access: ArmAccess,
  tries: number,
  { why, answer }: { readonly why: string; readonly answer: ArmResponse | NoResponse },
  target: Target,
): Failure {
  if (answer.status !== undefined && isPageOfProxy(answer)) return answeredByProxy(answer, target)
  return new Failure({
    code: 'service-unavailable',
    headline: `Could not ${access.doing}: Azure Resource Manager gave no usable answer, ${tries} times in a row.`,
    details: [`The last answer: ${why}`],
    remedy: 'Run the workflow again later; see https://azure.status.microsoft for outages.',
    ids: { correlation: answer.correlationId },
  })
}
