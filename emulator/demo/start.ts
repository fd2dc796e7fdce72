/** `npm start`: shows the action at work against the emulated GitHub, Entra and Azure. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, stripVTControlCharacters, styleText } from 'node:util'
import { actionRuntime, projectRoot } from '../github/project.js'
import { readRequirementFiles, type RequirementFiles, type Scenario } from './scenarios/scenario.js'
import { playScenario, scenarios } from './scenario-run.js'
import { dim, showLog } from './show-log.js'
import { showEnd } from './show-end.js'
import { writeMarkdownPage } from './markdown-page.js'
import type { World } from '../world.js'

const options = {
  scenario: { type: 'string', default: 'first-build' },
  requirements: { type: 'string', default: join(projectRoot, 'examples/forecasting/requirements.txt') },
  all: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  debug: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const usage = `Shows the action at work: runs the committed dist/index.js as GitHub's runner would, against an emulated GitHub,
Entra and Azure on this machine. Nothing leaves it.

  npm start -- [options]

  --scenario NAME      what happens; default: first-build
  --requirements FILE  another requirements file than examples/forecasting/requirements.txt
  --debug              with debug logging, as a rerun with it has
  --all                every scenario, one line each; fails if one ends other than it should
  --list               the scenarios
  --help               this text

Scenarios:
${listScenarios()}
`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  let values
  try {
    values = parseArgs({ args, options }).values
  } catch (error) {
    return refuse((error as Error).message)
  }
  if (values.help) return say(usage)
  if (values.list) return say(listScenarios())
  const scenario = scenarios.find(each => each.name === values.scenario)
  if (!scenario) return refuse(`There is no scenario "${values.scenario}".`)
  const file = resolve(process.env['INIT_CWD'] ?? '.', values.requirements)
  if (!existsSync(file)) return refuse(`There is no file ${file}.`)
  const requirements = await readRequirementFiles(file)
  return values.all ? showAll(requirements) : showOne(scenario, requirements, values.debug)
}

async function showOne(scenario: Scenario, requirements: RequirementFiles, debug: boolean): Promise<number> {
  say(`${styleText('bold', scenario.name)}: ${scenario.shows}`)
  const speed = scenario.world?.speed ?? 1
  if (speed > 1) say(dim(`The clock runs ${speed} times as fast as yours.`))
  say('')
  const onLine = showLog(say, { speed, debug })
  const end = await playScenario(scenario, { requirements, debug, onLine })
  const page = await writeSummary(scenario, end.step.summary)
  say(showEnd(end, { page, comments: await writeComments(scenario, end.world) }))
  return end.surprises.length === 0 ? 0 : 1
}

async function showAll(requirements: RequirementFiles): Promise<number> {
  let unexpected = 0
  for (const scenario of scenarios) {
    const started = performance.now()
    const surprises = await playQuietly(scenario, requirements)
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5)
    const mark = surprises.length === 0 ? styleText('green', '✓') : styleText('red', '✗')
    say(`${mark} ${scenario.name.padEnd(24)} ${dim(`${seconds} s`)}`)
    for (const surprise of surprises) say(`    ${surprise}`)
    if (surprises.length > 0) unexpected += 1
  }
  say(`\n${scenarios.length - unexpected} of ${scenarios.length} scenarios ended as expected, on ${actionRuntime()}.`)
  return unexpected === 0 ? 0 : 1
}

async function playQuietly(scenario: Scenario, requirements: RequirementFiles): Promise<readonly string[]> {
  try {
    const { step, surprises } = await playScenario(scenario, { requirements })
    await writeSummary(scenario, step.summary)
    return surprises
  } catch (error) {
    return [String(error)]
  }
}

function writeSummary({ name }: Scenario, summary: string): Promise<string> {
  return writeMarkdownPage(join(projectRoot, '.demo', name), 'summary', `Job summary: ${name}`, summary)
}

function writeComments({ name }: Scenario, { api }: World): Promise<string[]> {
  const folder = join(projectRoot, '.demo', name)
  const pages = api.comments.map(({ author, body }, index) =>
    writeMarkdownPage(folder, `comment-${index + 1}`, `${author} commented: ${name}`, body),
  )
  return Promise.all(pages)
}

function listScenarios(): string {
  return scenarios.map(({ name, shows }) => `  ${name.padEnd(24)}${shows}`).join('\n')
}

function say(text: string): 0 {
  // What the action colours is left to the same rules (terminal, NO_COLOR, FORCE_COLOR) as what this program colours.
  const colourful = styleText('bold', '') !== ''
  process.stdout.write(`${colourful ? text : stripVTControlCharacters(text)}\n`)
  return 0
}

function refuse(problem: string): 2 {
  process.stderr.write(`${problem} See npm start -- --help.\n`)
  return 2
}
