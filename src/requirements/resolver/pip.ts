import path from 'node:path'
import {
  type Directory,
  environmentIn,
  FILE,
  isSince,
  noResult,
  type Resolver,
  type ResolverResult,
  type Tools,
} from './resolver.js'
import { isExcludedIn, type Missing, missingIn, missingVerdict, pipConflict, pipResolved } from './pip-output.js'
import type { Specifier } from '../grammar/specifier.js'
import { inOneLine } from './resolver-diagnostic.js'
import type { ResolverInput } from './resolver-input.js'
import type { ProcessResult } from '../../programs/programs.js'
import type { Environment } from '../../programs/environment.js'

/** The first that writes a report in the form that stayed: https://pip.pypa.io/en/stable/reference/installation-report/ */
const OLDEST = [23, 0] as const

const REPORT = 'report.json'

/** It holds the descriptions of all packages, a few KiB of most, hundreds of some. */
const REPORT_LIMIT = 16 * 1024 * 1024

/**
 * Runs pip where nothing can start a program. `--only-binary` keeps pip from building what an index offers, but not what
 * a package depends on by URL, and to build is to run a stranger's code, which pip does in a process of its own.
 * Python calls the hook before it starts one (https://docs.python.org/3/library/audit_events.html); pip and its libraries,
 * which ask some programs what machine this is, do without an answer.
 */
const GUARDED_PIP = `
import runpy, sys
STARTS = {'subprocess.Popen', 'os.system', 'os.exec', 'os.posix_spawn', 'os.spawn', 'os.fork', 'os.forkpty', 'os.startfile'}
def guard(event, arguments):
    if event in STARTS:
        raise PermissionError('no program is run while requirements are resolved')
sys.addaudithook(guard)
sys.path[:] = [entry for entry in sys.path if entry]
sys.argv[0] = 'pip'
runpy.run_module('pip', run_name='__main__', alter_sys=True)
`

/** Finds pip, if there is a Python on the search path that has one that is new enough. */
export async function findPip(tools: Tools, directory: Directory, signal: AbortSignal): Promise<Resolver | undefined> {
  const environment = await pipEnvironment(tools, directory)
  for (const name of ['python3', 'python']) {
    const program = await tools.find(name)
    if (program === undefined) continue
    const run = (args: readonly string[]) =>
      tools.run({ program, args: ['-c', GUARDED_PIP, ...args], directory: directory.path, environment }, signal)
    const toolVersion = /^pip ([0-9]+\.[0-9]+\S*) from /m.exec((await run(['--version'])).output)?.[1]
    if (toolVersion === undefined || !isSince(toolVersion, OLDEST)) continue
    return {
      tool: 'pip',
      toolVersion,
      resolve: (input, pythonVersion) => resolveWithPip(run, directory, input, pythonVersion),
    }
  }
  return undefined
}

async function resolveWithPip(
  run: (args: readonly string[]) => Promise<ProcessResult>,
  directory: Directory,
  input: ResolverInput,
  pythonVersion: string,
): Promise<ResolverResult> {
  // pip calls it an error to be given nothing.
  if (input.entries.length === 0) return { kind: 'resolved', packages: [], diagnostics: [], requiredBy: new Map() }

  await directory.write(FILE, input.text)
  const common = [
    ['install', '--dry-run', '--ignore-installed', '--target', 'target', '-r', FILE],
    ['--platform', 'win_amd64', '--implementation', 'cp', '--python-version', pythonVersion],
    ['--only-binary', ':all:', '--progress-bar', 'off', '--retries', '1', '--timeout', '15'],
    input.preReleases ? ['--pre'] : [],
  ].flat()
  const ended = await run([...common, '--report', REPORT])
  const printed = `${ended.output}\n${ended.errors}`
  if (ended.code === 0) {
    const report = await directory.read(REPORT, REPORT_LIMIT)
    if (report === undefined)
      return { kind: 'none', why: `pip wrote no report, or one of more than ${REPORT_LIMIT} bytes` }
    const resolved = pipResolved(report, printed, input.entries)
    if (resolved !== undefined) return { kind: 'resolved', ...resolved }
  }
  if (ended.code !== 1) return noResult('pip', ended)

  /** Asks for the metadata of what requires it, for the newest releases of pip leave out the marker. */
  const isForOthersOnly = async ({ name, requiredBy }: Missing): Promise<boolean> => {
    if (requiredBy === undefined) return false
    const line = input.entries.find(({ normalizedName }) => normalizedName === requiredBy)
    await directory.write(FILE, `${requiredBy}${textOf(line?.specifiers ?? [])}\n`)
    if ((await run([...common, '--no-deps', '--report', REPORT])).code !== 0) return false
    const report = await directory.read(REPORT, REPORT_LIMIT)
    return report !== undefined && isExcludedIn(report, name, pythonVersion)
  }

  // An index that did not answer has no versions, which looks like a conflict too.
  const conflict = /Retrying \(Retry\(/.test(printed) ? undefined : pipConflict(printed, input.entries)
  if (conflict !== undefined) return { kind: 'unresolvable', diagnostics: [conflict] }
  const missing = missingIn(printed, pythonVersion)
  if (missing === undefined) return noResult('pip', ended)
  if (!missing.forTarget || (await isForOthersOnly(missing)))
    return { kind: 'none', why: `pip needs a package that only another platform needs: ${missing.quote}` }

  // A missing version, a missing wheel and an index that did not answer look alike, unless pip prints each link that it
  // skips.
  await directory.write(FILE, `${missing.name}${textOf(missing.specifiers)}\n`)
  const { output, errors } = await run([...common, '--no-deps', '-vv'])
  const verdict = missingVerdict(missing, printed, `${output}\n${errors}`, input.entries, pythonVersion)
  return 'why' in verdict
    ? { kind: 'none', why: `pip did not reach the index: ${inOneLine(verdict.why)}` }
    : { kind: 'unresolvable', diagnostics: [verdict.diagnostic] }
}

function textOf(specifiers: readonly Specifier[]): string {
  return specifiers.map(({ operator, version }) => operator + version).join(',')
}

async function pipEnvironment({ environment }: Tools, directory: Directory): Promise<Environment> {
  return {
    ...environmentIn(directory, await environment()),
    PIP_CACHE_DIR: path.join(directory.path, 'cache'),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
    // A setting of the user or the machine that makes no sense together with the directory for the result.
    PIP_USER: '0',
    PIP_REQUIRE_VIRTUALENV: '0',
  }
}
