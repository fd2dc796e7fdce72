import { objectIn, wordIn } from '../json.js'
import type { ArmResponse, NoResponse } from './arm.js'
import { summarizeError } from './arm-errors.js'
import { type ServiceError, serviceErrorFrom } from './service-error.js'
import { isTransient } from '../network/transport.js'

/** Holds what one look at an operation showed. */
export type Observation =
  | { readonly seen: 'status'; readonly status: string; readonly error: ServiceError | undefined }
  /** Nothing can be said now; asking again may help. */
  | { readonly seen: 'nothing'; readonly why: string; readonly throttled: boolean }
  /** This way of asking is closed. That is a failure to read the status, not a failure of the operation. */
  | {
      readonly seen: 'closed'
      readonly why: string
      readonly error?: ServiceError | undefined
      /** Whether there is no such operation, or none yet. */
      readonly missing?: boolean
    }

/** Returns what an answer of the `Azure-AsyncOperation` URL says: its `status` alone is the operation's. */
export function observeOperation(answer: ArmResponse | NoResponse): Observation {
  if (answer.status === undefined || answer.status >= 300) return unread(answer)
  const body = objectIn(answer.body)
  const status = wordIn(body?.['status'])
  if (status !== undefined) return { seen: 'status', status, error: serviceErrorFrom({ error: body?.['error'] }) }
  return { seen: 'nothing', why: `HTTP ${answer.status} without a status`, throttled: false }
}

/**
 * Returns what an answer of the `Location` URL says: 202 while the operation runs, then the operation's status or the
 * resource. A resource that is not `Succeeded` may show someone else's later change. That, and anything else, leaves it to
 * the image to say how it ended; if it failed, an error here can be its reason, for ARM answers with the operation's own
 * error once that has failed.
 */
export function observeLocation(answer: ArmResponse | NoResponse): Observation {
  if (answer.status === undefined || answer.status >= 300) {
    const observation = unread(answer)
    const isAboutReading = answer.status === undefined || [401, 403, 404].includes(answer.status)
    if (isAboutReading || observation.seen !== 'closed') return observation
    return { ...observation, error: serviceErrorFrom(answer.body) }
  }
  const body = objectIn(answer.body)
  const state = wordIn(objectIn(body?.['properties'])?.['provisioningState'])
  const status = wordIn(body?.['status']) ?? (answer.status === 202 || state === 'Succeeded' ? state : undefined)
  if (status !== undefined) return { seen: 'status', status, error: serviceErrorFrom({ error: body?.['error'] }) }
  if (answer.status === 202) return { seen: 'status', status: 'Running', error: undefined }
  return { seen: 'closed', why: `HTTP ${answer.status} without a status` }
}

function unread(answer: ArmResponse | NoResponse): Observation {
  if (answer.status === undefined) return { seen: 'nothing', why: answer.cause, throttled: false }
  const why = summarizeError(answer)
  if (isTransient(answer.status)) return { seen: 'nothing', why, throttled: answer.status === 429 }
  return { seen: 'closed', why, missing: answer.status === 404 }
}

/** Returns the id of the operation that a URL leads to: its last segment. */
export function operationIdOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /\/([\w-]+)(?:[?#]|$)/.exec(url)?.[1]
}
