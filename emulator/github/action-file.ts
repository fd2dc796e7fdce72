import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import type { World } from '../world.js'

/** Says what a runner takes from an action's metadata. */
type ActionFile = {
  readonly inputs: readonly { readonly name: string; readonly default: string | undefined }[]
  /** The names of its outputs. */
  readonly outputs: readonly string[]
  /** Path of the script to run. */
  readonly main: string
}

/** Reads `action.yml`. */
export async function readActionFile(path: string): Promise<ActionFile> {
  const raw = parse(await readFile(path, 'utf8')) as {
    inputs?: Record<string, { default?: string | number | boolean } | null>
    outputs?: Record<string, unknown>
    runs: { main: string }
  }
  const inputs = Object.entries(raw.inputs ?? {}).map(([name, input]) => ({
    name,
    default: input?.default === undefined ? undefined : String(input.default),
  }))
  return { inputs, outputs: Object.keys(raw.outputs ?? {}), main: join(dirname(path), raw.runs.main) }
}

/** Returns the `INPUT_…` variables of a step. A default may name the token of the job. */
export function inputEnv(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  token: string,
): Record<string, string> {
  const values = Object.entries(inputValues(action, given, token))
  return Object.fromEntries(values.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]))
}

/** Returns the values of all inputs, by their names. */
export function inputValues(
  action: ActionFile,
  given: Readonly<Record<string, string>>,
  token: string,
): Record<string, string> {
  const preset = (text = '') => text.replaceAll('${{ github.token }}', token)
  return { ...Object.fromEntries(action.inputs.map(input => [input.name, preset(input.default)])), ...given }
}

/** Returns the inputs that sign in to a world and name an image of its cluster, built on Python 3.10.8. */
export function stepInputs(
  { principal, tenant, cluster }: Pick<World, 'principal' | 'tenant' | 'cluster'>,
  image: string,
): Record<string, string> {
  return {
    'client-id': principal.clientId,
    'tenant-id': tenant.id,
    'subscription-id': cluster.subscriptionId,
    'resource-group': cluster.resourceGroup,
    'cluster-name': cluster.name,
    'image-name': image,
    'language-version': '3.10.8',
  }
}
