import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinList } from '../format.js'
import type { PathLocation } from './workspace-paths.js'

/** Holds variables of an environment. */
export type Environment = Readonly<Record<string, string>>

/** Says what the value of a variable is, where a program may have it. */
export type VariableKind =
  /** Neither a file nor a directory. */
  | 'text'
  /** One file or directory. */
  | 'place'
  /** Several, as in a search path. */
  | 'places'
  /** URLs, or directories that serve as such, with a space between them and a name and `=` before them at most. */
  | 'addresses'
  /** No program may have it; where it leads into the workspace, someone may wonder why that is not heeded. */
  | 'withheld'

/** Tells the kind of a variable, by its name in capitals; undefined of one that nobody speaks of. */
export type VariableKindOf = (name: string) => VariableKind | undefined

/** Returns a table of names as a {@link VariableKindOf}. */
export function variableKinds(table: { readonly [kind in VariableKind]?: readonly string[] }): VariableKindOf {
  const kinds = new Map<string, VariableKind>()
  for (const [kind, names] of Object.entries(table)) for (const name of names) kinds.set(name, kind as VariableKind)
  return name => kinds.get(name)
}

/** Names what every program needs to run at all, and to get out; nothing that a virtual environment sets. */
export const systemVariable: VariableKindOf = variableKinds({
  places: ['PATH', 'LD_LIBRARY_PATH', 'XDG_CONFIG_DIRS', 'SSL_CERT_DIR'],
  place: [
    'HOME',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'PROGRAMDATA',
    'SYSTEMROOT',
    'WINDIR',
    'COMSPEC',
    'PYENV_ROOT',
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'SSL_CERT_FILE',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
  ],
  text: [
    'SYSTEMDRIVE',
    'PATHEXT',
    'PROCESSOR_ARCHITECTURE',
    'LANG',
    'LC_ALL',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'NO_PROXY',
  ],
})

/** Holds what a program gets, and which variables it does not get, or not whole, for they lead into the workspace. */
export type Selection = { readonly environment: Environment; readonly withheld: readonly string[] }

/**
 * Selects what of the step's environment a program may have: a list of what is known to be needed, so that no input,
 * token or secret goes along by having a name that nobody thought of.
 *
 * Nothing of the workspace, which a pull request writes, may decide what is run and whom it asks. A relative path leads
 * there too, for a step is run in the workspace. What is not there at all is left out without a word.
 */
export async function selectEnvironment(
  all: Readonly<Record<string, string | undefined>>,
  kindOf: VariableKindOf,
  locate: (place: string) => Promise<PathLocation>,
  rules = path,
): Promise<Selection> {
  const environment: Record<string, string> = {}
  const withheld: string[] = []
  const lies = async (place: string): Promise<PathLocation> =>
    place === '' ? 'nowhere' : rules.isAbsolute(place) ? locate(place) : 'inside'

  for (const [name, value] of Object.entries(all)) {
    const upper = name.toUpperCase()
    const kind = kindOf(upper)
    if (value === undefined || kind === undefined) continue
    // To Windows Path and PATH are one, and whoever is handed the environment asks for the latter.
    const key = upper === 'PATH' && rules.sep === '\\' ? upper : name
    if (kind === 'text') {
      environment[key] = value
      continue
    }
    const separator = kind === 'addresses' ? ' ' : rules.delimiter
    const parts = kind === 'place' ? [value] : kind === 'addresses' ? value.split(/\s+/) : value.split(rules.delimiter)
    const found = await Promise.all(
      parts.map(async part => {
        const place = kind === 'addresses' ? placeOf(part, rules) : part
        if (place === undefined) return 'outside'
        return kind === 'withheld' && !rules.isAbsolute(place) ? 'outside' : lies(place)
      }),
    )
    const kept = parts.filter((_, index) => found[index] === 'outside')
    if (kind !== 'withheld' && kept.length > 0) environment[key] = kept.join(separator)
    if (found.includes('inside')) withheld.push(name)
  }
  return { environment, withheld }
}

/** The directory that the address of an index is, as pip and uv take it; undefined where it is one of the network. */
function placeOf(word: string, rules: typeof path): string | undefined {
  const address = word.replace(/^[\w.-]+=/, '')
  if (/^https?:/i.test(address)) return undefined
  if (!/^file:/i.test(address)) return address
  try {
    return fileURLToPath(address, { windows: rules.sep === '\\' })
  } catch {
    // Nobody knows where that leads.
    return address
  }
}

/** Says what programs do not get. */
export function withheldInWords(names: readonly string[]): string {
  return `uv, pip and az do not get these environment variables, because they hold paths in the workspace, which a pull request controls: ${joinList(names)}. If one is needed, put what it names outside the workspace.`
}
