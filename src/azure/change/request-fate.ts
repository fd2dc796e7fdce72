import type { Failure } from '../../failure.js'
import type { ArmResponse, ArmRequest, NoResponse } from '../arm.js'
import { errorOf, armFailure, summarizeError } from '../arm-errors.js'
import type { ArmAccess } from '../permissions.js'
import { formatError, type ServiceError } from '../service-error.js'
import { isTransient } from '../../network/transport.js'
import type { Target } from '../../model/target.js'
import { type Acceptance, type Obstacle, obstacleIn, type ResponseBody } from './change.js'

/** Tells a request for a change, and what its answers mean. */
export type ChangeRequest = {
  readonly arm: ArmRequest
  readonly access: ArmAccess
  readonly target: Target
  /** Reads the resource in an accepting answer, where such an answer shows it. */
  readonly echoIn?: (body: unknown) => ResponseBody | undefined
  /** Whether the answer says that there is nothing to be changed. */
  readonly isNothingToDo?: (answer: ArmResponse) => boolean
}

/** Says what an answer means for the request. */
export type ResponseFate =
  | { readonly as: 'accepted'; readonly acceptance: Acceptance }
  | { readonly as: 'nothing-to-do' }
  | { readonly as: 'obstacle'; readonly obstacle: Obstacle }
  /** The change may have been received nevertheless. */
  | { readonly as: 'lost'; readonly why: string }
  | { readonly as: 'refused'; readonly failure: Failure }

/** Reads from the answer to a request for a change what became of it. Pure. */
export function fateOfResponse(
  answer: ArmResponse | NoResponse,
  { access, target, echoIn, isNothingToDo }: ChangeRequest,
): ResponseFate {
  if (answer.status === undefined) return { as: 'lost', why: answer.cause }
  if (isNothingToDo?.(answer) === true) return { as: 'nothing-to-do' }
  const { status, operationUrl, locationUrl, retryAfter } = answer
  if (status < 300) {
    const echo = echoIn?.(answer.body)
    // A gateway's page accepts nothing.
    const isAccepted = echoIn === undefined ? status === 202 : echo !== undefined
    if (isAccepted || (operationUrl ?? locationUrl) !== undefined)
      return { as: 'accepted', acceptance: { ...answer, echo } }
    return { as: 'lost', why: `HTTP ${status}, which does not confirm the request` }
  }
  const error = errorOf(answer)
  const by = obstacleOf(status, error)
  if (by !== undefined) return { as: 'obstacle', obstacle: { by, why: formatError(error), retryAfter } }
  if (isTransient(status)) return { as: 'lost', why: summarizeError(answer) }
  return { as: 'refused', failure: armFailure(access, answer, target) }
}

/** A 409 is about another change under way, unless it names another reason, as a lock does. */
function obstacleOf(status: number, error: ServiceError): Obstacle['by'] | undefined {
  if (status === 429) return 'throttling'
  const by = obstacleIn(error)
  if (by === 'maintenance') return by
  if (status !== 409) return undefined
  return error.code === 'HTTP 409' || /state is not terminal/i.test(error.message) ? 'conflict' : by
}
