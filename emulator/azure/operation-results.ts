import { armError } from './arm-errors.js'
import type { ArmCall } from './arm-call.js'
import { showCluster, showImage } from './cluster.js'
import { type Answer, json } from '../network/messages.js'
import type { Operation } from './operations.js'

/** Answers a look at an operation's status: 200 whatever the status is. */
export function answerPoll(call: ArmCall): Answer {
  const moment = call.arm.stateHistory.timeShown('operation')
  const operation = readable(call, 'statusTarget', moment)
  if ('body' in operation) return operation
  const { id, kind, from, to, outcome } = operation
  const finished = hasEnded(operation, moment)
  const startTime = new Date(from).toISOString()
  const status = finished ? outcome.status : 'Running'
  return json(
    200,
    {
      id: call.request.path,
      name: id,
      status,
      startTime,
      // The service repeats the start while the operation runs, and shows half of it done all along.
      endTime: finished ? new Date(to).toISOString() : startTime,
      percentComplete: finished ? 1 : 0.5,
      properties: {
        operationKind: kind,
        provisioningState: status,
        operationState: finished ? (status === 'Succeeded' ? 'Completed' : status) : 'InProgress',
      },
      ...(finished && outcome.error ? { error: outcome.error } : {}),
    },
    { 'x-ms-operation-root-activity-id': call.arm.chance.newId(), ...(finished ? {} : retryAfter(call)) },
  )
}

/** Answers a look at an operation's result, the older way: 202 until it is over. */
export function answerResult(call: ArmCall): Answer {
  const moment = call.arm.stateHistory.timeShown('operation')
  const operation = readable(call, 'resultTarget', moment)
  if ('body' in operation) return operation
  const { arm } = call
  if (!hasEnded(operation, moment)) {
    const location = `https://${arm.cloud.armHost}${operation.resultTarget}`
    return { status: 202, headers: { Location: location, ...retryAfter(call) }, body: '' }
  }
  const { error } = operation.outcome
  if (error) return armError(400, error.code, error.message)
  if (operation.extensions) return json(200, showCluster(arm.cluster, arm.chance))
  const image = arm.cluster.images.get(operation.image)
  return image
    ? json(200, showImage(arm.cluster, image, arm.settings.completion))
    : { status: 204, headers: {}, body: '' }
}

/** Returns a `Retry-After` as far as the world is set to send one. */
export function retryAfter({ arm }: ArmCall): Record<string, string> {
  const seconds = arm.settings.retryAfterSeconds
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) }
}

/** The operation, when the URL is exactly the one that was given out, and asked for by whom it was given to. */
function readable(
  { arm, request, principal, resource }: ArmCall,
  target: 'statusTarget' | 'resultTarget',
  moment: number,
): Operation | Answer {
  const operation = arm.operations.all.find(each => each.id === resource.operation)
  // A late read does not know of the operation yet.
  if (!operation || operation.from > moment)
    return armError(404, 'OperationNotFound', `Operation '${resource.operation}' was not found.`)
  if (operation[target] !== request.target) {
    return armError(400, 'InvalidOperationUrl', 'The signature of the operation URL is not valid.')
  }
  if (operation.by !== principal.clientId) {
    return armError(403, 'Forbidden', 'The operation can be read by the principal that started it only.')
  }
  return operation
}

function hasEnded({ finished, to }: Operation, moment: number): boolean {
  return finished && to <= moment
}
