import { Failure } from '../../src/failure.js'
import type { ReadFailure } from '../../src/requirements/file/read-failure.js'
import type { Requirements } from '../../src/requirements/requirements.js'

/** The failure that a promise ends in; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure & Partial<Pick<ReadFailure, 'fault'>>> {
  try {
    await promise
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('no failure')
}

/** The one failure of a file that could not be included. */
export async function unreadOf(promise: Promise<Requirements>): Promise<ReadFailure> {
  const { unread } = await promise
  const [only] = unread
  if (only === undefined || unread.length > 1) throw new Error(`${unread.length} files could not be included`)
  return only
}
