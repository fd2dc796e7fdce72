import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { scenarios } from '../../emulator/demo/scenario-run.js'
import { readRequirementFiles, type RequirementFiles } from '../../emulator/demo/scenarios/scenario.js'
import { projectRoot } from '../../emulator/github/project.js'
import { simulateScenario } from './scenario.js'

let requirements: RequirementFiles
beforeAll(async () => {
  requirements = await readRequirementFiles(join(projectRoot, 'examples/forecasting/requirements.txt'))
})

describe('a scenario of the demo ends as expected', () => {
  test.each(scenarios.map(scenario => [scenario.name, scenario] as const))('%s', async (_, scenario) => {
    const { surprises, step } = await simulateScenario(scenario, requirements)
    expect([surprises, surprises.length === 0 ? '' : step.log]).toEqual([[], ''])
  })
})
