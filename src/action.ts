import { randomUUID } from 'node:crypto'
import * as core from '@actions/core'
import { setLogLevel } from '@azure/logger'
import { systemClock } from './clock.js'
import { Stopped } from './failure.js'
import { runnerLog } from './github/log.js'
import { setOutputs, writeSummary } from './github/step-files.js'
import { workflowRunFrom } from './github/workflow-run.js'
import { run } from './main.js'
import { createTransport } from './network/transport.js'
import { withheldInWords } from './programs/environment.js'
import type { Programs } from './programs/programs.js'
import { nodeWorkspaceFiles } from './requirements/file/node-workspace-files.js'

/** Milliseconds that whatever still keeps the process alive gets after the run has ended. */
const grace = 200

const cancellation = new AbortController()
// The runner sends SIGINT when a workflow is cancelled, SIGTERM 7.5 seconds later, and kills after 2.5 more. On Windows
// these are Ctrl+C and Ctrl+Break, which Node calls SIGINT and SIGBREAK.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
  process.on(signal, () => cancellation.abort(new Stopped('cancelled')))
}

// AZURE_LOG_LEVEL would have Azure's libraries print by themselves, past src/github/log.ts.
setLogLevel(undefined)

// Where the other end of the output is closed, or has no room, nothing more is printed there; the run continues.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
  runnerLog.warning(
    'NODE_TLS_REJECT_UNAUTHORIZED is 0, so no certificate is checked: whoever is between this runner and Azure can read and change everything, including tokens. Remove the variable; to trust a company certificate, set NODE_EXTRA_CA_CERTS.',
    { title: 'certificates-unchecked' },
  )
}

const workflow = workflowRunFrom(process.env)
const transport = createTransport(systemClock, runnerLog.debug, process.env)

let loaded: Promise<Programs> | undefined
const programs = (): Promise<Programs> => (loaded ??= loadPrograms())

async function loadPrograms(): Promise<Programs> {
  const { nodePrograms } = await import('./programs/node-programs.js')
  return nodePrograms({
    variables: process.env,
    workspace: workflow.workspace,
    withheld: names => runnerLog.notice(withheldInWords(names), { title: 'workspace-variables' }),
  })
}

process.exitCode = await run({
  input: name => core.getInput(name),
  workflow,
  files: nodeWorkspaceFiles(workflow.workspace),
  programs,
  tools: async () => {
    const { nodeTools } = await import('./requirements/resolver/node-tools.js')
    return nodeTools(await programs(), process.env['RUNNER_TEMP'], transport.send)
  },
  formats: () => import('./requirements/formats/read-dependency-file.js'),
  commenter: async () => (await import('./github/sticky-comment.js')).keepComment,
  send: transport.send,
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  log: runnerLog,
  setOutputs,
  writeSummary,
  cancelled: cancellation.signal,
}).catch((error: unknown) => {
  runnerLog.error(`The outcome could not be reported: ${String(error)}`, { title: 'defect' })
  return 1
})
transport.close()
// What was printed goes first: Node keeps for later what a pipe has no room for, until whoever reads it gets to it.
process.stdout.write('', () => setTimeout(() => process.exit(), grace).unref())
