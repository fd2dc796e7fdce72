import { Failure } from '../../failure.js'
import type { ArmResponse, ArmRequest, NoResponse } from '../arm.js'
import { errorOf, armFailure, summarizeError } from '../arm-errors.js'
import type { ArmAccess } from '../permissions.js'
import { formatError } from '../service-error.js'
import { isTransient } from '../../network/transport.js'
import type { Target } from '../../model/target.js'
import { type Acceptance, type Obstacle, obstacleIn } from './change.js'

/** Tells a request for a change, and what its answers mean. */
export type ChangeRequest = {
  readonly arm: ArmRequest
  readonly access: ArmAccess
  readonly target: Target
  /** Reads what an answer below 300 accepts; undefined where it accepts nothing, as a gateway's page does not. */
  readonly accepts: (answer: ArmResponse) => Acceptance | undefined
  /** Whether the answer says that there is nothing to be changed. */
  readonly isNothingToDo?: (answer: ArmResponse) => boolean
}

/** Says what an answer means for the request. */
export type ResponseFate =
  | { readonly as: 'accepted'; readonly acceptance: Acceptance }
  | { readonly as: 'nothing-to-do' }
  | { readonly as: 'obstacle'; readonly obstacle: Obstacle }
  /** The change may have been received all the same. */
  | { readonly as: 'lost'; readonly why: string }
  | { readonly as: 'refused'; readonly failure: Failure }

/** Reads from the answer to a request for a change what became of it. Pure. */
export function fateOfResponse(answer: ArmResponse | NoResponse, request: ChangeRequest): ResponseFate {
  if (answer.status === undefined) return { as: 'lost', why: answer.cause }
  if (request.isNothingToDo?.(answer) === true) return { as: 'nothing-to-do' }
  if (answer.status < 300) {
    const acceptance = request.accepts(answer)
    if (acceptance !== undefined) return { as: 'accepted', acceptance }
    return { as: 'lost', why: `HTTP ${answer.status}, which does not confirm the request` }
  }
  const { retryAfter } = answer
  const error = errorOf(answer)
  if (answer.status === 429)
    return { as: 'obstacle', obstacle: { by: 'throttling', why: formatError(error), retryAfter } }
  const obstacle = obstacleOf(answer)
  if (obstacle !== undefined) return { as: 'obstacle', obstacle: { ...obstacle, retryAfter } }
  if (isTransient(answer.status)) return { as: 'lost', why: summarizeError(answer) }
  return { as: 'refused', failure: armFailure(request.access, answer, request.target) }
}

/** A 409 is about another change under way, unless it names another reason, as a lock does. */
function obstacleOf(answer: ArmResponse): Omit<Obstacle, 'retryAfter'> | undefined {
  const error = errorOf(answer)
  const obstacle = obstacleIn(error)
  if (obstacle?.by === 'maintenance') return obstacle
  if (answer.status !== 409) return undefined
  const isBare = error.code === 'HTTP 409'
  return (
    obstacle ??
    (isBare || /state is not terminal/i.test(error.message) ? { by: 'conflict', why: formatError(error) } : undefined)
  )
}
