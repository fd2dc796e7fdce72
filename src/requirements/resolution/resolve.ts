import type { Entry } from '../entry.js'
import type { Finding } from '../findings/finding.js'
import type { Requirements } from '../requirements.js'
import type { Asker } from './asking.js'
import { type Complaint, findingsOf } from './complaint.js'
import { findPip } from './pip.js'
import { questionOf } from './question.js'
import { type Resolution, type ResolutionTarget, unavailable } from './resolution.js'
import type { Tools } from './tools.js'
import { findUv } from './uv.js'

/** Over all that is run for one question; in ms. */
const TIME_LIMIT = 60_000

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
 * @throws the signal's reason once it is aborted, with nothing left running
 */
export async function resolve(
  requirements: Requirements,
  { pythonVersion }: ResolutionTarget,
  tools: Tools,
  signal: AbortSignal,
): Promise<Resolution> {
  if (pythonVersion === undefined) return unavailable('the Python version of the image is not known')
  if (!/^[0-9]{1,4}(?:\.[0-9]{1,4}){1,2}$/.test(pythonVersion)) return unavailable('the Python version is not one')
  const question = questionOf(requirements, pythonVersion)
  if ('refused' in question) return unavailable(`it is done for names and versions alone, and ${question.refused}`)

  signal.throwIfAborted()
  const limit = new AbortController()
  const ended = new AbortController()
  tools.clock.sleep(TIME_LIMIT, ended.signal).then(
    () => limit.abort(),
    () => undefined,
  )
  const stop = AbortSignal.any([signal, limit.signal])
  try {
    return await tools.withDirectory(async directory => {
      const asker = (await findUv(tools, directory, stop)) ?? (await findPip(tools, directory, stop))
      if (asker === undefined) return unavailable('there is neither uv 0.5 or newer nor a Python with pip 23 or newer')
      return await allSaid(requirements, pythonVersion, asker, limit.signal)
    })
  } catch (error) {
    if (limit.signal.aborted && !signal.aborted) return unavailable(`there was no answer within ${TIME_LIMIT / 1000} s`)
    throw error
  } finally {
    ended.abort()
  }
}

/**
 * Asks again without the lines that were found to be wrong, until nothing more is. A conflict ends it: which of its lines
 * is the wrong one is not known.
 */
async function allSaid(
  requirements: Requirements,
  pythonVersion: string,
  asker: Asker,
  limit: AbortSignal,
): Promise<Resolution> {
  const { tool, toolVersion } = asker
  const complaints: Complaint[] = []
  const findings = (): readonly Finding[] =>
    complaints
      .toSorted((one, other) => lineOf(one) - lineOf(other))
      .flatMap(complaint => findingsOf(complaint, tool, requirements))
  const wrong = new Set<Entry>()
  for (let round = 1; round <= ROUNDS; round++) {
    const question = questionOf(requirements, pythonVersion, wrong)
    if ('refused' in question) break
    const answer = await asker.ask(question, pythonVersion).catch((error: unknown) => {
      // What was learnt before the time was over still holds.
      if (round > 1 && limit.aborted) return { kind: 'none', why: '' } as const
      throw error
    })
    if (answer.kind === 'none') {
      if (round === 1) return unavailable(answer.why)
      break
    }
    if (answer.kind === 'resolved') {
      complaints.push(...answer.complaints)
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

function lineOf({ entries }: Complaint): number {
  return entries[0]?.span.start.line ?? 0
}
