import { orStopped } from '../../clock.js'
import type { Entry } from '../grammar/entry.js'
import type { Finding } from '../findings/finding.js'
import type { Requirements } from '../requirements.js'
import type { Resolver, Tools } from './resolver.js'
import { versionChanges } from '../package-changes.js'
import { type ResolverDiagnostic, findingsOf } from './resolver-diagnostic.js'
import { findPip } from './pip.js'
import { resolverInputOf } from './resolver-input.js'
import {
  type CurrentRequirements,
  type Resolution,
  type ResolutionTarget,
  type ResolvedPackage,
  resolutionUnavailable,
} from './resolution.js'
import { findUv } from './uv.js'

/** Over all that is run for one question; in ms. */
const TIME_LIMIT = 60_000

/** More take a tool longer than there is time, and are no file that anybody wrote. */
const MOST_LINES = 10_000

/** A tool stops at the first thing that is wrong; whoever has to correct a file wants to know them all, within reason. */
const ROUNDS = 10

/**
 * Lets uv, or else pip 23 or newer, resolve the requirements for the target from wheels alone, without installing
 * anything. Nothing of the workspace is read, written or run; see `questionOf` for what a tool is given, and
 * `toolEnvironment` for what it knows.
 *
 * uv is asked first: it resolves for the target whatever it runs on, where pip evaluates the markers of dependencies for
 * its own machine. What pip says is therefore a warning at most.
 *
 * @param machine has the tools
 * @param former what to compare the packages with, resolved in the same way as of now
 * @throws the signal's reason once it is aborted, with nothing left running
 */
export async function askResolvers(
  requirements: Requirements,
  { pythonVersion }: ResolutionTarget,
  machine: Tools,
  signal: AbortSignal,
  former?: CurrentRequirements,
): Promise<Resolution> {
  if (pythonVersion === undefined) return resolutionUnavailable('the Python version of the image is not known')
  if (!isVersionOfPython(pythonVersion)) return resolutionUnavailable('the Python version is not one')
  if (requirements.entries.length > MOST_LINES)
    return resolutionUnavailable(`the requirements have more than ${MOST_LINES} lines`)
  const question = resolverInputOf(requirements, pythonVersion)
  if ('refused' in question)
    return resolutionUnavailable(`it is done for names and versions alone, and ${question.refused}`)

  signal.throwIfAborted()
  const limit = new AbortController()
  const ended = new AbortController()
  machine.clock.sleep(TIME_LIMIT, ended.signal).then(
    () => limit.abort(),
    () => undefined,
  )
  const stop = AbortSignal.any([signal, limit.signal])
  const tools: Tools = {
    ...machine,
    // Directories of the search path may be on a disk that does not answer.
    find: program => orStopped(machine.find(program), stop),
    environment: () => orStopped(machine.environment(), stop),
  }
  try {
    return await tools.withDirectory(async directory => {
      const asker = (await findUv(tools, directory, stop)) ?? (await findPip(tools, directory, stop))
      if (asker === undefined)
        return resolutionUnavailable('there is neither uv 0.5 or newer nor a Python with pip 23 or newer')
      const resolution = await allSaid(requirements, pythonVersion, asker, limit.signal)
      if (resolution.outcome !== 'resolved' || former === undefined) return resolution
      const installed = await installedOf(former, asker, limit.signal)
      if (installed === undefined) return resolution
      return { ...resolution, changes: versionChanges(installed, resolution.packages) }
    })
  } catch (error) {
    if (limit.signal.aborted && !signal.aborted)
      return resolutionUnavailable(`there was no answer within ${TIME_LIMIT / 1000} s`)
    // All files that are touched here are those of the directory: whether there is room for them is the runner's concern.
    if (isOfFiles(error))
      return resolutionUnavailable(`files cannot be written to the runner's temporary directory (${error.message})`)
    throw error
  } finally {
    ended.abort()
  }
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

/** What is installed where the former requirements are, were they installed now; undefined where that is not known. */
async function installedOf(
  { requirements, pythonVersion }: CurrentRequirements,
  asker: Resolver,
  limit: AbortSignal,
): Promise<readonly ResolvedPackage[] | undefined> {
  if (requirements.entries.length === 0) return []
  if (pythonVersion === undefined || !isVersionOfPython(pythonVersion)) return undefined
  if (requirements.entries.length > MOST_LINES) return undefined
  const question = resolverInputOf(requirements, pythonVersion)
  if ('refused' in question) return undefined
  try {
    const answer = await asker.ask(question, pythonVersion)
    return answer.kind === 'resolved' ? answer.packages : undefined
  } catch (error) {
    if (limit.aborted) return undefined
    throw error
  }
}

function isVersionOfPython(text: string): boolean {
  return /^[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}$/.test(text)
}

/**
 * Asks again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function allSaid(
  requirements: Requirements,
  pythonVersion: string,
  asker: Resolver,
  limit: AbortSignal,
): Promise<Resolution> {
  const { tool, toolVersion } = asker
  const complaints: ResolverDiagnostic[] = []
  const findings = (): readonly Finding[] =>
    complaints
      .toSorted((one, other) => lineOf(one) - lineOf(other))
      .flatMap(complaint => findingsOf(complaint, tool, requirements))
  const wrong = new Set<Entry>()
  for (let round = 1; round <= ROUNDS; round++) {
    const question = resolverInputOf(requirements, pythonVersion, wrong)
    if ('refused' in question) break
    const answer = await asker.ask(question, pythonVersion).catch((error: unknown) => {
      // What was learnt before the time was over still holds.
      if (round > 1 && limit.aborted) return { kind: 'none', why: '' } as const
      throw error
    })
    if (answer.kind === 'none') {
      if (round === 1) return resolutionUnavailable(answer.why)
      break
    }
    if (answer.kind === 'resolved') {
      for (const complaint of answer.complaints) complaints.push(complaint)
      if (round > 1) break
      return { outcome: 'resolved', tool, toolVersion, packages: answer.packages, findings: findings() }
    }
    complaints.push(answer.complaint)
    const { id, entries } = answer.complaint
    if (id === 'conflict' || entries.length === 0) break
    entries.forEach(entry => wrong.add(entry))
  }
  return { outcome: 'unresolvable', tool, toolVersion, findings: findings() }
}

function lineOf({ entries }: ResolverDiagnostic): number {
  return entries[0]?.span.start.line ?? 0
}
