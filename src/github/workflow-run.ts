import { readFileSync } from 'node:fs'
import { objectIn, parseJson } from '../json.js'

/** The workflow run around the step, as the runner's variables tell it. */
export type WorkflowRun = {
  readonly workspace: string
  readonly serverUrl: string
  readonly repository: string
  readonly sha: string
  /** The repository of this action itself; empty where it is used from a path. */
  readonly actionRepository: string
  /** Why the run gets no ID token whatever its permissions say, if so. */
  readonly restricted: 'fork' | 'dependabot' | undefined
  readonly idTokenUrl: string | undefined
  readonly idTokenBearer: string | undefined
}

/** Reads the variables of a run. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function workflowRunFrom(env: NodeJS.ProcessEnv): WorkflowRun {
  return {
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    serverUrl: env['GITHUB_SERVER_URL'] || 'https://github.com',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    actionRepository: env['GITHUB_ACTION_REPOSITORY'] ?? '',
    restricted: env['GITHUB_ACTOR'] === 'dependabot[bot]' ? 'dependabot' : fromFork(env) ? 'fork' : undefined,
    idTokenUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'] || undefined,
    idTokenBearer: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] || undefined,
  }
}

function fromFork(env: NodeJS.ProcessEnv): boolean {
  const path = env['GITHUB_EVENT_PATH']
  if (path === undefined || !env['GITHUB_EVENT_NAME']?.startsWith('pull_request')) return false
  try {
    const head = objectIn(objectIn(objectIn(parseJson(readFileSync(path, 'utf8')))?.['pull_request'])?.['head'])
    const repository = objectIn(head?.['repo'])
    // The head's repository is null once the fork is deleted.
    return head !== undefined && repository?.['full_name'] !== env['GITHUB_REPOSITORY']
  } catch {
    return false
  }
}

/** A file of the repository at the run's own commit, or undefined outside of a workflow. */
export function blobUrl({ serverUrl, repository, sha }: WorkflowRun, file: string, line?: number): string | undefined {
  if (repository === '' || sha === '') return undefined
  const path = file.split('/').map(encodeURIComponent).join('/')
  return `${serverUrl}/${repository}/blob/${sha}/${path}${line === undefined ? '' : `#L${line}`}`
}

/** Where defects of this action are reported: in the repository that the workflow uses it from. */
export function issuesUrl({ serverUrl, actionRepository }: WorkflowRun): string {
  return actionRepository === '' ? "the action's repository" : `${serverUrl}/${actionRepository}/issues`
}
