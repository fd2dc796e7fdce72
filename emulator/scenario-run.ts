import type { ImageContent } from './cluster.js'
import type { RequirementFiles } from './requirement-files.js'
import { exampleReleases } from './releases.js'
import { runStep } from './runner.js'
import type { StepResult } from './runner.js'
import { imageName } from './scenarios/scenario.js'
import type { Scenario } from './scenarios/scenario.js'
import type { LogLine } from './step-output.js'
import { stepInputs } from './step-inputs.js'
import { startWorld } from './world.js'
import type { World } from './world.js'

/** What a scenario came to. */
export type ScenarioEnd = {
  readonly step: StepResult
  readonly world: World
  /** In which ways it ended other than expected. */
  readonly surprises: readonly string[]
}

/** How to play a scenario. */
export type ScenarioOptions = {
  readonly requirements: RequirementFiles
  readonly debug?: boolean
  readonly onLine?: (line: LogLine, world: World) => void
}

/** Plays a scenario: starts its world, runs the action in it, and compares the end with what is expected. */
export async function playScenario(scenario: Scenario, options: ScenarioOptions): Promise<ScenarioEnd> {
  const { requirements, debug = false, onLine } = options
  const world = await startWorld(scenario.world)
  try {
    scenario.prepare?.(world, wantedContent(requirements))
    const { cancelWhen } = scenario
    const step = await runStep({
      world,
      debug,
      inputs: { ...stepInputs(world, imageName), 'requirements-file': requirements.name, ...scenario.inputs },
      uv: scenario.uv ?? exampleReleases,
      ...(scenario.event && { event: scenario.event }),
      files: { ...requirements.files, ...scenario.edit?.(requirements) },
      ...(cancelWhen && { cancelWhen: () => cancelWhen(world) }),
      ...(onLine && { onLine: line => onLine(line, world) }),
    })
    return { step, world, surprises: compare(scenario, step, world) }
  } finally {
    await world.close()
  }
}

function wantedContent(requirements: RequirementFiles): ImageContent {
  return { language: 'Python', languageVersion: '3.10.8', requirementsFileContent: requirements.inlined }
}

function compare({ expects }: Scenario, step: StepResult, world: World): string[] {
  const surprises: string[] = []
  const check = (what: string, expected: unknown, actual: unknown): void => {
    if (expected !== actual) surprises.push(`${what} is ${String(actual)}, expected ${String(expected)}`)
  }
  check('exit code', expects.exitCode, step.exitCode)
  for (const [name, value] of Object.entries(expects.outputs ?? {})) check(`output ${name}`, value, step.outputs[name])
  const ownBuilds = world.builds.filter(build => build.by === world.principal.clientId)
  check('number of builds', expects.builds ?? 1, ownBuilds.length)
  check('number of requests to foreign hosts', 0, world.seen('foreign').length + world.refusedConnects.length)
  if (expects.log && !expects.log.test(step.log)) surprises.push(`the log does not say ${String(expects.log)}`)
  return surprises
}
