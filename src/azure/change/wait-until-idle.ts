import type { Reading, ReadResult } from '../read-resource.js'
import type { ChangeProgress } from './run-change.js'
import { type Absence, absenceAfter, isGone, readLag } from './evidence.js'
import type { AzureContext } from '../arm.js'
import { createPoller } from '../poll-interval.js'

/** Tells how a resource that someone else changes is read. */
export type IdleWatch<Resource> = {
  /** Reads the resource once. @throws {Failure} when the service refuses. */
  readonly read: () => Promise<ReadResult<Resource>>
  readonly isBusy: (resource: Resource) => boolean
  readonly stateOf: (resource: Resource) => string
  readonly progress: Pick<ChangeProgress, 'state' | 'unreadable'>
  /** The user's own pause between two reads, in milliseconds. */
  readonly pollInterval: number | undefined
}

/**
 * Waits until nobody is changing the resource, which has just been seen being changed: what a read shows at rest within
 * {@link readLag} of that may be from before.
 * @returns the resource at rest; absent where there is none (any more).
 */
export async function waitUntilIdle<Resource>(
  { read, isBusy, stateOf, progress, pollInterval }: IdleWatch<Resource>,
  azure: AzureContext,
): Promise<Reading<Resource>> {
  const { clock, signal } = azure
  const busySince = clock.now()
  const poller = createPoller(azure, pollInterval)
  let pause = poller()
  let absence: Absence | undefined
  for (;;) {
    await clock.sleep(pause, signal)
    const sentAt = clock.now()
    const result = await read()
    if (result.seen === 'nothing') {
      progress.unreadable(result.why)
      pause = poller(result.retryAfter)
      continue
    }
    const resource = result.seen === 'resource' ? result.resource : undefined
    absence = absenceAfter(absence, { sentAt, resource })
    if (resource !== undefined && isBusy(resource)) progress.state(stateOf(resource))
    else if (isSettled(resource, sentAt)) return { sentAt, resource }
    pause = poller(result.seen === 'resource' ? result.retryAfter : undefined)
  }

  function isSettled(resource: Resource | undefined, sentAt: number): boolean {
    return sentAt >= busySince + readLag && (resource !== undefined || isGone(absence, sentAt))
  }
}
