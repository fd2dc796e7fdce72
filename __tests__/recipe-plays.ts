import { pythonOn, setExtension } from '../emulator/azure/cluster.js'
import type { CloudName } from '../emulator/azure/clouds.js'
import { pullRequest, push } from '../emulator/github/events.js'
import { stepsOf, type Workflow, workflowsIn } from './project/workflows.js'
import { requirements, wanted } from './wanted.js'
import type { World } from '../emulator/world.js'

// What people copy is run as it stands: every step with this action, with what its expressions would come to.

const digest = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** What expressions come to; those of the application's and the world's IDs are left to the world. */
const values: Readonly<Record<string, string>> = {
  'vars.KUSTO_RESOURCE_GROUP': 'analytics-prod',
  'vars.KUSTO_CLUSTER': 'adxforecast',
  'vars.KUSTO_DATABASE': 'telemetry',
  'github.event.pull_request.number': '7',
  "github.event.action == 'closed' && 'delete' || 'apply'": 'apply',
  'inputs.force': 'true',
  'inputs.activate': 'false',
  'inputs.image-name': 'forecasting',
  'inputs.requirements-file': 'functions/requirements.txt',
  'matrix.cluster': 'adxforecasteu',
  'matrix.resource-group': 'analytics-eu',
  'matrix.image': 'routing',
  'needs.base.outputs.image-name': `base-${digest}`,
  'steps.today.outputs.date': '20261125',
}

function evaluate(text: string): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const value = expression.startsWith('hashFiles(') ? digest : values[expression]
    if (value === undefined) throw new Error(`No value for ${expression}`)
    return value
  })
}

/** The step's inputs; IDs that variables hold, and whose names fit, are those of the world. */
export function inputsOf(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const inputs = Object.entries(given).flatMap(([name, value]) => {
    const id = /^\$\{\{ vars\.AZURE_(?:[A-Z]+_)?(CLIENT_ID|TENANT_ID|SUBSCRIPTION_ID) \}\}$/.exec(String(value))?.[1]
    if (id === undefined) return [[name, evaluate(String(value))]]
    if (name !== id.toLowerCase().replace('_', '-')) throw new Error(`${name} is given ${String(value)}`)
    return []
  })
  const absent = Object.keys(given).includes('language-version') ? {} : { 'language-version': '' }
  return { ...absent, ...(Object.fromEntries(inputs) as Record<string, string>) }
}

/** Holds a step of a recipe. */
export type Recipe = { readonly workflow: Workflow; readonly given: Readonly<Record<string, unknown>> }

/** Every step with this action in the recipes, by the name of its file. */
export const recipes = workflowsIn('examples/workflows').flatMap(workflow =>
  stepsOf(workflow)
    .filter(({ uses }) => uses?.startsWith('org/kusto-sandbox-image@'))
    .map(({ with: given = {} }, index): [string, Recipe] => [
      `${workflow.file}, step ${index + 1}`,
      { workflow, given },
    ]),
)

const query = 'print passed = true'

/** Tells how to play a step of a recipe, wherever that is done. */
export function playOf({ workflow, given }: Recipe) {
  const inputs = inputsOf(given)
  const base = inputs['base-image-name']
  return {
    inputs,
    event: 'pull_request' in workflow.on ? pullRequest() : push,
    files: {
      [inputs['requirements-file'] ?? 'requirements.txt']: requirements,
      ...(inputs['verify-queries'] && { [inputs['verify-queries'].replace('*', 'test')]: query }),
    },
    world: {
      cloud: (inputs['environment'] ?? 'AzureCloud') as CloudName,
      cluster: { name: inputs['cluster-name']!, resourceGroup: inputs['resource-group']! },
    },
    prepare: (world: World) => {
      if (base !== undefined) world.cluster.images.set(base, wanted)
      world.settings.queries.set(query, { columns: { passed: 'bool' }, rows: [[true]] })
      if (inputs['mode'] === 'verify') {
        world.cluster.images.set(inputs['image-name'] ?? '', { ...wanted, languageVersion: '3.11.7' })
        setExtension(world.cluster, pythonOn(inputs['image-name'] ?? ''))
      }
    },
  }
}
