import type { Change, Submission } from '../azure/change.js'
import { operationIdOf } from '../azure/operation.js'
import { Failure } from '../failure.js'
import type { Undertaking } from '../record.js'
import { waitOut } from './obstacle.js'
import type { Dealings } from './scene.js'

/** A change that is to be asked for. */
export type Intent<Accepted extends Change> = {
  /** @throws {Failure} when the service refuses. */
  readonly request: () => Promise<Submission<Accepted>>
  /** Whether, after something else was waited out, things still are as they were when it was decided upon. */
  readonly isStillDue: () => Promise<boolean>
  /** Looks whether the change has begun, after the answer to the request was lost. */
  readonly search: (correlationId: string) => Promise<Accepted | undefined>
  /** What to say when it was asked for so many times, and neither confirmed nor found. */
  readonly neverBegun: (tries: number, why: string) => Failure
}

/** A change that has begun, and whether it was found after the answer to the request for it was lost. */
export type Begun<Accepted extends Change> = { readonly change: Accepted; readonly found: boolean }

/** So many requests may go unanswered, with no change to be found, before the run gives up. */
const patience = 4

/**
 * Asks for a change, and again while another change or a maintenance keeps it from beginning.
 * @returns the change, or undefined where it is time to look and decide again.
 * @throws {Failure} when the service refuses, or never confirms.
 */
export async function undertake<Accepted extends Change>(
  intent: Intent<Accepted>,
  undertaking: Undertaking,
  dealings: Dealings,
): Promise<Begun<Accepted> | undefined> {
  const { world, setbacks } = dealings
  for (;;) {
    const former = undertaking.submitted
    if (former === 'no') undertaking.submitted = 'perhaps'
    const submission = await intent.request().catch((error: unknown) => {
      if (error instanceof Failure) undertaking.submitted = former
      throw error
    })
    if (submission.as === 'accepted') return begun(submission.change, false, undertaking, dealings)
    if (submission.as === 'uncertain') {
      const { why, correlationId } = submission
      undertaking.correlationId = correlationId
      world.log.line(
        `The answer was lost (${why}). Looking whether the ${undertaking.what} has begun before asking again.`,
      )
      const change = await intent.search(correlationId)
      if (change !== undefined) {
        world.log.line('It has begun.')
        return begun(change, true, undertaking, dealings)
      }
      if (++setbacks.unanswered === patience) throw intent.neverBegun(patience, why)
      world.log.line('It has not begun.')
      return undefined
    }
    undertaking.submitted = former
    await waitOut({ by: submission.as, why: submission.why, retryAfter: submission.retryAfter }, dealings)
    if (!(await intent.isStillDue())) return undefined
  }
}

function begun<Accepted extends Change>(
  change: Accepted,
  found: boolean,
  undertaking: Undertaking,
  { world }: Dealings,
): Begun<Accepted> {
  undertaking.submitted = 'yes'
  undertaking.ended = false
  undertaking.correlationId = change.correlationId
  const operationId = operationIdOf(change.operationUrl ?? change.locationUrl)
  if (operationId !== undefined) undertaking.operationId = operationId
  world.log.line(`Azure has accepted the ${undertaking.what}.`)
  world.log.line(`operation ${operationId ?? 'not named'}, correlation ${change.correlationId}`, 'quiet')
  return { change, found }
}
