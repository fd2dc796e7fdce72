/** Holds a place in a file of the workspace. Lines and columns count from 1; `endColumn` is the one after the last. */
export type Place = {
  readonly file: string
  readonly line: number
  readonly column?: number
  readonly endColumn?: number
}

/** Holds a place that is to blame, and for what, where that is not the whole failure. */
export type BlamedPlace = Place & { readonly reason?: string }

/** Names what went wrong, for the annotation's title and the section of docs/troubleshooting.md. */
export type FailureCode = (typeof failureCodes)[number]

/** Lists all codes of failures. @internal */
export const failureCodes = [
  'inputs',
  'proxy',
  'workspace-not-found',
  'requirements-not-found',
  'requirements-unreadable',
  'query-unreadable',
  'findings',
  'not-resolved',
  'not-locked',
  'id-token-permission',
  'id-token-fork',
  'id-token-refused',
  'id-token-expired',
  'federated-credential-mismatch',
  'unknown-application',
  'service-principal-missing',
  'unknown-tenant',
  'wrong-cloud',
  'sign-in-refused',
  'sign-in-unreachable',
  'certificate-untrusted',
  'azure-cli-session',
  'token-refused',
  'forbidden',
  'policy',
  'subscription-not-found',
  'resource-group-not-found',
  'cluster-not-found',
  'api-version',
  'bad-request',
  'refused',
  'service-unavailable',
  'answered-by-proxy',
  'submission-unanswered',
  'cluster-stopped',
  'cluster-suspended',
  'cluster-deleted',
  'cluster-migrated',
  'cluster-gone',
  'build-failed',
  'build-canceled',
  'superseded',
  'image-gone',
  'switch-failed',
  'switch-canceled',
  'switch-superseded',
  'verification-failed',
  'image-inactive',
  'rollback-failed',
  'database-not-found',
  'database-refused',
  'network-refused',
  'python-disabled',
  'data-endpoint-unknown',
  'query-unanswered',
  'image-in-use',
  'ages-unknown',
  'list-incomplete',
  'image-name-refused',
  'newer-image-active',
  'deletion-failed',
] as const

/** Names what a warning or a notice is about, likewise. */
export type NoticeCode = (typeof noticeCodes)[number]

/** Lists all codes of warnings and notices, apart from findings. @internal */
export const noticeCodes = [
  'certificates-unchecked',
  'workspace-variables',
  'fork-signed-in',
  'not-resolved',
  'not-compared',
  'operation-unreadable',
  'active-image',
  'unsuited-sku',
  'not-offered',
  'comment',
  'summary',
  'outputs',
] as const

/** Holds what a service or a program said, word for word. */
export type Quotation = { readonly by: string; readonly text: string }

/** Holds what a {@link Failure} is made of. */
export type FailureFields = Pick<Failure, 'code' | 'headline' | 'remedy'> &
  Partial<Pick<Failure, 'details' | 'command' | 'places' | 'ids'>>

/** Reports what a user can act on. Whatever else is thrown is a defect of this action and is reported as one. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  /** One sentence: what is wrong, with the name of the thing. */
  readonly headline: string
  /** What else there is to know, in the order in which it is read. */
  readonly details: readonly (string | Quotation)[]
  /** What to do about it, and where. */
  readonly remedy: string
  /** The command that does it, to be copied as it is; may be empty. */
  readonly command: string
  /** Lines of the workspace that are to blame, to be annotated. */
  readonly places: readonly BlamedPlace[]
  /** Ids for a support request, by name. */
  readonly ids: Readonly<Record<string, string>>

  constructor({ code, headline, details = [], remedy, command = '', places = [], ids = {} }: FailureFields) {
    super([headline, ...details.map(formatDetail)].join('\n'))
    this.code = code
    this.headline = headline
    this.details = details
    this.remedy = remedy
    this.command = command
    this.places = places
    this.ids = ids
  }
}

/** Returns a detail as plain text; a quotation of several lines is indented. */
export function formatDetail(detail: string | Quotation): string {
  if (typeof detail === 'string') return detail
  const { by, text } = detail
  return text.includes('\n') ? `${by} said:\n${text.replace(/^/gm, '  ')}` : `${by} said: ${text}`
}

/** Returns the message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Says why a step was stopped before its end: its own time limit, or the runner's signal. */
export type StopReason = 'timeout' | 'cancelled'

/** Tells why an input is empty that a workflow fills. */
export const emptyVariables =
  'An input that is filled from ${{ vars.… }} or ${{ secrets.… }} is empty if the variable does not exist, or belongs to an environment that the job does not name.'

/** Names how a run ended that did not end well. */
export type OutcomeCode = FailureCode | StopReason | 'defect'

/** Explains an aborted signal of the step: not a failure of anything, but the end of waiting. */
export class Stopped extends Error {
  override readonly name = 'Stopped'

  constructor(readonly reason: StopReason) {
    super(reason)
  }
}
