import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ClientAssertionCredential } from '@azure/identity'
import { objectIn, parseJson } from '../src/json.js'

/** Returns a token for a host, and until when it is used, in milliseconds since 1970. */
export type AskToken = (
  origin: string,
  subscription: string,
) => Promise<{ readonly token: string; readonly until: number }>

/** Says that nobody is signed in. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
}

/** Milliseconds before its end from which on a token is not used any more. */
const margin = 300_000

const run = promisify(execFile)

/** Asks the Azure CLI. @throws {SessionError} when it cannot be used. */
export const cliToken: AskToken = async (resource, subscription) => {
  const what = ['account', 'get-access-token', '--resource', resource, '--subscription', subscription]
  try {
    const isWindows = process.platform === 'win32'
    const { stdout } = await run(isWindows ? 'az.cmd' : 'az', [...what, '--output', 'json'], { shell: isWindows })
    const { accessToken, expires_on: expiresOn } = JSON.parse(stdout) as { accessToken: string; expires_on?: number }
    return { token: accessToken, until: expiresOn === undefined ? Date.now() : expiresOn * 1000 - margin }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const why = isMissing ? 'There is no Azure CLI (az) on the PATH.' : 'The Azure CLI gives no token.'
    throw new SessionError(`${why} Install it, run: az login, and try again.`)
  }
}

/** Signs in as an application with an assertion that is asked for afresh each time. */
type SignIn = (
  tenant: string,
  client: string,
  assertion: () => Promise<string>,
) => Pick<ClientAssertionCredential, 'getToken'>

/**
 * Asks GitHub and Entra, in a job of GitHub Actions that may have ID tokens; undefined elsewhere. The Azure CLI of such a job
 * cannot renew a token: its assertion has ended after five minutes.
 * @throws {SessionError} when GitHub gives no ID token.
 */
export function githubToken(
  variables: Readonly<Record<string, string | undefined>>,
  fetch = globalThis.fetch,
  signIn: SignIn = (...given) => new ClientAssertionCredential(...given),
): AskToken | undefined {
  const url = variables['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''
  const [tenant, client] = [variables['AZURE_TENANT_ID'] ?? '', variables['AZURE_CLIENT_ID'] ?? '']
  if (url === '' || tenant === '' || client === '') return undefined
  const assertion = async (): Promise<string> => {
    const response = await fetch(`${url}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`, {
      headers: { Authorization: `Bearer ${variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    const value = objectIn(parseJson(text))?.['value']
    if (typeof value !== 'string') throw new SessionError(`GitHub gives no ID token: HTTP ${response.status}.`)
    return value
  }
  const credential = signIn(tenant, client, assertion)
  return async origin => {
    const { token, expiresOnTimestamp } = await credential.getToken(`${origin}/.default`)
    return { token, until: expiresOnTimestamp - margin }
  }
}
