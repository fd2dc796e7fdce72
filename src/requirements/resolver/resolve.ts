import { orStopped, startDeadline } from '../../clock.js'
import type { Finding } from '../findings/finding.js'
import type { Entry, RequirementEntry } from '../grammar/entry.js'
import { joinList } from '../../format.js'
import type { Requirements } from '../requirements.js'
import type { Resolver, Tools } from './resolver.js'
import { versionChanges } from '../package-changes.js'
import {
  breaksOf,
  type Held,
  heldBy,
  isKept,
  isVersionOfPython,
  keptIn,
  MOST_LINES,
  resolveAlone,
  withOrigin,
} from './held-packages.js'
import { type ResolverDiagnostic, type ResolverSuccess, findingsOf, rootRequirements } from './resolver-diagnostic.js'
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

/** Over all that is run for one input; in ms. */
const TIME_LIMIT = 60_000

/** A tool stops at the first thing that is wrong; whoever corrects a file wants to know them all, within reason. */
const ROUNDS = 10

/**
 * Lets uv, or else pip 23 or newer, resolve the requirements for the target from wheels alone, without installing
 * anything. Nothing of the workspace is read, written or run; see `resolverInputOf` for what a tool is given, and
 * `toolVariable` for what it knows.
 *
 * uv is asked first: it resolves for the target whatever it runs on, where pip evaluates the markers of dependencies for
 * its own machine. What pip says is therefore a warning at most.
 *
 * @param machine has the tools
 * @param current what to compare the packages with, resolved in the same way as of now
 * @param preferred versions by name that uv takes where they satisfy, before those of the base
 * @throws the signal's reason once it is aborted, with nothing left running
 */
export async function resolveWithTools(
  requirements: Requirements,
  target: ResolutionTarget,
  machine: Tools,
  signal: AbortSignal,
  current?: CurrentRequirements,
  preferred: ReadonlyMap<string, string> = new Map(),
): Promise<Resolution> {
  const { pythonVersion } = target
  if (pythonVersion === undefined) return resolutionUnavailable('the Python version of the image is not known')
  if (!isVersionOfPython(pythonVersion)) return resolutionUnavailable('the Python version is not valid')
  if (requirements.entries.length > MOST_LINES)
    return resolutionUnavailable(`the requirements have more than ${MOST_LINES} lines`)
  const input = resolverInputOf(requirements, pythonVersion)
  if ('refused' in input) return resolutionUnavailable(`only names and versions are resolved, and ${input.refused}`)

  signal.throwIfAborted()
  const limit = startDeadline(TIME_LIMIT, machine.clock)
  const stop = AbortSignal.any([signal, limit.signal])
  const tools: Tools = {
    ...machine,
    // Directories of the search path may be on a disk that does not answer.
    find: program => orStopped(machine.find(program), stop),
    environment: () => orStopped(machine.environment(), stop),
  }
  try {
    return await tools.withDirectory(async directory => {
      const resolver = (await findUv(tools, directory, stop)) ?? (await findPip(tools, directory, stop))
      if (resolver === undefined)
        return resolutionUnavailable('there is neither uv 0.5 or newer nor a Python with pip 23 or newer')
      const held = await heldBy(target, resolver, limit.signal)
      const resolution = await collectDiagnostics(requirements, pythonVersion, held, preferred, resolver, limit.signal)
      if (resolution.outcome !== 'resolved' || current === undefined) return resolution
      const installed = await resolveCurrent(current, resolver, limit.signal)
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
    limit.clear()
  }
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

/** Resolves the current requirements as of now; undefined where the result is not known. */
async function resolveCurrent(
  current: CurrentRequirements,
  resolver: Resolver,
  limit: AbortSignal,
): Promise<readonly ResolvedPackage[] | undefined> {
  const held = await heldBy(current, resolver, limit)
  return resolveAlone(current.requirements, current.pythonVersion, held.image?.packages, resolver, limit)
}

/**
 * Resolves again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function collectDiagnostics(
  requirements: Requirements,
  pythonVersion: string,
  { image, caveats }: Held,
  preferred: ReadonlyMap<string, string>,
  resolver: Resolver,
  limit: AbortSignal,
): Promise<Resolution> {
  const { tool, toolVersion } = resolver
  const preferences = new Map([...(image?.packages ?? []), ...preferred])
  const diagnostics: ResolverDiagnostic[] = []
  const unknown: string[] = []
  /** Lines that the base satisfies with a version that uv cannot have. */
  const kept = new Set<RequirementEntry>()
  const wrong = new Set<Entry>()
  let otherIndexLine: number | undefined
  const answered = (mayBeMore: boolean) => {
    // pip resolves for the machine it runs on where it matters.
    const isDoubtful = tool === 'pip' || otherIndexLine !== undefined
    const findings = diagnostics
      .toSorted((one, other) => lineOf(one) - lineOf(other))
      .flatMap(each => findingsOf(each, tool, requirements, isDoubtful))
    const all = [
      ...caveats,
      ...unknown,
      ...(otherIndexLine === undefined
        ? []
        : [`${tool} did not ask the index of line ${otherIndexLine}, so its answer may differ from the build's.`]),
      ...(mayBeMore
        ? ['The search ended before the whole file was checked, so there may be more errors.']
        : leftOut(findings)),
    ]
    return { tool, toolVersion, findings, caveats: all }
  }
  let mayBeMore = true
  for (let round = 1; round <= ROUNDS; round++) {
    const input = resolverInputOf(requirements, pythonVersion, wrong)
    if ('refused' in input) break
    otherIndexLine = input.otherIndexLine
    const answer = await resolver.resolve(input, pythonVersion, preferences).catch((error: unknown) => {
      // What was learnt before the time was over still holds.
      if (round > 1 && limit.aborted) return { kind: 'none', why: '' } as const
      throw error
    })
    if (answer.kind === 'none') {
      if (round === 1) return resolutionUnavailable(answer.why)
      break
    }
    if (answer.kind === 'resolved') {
      const isWhole = diagnostics.length === 0
      diagnostics.push(...answer.diagnostics)
      if (image !== undefined) {
        const breaks = breaksOf(image, answer, input.entries, pythonVersion)
        diagnostics.push(...breaks.diagnostics)
        unknown.push(...breaks.caveats)
      }
      if (isWhole)
        return {
          outcome: 'resolved',
          packages: withOrigin([...answer.packages, ...keptIn(kept, image)], image),
          lines: linesOf(answer, input.entries),
          ...answered(false),
        }
      mayBeMore = false
      break
    }
    const fresh = answer.diagnostics.flatMap(each => {
      const entries = each.entries.filter(entry => each.id === 'conflict' || !isKept(entry, image))
      for (const entry of each.entries) if (!entries.includes(entry)) kept.add(entry)
      return entries.length === 0 && each.entries.length > 0 ? [] : [{ ...each, entries }]
    })
    diagnostics.push(...fresh)
    if (answer.diagnostics.length === 0) break
    if (fresh.some(({ id, entries }) => id === 'conflict' || entries.length === 0)) break
    for (const { entries } of answer.diagnostics) for (const entry of entries) wrong.add(entry)
  }
  if (diagnostics.length === 0)
    return resolutionUnavailable(`${tool} finds no answer with what the base image ${image?.name ?? ''} holds`)
  return { outcome: 'unresolvable', ...answered(mayBeMore) }
}

/** What is not known of lines that may build, and were left out so that the rest could be checked. */
function leftOut(findings: readonly Finding[]): readonly string[] {
  const [first, ...more] = [
    ...new Set(
      findings.filter(({ id, severity }) => id === 'no-wheel' && severity === 'warning').map(({ line }) => line),
    ),
  ]
  if (first === undefined) return []
  const lines =
    more.length === 0
      ? `line ${first}, so conflicts with it`
      : `lines ${joinList([first, ...more].map(String), 10)}, so conflicts with them`
  return [`The other lines were checked without ${lines} would not have been found.`]
}

function linesOf({ packages, requiredBy }: ResolverSuccess, entries: readonly RequirementEntry[]) {
  const rooted = packages.map(({ name }) => [name, rootRequirements(name, requiredBy, entries)[0]] as const)
  return new Map(rooted.flatMap(([name, entry]) => (entry === undefined ? [] : [[name, entry.span.start.line]])))
}

function lineOf({ entries }: ResolverDiagnostic): number {
  return entries[0]?.span.start.line ?? 0
}
