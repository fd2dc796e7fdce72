import { clouds } from '../azure/cloud.js'
import type { Cloud } from '../azure/cloud.js'
import type { Target } from '../azure/target.js'
import { Failure } from '../failure.js'
import type { Foundation } from '../image/image.js'
import type { FindingId } from '../requirements/findings/finding.js'
import { parseIgnored } from '../requirements/findings/ignored.js'
import { inputDefaults } from './input-names.js'
import type { InputName, RawInput } from './input-names.js'
import { valuesOf } from './values.js'
import type { Values } from './values.js'

/** What the user asks for, validated. */
export type Inputs = ApplyInputs | PlanInputs

/** Make the image match. */
export type ApplyInputs = CommonInputs & {
  readonly mode: 'apply'
  readonly target: Target
  readonly foundation: Foundation
  readonly wait: boolean
  /** In whose name the image is tried once it is active; undefined: it is not tried. */
  readonly verification: { readonly database: string } | undefined
  /** Whether the cluster goes back to the former image where that fails. */
  readonly rollback: boolean
}

/** Say what `apply` would do. */
export type PlanInputs = CommonInputs & {
  readonly mode: 'plan'
  /** Undefined: there is only a file to check. */
  readonly target: Target | undefined
  /** What would have to be given for a target to be known. */
  readonly missing: readonly InputName[]
  /** Undefined only where there is no target. */
  readonly foundation: Foundation | undefined
  /** Whether the pull request gets a comment; `on-change`: where something would change. */
  readonly comment: 'false' | 'true' | 'on-change'
  /** With which it is made; may be empty. */
  readonly gitHubToken: string
}

/** What both modes ask for. */
export type CommonInputs = {
  /** Undefined: the session of the Azure CLI. */
  readonly application: { readonly clientId: string; readonly tenantId: string } | undefined
  readonly audience: string
  readonly cloud: Cloud
  readonly language: string
  /** Path in the workspace; empty for an image with no packages of its own. */
  readonly requirementsFile: string
  /** Whether warnings about the requirements fail the step too. */
  readonly strict: boolean
  /** Findings that are neither shown nor counted. */
  readonly ignoredFindings: ReadonlySet<FindingId>
  /** Whether uv or pip is asked; `auto`: if one of them can be. */
  readonly resolve: 'auto' | 'true' | 'false'
  readonly force: boolean
  /** Whether queries are to run on the image. */
  readonly activate: boolean
  /** Milliseconds between two looks, if the user fixed them. */
  readonly pollInterval: number | undefined
  /** Milliseconds for the whole step. */
  readonly timeout: number
  readonly summary: boolean
}

/**
 * Reads and validates all inputs.
 * @param bereft whether the run is one that gets no variables of the repository, as that of a fork's pull request: what
 * they would have filled may be empty in a plan, which then compares nothing.
 * @throws {Failure} that names every input that is wrong, its value, and what is allowed.
 */
export function readInputs(raw: RawInput, bereft: boolean): Inputs {
  const values = valuesOf(raw)
  const { problems, given, truth, positive, oneOf, plain } = values
  const mode = oneOf('mode', ['apply', 'plan'])
  const optional = mode === 'plan' && bereft

  const application = applicationOf(values, optional)
  const cloud = clouds.find(({ name }) => name.toLowerCase() === given('environment').toLowerCase())
  if (cloud === undefined) values.wrong('environment', `give one of ${clouds.map(({ name }) => name).join(', ')}`)

  const target = targetOf(values, cloud ?? clouds[0]!)
  const unnamed = targetNames.filter(name => given(name) === '')
  // A plan of no target at all is the check of a file; one that lacks a part of it is a mistake.
  const targetless = mode === 'plan' && (unnamed.length === targetNames.length || (optional && unnamed.length > 0))
  if (!targetless) for (const name of unnamed) problems.push(`${name}: is required and was not given`)
  const foundation = foundationOf(values, targetless || optional)

  const ignored = parseIgnored(given('ignore-findings'))
  if ('problem' in ignored) problems.push(`ignore-findings: ${ignored.problem}`)

  const common: CommonInputs = {
    application,
    audience: given('audience') === inputDefaults.audience ? (cloud?.audience ?? '') : given('audience'),
    cloud: target.cloud,
    language: plain('language', /^[\w.+#-]+$/, 'give the name of a language, such as Python'),
    requirementsFile: raw('requirements-file'),
    strict: truth('strict'),
    ignoredFindings: 'ids' in ignored ? ignored.ids : new Set(),
    resolve: oneOf('resolve', ['auto', 'true', 'false']),
    force: truth('force'),
    activate: truth('activate'),
    pollInterval: given('poll-interval-seconds') === '' ? undefined : positive('poll-interval-seconds') * 1000,
    timeout: positive('timeout-minutes') * 60_000,
    summary: truth('summary'),
  }
  const wait = truth('wait')
  const rollback = truth('rollback')
  const verification = verificationOf(values)
  if (common.activate && mode === 'apply' && !wait) {
    problems.push('activate, wait: a build that is not waited for cannot be activated; leave wait at true')
  }
  if (common.activate && common.language.toLowerCase() !== 'python') {
    values.wrong('language', 'with activate it must be Python')
  }
  const comment = oneOf('comment', ['false', 'true', 'on-change'])
  if (problems.length > 0) throw wrongInputs(problems)
  if (mode === 'plan') {
    const missing: InputName[] = foundation === undefined ? [...unnamed, 'language-version'] : unnamed
    const gitHubToken = raw('github-token')
    return {
      ...common,
      mode,
      target: missing.length > 0 ? undefined : target,
      missing,
      foundation,
      comment,
      gitHubToken,
    }
  }
  return { ...common, mode, target, foundation: foundation!, wait, verification, rollback }
}

const targetNames = ['subscription-id', 'resource-group', 'cluster-name', 'image-name'] as const

function targetOf({ segment, plain }: Values, cloud: Cloud): Target {
  return {
    cloud,
    subscription: segment('subscription-id', 64),
    resourceGroup: segment('resource-group', 90),
    cluster: segment('cluster-name', 260),
    image: segment('image-name', 260),
    apiVersion: plain('api-version', /^\d{4}-\d{2}-\d{2}(-preview)?$/, 'give a version such as 2024-04-13'),
  }
}

/** @param optional whether one of the two may be missing, which then counts as both. */
function applicationOf({ plain, problems }: Values, optional: boolean): CommonInputs['application'] {
  const clientId = plain(
    'client-id',
    /^[\w-]+$/,
    "give the application's client ID, such as 00000000-0000-0000-0000-000000000000",
  )
  const tenantId = plain('tenant-id', /^[\w.-]+$/, 'give the ID or a domain of the tenant')
  if (clientId !== '' && tenantId !== '') return { clientId, tenantId }
  if (clientId !== tenantId && !optional) {
    const [has, lacks] = clientId === '' ? ['tenant-id', 'client-id'] : ['client-id', 'tenant-id']
    problems.push(
      `${lacks}: is missing, while ${has} is given; give both to sign in with GitHub's OIDC token, or neither to use the session of azure/login`,
    )
  }
  return undefined
}

/** @param optional whether none need be given. */
function foundationOf({ given, plain, segment, problems }: Values, optional: boolean): Foundation | undefined {
  const languageVersion = plain('language-version', /^[\w.+-]+$/, 'give a version such as 3.10.8')
  const baseImageName = given('base-image-name') && segment('base-image-name', 260)
  if (languageVersion !== '' && baseImageName !== '') {
    problems.push(
      `language-version, base-image-name: both are given (${JSON.stringify(languageVersion)}, ${JSON.stringify(baseImageName)}); give exactly one`,
    )
  } else if (languageVersion === '' && baseImageName === '') {
    if (optional) return undefined
    problems.push(
      'language-version, base-image-name: neither is given; give exactly one, for example language-version: 3.10.8',
    )
  }
  return languageVersion === '' ? { baseImageName } : { languageVersion }
}

function verificationOf({ given, truth, problems }: Values): ApplyInputs['verification'] {
  const database = given('database')
  if (/[\u0000-\u001f\u007f]/.test(database) || database.length > 260) {
    problems.push('database: is not the name of a database; give one of at most 260 characters')
  }
  if (!truth('verify')) return undefined
  if (given('activate').toLowerCase() !== 'true') {
    problems.push('verify, activate: only an active image can be tried by a query; set activate to true')
  }
  if (database === '') problems.push('verify, database: the query needs a database to run in; give its name')
  return { database }
}

function wrongInputs(problems: readonly string[]): Failure {
  return new Failure({
    code: 'inputs',
    message: [
      problems.length === 1 ? 'An input is wrong:' : `${problems.length} inputs are wrong:`,
      ...problems.map(problem => `  ${problem}`),
    ].join('\n'),
    remedy: 'Change the inputs named above in the step of the workflow (with: …). Nothing was sent anywhere.',
  })
}
