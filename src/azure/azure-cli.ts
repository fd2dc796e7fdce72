import { type Clock, orStopped, startDeadline } from '../clock.js'
import { objectIn, parseJson } from '../json.js'
import { systemVariable, type VariableKindOf, variableKinds } from '../programs/environment.js'
import type { ProcessResult, Programs } from '../programs/programs.js'
import type { AccessToken, Exchange } from './credential.js'
import { cliFailure } from './sign-in-errors.js'

/** Milliseconds that the Azure CLI may take; it starts slowly, and may have to ask Entra. */
const cliLimit = 60_000

type CliRuntime = { readonly programs: () => Promise<Programs>; readonly clock: Clock }

/**
 * Signs in with the session that an earlier `azure/login` left in the Azure CLI. `AzureCliCredential` does the same, but
 * takes any `az` on the search path, hands it every token of the job, and lets it run on when the step has ended.
 * @param audience origin of the service.
 */
export function azureCliExchange(audience: string, { programs: load, clock }: CliRuntime): Exchange {
  return async signal => {
    const programs = await load()
    const program = await orStopped(programs.find('az', ['.cmd', '.bat', '.exe']), signal)
    if (program === undefined) throw cliFailure('There is no program az on the PATH.')
    const environment = await orStopped(programs.environment(cliVariable), signal)
    const args = ['account', 'get-access-token', '--output', 'json', '--resource', audience]
    const command = { program, args, directory: programs.neutralDirectory, environment }
    const limit = startDeadline(cliLimit, clock)
    try {
      return cliTokenIn(await programs.run(command, AbortSignal.any([signal, limit.signal])))
    } catch (error) {
      signal.throwIfAborted()
      throw limit.signal.aborted ? cliFailure(`az did not answer within ${cliLimit / 1000} seconds.`) : error
    } finally {
      limit.clear()
    }
  }
}

/**
 * Returns what of the step's environment the Azure CLI may have. Its directory is kept wherever it is: who sets it has
 * had an earlier step sign in there. Where a session is one of a managed identity, the machine's variables say whom to
 * ask (https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/managed_identity.py).
 * @internal
 */
export const cliVariable: VariableKindOf = name =>
  systemVariable(name) ?? ownVariable(name) ?? (/^AZURE_CORE_\w+$/.test(name) ? 'text' : undefined)

const ownVariable = variableKinds({
  place: ['TMPDIR', 'TEMP', 'TMP'],
  text: [
    'AZURE_CONFIG_DIR',
    'AZURE_CLOUD_NAME',
    'AZURE_HTTP_USER_AGENT',
    'AZURE_CLI_DISABLE_CONNECTION_VERIFICATION',
    'AZURE_POD_IDENTITY_AUTHORITY_HOST',
    'IDENTITY_ENDPOINT',
    'IDENTITY_HEADER',
    'IDENTITY_SERVER_THUMBPRINT',
    'IMDS_ENDPOINT',
    'MSI_ENDPOINT',
    'MSI_SECRET',
  ],
})

/**
 * Returns the token that `az account get-access-token` has printed. What else it printed is not shown: it may be half
 * a token. @throws {Failure} where there is none. @internal
 */
export function cliTokenIn({ code, output, errors }: ProcessResult): AccessToken {
  if (code !== 0) {
    const text = wordsOf(errors)
    throw cliFailure(text === '' ? `az ended with code ${code ?? '(none)'}.` : { by: 'The Azure CLI', text })
  }
  const answer = objectIn(parseJson(output))
  const token = answer?.['accessToken']
  const expires = secondsIn(answer?.['expires_on']) ?? localTimeIn(answer?.['expiresOn'])
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token) || expires === undefined) {
    throw cliFailure('az printed no access token with an expiry time.')
  }
  return { token, expires }
}

/** The time that `expires_on` names, in seconds since the epoch; Azure CLI has it since 2.54. */
function secondsIn(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}

/** The time that `expiresOn` names, on the clock of the machine's own zone: `2026-11-26 14:00:00.000000`. */
function localTimeIn(value: unknown): number | undefined {
  const [, day, time] =
    (typeof value === 'string' && /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(value)) || []
  const expires = Date.parse(`${day}T${time}`)
  return Number.isNaN(expires) ? undefined : expires
}

/** How much of what az wrote is repeated. */
const wordsLimit = 500

/** What az says went wrong, without its warnings. */
function wordsOf(errors: string): string {
  const lines = errors.slice(-64 * 1024).split(/\r?\n/)
  const error = lines.findIndex(line => line.startsWith('ERROR:'))
  return lines.slice(Math.max(0, error)).join(' ').replace(/\s+/g, ' ').trim().slice(0, wordsLimit)
}
