/** `npm run contract`: checks what is taken for a fact of the services, against the emulator or a real cluster. */
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createEventClock } from '../bench/simulation/event-clock.js'
import { randomFrom } from '../bench/simulation/random.js'
import { sanitizeLine } from '../src/github/sanitize.js'
import { azureServices } from './azure.js'
import { choose, ChoiceError } from './choose.js'
import { emulatedServices } from './emulated.js'
import { createRedactor, type Exchange, recordedBy, recordingText } from './recording.js'
import { planText, reportText } from './report.js'
import { Interrupted } from './lab.js'
import { checkStatements, NotReady } from './run.js'
import type { Place } from './services.js'
import { cliToken, githubToken, SessionError } from './sessions.js'

const options = {
  azure: { type: 'boolean', default: false },
  subscription: { type: 'string' },
  'resource-group': { type: 'string' },
  cluster: { type: 'string' },
  database: { type: 'string' },
  statement: { type: 'string', multiple: true },
  disposable: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const usage = `Checks what this action takes for a fact of Azure Data Explorer: against the emulator, or against a real cluster.

  npm run contract
  npm run contract -- --azure --subscription ID --resource-group NAME --cluster NAME --database NAME

  --statement ID   check this statement alone; may be given several times
  --disposable     the cluster is for tests alone: needed for what switches it, or rebuilds or deletes the active image
  --dry-run        say what would be done
  --yes            do not ask
  --help           this text

With --azure, the session of the Azure CLI is used (az login). The report is written to contract-report.md, and what was sent and
answered, without ids, names and tokens, to contract-recording.jsonl. docs/contract.md has more.
`

/** Milliseconds after which no further statement is begun. */
const timeLimit = 50 * 60_000

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof ChoiceError || error instanceof SessionError || error instanceof NotReady)
    return refuse(error.message)
  throw error
})

async function main(args: string[]): Promise<number> {
  let values
  try {
    values = parseArgs({ args, options }).values
  } catch (error) {
    return refuse((error as Error).message)
  }
  if (values.help) return say(usage)
  const statements = choose({ ids: values.statement, isDisposable: values.disposable, isReal: values.azure })
  const run = randomUUID().replaceAll('-', '').slice(0, 8)
  if (!values.azure) {
    const clock = createEventClock(Date.now())
    const { services, place } = emulatedServices(clock, randomFrom(1))
    if (values['dry-run']) return say(`${planText(statements, 'the emulator')}\n`)
    const plan = { statements, place, run, timeLimit: Infinity }
    return end(await clock.elapse(checkStatements(plan, services, services, note)), 'the emulator', text => text)
  }
  const place = placeIn(values)
  say(`${planText(statements, `cluster ${place.cluster}`)}\n`)
  if (values['dry-run']) return 0
  if (!values.yes && !(await confirmed())) return say('Nothing was done.\n')

  const interruption = new AbortController()
  const interrupt = () => {
    note('Interrupted. Cleaning up; interrupt again to leave at once.')
    interruption.abort(new Interrupted('interrupted'))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  const exchanges: Exchange[] = []
  const token = githubToken(process.env) ?? cliToken
  const services = recordedBy(azureServices(place, interruption.signal, token), exchanges)
  const cleaner = azureServices(place, new AbortController().signal, token)
  const results = await checkStatements({ statements, place, run, timeLimit }, services, cleaner, note)
  const redact = createRedactor(place)
  await writeFile('contract-recording.jsonl', recordingText(exchanges, redact))
  return end(results, 'a real cluster', redact)
}

function placeIn(values: {
  subscription?: string
  'resource-group'?: string
  cluster?: string
  database?: string
}): Place {
  const { subscription = '', 'resource-group': resourceGroup = '', cluster = '', database = '' } = values
  const missing = Object.entries({ subscription, 'resource-group': resourceGroup, cluster, database })
  const names = missing.filter(([, value]) => !/^[\w.() -]+$/.test(value)).map(([name]) => `--${name}`)
  if (names.length > 0) throw new ChoiceError(`Give ${names.join(', ')} with --azure, each a plain name.`)
  return { subscription, resourceGroup, cluster, database }
}

async function confirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Go on? (yes/no) ')
  terminal.close()
  return answer.trim().toLowerCase() === 'yes'
}

async function end(
  results: Parameters<typeof reportText>[0],
  of: string,
  redact: (text: string) => string,
): Promise<number> {
  await writeFile('contract-report.md', reportText(results, of, redact))
  note('The report is in contract-report.md.')
  return results.every(({ verdict }) => verdict.as === 'holds') ? 0 : 1
}

/** What a service said must lead neither the terminal nor a runner. */
function note(line: string): void {
  say(`${sanitizeLine(line)}\n`)
}

function say(text: string): number {
  process.stdout.write(text)
  return 0
}

function refuse(text: string): number {
  process.stderr.write(`${sanitizeLine(text)}\n`)
  return 2
}
