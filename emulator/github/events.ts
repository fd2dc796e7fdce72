/** Says what started a workflow, as its run sees it. */
export type WorkflowEvent = {
  readonly name: string
  /** What the file at `GITHUB_EVENT_PATH` holds. */
  readonly payload: object
  /** Variables of the run that depend on it. */
  readonly variables: Readonly<Record<string, string>>
}

/** Describes a push to the main branch. */
export const push: WorkflowEvent = {
  name: 'push',
  payload: { ref: 'refs/heads/main' },
  variables: { GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main' },
}

/** Holds the number of every pull request of the emulator. */
export const pullRequestNumber = 7

/** Last commit of every pull request. */
const headSha = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'

/** Null for a fork that is deleted. */
const repositoryOf = (name: string | null) => (name === null ? null : { full_name: name })

/** Returns a run that follows one of a pull request from this repository, with the rights of the main branch. */
export function workflowRun(headRepository: string | null): WorkflowEvent {
  return {
    ...push,
    name: 'workflow_run',
    payload: {
      action: 'completed',
      workflow_run: {
        event: 'pull_request',
        conclusion: 'success',
        head_branch: 'newer-prophet',
        head_sha: headSha,
        head_repository: repositoryOf(headRepository),
        // Empty for a pull request from a fork.
        pull_requests: [],
        repository: { full_name: 'contoso/forecasting' },
      },
      repository: { full_name: 'contoso/forecasting' },
    },
  }
}

/** Returns a pull request to the main branch, from a branch of the same repository or of the repository named. */
export function pullRequest(headRepository: string | null = 'contoso/forecasting'): WorkflowEvent {
  const merge = `${pullRequestNumber}/merge`
  return {
    name: 'pull_request',
    payload: {
      action: 'synchronize',
      number: pullRequestNumber,
      pull_request: {
        number: pullRequestNumber,
        base: { ref: 'main', repo: repositoryOf('contoso/forecasting') },
        head: { ref: 'newer-prophet', sha: headSha, repo: repositoryOf(headRepository) },
      },
    },
    variables: {
      GITHUB_REF: `refs/pull/${merge}`,
      GITHUB_REF_NAME: merge,
      GITHUB_BASE_REF: 'main',
      GITHUB_HEAD_REF: 'newer-prophet',
    },
  }
}
