import { nextTry } from '../azure/interval.js'
import { operationIdOf } from '../azure/operation.js'
import { search, submit as submitOnce } from '../azure/submit.js'
import type { Build } from '../azure/submit.js'
import { neverBegun } from '../build-failure.js'
import { Failure } from '../failure.js'
import type { CurrentImage } from '../image/image.js'
import { noteImage } from '../record.js'
import type { Scene } from './scene.js'

/** A build that has begun, and whether it was found after the answer to the request for it was lost. */
export type Begun = { readonly build: Build; readonly found: boolean }

/** So many requests for a build may go unanswered, with no build to be found, before the run gives up. */
const patience = 4

/**
 * Asks for the build.
 * @param before the image as it was last seen, at rest.
 * @returns the build, or undefined where none was begun and it is time to look and decide again.
 * @throws {Failure} when the service refuses, or never confirms.
 */
export async function submit(scene: Scene, before: CurrentImage | undefined): Promise<Begun | undefined> {
  const { record, world, target, desired, means, phase, setbacks } = scene
  return phase('Submit the build', async () => {
    const former = record.submitted
    if (former === 'no') record.submitted = 'perhaps'
    const submission = await submitOnce(desired, target, means).catch((error: unknown) => {
      if (error instanceof Failure) record.submitted = former
      throw error
    })
    if (submission.as === 'conflict' || submission.as === 'maintenance') {
      record.submitted = former
      await waitOut(submission.as, submission.why, submission.retryAfter, scene)
      return undefined
    }
    if (submission.as === 'accepted') return { build: begun(submission.build, scene), found: false }

    record.correlationId = submission.correlationId
    world.log.line(`The answer was lost (${submission.why}). Looking whether the build has begun before asking again.`)
    const image = await search(before, desired, target, means)
    if (image !== undefined) {
      world.log.line('It has begun.')
      const { correlationId } = submission
      return {
        build: begun(
          { operationUrl: undefined, locationUrl: undefined, retryAfter: undefined, correlationId, image },
          scene,
        ),
        found: true,
      }
    }
    if (++setbacks.unanswered === patience) throw neverBegun(target, patience, submission.why, record)
    world.log.line('It has not begun.')
    return undefined
  })
}

function begun(build: Build, { record, world }: Scene): Build {
  record.submitted = 'yes'
  record.ended = false
  record.correlationId = build.correlationId
  const operationId = operationIdOf(build.operationUrl ?? build.locationUrl)
  if (operationId !== undefined) record.operationId = operationId
  record.state = build.image?.state ?? 'Accepted'
  if (build.image !== undefined) noteImage(record, build.image)
  world.log.line(`Azure has accepted the build (${record.state}).`)
  world.log.line(`operation ${operationId ?? 'not named'}, correlation ${build.correlationId}`, 'quiet')
  return build
}

/** Waits before the next try of something that another change, or a maintenance, kept from being done. */
export async function waitOut(
  by: 'conflict' | 'maintenance',
  why: string,
  retryAfter: number | undefined,
  { world, means, setbacks }: Scene,
): Promise<void> {
  const pause = nextTry(setbacks.obstructed++, retryAfter, means.random())
  const happened = by === 'conflict' ? 'Another change is under way' : 'The cluster is in maintenance'
  world.log.line(`${happened}; looking again in ${Math.ceil(pause / 1000)} s.`)
  world.log.line(why, 'quiet')
  await means.clock.sleep(pause, means.signal)
}
