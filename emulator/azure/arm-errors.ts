import { type Answer, json } from '../network/messages.js'

/** Describes an error as ARM nests it. */
export type ArmError = {
  readonly code: string
  readonly message: string
  readonly target?: string
  readonly details?: readonly ArmError[]
  readonly additionalInfo?: readonly { readonly type: string; readonly info: unknown }[]
}

/** Answers with an error as ARM nests it. */
export function armError(
  status: number,
  code: string,
  message: string,
  more: Omit<ArmError, 'code' | 'message'> & { headers?: Record<string, string> } = {},
): Answer {
  const { headers, ...rest } = more
  return json(status, { error: { code, message, ...rest } }, headers)
}

/** Returns the error of an operation that a maintenance of the cluster ended or refused. */
export function maintenanceError(clusterName: string): ArmError {
  return {
    code: 'ServiceIsInMaintenance',
    message:
      `[Conflict] Cluster '${clusterName}' is in process of maintenance for a short period. ` +
      'You may retry to invoke the operation in a few minutes.',
  }
}

/** Returns the error of a build that lacks a package. No public example exists: code and frame are a guess. */
export function unknownPackageError(requirement: string): ArmError {
  const name = /^[\w.-]+/.exec(requirement)?.[0] ?? requirement
  return {
    code: 'SandboxCustomImageCreationFailed',
    message: [
      '[BadRequest] Failed to install the requirements of the sandbox custom image.',
      `ERROR: Could not find a version that satisfies the requirement ${requirement} (from versions: none)`,
      `ERROR: No matching distribution found for ${name}`,
    ].join('\n'),
  }
}

/** Answers that there is no resource of this kind and name. */
export function resourceNotFound(resource: string, group: string | undefined): Answer {
  const message =
    `The Resource '${resource}' under resource group '${group}' was not found. ` +
    'For more details please go to https://aka.ms/ARMResourceNotFoundFix'
  return armError(404, 'ResourceNotFound', message)
}

/** Answers that another change of this resource is under way. */
export function requestConflict(resourceId: string): Answer {
  const message =
    `Cannot modify resource with id '${resourceId}' because the resource entity provisioning state is not terminal. ` +
    'Please wait for the provisioning state to become terminal and then retry the request.'
  return armError(409, 'RequestConflict', message)
}
