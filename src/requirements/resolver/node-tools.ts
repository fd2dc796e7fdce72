import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { systemClock } from '../../clock.js'
import type { Send } from '../../network/transport.js'
import { createIndexReader, uvIndexUrl } from '../index-facts/read-index.js'
import type { Programs } from '../../programs/programs.js'
import type { Directory, Tools } from './resolver.js'
import { systemVariable, type VariableKindOf, variableKinds } from '../../programs/environment.js'

/** Returns the tools of this machine. @param runnerTemp the runner's directory for files that nobody needs after the job. */
export function nodeTools({ environment, find, run }: Programs, runnerTemp: string | undefined, send: Send): Tools {
  return {
    clock: systemClock,
    environment: () => environment(toolVariable),
    indexReader: (variables, signal) => createIndexReader(uvIndexUrl(variables), send, signal),
    find,
    run,
    withDirectory: use => withDirectory(runnerTemp, use),
  }
}

async function readUpTo(file: string, limit: number): Promise<string | undefined> {
  return (await stat(file)).size > limit ? undefined : readFile(file, 'utf8')
}

async function withDirectory<Result>(
  runnerTemp: string | undefined,
  use: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const base = runnerTemp !== undefined && path.isAbsolute(runnerTemp) ? runnerTemp : tmpdir()
  const directory = await mkdtemp(path.join(base, 'requirements-'))
  try {
    return await use({
      path: directory,
      write: (name, text) => writeFile(path.join(directory, name), text),
      read: (name, limit) => readUpTo(path.join(directory, name), limit).catch(() => undefined),
    })
  } finally {
    // A file that a killed tool still holds on Windows is left to the runner, which empties its directory itself.
    await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** Which index the runner uses, and how it gets there: what its owner set up, and often the only way out. */
const indexVariable: VariableKindOf = variableKinds({
  addresses: [
    'PIP_INDEX_URL',
    'PIP_EXTRA_INDEX_URL',
    'UV_DEFAULT_INDEX',
    'UV_INDEX',
    'UV_INDEX_URL',
    'UV_EXTRA_INDEX_URL',
  ],
  place: [
    'PIP_CONFIG_FILE',
    'PIP_CERT',
    'PIP_CLIENT_CERT',
    'UV_CONFIG_FILE',
    'UV_PYTHON_INSTALL_DIR',
    'SSL_CLIENT_CERT',
    'NETRC',
  ],
  text: [
    'PIP_TRUSTED_HOST',
    'PIP_PROXY',
    'UV_INDEX_STRATEGY',
    'UV_INSECURE_HOST',
    'UV_NATIVE_TLS',
    'UV_SYSTEM_CERTS',
    'UV_HTTP_TIMEOUT',
    'UV_HTTP_RETRIES',
  ],
})

/** Credentials of a named index: https://docs.astral.sh/uv/reference/environment/#uv_index_name_password */
const INDEX_CREDENTIAL = /^UV_INDEX_[A-Z0-9_]{1,100}_(?:USERNAME|PASSWORD)$/

/** Settings of uv, pip and Python that would change what they resolve, or have them run other code. */
const SETTING = /^(?:PIP_|PYTHON|UV_|XDG_)/

/** Returns what of the step's environment uv and pip may have. @internal */
export const toolVariable: VariableKindOf = name =>
  systemVariable(name) ??
  indexVariable(name) ??
  (INDEX_CREDENTIAL.test(name) ? 'text' : SETTING.test(name) ? 'withheld' : undefined)
