import { applyScenarios } from './scenarios/apply.js'
import { planScenarios } from './scenarios/plan.js'
import { imageName, type RequirementFiles, type Scenario } from './scenarios/scenario.js'
import { deleteScenarios, useScenarios } from './scenarios/use.js'
import { exampleReleases, type Releases } from '../github/releases.js'
import { runStep, type StepResult } from '../github/runner.js'
import type { LogLine } from '../github/step-output.js'
import { stepInputs } from '../github/action-file.js'
import { type StartedWorld, startWorld, type World } from '../world.js'

/** Lists all scenarios; the first is the one shown unless another is named. */
export const scenarios: readonly Scenario[] = [...applyScenarios, ...planScenarios, ...useScenarios, ...deleteScenarios]

/** Holds what a scenario came to. */
export type ScenarioEnd = {
  readonly step: StepResult
  readonly world: StartedWorld
  /** In which ways it ended other than expected. */
  readonly surprises: readonly string[]
}

/** Says how to play a scenario. */
type ScenarioOptions = {
  readonly requirements: RequirementFiles
  readonly debug?: boolean
  readonly onLine?: (line: LogLine, world: StartedWorld) => void
}

/** Plays a scenario: starts its world, runs the action in it, and compares the end with what is expected. */
export async function playScenario(scenario: Scenario, options: ScenarioOptions): Promise<ScenarioEnd> {
  const { requirements, debug = false, onLine } = options
  const world = await startWorld(scenario.world)
  try {
    prepareScenario(scenario, world, requirements)
    const { cancelWhen } = scenario
    const { inputs, ...given } = stepOf(scenario, requirements)
    const step = await runStep({
      world,
      debug,
      ...given,
      inputs: { ...stepInputs(world, imageName), ...inputs },
      ...(scenario.event && { event: scenario.event }),
      ...(cancelWhen && { cancelWhen: () => cancelWhen(world) }),
      ...(onLine && { onLine: line => onLine(line, world) }),
    })
    return { step, world, surprises: surprisesOf(scenario, step, world) }
  } finally {
    await world.close()
  }
}

/** The newest version that the service offers. */
const languageVersion = '3.11.7'

/** Sets up what is there before the step starts. */
export function prepareScenario(scenario: Scenario, world: World, { inlined }: RequirementFiles): void {
  scenario.prepare?.(world, { language: 'Python', languageVersion, requirementsFileContent: inlined })
}

/** Returns what the step of a scenario is given, beside the inputs that lead to its world. */
export function stepOf(
  scenario: Scenario,
  requirements: RequirementFiles,
): { inputs: Record<string, string>; files: Record<string, string | Uint8Array>; uv: Releases } {
  return {
    inputs: {
      'language-version': languageVersion,
      'requirements-file': requirements.name,
      ...scenario.inputs,
    },
    files: { ...requirements.bytes, ...scenario.edit?.(requirements) },
    uv: scenario.uv ?? exampleReleases,
  }
}

/** Tells in which ways a step and its world ended other than expected; its log counts where it is known. */
export function surprisesOf(
  { expects }: Scenario,
  step: Pick<StepResult, 'exitCode' | 'outputs'> & { readonly log?: string },
  world: World,
): string[] {
  const surprises: string[] = []
  const check = (what: string, expected: unknown, actual: unknown): void => {
    if (expected !== actual) surprises.push(`${what} is ${String(actual)}, expected ${String(expected)}`)
  }
  check('exit code', expects.exitCode, step.exitCode)
  for (const [name, value] of Object.entries(expects.outputs ?? {}))
    check(`output ${name}`, value, step.outputs[name] ?? '')
  const ownBuilds = world.builds.filter(build => build.by === world.principal.clientId)
  check('number of builds', expects.builds ?? 1, ownBuilds.length)
  check('number of requests to foreign hosts', 0, world.seen('foreign').length + world.refusedConnects.length)
  if (step.log !== undefined && expects.log?.test(step.log) === false)
    surprises.push(`the log does not say ${String(expects.log)}`)
  return surprises
}
