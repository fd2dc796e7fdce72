import { builds, decide } from '../model/decide.js'
import type { Target } from '../model/target.js'
import { mayHaveBegunBuild } from '../run-facts.js'
import type { Outcome } from '../run-state.js'
import type { ApplyContext } from './context.js'
import { getIdleImage } from './get-image.js'
import { createBuild } from './submit-build.js'
import { createTries } from './try-again.js'

/** Tells how it ended, and of which image. */
export type BuiltImage = { readonly outcome: Outcome; readonly target: Target }

/**
 * Makes the image hold what is wanted: look, decide, submit, follow; and again from the start when something came between.
 * @throws {Failure} when the service refuses, or the build ended otherwise than well.
 */
export async function buildImage(start: ApplyContext): Promise<BuiltImage> {
  const { inputs, state, target, desired } = start
  const build = createBuild(start)
  const nextTry = createTries(start)
  for (;;) {
    const context = nextTry()
    const found = await getIdleImage(context)
    if (found.as === 'under-way') return { outcome: { as: 'accepted' }, target }
    const { image, watched } = found
    const decision = decide(desired, image.resource, { force: inputs.force, watched })
    if (!mayHaveBegunBuild(state)) state.decision = decision
    if (!builds(decision)) return { outcome: { as: 'succeeded' }, target }
    await build.prepare(decision, image.resource, context)
    const outcome = await build.submit(image, context, inputs.wait)
    if (outcome !== 'decide-again') return { outcome, target }
  }
}
