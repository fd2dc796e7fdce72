/**
 * Plays a scenario with a step of a real job, `uses: ./`, in the place of the emulated runner:
 *
 *     node build/emulator/github/job.js list          the names of the scenarios that such a step can play, as JSON
 *     node build/emulator/github/job.js open NAME     starts its world; all that the step needs becomes an output
 *     node build/emulator/github/job.js judge         says whether all ended as expected: OUTCOME and OUTPUTS are the step's
 *
 * The world lives in a process of its own (`hold NAME`) until it is judged.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inputValues, readActionFile, stepInputs } from './action-file.js'
import { projectRoot } from './project.js'
import { imageName, readRequirementFiles, type Scenario } from '../demo/scenarios/scenario.js'
import { fillSearchPath, writeFiles } from './runner.js'
import { prepareScenario, scenarios, stepOf, surprisesOf } from '../demo/scenario-run.js'
import { startWorld } from '../world.js'

/** Where the requirements files of a scenario lie in the workspace. */
const folder = 'build/job'

/** What {@link hold} tells {@link open}. */
type Opened = { readonly outputs: Readonly<Record<string, string>>; readonly searchPath: string }

/** What {@link judge} tells {@link hold}. */
type Ended = { readonly outcome: string; readonly outputs: Readonly<Record<string, string>> }

/** A step cannot be cancelled alone, and the event of its job is what it is: no pull request of a fork. */
const playable = ({ cancelWhen, world, event }: Scenario): boolean =>
  cancelWhen === undefined && !(event !== undefined && world?.idTokenPermission === false)

const [command, name] = process.argv.slice(2)
if (command === 'list') console.log(JSON.stringify(scenarios.filter(playable).map(scenario => scenario.name)))
else if (command === 'open') open(named(name))
else if (command === 'hold') await hold(named(name))
else if (command === 'judge') process.exitCode = await judge()
else throw new Error('Say list, open NAME, or judge.')

function named(wanted: string | undefined): Scenario {
  const scenario = scenarios.find(each => each.name === wanted)
  if (scenario === undefined) throw new Error(`There is no scenario ${wanted}.`)
  return scenario
}

/** Starts the process that holds the world, and writes what it says as outputs of this step. */
function open({ name: scenario }: Scenario): void {
  const log = openSync(join(mkdtempSync(join(tmpdir(), 'kusto-job-')), 'log'), 'a')
  const holder = spawn(process.execPath, [fileURLToPath(import.meta.url), 'hold', scenario], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  holder.once('exit', code => {
    throw new Error(`The world of ${scenario} did not open: exit code ${code}`)
  })
  holder.once('message', (message: unknown) => {
    const { outputs, searchPath } = message as Opened
    for (const [output, value] of Object.entries(outputs)) appendTo('GITHUB_OUTPUT', entry(output, value))
    appendTo('GITHUB_PATH', `${searchPath}\n`)
    holder.removeAllListeners('exit')
    holder.disconnect()
    holder.unref()
    console.log(`The world of ${scenario} is open.`)
  })
}

/** Lives as the scenario's world until it is judged, or half an hour has passed. */
async function hold(scenario: Scenario): Promise<void> {
  const requirements = await readRequirementFiles(join(projectRoot, 'examples/forecasting/requirements.txt'))
  const world = await startWorld(scenario.world)
  // The step starts a while after this: its past begins with its first connection, not with the opening.
  world.fault({ on: 'connect', meanwhile: () => prepareScenario(scenario, world, requirements) })

  const { inputs, files, uv } = stepOf(scenario, requirements)
  await writeFiles(folder, files)
  const searchPath = join(mkdtempSync(join(tmpdir(), 'kusto-job-')), 'bin')
  // The stand-in for uv is a shell script.
  const onWindows = process.platform === 'win32'
  await fillSearchPath(searchPath, onWindows ? undefined : uv)
  const action = await readActionFile(join(projectRoot, 'action.yml'))
  const requirementsFile = { 'requirements-file': `${folder}/${requirements.name}` }
  const given = {
    ...stepInputs(world, imageName),
    ...inputs,
    ...(onWindows && { resolve: 'false' }),
    ...requirementsFile,
  }
  const values = inputValues(action, given, world.api.token)

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const { outcome, outputs } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Ended
      const exitCode = outcome === 'success' ? 0 : outcome === 'failure' ? 1 : null
      const surprises = surprisesOf(scenario, { exitCode, outputs }, world)
      response.end(JSON.stringify(surprises), () => void world.close().then(() => process.exit()))
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const opened: Opened = { outputs: { ...values, ...world.env, 'judge-url': url }, searchPath }
    process.send?.(opened)
  })
  setTimeout(() => process.exit(0), 30 * 60_000)
}

/** Asks the world whether the step did what was expected. */
async function judge(): Promise<0 | 1> {
  const { JUDGE_URL = '', OUTCOME: outcome = '', OUTPUTS = '{}' } = process.env
  const ended: Ended = { outcome, outputs: JSON.parse(OUTPUTS) as Ended['outputs'] }
  const answer = await fetch(JUDGE_URL, { method: 'POST', body: JSON.stringify(ended) })
  const surprises = (await answer.json()) as string[]
  console.log(surprises.length === 0 ? `It ended as expected: ${outcome}.` : surprises.join('\n'))
  return surprises.length === 0 ? 0 : 1
}

function appendTo(variable: string, text: string): void {
  const file = process.env[variable]
  if (file === undefined) throw new Error(`${variable} is not set: this is for a step of a job`)
  appendFileSync(file, text)
}

function entry(output: string, value: string): string {
  const delimiter = randomUUID()
  return `${output}<<${delimiter}\n${value}\n${delimiter}\n`
}
