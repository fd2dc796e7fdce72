import { clouds } from '../azure/cloud.js'
import type { Cloud } from '../azure/cloud.js'
import type { Target } from '../azure/target.js'
import { Failure } from '../failure.js'
import type { ImageFamily } from '../model/retention.js'
import type { Foundation } from '../model/image.js'
import { parseIgnoreFindings } from '../requirements/findings/finding.js'
import { inputDefaults } from './input-names.js'
import type { InputName, RawInput } from './input-names.js'
import type { ApplyInputs, CommonInputs, ImageInputs, Inputs } from './inputs.js'
import { isSegment, valuesOf } from './values.js'
import type { Values } from './values.js'

/**
 * Reads and validates all inputs.
 * @param bereft whether the run is one that gets no variables of the repository, as that of a fork's pull request: what
 * they would have filled may be empty in a plan, which then compares nothing.
 * @throws {Failure} that names every input that is wrong, its value, and what is allowed.
 */
export function readInputs(raw: RawInput, bereft: boolean): Inputs {
  const values = valuesOf(raw)
  const { problems, given, truth, oneOf } = values
  const mode = oneOf('mode', ['apply', 'plan', 'delete'])
  const optional = mode === 'plan' && bereft

  const cloud = clouds.find(({ name }) => name.toLowerCase() === given('environment').toLowerCase())
  if (cloud === undefined) values.wrong('environment', `give one of ${clouds.map(({ name }) => name).join(', ')}`)
  const common = commonInputs(values, cloud ?? clouds[0]!, optional)

  const unnamed = targetNames.filter(name => given(name) === '')
  // A plan of no target at all is the check of a file; one that lacks a part of it is a mistake.
  const targetless = mode === 'plan' && (unnamed.length === targetNames.length || (optional && unnamed.length > 0))
  if (!targetless) for (const name of unnamed) problems.push(`${name}: is required and was not given`)

  const family = familyOf(values, mode)
  const target = targetOf(values, common.cloud, family !== undefined)
  if (mode === 'delete' || family !== undefined) {
    if (problems.length > 0) throw wrongInputs(problems)
    return { ...common, mode: 'delete', target, family, dryRun: mode === 'plan' }
  }

  const foundation = foundationOf(values, targetless || optional)
  const image = imageInputs(values, raw)
  const wait = truth('wait')
  const rollback = truth('rollback')
  const verification = verificationOf(values)
  if (image.activate && mode === 'apply' && !wait) {
    problems.push('activate, wait: a build that is not waited for cannot be activated; leave wait at true')
  }
  const comment = oneOf('comment', ['false', 'true', 'on-change'])
  if (problems.length > 0) throw wrongInputs(problems)
  if (mode === 'apply') {
    return { ...common, ...image, mode, target, foundation: foundation!, wait, verification, rollback }
  }
  const missing: InputName[] = foundation === undefined ? [...unnamed, 'language-version'] : unnamed
  const known = missing.length > 0 ? undefined : target
  const gitHubToken = raw('github-token')
  return { ...common, ...image, mode, target: known, missing, foundation, comment, gitHubToken }
}

const targetNames = ['subscription-id', 'resource-group', 'cluster-name', 'image-name'] as const

function commonInputs(values: Values, cloud: Cloud, optional: boolean): CommonInputs {
  const { given, positive, truth } = values
  return {
    application: applicationOf(values, optional),
    audience: given('audience') === inputDefaults.audience ? cloud.audience : given('audience'),
    cloud,
    pollInterval: given('poll-interval-seconds') === '' ? undefined : positive('poll-interval-seconds') * 1000,
    timeout: positive('timeout-minutes') * 60_000,
    summary: truth('summary'),
  }
}

function imageInputs({ given, wrong, truth, oneOf, plain, problems }: Values, raw: RawInput): ImageInputs {
  const ignored = parseIgnoreFindings(given('ignore-findings'))
  if ('problem' in ignored) problems.push(`ignore-findings: ${ignored.problem}`)
  const language = plain('language', /^[\w.+#-]+$/, 'give the name of a language, such as Python')
  const activate = truth('activate')
  if (activate && language.toLowerCase() !== 'python') wrong('language', 'with activate it must be Python')
  return {
    language,
    requirementsFile: raw('requirements-file'),
    strict: truth('strict'),
    ignoredFindings: 'ids' in ignored ? ignored.ids : new Set(),
    resolve: oneOf('resolve', ['auto', 'true', 'false']),
    force: truth('force'),
    activate,
  }
}

/** @param isFamily whether the image's name ends in a `*`, which no name may hold. */
function targetOf({ segment, plain, given }: Values, cloud: Cloud, isFamily: boolean): Target {
  return {
    cloud,
    subscription: segment('subscription-id', 64),
    resourceGroup: segment('resource-group', 90),
    cluster: segment('cluster-name', 260),
    image: isFamily ? given('image-name') : segment('image-name', 260),
    apiVersion: plain('api-version', /^\d{4}-\d{2}-\d{2}(-preview)?$/, 'give a version such as 2024-04-13'),
  }
}

/** The family of images that `keep-latest` is about; undefined where it is not given. */
function familyOf({ given, wrong, problems }: Values, mode: Inputs['mode']): ImageFamily | undefined {
  const [name, keep] = [given('image-name'), given('keep-latest')]
  if (keep === '') {
    if (mode === 'delete' && name.endsWith('*')) {
      problems.push(
        `image-name, keep-latest: ${JSON.stringify(name)} names a family of images; say with keep-latest how many of the newest stay`,
      )
    }
    return undefined
  }
  if (mode === 'apply') problems.push('keep-latest, mode: only mode delete, or plan, deletes old images')
  if (!/^\d{1,6}$/.test(keep)) wrong('keep-latest', 'give a whole number, such as 3')
  const prefix = name.slice(0, -1)
  if (!name.endsWith('*') || prefix === '' || !isSegment(prefix)) {
    wrong(
      'image-name',
      'with keep-latest, give what the names of the images begin with, and a * after it, such as forecasting-*',
    )
  }
  return { prefix, keepLatest: Number(keep) }
}

/** A GUID, or the name of a domain: labels of at most 63 characters, at least two of them. */
const tenantPattern =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63})$/i

/** @param optional whether one of the two may be missing, which then counts as both. */
function applicationOf({ plain, problems }: Values, optional: boolean): CommonInputs['application'] {
  const clientId = plain(
    'client-id',
    /^[\w-]+$/,
    "give the application's client ID, such as 00000000-0000-0000-0000-000000000000",
  )
  const tenantId = plain(
    'tenant-id',
    tenantPattern,
    'give the ID of the tenant, such as 00000000-0000-0000-0000-000000000000, or a domain of it, such as contoso.onmicrosoft.com',
  )
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
