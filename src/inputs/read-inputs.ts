import { type Cloud, clouds, type Target } from '../model/target.js'
import { emptyVariables, Failure } from '../failure.js'
import { joinList, sameName } from '../format.js'
import type { ImageFamily } from '../model/image-family.js'
import type { RetentionRule } from '../model/retention.js'
import type { Foundation } from '../model/image.js'
import { parseIgnoreFindings } from '../requirements/findings/finding.js'
import { dependencyFileKind } from '../requirements/formats/dependency-file.js'
import { inputDefaults, type InputName, type RawInput } from './input-names.js'
import type { CommonInputs, ImageInputs, Inputs, Verification } from './inputs.js'
import { type InputProblem, isSegment, type Values, valuesOf } from './values.js'

/**
 * Reads and validates all inputs.
 * @param isRestricted whether the run is one that gets no variables of the repository, as that of a fork's pull request:
 * what they would have filled may be empty in a plan, which then compares nothing.
 * @throws {Failure} that names every input that is wrong, its value, and what is allowed.
 */
export function readInputs(raw: RawInput, isRestricted: boolean): Inputs {
  const values = valuesOf(raw)
  const { problems, reject, given, truth, oneOf } = values
  const mode = oneOf('mode', ['apply', 'plan', 'verify', 'delete'])
  const optional = mode === 'plan' && isRestricted

  const cloud = clouds.find(({ name }) => sameName(name, given('environment')))
  if (cloud === undefined) {
    const names = clouds.map(({ name }) => name)
    values.wrong('environment', joinList(names, names.length, 'or'))
  }
  const common = commonInputs(values, cloud ?? clouds[0]!, optional)

  const unnamed = targetNames.filter(name => given(name) === '')
  // A plan of no target at all is the check of a file; one that lacks a part of it is a mistake.
  const targetless = mode === 'plan' && (unnamed.length === targetNames.length || (optional && unnamed.length > 0))
  if (!targetless) for (const name of unnamed) reject([name], `Input ${name} is required and empty.`)

  const retention = retentionOf(values, mode)
  const family = familyOf(values)
  const target = targetOf(values, common.cloud, family !== undefined)
  if (mode === 'delete' || retention !== undefined) {
    if (problems.length > 0) throw wrongInputs(problems, raw)
    return { ...common, mode: 'delete', target, family: retention, dryRun: mode === 'plan' }
  }

  const foundation = foundationOf(values, targetless || optional)
  const image = { family, ...imageInputs(values, raw) }
  const wait = truth('wait')
  const rollback = truth('rollback')
  const verification = verificationOf(values, raw, mode)
  if (image.activate && mode === 'apply' && !wait) {
    reject(
      ['activate', 'wait'],
      'Inputs activate and wait: activate needs wait: true, because only a finished build can be activated.',
    )
  }
  const comment = oneOf('comment', ['false', 'true', 'on-change'])
  if (problems.length > 0) throw wrongInputs(problems, raw)
  if (mode === 'apply') {
    return { ...common, ...image, mode, target, foundation: foundation!, wait, verification, rollback }
  }
  if (mode === 'verify')
    return { ...common, ...image, mode, target, foundation: foundation!, verification: verification! }
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

const FORMATS_WITH_PARTS =
  'the requirements-file is not a pyproject.toml, pylock.toml or uv.lock, which have extras and dependency groups.'

function imageInputs(values: Values, raw: RawInput): Omit<ImageInputs, 'family'> {
  const { given, wrong, reject, truth, oneOf, plain } = values
  const ignored = parseIgnoreFindings(given('ignore-findings'))
  if ('problem' in ignored) reject(['ignore-findings'], `Input ignore-findings: ${ignored.problem}.`)
  const requirementsFile = raw('requirements-file')
  const selection = { extras: values.names('extras'), dependencyGroups: values.names('dependency-groups') }
  if (dependencyFileKind(requirementsFile) === 'requirements') {
    for (const name of ['extras', 'dependency-groups'] as const) {
      if (given(name) !== '') reject([name], `Input ${name} is given, but ${FORMATS_WITH_PARTS}`)
    }
  }
  const language = plain('language', /^[\w.+#-]+$/, 'the name of a language, such as Python')
  const activate = truth('activate')
  if (activate && !sameName(language, 'python')) wrong('language', 'Python, because activate is set')
  const [resolve, lock] = [oneOf('resolve', ['auto', 'true', 'false']), oneOf('lock', ['false', 'true', 'upgrade'])]
  if (lock !== 'false' && resolve === 'false')
    reject(
      ['lock', 'resolve'],
      'Inputs lock and resolve: lock needs uv to resolve the requirements; set resolve to auto or true.',
    )
  return {
    language,
    requirementsFile,
    selection,
    strict: truth('strict'),
    // What is locked is pinned.
    ignoredFindings: new Set(
      ['ids' in ignored ? [...ignored.ids] : [], lock === 'false' ? [] : (['unpinned'] as const)].flat(),
    ),
    resolve,
    lock,
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
    apiVersion: plain('api-version', /^\d{4}-\d{2}-\d{2}(-preview)?$/, 'a version such as 2024-04-13'),
  }
}

/** Returns the family that the name of the image stands for; undefined where it names a single one. */
function familyOf({ given, wrong }: Values): ImageFamily | undefined {
  const name = given('image-name')
  if (!name.endsWith('*')) return undefined
  const prefix = name.slice(0, -1)
  if (prefix === '' || prefix.length > longestPrefix || !isSegment(prefix))
    wrong(
      'image-name',
      `a name, or a prefix of at most ${longestPrefix} characters followed by *, such as forecasting-*`,
    )
  return { prefix }
}

/** Characters of a prefix that leave room for the rest of a member's name. */
const longestPrefix = 200

/** Returns which images `keep-latest` is about; undefined where it is not given. */
function retentionOf({ given, wrong, reject }: Values, mode: Inputs['mode']): RetentionRule | undefined {
  const [name, keep] = [given('image-name'), given('keep-latest')]
  if (keep === '') {
    if (mode === 'delete' && name.endsWith('*')) {
      reject(
        ['image-name', 'keep-latest'],
        `Input image-name ${JSON.stringify(name)} names several images; set keep-latest to the number of the newest that stay.`,
      )
    }
    return undefined
  }
  if (mode === 'apply')
    reject(['keep-latest', 'mode'], 'Input keep-latest needs mode delete or plan: mode apply deletes no images.')
  if (!/^\d{1,6}$/.test(keep)) wrong('keep-latest', 'a whole number, such as 3')
  if (!name.endsWith('*'))
    wrong('image-name', 'a name prefix followed by *, such as forecasting-*, because keep-latest is set')
  return { prefix: name.slice(0, -1), keepLatest: Number(keep) }
}

/** A GUID, or the name of a domain: labels of at most 63 characters, at least two of them. */
const tenantPattern =
  /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63})$/i

/** @param optional whether one of the two may be missing, which then counts as both. */
function applicationOf({ plain, reject }: Values, optional: boolean): CommonInputs['application'] {
  const clientId = plain(
    'client-id',
    /^[\w-]+$/,
    "the application's client ID, such as 00000000-0000-0000-0000-000000000000",
  )
  const tenantId = plain(
    'tenant-id',
    tenantPattern,
    'the ID of the tenant, such as 00000000-0000-0000-0000-000000000000, or a domain of it, such as contoso.onmicrosoft.com',
  )
  if (clientId !== '' && tenantId !== '') return { clientId, tenantId }
  if (clientId !== tenantId && !optional) {
    const [has, lacks] = clientId === '' ? (['tenant-id', 'client-id'] as const) : (['client-id', 'tenant-id'] as const)
    reject(
      [lacks],
      `Input ${lacks} is empty, but ${has} is given; give both to sign in with GitHub's ID token, or neither to use the session of azure/login.`,
    )
  }
  return undefined
}

/** @param optional whether none need be given. */
function foundationOf({ given, plain, segment, reject }: Values, optional: boolean): Foundation | undefined {
  const languageVersion = plain('language-version', /^[\w.+-]+$/, 'a version such as 3.11.7')
  const baseImageName = given('base-image-name') && segment('base-image-name', 260)
  if (languageVersion !== '' && baseImageName !== '') {
    reject(
      ['language-version', 'base-image-name'],
      `Inputs language-version ${JSON.stringify(languageVersion)} and base-image-name ${JSON.stringify(baseImageName)} exclude each other; give one of them.`,
    )
  } else if (languageVersion === '' && baseImageName === '') {
    if (optional) return undefined
    reject(
      ['language-version', 'base-image-name'],
      'Inputs language-version and base-image-name are both empty; give one of them, for example language-version: 3.11.7.',
    )
  }
  return languageVersion === '' ? { baseImageName } : { languageVersion }
}

function verificationOf(
  { given, truth, wrong, reject }: Values,
  raw: RawInput,
  mode: Inputs['mode'],
): Verification | undefined {
  const database = given('database')
  if (/[\u0000-\u001f\u007f]/.test(database) || database.length > 260) {
    wrong('database', 'the name of a database, of at most 260 characters')
  }
  const queries = raw('verify-queries')
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  const isAsked = truth('verify') || mode === 'verify'
  if (!isAsked && queries.length > 0)
    reject(['verify-queries', 'verify'], 'Input verify-queries needs verify: true, or mode: verify.')
  if (!isAsked) return undefined
  if (mode !== 'verify' && !sameName(given('activate'), 'true')) {
    reject(['verify', 'activate'], 'Input verify needs activate: true, because only an active image can be verified.')
  }
  if (database === '')
    reject(
      ['verify', 'database'],
      'Input verify needs the input database: the query that verifies the image runs in it.',
    )
  return { database, queries }
}

function wrongInputs(problems: readonly InputProblem[], raw: RawInput): Failure {
  const names = [...new Set(problems.flatMap(({ inputs }) => inputs))]
  const sentences = problems.map(({ sentence }) => sentence)
  const [only = ''] = sentences
  const isEmpty = names.some(name => raw(name) === '')
  return new Failure({
    code: 'inputs',
    headline: sentences.length === 1 ? only : `${names.length} inputs are wrong: ${joinList(names)}.`,
    details: [...(sentences.length === 1 ? [] : sentences), ...(isEmpty ? [emptyVariables] : [])],
    remedy: 'Correct the inputs of the step (with: …). Nothing was sent anywhere.',
  })
}
