import { isDeepStrictEqual } from 'node:util'
import { look } from '../azure/look.js'
import { operationIdOf } from '../azure/operation.js'
import { search, submit as submitOnce } from '../azure/submit.js'
import type { Build, Submission } from '../azure/submit.js'
import { neverBegun } from '../build-failure.js'
import { Failure } from '../failure.js'
import type { CurrentImage } from '../image/image.js'
import { noteImage } from '../record.js'
import { waitOut } from './obstacle.js'
import type { Scene } from './scene.js'

/** A build that has begun, and whether it was found after the answer to the request for it was lost. */
export type Begun = { readonly build: Build; readonly found: boolean }

/** So many requests for a build may go unanswered, with no build to be found, before the run gives up. */
const patience = 4

/**
 * Asks for the build, and again while another change or a maintenance keeps it from beginning and the image stays as it
 * was decided upon.
 * @param before the image as it was last seen, at rest.
 * @returns the build, or undefined where it is time to look and decide again.
 * @throws {Failure} when the service refuses, or never confirms.
 */
export async function submit(scene: Scene, before: CurrentImage | undefined): Promise<Begun | undefined> {
  const { record, target, desired, means, phase } = scene
  return phase('Submit the build', async () => {
    for (;;) {
      const former = record.submitted
      if (former === 'no') record.submitted = 'perhaps'
      const submission = await submitOnce(desired, target, means).catch((error: unknown) => {
        if (error instanceof Failure) record.submitted = former
        throw error
      })
      if (submission.as === 'accepted') return { build: begun(submission.build, scene), found: false }
      if (submission.as === 'uncertain') return searchFor(submission, before, scene)

      record.submitted = former
      await waitOut({ by: submission.as, why: submission.why, retryAfter: submission.retryAfter }, scene)
      if (!isDeepStrictEqual(await look(target, means), before)) return undefined
    }
  })
}

/** Looks whether a build whose acceptance was lost has begun, before anybody asks for it again. */
async function searchFor(
  { why, correlationId }: Extract<Submission, { as: 'uncertain' }>,
  before: CurrentImage | undefined,
  scene: Scene,
): Promise<Begun | undefined> {
  const { record, world, target, desired, means, setbacks } = scene
  record.correlationId = correlationId
  world.log.line(`The answer was lost (${why}). Looking whether the build has begun before asking again.`)
  const image = await search(before, desired, target, means)
  if (image !== undefined) {
    world.log.line('It has begun.')
    const build = { operationUrl: undefined, locationUrl: undefined, retryAfter: undefined, correlationId, image }
    return { build: begun(build, scene), found: true }
  }
  if (++setbacks.unanswered === patience) throw neverBegun(target, patience, why, record)
  world.log.line('It has not begun.')
  return undefined
}

function begun(build: Build, { record, world, desired }: Scene): Build {
  record.submitted = 'yes'
  record.ended = false
  record.correlationId = build.correlationId
  const operationId = operationIdOf(build.operationUrl ?? build.locationUrl)
  if (operationId !== undefined) record.operationId = operationId
  record.state = build.image?.state ?? 'Accepted'
  if (build.image !== undefined) noteImage(record, build.image, desired)
  world.log.line(`Azure has accepted the build (${record.state}).`)
  world.log.line(`operation ${operationId ?? 'not named'}, correlation ${build.correlationId}`, 'quiet')
  return build
}
