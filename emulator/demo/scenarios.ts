import { applyScenarios } from './scenarios/apply.js'
import { planScenarios } from './scenarios/plan.js'
import type { Scenario } from './scenarios/scenario.js'
import { deleteScenarios, useScenarios } from './scenarios/use.js'

/** Lists all scenarios; the first is the one shown unless another is named. */
export const scenarios: readonly Scenario[] = [...applyScenarios, ...planScenarios, ...useScenarios, ...deleteScenarios]
