import { connectArm } from './azure/arm.js'
import { Failure, Stopped } from './failure.js'
import { decide } from './image/decide.js'
import { readInputs } from './inputs.js'
import { beginRecord } from './record.js'
import type { Ending, Record } from './record.js'
import { report } from './report.js'
import { check } from './steps/check.js'
import { follow } from './steps/follow.js'
import { look } from './steps/look.js'
import { read } from './steps/read.js'
import { phasesOf, timeLimit } from './steps/scene.js'
import type { Scene, World } from './steps/scene.js'
import { signIn } from './steps/sign-in.js'
import { submit } from './steps/submit.js'
import { listed } from './phrases.js'
import { reasonWords } from './wording.js'

/**
 * Runs the action once. Whatever happens, what is known is reported.
 * @returns the exit code of the process.
 */
export async function run(world: World): Promise<number> {
  const record = beginRecord(world.clock)
  record.ending = await makeImageMatch(record, world).catch(endingOf)
  return report(record, world)
}

/** The story: inputs, requirements, their findings, sign in, and then the image. */
async function makeImageMatch(record: Record, world: World): Promise<Ending> {
  const inputs = (record.inputs = readInputs(world.input))
  const phase = phasesOf(record, world)
  const limit = timeLimit(inputs.timeout, world.clock)
  const signal = AbortSignal.any([world.cancelled, limit.signal])
  try {
    const requirements = (record.requirements = await phase('Read the requirements', () => read(inputs, world)))
    await phase('Check the requirements', () => check(inputs, requirements, record, world))
    const credential = await phase('Sign in', () => signIn(inputs, world, signal))
    const arm = connectArm({ ...world, origin: inputs.cloud.resourceManager, credential })
    return await bringAbout({
      inputs,
      record,
      world,
      phase,
      target: inputs,
      desired: { ...inputs, requirements },
      means: { ...world, arm, signal },
      setbacks: { obstructed: 0, unanswered: 0 },
    })
  } finally {
    limit.lift()
  }
}

/** Look, decide, submit, follow; and again from the start when something came between. */
async function bringAbout(scene: Scene): Promise<Ending> {
  const { inputs, record, world, desired } = scene
  for (;;) {
    const found = await look(scene)
    if (found.as === 'under-way') {
      record.decision ??= { action: 'attach', reasons: [] }
      return { as: 'accepted' }
    }

    const decision = decide(desired, found.image, { force: inputs.force, watched: found.watched })
    // Once something was submitted, what this run set out to do stays what it was.
    if (record.submitted === 'no') record.decision = decision
    if (decision.action === 'none' || decision.action === 'attach') {
      // A request without an answer, and then just that image: as far as anybody can tell it was this run's.
      if (record.submitted === 'perhaps') record.submitted = 'yes'
      return { as: 'succeeded' }
    }
    world.log.line(`To do: ${decision.action}, because ${listed(decision.reasons.map(reason => reasonWords[reason]))}.`)

    const begun = await submit(scene, found.image)
    if (begun === undefined) continue
    if (!inputs.wait) return { as: 'accepted' }
    if (await follow(scene, begun)) return { as: 'succeeded' }
  }
}

function endingOf(error: unknown): Ending {
  if (error instanceof Stopped) return { as: 'stopped', reason: error.reason }
  if (error instanceof Failure) return { as: 'failure', failure: error }
  return { as: 'defect', error }
}
