import { type Directory, environmentIn, FILE, isSince, noResult, type Resolver, type Tools } from './resolver.js'
import type { ProcessResult } from '../../programs/programs.js'
import type { Environment } from '../../programs/environment.js'
import { uvComplaint, uvResolved } from './uv-output.js'
import { verdictByIndex } from './verdict-by-index.js'

/** The first whose options and texts are those that are used here; of November 2024. */
const OLDEST = [0, 5] as const

const HELD = 'held.txt'

/** Finds uv, if there is one on the search path that is new enough. */
export async function findUv(tools: Tools, directory: Directory, signal: AbortSignal): Promise<Resolver | undefined> {
  const program = await tools.find('uv')
  if (program === undefined) return undefined
  const environment = await uvEnvironment(tools, directory)
  const run = (args: readonly string[]) => tools.run({ program, args, directory: directory.path, environment }, signal)
  const toolVersion = /^uv ([0-9]+\.[0-9]+\.[0-9]+\S*)/.exec((await run(['--version'])).output)?.[1]
  if (toolVersion === undefined || !isSince(toolVersion, OLDEST)) return undefined

  // uv wants to know some Python, of whatever version, and starts all that it finds on the search path until one is of the
  // target's version; to be given one saves it a second and more.
  const readProject = tools.indexReader(await tools.environment(), signal)
  const python = (await tools.find('python3')) ?? (await tools.find('python'))

  const resolve: Resolver['resolve'] = async (input, pythonVersion, held = new Map()) => {
    await directory.write(FILE, input.text)
    // What uv finds in the file that it is to write, it keeps where it can.
    if (held.size > 0)
      await directory.write(HELD, Array.from(held, ([name, version]) => `${name}==${version}\n`).join(''))
    const args = [
      ['pip', 'compile', FILE],
      ['--python-platform', 'x86_64-pc-windows-msvc', '--python-version', pythonVersion],
      ['--only-binary', ':all:', '--no-header', '--annotation-style', 'line', '--color', 'never'],
      input.preReleases ? ['--prerelease', 'allow'] : [],
      held.size > 0 ? ['--output-file', HELD] : [],
    ].flat()
    let ended = await run(python === undefined ? args : [...args, '--python', python])
    if (python !== undefined && isAboutPython(ended)) ended = await run(args)
    if (ended.code === 0) {
      const resolved = uvResolved(ended.output, ended.errors, input.entries)
      if (resolved !== undefined) return { kind: 'resolved', ...resolved }
    }
    const complaint = ended.code === 1 ? uvComplaint(ended.errors, input.entries, pythonVersion) : undefined
    if (complaint === undefined) return noResult('uv', ended)
    return {
      kind: 'unresolvable',
      diagnostics: await verdictByIndex(complaint, input, pythonVersion, readProject, held),
    }
  }
  return { tool: 'uv', toolVersion, resolve }
}

/** Tells whether what was given as Python is none, such as the file that Windows has for a Python that is not installed. */
function isAboutPython({ code, errors }: ProcessResult): boolean {
  return code === 2 && /\binterpreter\b|\bPython executable\b/i.test(errors)
}

/**
 * uv looks for settings in the directories above, for the user and for the machine, unless it is given a file: then it
 * reads that alone. An empty one is what `--no-config` means, which `uv pip compile` took for another option until 0.6.
 * Which index to use, the environment says.
 */
async function uvEnvironment({ environment }: Tools, directory: Directory): Promise<Environment> {
  const settings = 'uv.toml'
  await directory.write(settings, '')
  return {
    UV_CONFIG_FILE: settings,
    ...environmentIn(directory, await environment()),
    // The runner's own cache may hold wheels that were built there from source, which uv would take for existing ones.
    UV_CACHE_DIR: 'cache',
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_PROGRESS: '1',
    UV_NO_WRAP: '1',
  }
}
