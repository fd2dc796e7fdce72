import { Failure, Stopped } from './failure.js'
import { isBereft } from './github/workflow-run.js'
import { builds, decide } from './image/decide.js'
import { reasonWords } from './image/reason.js'
import { readInputs } from './inputs/read-inputs.js'
import type { ApplyInputs, DeleteInputs, PlanInputs } from './inputs/inputs.js'
import { listed } from './phrases.js'
import { beginRecord } from './record.js'
import type { Ending, Record } from './record.js'
import { report } from './report/report.js'
import { activate } from './steps/activate.js'
import { check } from './steps/check.js'
import { choose } from './steps/choose.js'
import { compare } from './steps/compare.js'
import { refuseFindings } from './steps/findings.js'
import { follow } from './steps/follow.js'
import { lookAtRest } from './steps/look.js'
import { read } from './steps/read.js'
import { preflight } from './steps/preflight.js'
import { warnOfActive } from './steps/ready.js'
import { remove } from './steps/remove.js'
import { resolve } from './steps/resolve.js'
import { rollBack } from './steps/roll-back.js'
import { phasesOf } from './steps/scene.js'
import type { Run, Scene } from './steps/scene.js'
import { signIn } from './steps/sign-in.js'
import { submit } from './steps/submit.js'
import { verify } from './steps/verify.js'
import { timeLimit } from './time-limit.js'
import type { World } from './world.js'

/**
 * Runs the action once. Whatever happens, what is known is reported.
 * @returns the exit code of the process.
 */
export async function run(world: World): Promise<number> {
  const record = beginRecord(world.clock)
  record.ending = await carryOut(record, world).catch(endingOf)
  return report(record, world)
}

/** Does what the inputs ask for, within the time that they allow. */
async function carryOut(record: Record, world: World): Promise<Ending> {
  const inputs = (record.inputs = readInputs(world.input, isBereft(world.workflow)))
  const limit = timeLimit(inputs.timeout, world.clock)
  const signal = AbortSignal.any([world.cancelled, limit.signal])
  const shared = { record, world, signal, phase: phasesOf(record, world) }
  try {
    switch (inputs.mode) {
      case 'apply':
        return await apply({ ...shared, inputs })
      case 'plan':
        return await plan({ ...shared, inputs })
      case 'delete':
        return await clear({ ...shared, inputs })
    }
  } finally {
    limit.lift()
  }
}

/** Makes the image match and, where that is asked for, has queries run on it, and goes back when they do not. */
async function apply(run: Run<ApplyInputs>): Promise<Ending> {
  const { inputs } = run
  const requirements = await read(run)
  await check(requirements, run)
  refuseFindings(run)
  const means = await signIn(run)
  const scene = {
    ...run,
    target: inputs.target,
    desired: { ...inputs, requirements },
    means,
    setbacks: { obstructed: 0, unanswered: 0 },
    trial: { endpoint: undefined },
  }
  const ending = await bringAbout(scene)
  if (inputs.activate) await activate(scene)
  const flaw = await verify(scene)
  if (flaw !== undefined) await rollBack(flaw, scene)
  return ending
}

/** Look, decide, submit, follow; and again from the start when something came between. */
async function bringAbout(scene: Scene): Promise<Ending> {
  const { inputs, record, world, desired } = scene
  for (;;) {
    const found = await lookAtRest(scene)
    if (found.as === 'under-way') {
      record.decision ??= { action: 'attach', reasons: [] }
      return { as: 'accepted' }
    }

    const decision = decide(desired, found.image, { force: inputs.force, watched: found.watched })
    // Once something was submitted, what this run set out to do stays what it was.
    if (record.build.submitted === 'no') record.decision = decision
    if (!builds(decision)) {
      // A request without an answer, and then just that image: as far as anybody can tell it was this run's.
      if (record.build.submitted === 'perhaps') record.build.submitted = 'yes'
      return { as: 'succeeded' }
    }
    world.log.line(`To do: ${decision.action}, because ${listed(decision.reasons.map(reason => reasonWords[reason]))}.`)
    if (record.build.submitted === 'no' && record.resolution === undefined) {
      await resolve(desired.requirements, undefined, scene)
      refuseFindings(scene)
    }

    warnOfActive(await preflight(scene), scene.target, scene)
    const begun = await submit(scene, found.image)
    if (begun === undefined) continue
    if (!inputs.wait) return { as: 'accepted' }
    if (await follow(scene, begun)) return { as: 'succeeded' }
  }
}

/** Says what `apply` would do, and whether it would work, without doing any of it. */
async function plan(run: Run<PlanInputs>): Promise<Ending> {
  const requirements = await read(run)
  await check(requirements, run)
  const image = await compare(requirements, run)
  await resolve(requirements, image, run)
  refuseFindings(run)
  return { as: 'planned' }
}

/** Deletes the image, or the old ones of a family, or says what would be deleted. */
async function clear(run: Run<DeleteInputs>): Promise<Ending> {
  const clearing = { ...run, means: await signIn(run), setbacks: { obstructed: 0, unanswered: 0 } }
  const doomed = (await choose(clearing)).filter(({ deleted }) => deleted)
  if (run.inputs.pretend) return { as: 'planned' }
  for (const [index, { image }] of doomed.entries()) await remove(image, index === 0, clearing)
  return { as: 'removed' }
}

function endingOf(error: unknown): Ending {
  if (error instanceof Stopped) return { as: 'stopped', reason: error.reason }
  if (error instanceof Failure) return { as: 'failure', failure: error }
  return { as: 'defect', error }
}
