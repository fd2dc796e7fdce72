import { nextTry } from '../azure/interval.js'
import { ask } from '../azure/query.js'
import type { Endpoint, Query, QueryAnswer } from '../azure/query.js'
import { duration } from '../phrases.js'
import { databaseRefused, foreignEndpoint, queryUnanswered } from '../failures/verification.js'
import { dataOrigin } from '../azure/target.js'
import type { Scene } from './scene.js'
import { signInTo } from './sign-in.js'

/** Signs in to the data endpoint of the cluster. @throws {Failure} when the cluster names one that is not its own. */
export async function openEndpoint(uri: string | undefined, database: string, scene: Scene): Promise<Endpoint> {
  const { inputs, world, signal } = scene
  const origin = dataOrigin(uri, inputs.target)
  if (origin === undefined) throw foreignEndpoint(uri, scene)
  return { origin, credential: await signInTo(origin, inputs, world, signal), database }
}

const words = {
  busy: 'The cluster cannot run the query yet; waiting for that.',
  nothing: 'There was no answer, trying again.',
}

/** A line this often while nothing changes. Milliseconds. */
const heartbeat = 60_000

/** So many queries in a row may show nothing before the run gives up. */
const patience = 6

/**
 * Asks until there is an answer; waits as long as sandboxes take to start, or as the cluster has too much to do.
 * @returns the rows, or why the query came to grief.
 * @throws {Failure} when the caller may not, and when several tries in a row showed nothing.
 */
export async function query(
  asked: Query,
  endpoint: Endpoint,
  scene: Scene,
): Promise<Extract<QueryAnswer, { as: 'rows' | 'failed' }>> {
  const { world, means, signal } = scene
  const started = world.clock.now()
  let told = { line: '', at: 0 }
  for (let missed = 0, waited = 0; ;) {
    const answer = await ask(asked, endpoint, world.send, signal)
    if (answer.as === 'rows' || answer.as === 'failed') return answer
    if (answer.as === 'refused') throw databaseRefused(answer.why, endpoint.database, scene)
    if (answer.as === 'nothing' && ++missed === patience) throw queryUnanswered(patience, answer.why, scene)
    if (answer.as === 'busy') missed = 0
    const now = world.clock.now()
    const line = words[answer.as]
    if (line !== told.line) {
      world.log.line(line)
      world.log.line(answer.why, 'quiet')
      told = { line, at: now }
    } else if (now - told.at >= heartbeat) {
      world.log.line(`${duration(now - started)}: still so`, 'quiet')
      told = { line, at: now }
    }
    await means.clock.sleep(nextTry(Math.min(waited++, 4), answer.retryAfter, means.random()), signal)
  }
}
