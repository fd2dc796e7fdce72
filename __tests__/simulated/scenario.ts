import { prepareScenario, stepOf, surprisesOf } from '../../emulator/demo/scenario-run.js'
import type { RequirementFiles, Scenario } from '../../emulator/demo/scenarios/scenario.js'
import type { Releases } from '../../emulator/github/releases.js'
import { uvWith } from './fake-uv.js'
import { type PlayOptions, runInProcess } from './in-process.js'

/** Plays a scenario of the demo on simulated time, and tells in which ways it ended other than expected. */
export async function simulateScenario(scenario: Scenario, requirements: RequirementFiles) {
  const { speed: _, ...world } = scenario.world ?? {}
  const { event, cancelWhen } = scenario
  const { uv, ...given } = stepOf(scenario, requirements)
  const end = await runInProcess({
    ...given,
    world,
    tools: slowUv(uv),
    prepare: each => prepareScenario(scenario, each, requirements),
    ...(event && { event }),
    ...(cancelWhen && { cancelWhen }),
  })
  return { ...end, surprises: surprisesOf(scenario, end.step, end.world) }
}

/** The emulator's uv, which takes some seconds. */
function slowUv(releases: Releases): NonNullable<PlayOptions['tools']> {
  return (clock, send) => {
    const uv = uvWith(releases)(clock, send)
    const run: typeof uv.run = async (command, signal) => {
      await clock.sleep(3000, signal)
      return uv.run(command, signal)
    }
    return { ...uv, run }
  }
}
