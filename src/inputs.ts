import { clouds } from './azure/cloud.js'
import type { Cloud } from './azure/cloud.js'
import { Failure } from './failure.js'
import type { Foundation } from './image/image.js'
import type { FindingId } from './requirements/findings/finding.js'
import { parseIgnored } from './requirements/findings/ignored.js'

/** What the user asks for, validated. */
export type Inputs = {
  /** Undefined: the session of the Azure CLI. */
  readonly application: { readonly clientId: string; readonly tenantId: string } | undefined
  readonly audience: string
  readonly cloud: Cloud
  readonly subscription: string
  readonly resourceGroup: string
  readonly cluster: string
  readonly image: string
  readonly language: string
  readonly foundation: Foundation
  /** Path in the workspace; empty for an image with no packages of its own. */
  readonly requirementsFile: string
  /** Whether warnings about the requirements fail the step too. */
  readonly strict: boolean
  /** Findings that are neither shown nor counted. */
  readonly ignoredFindings: ReadonlySet<FindingId>
  readonly force: boolean
  readonly wait: boolean
  /** Milliseconds for the whole step. */
  readonly timeout: number
  /** Milliseconds between two looks, if the user fixed them. */
  readonly pollInterval: number | undefined
  readonly summary: boolean
  readonly apiVersion: string
}

/**
 * Every input and its default, as `action.yml` has them. An input that a workflow sets to an empty expression arrives as
 * an empty text and means its default; only `requirements-file` can be empty on purpose.
 */
export const inputDefaults = {
  'client-id': '',
  'tenant-id': '',
  audience: 'api://AzureADTokenExchange',
  environment: 'AzureCloud',
  'subscription-id': undefined,
  'resource-group': undefined,
  'cluster-name': undefined,
  'image-name': undefined,
  language: 'Python',
  'language-version': '',
  'base-image-name': '',
  'requirements-file': 'requirements.txt',
  strict: 'false',
  'ignore-findings': '',
  force: 'false',
  wait: 'true',
  'timeout-minutes': '90',
  'poll-interval-seconds': '',
  summary: 'true',
  'api-version': '2024-04-13',
} as const satisfies Record<string, string | undefined>

/** Name of an input. */
export type InputName = keyof typeof inputDefaults

/**
 * Reads and validates all inputs.
 * @param raw the text of an input, trimmed; empty where it was not given.
 * @throws {Failure} that names every input that is wrong, its value, and what is allowed.
 */
export function readInputs(raw: (name: InputName) => string): Inputs {
  const problems: string[] = []
  const wrong = (name: InputName, allowed: string) =>
    problems.push(`${name}: ${JSON.stringify(raw(name))} is not allowed; ${allowed}`)
  const given = (name: InputName) => raw(name) || (inputDefaults[name] ?? '')

  const truth = (name: InputName): boolean => {
    const text = given(name)
    // The spellings of YAML 1.2's core schema.
    if (!/^(true|True|TRUE|false|False|FALSE)$/.test(text)) wrong(name, 'give true or false')
    return text.toLowerCase() === 'true'
  }
  const positive = (name: InputName): number => {
    const text = given(name)
    const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
    if (!(value > 0 && Number.isFinite(value))) wrong(name, 'give a positive number, such as 90 or 0.5')
    return value
  }
  // What names a resource becomes a segment of a URL.
  const segment = (name: InputName, mostCharacters: number): string => {
    const text = given(name)
    if (text === '') problems.push(`${name}: is required and was not given`)
    else if (/[<>*%&:\\/?#\u0000-\u001f\u007f]/.test(text) || /^\.+$/.test(text) || text.length > mostCharacters) {
      wrong(name, `give a name of at most ${mostCharacters} characters, without any of < > * % & : \\ / ? #`)
    }
    return text
  }
  const plain = (name: InputName, pattern: RegExp, allowed: string): string => {
    const text = given(name)
    if (text !== '' && !pattern.test(text)) wrong(name, allowed)
    return text
  }

  const clientId = plain(
    'client-id',
    /^[\w-]+$/,
    "give the application's client ID, such as 00000000-0000-0000-0000-000000000000",
  )
  const tenantId = plain('tenant-id', /^[\w.-]+$/, 'give the ID or a domain of the tenant')
  if ((clientId === '') !== (tenantId === '')) {
    const [has, lacks] = clientId === '' ? ['tenant-id', 'client-id'] : ['client-id', 'tenant-id']
    problems.push(
      `${lacks}: is missing, while ${has} is given; give both to sign in with GitHub's OIDC token, or neither to use the session of azure/login`,
    )
  }

  const cloud = clouds.find(({ name }) => name.toLowerCase() === given('environment').toLowerCase())
  if (cloud === undefined) wrong('environment', `give one of ${clouds.map(({ name }) => name).join(', ')}`)

  const languageVersion = plain('language-version', /^[\w.+-]+$/, 'give a version such as 3.10.8')
  const baseImageName = given('base-image-name') && segment('base-image-name', 260)
  if (languageVersion !== '' && baseImageName !== '') {
    problems.push(
      `language-version, base-image-name: both are given (${JSON.stringify(languageVersion)}, ${JSON.stringify(baseImageName)}); give exactly one`,
    )
  } else if (languageVersion === '' && baseImageName === '') {
    problems.push(
      'language-version, base-image-name: neither is given; give exactly one, for example language-version: 3.10.8',
    )
  }

  const ignored = parseIgnored(given('ignore-findings'))
  if ('problem' in ignored) problems.push(`ignore-findings: ${ignored.problem}`)

  const inputs: Inputs = {
    application: clientId !== '' && tenantId !== '' ? { clientId, tenantId } : undefined,
    audience: given('audience') === inputDefaults.audience ? (cloud?.audience ?? '') : given('audience'),
    cloud: cloud ?? clouds[0]!,
    subscription: segment('subscription-id', 64),
    resourceGroup: segment('resource-group', 90),
    cluster: segment('cluster-name', 260),
    image: segment('image-name', 260),
    language: plain('language', /^[\w.+#-]+$/, 'give the name of a language, such as Python'),
    foundation: languageVersion === '' ? { baseImageName } : { languageVersion },
    requirementsFile: raw('requirements-file'),
    strict: truth('strict'),
    ignoredFindings: 'ids' in ignored ? ignored.ids : new Set(),
    force: truth('force'),
    wait: truth('wait'),
    timeout: positive('timeout-minutes') * 60_000,
    pollInterval: given('poll-interval-seconds') === '' ? undefined : positive('poll-interval-seconds') * 1000,
    summary: truth('summary'),
    apiVersion: plain('api-version', /^\d{4}-\d{2}-\d{2}(-preview)?$/, 'give a version such as 2024-04-13'),
  }
  if (problems.length > 0) throw wrongInputs(problems)
  return inputs
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
