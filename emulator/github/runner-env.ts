import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkflowEvent } from './events.js'

const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH'] as const

/** Describes a file into which a step writes what the runner is to do; the name of the variable that holds its path. */
export type CommandFile = (typeof commandFiles)[number]

/** Tells where a command file lies in the folder of a step. */
export function commandFile(folder: string, name: CommandFile): string {
  return join(folder, name.toLowerCase())
}

/** Returns the variables that GitHub's runner sets for every step, as far as an action may look at them. */
export async function runnerEnv(
  folder: string,
  workspace: string,
  event: WorkflowEvent,
): Promise<Record<string, string>> {
  const paths = Object.fromEntries(commandFiles.map(name => [name, commandFile(folder, name)]))
  const temp = join(folder, 'temp')
  const home = join(folder, 'home')
  const eventPath = join(folder, 'event.json')
  await Promise.all([mkdir(temp), mkdir(home), writeFile(eventPath, JSON.stringify(event.payload))])
  await Promise.all(Object.values(paths).map(path => writeFile(path, '')))
  return {
    ...runVariables(event),
    // What this machine has installed is no part of the world.
    PATH: join(folder, 'bin'),
    HOME: home,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    ...paths,
  }
}

/** Returns those of them that describe the run, and name no place of this machine. */
export function runVariables(event: WorkflowEvent): Record<string, string> {
  return {
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__org_kusto-sandbox-image',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION_REPOSITORY: 'org/kusto-sandbox-image',
    GITHUB_ACTOR: 'dana',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_JOB: 'image',
    GITHUB_REPOSITORY: 'contoso/forecasting',
    GITHUB_REPOSITORY_OWNER: 'contoso',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '17604213398',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
    GITHUB_TRIGGERING_ACTOR: 'dana',
    GITHUB_WORKFLOW: 'Forecasting image',
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    ...event.variables,
  }
}

/** The runner keeps no more of a step's summary. */
const summaryLimitBytes = 1024 * 1024

/** Reads a file of `name=value` lines and `name<<delimiter` blocks, as strictly as the runner. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!
    if (line === '') continue
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[nameIn(line, equals)] = line.slice(equals + 1)
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, at + 1)
      if (delimiter === '' || end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values[nameIn(line, heredoc)] = lines.slice(at + 1, end).join('\n')
      at = end
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}

/** Tells what the runner keeps of a step's outputs: it drops those that contain a mask. */
export function outputsKept(
  written: Readonly<Record<string, string>>,
  masks: readonly string[],
): { outputs: Record<string, string>; droppedOutputs: string[] } {
  const isSecret = ([, value]: [string, string]): boolean => masks.some(mask => value.includes(mask))
  const entries = Object.entries(written)
  return {
    outputs: Object.fromEntries(entries.filter(entry => !isSecret(entry))),
    droppedOutputs: entries.filter(isSecret).map(([name]) => name),
  }
}

/** Returns a step's summary as the runner shows it, which shows none that is too large. */
export function summaryShown(content: Buffer): string {
  if (content.length <= summaryLimitBytes) return content.toString('utf8')
  const size = Math.ceil(content.length / 1024)
  throw new Error(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`)
}

function nameIn(line: string, end: number): string {
  const name = line.slice(0, end)
  if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`)
  return name
}
