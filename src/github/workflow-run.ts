import { readFileSync } from 'node:fs'
import { type JsonObject, objectIn, parseJson, textIn } from '../json.js'

/** Tells of the workflow run around the step, as the runner's variables tell it. */
export type WorkflowRun = {
  readonly workspace: string
  readonly serverUrl: string
  /** Of the API, on an enterprise's server its own. */
  readonly apiUrl: string
  readonly repository: string
  readonly sha: string
  /** Number of the run, which names its page. */
  readonly runId: string
  /** The repository of this action itself; empty where it is used from a path. */
  readonly actionRepository: string
  /** Which version of it: a tag, a branch or a commit. */
  readonly actionRef: string
  /** Number of the pull request that the run is about, if it is about one. */
  readonly pullRequest: number | undefined
  /** The pull request's own last commit: {@link sha} is that of a merge which nobody has made yet. */
  readonly headSha: string | undefined
  /** Whether the run is one of a fork's pull request, which gets no ID token whatever its permissions say. */
  readonly isOfFork: boolean
  /** Whether the change that the run is about comes from a fork, whatever rights the run has. */
  readonly concernsFork: boolean
  readonly idTokenUrl: string | undefined
  readonly idTokenBearer: string | undefined
}

/** Reads the variables of a run. https://docs.github.com/actions/reference/workflows-and-actions/variables */
export function workflowRunFrom(env: NodeJS.ProcessEnv): WorkflowRun {
  const event = eventIn(env['GITHUB_EVENT_PATH'])
  const concernsFork = isOfFork(event, env)
  return {
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    serverUrl: env['GITHUB_SERVER_URL'] || 'https://github.com',
    repository: env['GITHUB_REPOSITORY'] ?? '',
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    sha: env['GITHUB_SHA'] ?? '',
    runId: env['GITHUB_RUN_ID'] ?? '',
    actionRepository: env['GITHUB_ACTION_REPOSITORY'] ?? '',
    actionRef: env['GITHUB_ACTION_REF'] ?? '',
    pullRequest: pullRequestOf(event),
    headSha: textIn(objectIn(objectIn(event?.['pull_request'])?.['head'])?.['sha']),
    isOfFork: env['GITHUB_EVENT_NAME']?.startsWith('pull_request') === true && concernsFork,
    concernsFork,
    idTokenUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'] || undefined,
    idTokenBearer: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] || undefined,
  }
}

/** The payload of the event that started the run. https://docs.github.com/webhooks/webhook-events-and-payloads */
function eventIn(path: string | undefined): JsonObject | undefined {
  if (path === undefined) return undefined
  try {
    return objectIn(parseJson(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Whether the head of the pull request, or of the run that a `workflow_run` follows, is in another repository. */
function isOfFork(event: JsonObject | undefined, env: NodeJS.ProcessEnv): boolean {
  const head = objectIn(objectIn(event?.['pull_request'])?.['head'])
  const followed = objectIn(event?.['workflow_run'])
  const heads = [...(head ? [head['repo']] : []), ...(followed ? [followed['head_repository']] : [])]
  // The head's repository is null once the fork is deleted.
  return heads.some(repository => objectIn(repository)?.['full_name'] !== env['GITHUB_REPOSITORY'])
}

/** A comment on a pull request comes as one on an issue. */
function pullRequestOf(event: JsonObject | undefined): number | undefined {
  const issue = objectIn(event?.['issue'])
  const subject = objectIn(event?.['pull_request']) ?? (issue?.['pull_request'] === undefined ? undefined : issue)
  const number = subject?.['number']
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

/** Tells whether the run gets neither an ID token nor variables of the repository, whatever its workflow says. */
export function isRestricted({ isOfFork, idTokenUrl }: WorkflowRun): boolean {
  return isOfFork && idTokenUrl === undefined
}

/** Returns the URL of a file of the repository at the run's own commit, or undefined outside of a workflow. */
export function blobUrl({ serverUrl, repository, sha }: WorkflowRun, file: string, line?: number): string | undefined {
  if (repository === '' || sha === '') return undefined
  const path = file.split('/').map(encodeURIComponent).join('/')
  return `${serverUrl}/${repository}/blob/${sha}/${path}${line === undefined ? '' : `#L${line}`}`
}

/** Returns the page of the run, with its log; undefined outside of a workflow. */
export function runUrl({ serverUrl, repository, runId }: WorkflowRun): string | undefined {
  return repository === '' || !/^\d+$/.test(runId) ? undefined : `${serverUrl}/${repository}/actions/runs/${runId}`
}

/** Returns the commit that the run is about, and its page. */
export function commitOf(run: WorkflowRun): { sha: string; url: string } | undefined {
  const { serverUrl, repository, sha, headSha = sha } = run
  if (repository === '' || !/^[\da-f]{40,64}$/.test(headSha)) return undefined
  return { sha: headSha, url: `${serverUrl}/${repository}/commit/${headSha}` }
}

/** Returns where defects of this action are reported: in the repository that the workflow uses it from. */
export function issuesUrl({ serverUrl, actionRepository }: WorkflowRun): string {
  return actionRepository === '' ? "the action's repository" : `${serverUrl}/${actionRepository}/issues`
}

/** Returns the section of this action's troubleshooting guide on a code. */
export function helpUrl(workflow: WorkflowRun, code: string): string {
  return docsUrl(workflow, `docs/troubleshooting.md#${code}`)
}

/** Returns the URL of a page of this action, as of the version that runs; its path alone where the repository is not known. */
export function docsUrl({ serverUrl, actionRepository, actionRef }: WorkflowRun, page: string): string {
  const ref = (actionRef || 'HEAD').split('/').map(encodeURIComponent).join('/')
  return actionRepository === '' ? page : `${serverUrl}/${actionRepository}/blob/${ref}/${page}`
}
