import { Failure, Stopped } from './failure.js'
import { startDeadline } from './clock.js'
import { withListener } from './github/log.js'
import { isRestricted } from './github/workflow-run.js'
import { readInputs } from './inputs/read-inputs.js'
import type { ApplyInputs, DeleteInputs, PlanInputs, VerifyInputs } from './inputs/inputs.js'
import { report } from './report/report.js'
import { beginRun, type Outcome, type RunState } from './run-state.js'
import type { Runtime } from './runtime.js'
import { activate, confirmImage } from './steps/activate.js'
import { buildImage } from './steps/build-image.js'
import { buildMember } from './steps/build-member.js'
import { checkRequirements, refuseFindings } from './steps/check-requirements.js'
import { readQueries } from './steps/read-queries.js'
import { readRequirementsFile } from './steps/read-requirements.js'
import { planBuild } from './steps/plan-build.js'
import { phasesOf, type RunContext } from './steps/context.js'
import { deleteImage } from './steps/delete-images.js'
import { planDeletion } from './steps/plan-deletion.js'
import { lockToImage } from './steps/lock-requirements.js'
import { resolveRequirements } from './steps/resolve-requirements.js'
import { rollBack } from './steps/roll-back.js'
import { signIn } from './steps/sign-in.js'
import { verify } from './steps/verify.js'
import { verifyActive } from './steps/verify-active.js'

/** Runs the action once. Whatever happens, what is known is reported. @returns the exit code of the process. */
export async function run(given: Runtime): Promise<number> {
  const state = beginRun(given.clock)
  const log = withListener(given.log, (level, text) => {
    state.annotated[level]++
    if (level === 'warning') state.warnings.push(text)
  })
  const runtime = { ...given, log }
  state.outcome = await execute(state, runtime).catch(outcomeOf)
  return report(state, runtime)
}

/** Does what the inputs ask for, within the time that they allow. */
async function execute(state: RunState, runtime: Runtime): Promise<Outcome> {
  const inputs = (state.inputs = readInputs(runtime.input, isRestricted(runtime.workflow)))
  state.target = inputs.target
  const limit = startDeadline(inputs.timeout, runtime.clock)
  const signal = AbortSignal.any([runtime.cancelled, limit.signal])
  const shared = { state, runtime, signal, deadline: limit.at, phase: phasesOf(state, runtime) }
  try {
    switch (inputs.mode) {
      case 'apply':
        return await apply({ ...shared, inputs })
      case 'plan':
        return await plan({ ...shared, inputs })
      case 'verify':
        return await verifyOnly({ ...shared, inputs })
      case 'delete':
        return await deleteImages({ ...shared, inputs })
    }
  } finally {
    limit.clear()
  }
}

/** Makes the image match and, where that is asked for, has queries run on it, and goes back when they do not. */
async function apply(run: RunContext<ApplyInputs>): Promise<Outcome> {
  const { inputs } = run
  const requirements = await readRequirementsFile(run)
  await checkRequirements(requirements, run)
  refuseFindings(run)
  const queries = await readQueries(run)
  const azure = await signIn(run)
  const start = { ...run, azure, target: inputs.target }
  const wanted = inputs.lock === 'false' ? requirements : await lockToImage(requirements, start)
  const context = { ...start, desired: { ...inputs, requirements: wanted }, queries, trial: {} }
  const { outcome, target } = await (inputs.family === undefined
    ? buildImage(context)
    : buildMember(inputs.family, context))
  const built = { ...context, target }
  if (inputs.activate) await activate(built)
  const failure = await verify(built)
  if (failure !== undefined) await rollBack(failure, built)
  if (inputs.activate) await confirmImage(built)
  return outcome
}

/** Says what `apply` would do, and whether it would work, without doing any of it. */
async function plan(run: RunContext<PlanInputs>): Promise<Outcome> {
  const requirements = await readRequirementsFile(run)
  await checkRequirements(requirements, run)
  const { current, base } = await planBuild(requirements, run)
  if (run.inputs.lock === 'false') await resolveRequirements(requirements, current, base, run)
  refuseFindings(run)
  return { as: 'planned' }
}

/** Tries the image that queries run on, and changes nothing. */
async function verifyOnly(run: RunContext<VerifyInputs>): Promise<Outcome> {
  const { inputs } = run
  const requirements = await readRequirementsFile(run)
  refuseFindings(run)
  const queries = await readQueries(run)
  const azure = await signIn(run)
  return verifyActive({
    ...run,
    azure,
    target: inputs.target,
    desired: { ...inputs, requirements },
    queries,
    trial: {},
  })
}

/** Deletes the image, or the old ones of a family, or says what would be deleted. */
async function deleteImages(run: RunContext<DeleteInputs>): Promise<Outcome> {
  const context = { ...run, azure: await signIn(run), target: run.inputs.target }
  const retention = await planDeletion(context)
  if (run.inputs.dryRun) return { as: 'planned' }
  for (const { image, isDeleted } of retention) if (isDeleted) await deleteImage(image, context)
  return { as: 'deleted' }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof Stopped) return { as: 'stopped', reason: error.reason }
  if (error instanceof Failure) return { as: 'failure', failure: error }
  return { as: 'defect', error }
}
