import { ReadFailure, type Unread } from '../../src/requirements/file/read-failure.js'
import type { Requirements } from '../../src/requirements/requirements.js'

/** The failure to read that a promise ends in; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<ReadFailure> {
  try {
    await promise
  } catch (error) {
    if (error instanceof ReadFailure) return error
    throw error
  }
  throw new Error('no failure')
}

/** The one file that could not be included. */
export async function unreadOf(promise: Promise<Requirements>): Promise<Unread> {
  const { unread } = await promise
  const [only] = unread
  if (only === undefined || unread.length > 1) throw new Error(`${unread.length} files could not be included`)
  return only
}
