import path from 'node:path'
import type { Environment } from './tools.js'

/** A list of names as they are on Windows: without case. */
type Names = readonly string[]

/** What programs need to run at all, and to find Python; nothing that a virtual environment sets. */
const SYSTEM: Names = [
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'PROCESSOR_ARCHITECTURE',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'PYENV_ROOT',
  'XDG_CONFIG_HOME',
  'XDG_CONFIG_DIRS',
  'XDG_DATA_HOME',
  'UV_PYTHON_INSTALL_DIR',
]

/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const NETWORK: Names = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'SSL_CLIENT_CERT',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'NETRC',
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_PROXY',
  'PIP_CERT',
  'PIP_CLIENT_CERT',
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_INDEX_STRATEGY',
  'UV_INSECURE_HOST',
  'UV_NATIVE_TLS',
  'UV_SYSTEM_CERTS',
  'UV_HTTP_TIMEOUT',
  'UV_HTTP_RETRIES',
]

/** Credentials of a named index: https://docs.astral.sh/uv/reference/environment/#uv_index_name_password */
const INDEX_CREDENTIAL = /^UV_INDEX_[A-Z0-9_]{1,100}_(?:USERNAME|PASSWORD)$/

/** Files with settings of a tool. */
const CONFIGURATION: Names = ['PIP_CONFIG_FILE', 'UV_CONFIG_FILE']

const ALLOWED: ReadonlySet<string> = new Set([...SYSTEM, ...NETWORK])

/**
 * What of the step's environment a tool may have: a list of what is known to be needed, so that no input, token or
 * secret goes along by having a name that nobody thought of.
 *
 * Nothing of the workspace, which a pull request writes, may decide what is run and which index is asked: directories of
 * the search path and files of settings in it are left out, as is what is relative, for tools run in another directory.
 */
export function toolEnvironment(all: Readonly<Record<string, string | undefined>>, rules = path): Environment {
  const workspace = all['GITHUB_WORKSPACE'] ?? ''
  const outside = (place: string): boolean =>
    rules.isAbsolute(place) && (workspace === '' || !isWithin(place, workspace, rules))
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined) continue
    const upper = name.toUpperCase()
    if (upper === 'PATH') kept['PATH'] = value.split(rules.delimiter).filter(outside).join(rules.delimiter)
    else if (ALLOWED.has(upper) || INDEX_CREDENTIAL.test(upper)) kept[name] = value
    else if (CONFIGURATION.includes(upper) && outside(value)) kept[upper] = value
  }
  return kept
}

function isWithin(place: string, directory: string, rules: typeof path): boolean {
  const relative = rules.relative(directory, place)
  return relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative)
}
