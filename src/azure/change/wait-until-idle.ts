import type { Reading } from '../read-resource.js'
import type { ChangeProgress, ChangeSpec } from './run-change.js'
import { type Absence, absenceAfter, isGone, readLag } from './evidence.js'
import type { AzureContext } from '../arm.js'
import { createPoller } from '../poll-interval.js'

/** Tells how a resource that someone else changes is read. */
export type IdleWatch<Resource> = Pick<ChangeSpec<Resource>, 'read' | 'onRead'> & {
  /** The resource's own word for the change of it; undefined where it is at rest. */
  readonly busyState: (resource: Resource) => string | undefined
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
  { read, onRead, busyState, progress, pollInterval }: IdleWatch<Resource>,
  azure: AzureContext,
): Promise<Reading<Resource>> {
  const { clock, signal } = azure
  const busySince = clock.now()
  const poller = createPoller(azure, pollInterval)
  let retryAfter: number | undefined
  let absence: Absence | undefined
  for (;;) {
    await clock.sleep(poller(retryAfter), signal)
    const sentAt = clock.now()
    const result = await read()
    onRead(result, sentAt)
    retryAfter = result.retryAfter
    if (result.seen === 'nothing') {
      progress.unreadable(result.why)
      continue
    }
    const { resource } = result
    absence = absenceAfter(absence, { sentAt, resource })
    const state = resource && busyState(resource)
    if (state !== undefined) progress.state(state)
    else if (sentAt >= busySince + readLag && (resource !== undefined || isGone(absence, sentAt)))
      return { sentAt, resource }
  }
}
