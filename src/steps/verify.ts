import type { Endpoint } from '../azure/query.js'
import type { Failure } from '../failure.js'
import { counted } from '../phrases.js'
import { targetOf } from '../requirements/findings/target.js'
import { databaseRefused, verificationFailed, verificationStuck } from '../failures/verification.js'
import { verified, wantedOn } from '../verification/judgement.js'
import { accessQuery, namesParameter, verificationQuery } from '../verification/program.js'
import { openEndpoint, query } from './query.js'
import type { Scene } from './scene.js'

/**
 * Sees that the database may be queried, where the image is to be tried there; once a run.
 * @throws {Failure} when it may not be, or cannot be.
 */
export async function tryDatabase(scene: Scene): Promise<void> {
  const { inputs, trial, phase, world } = scene
  if (inputs.verification === undefined || trial.endpoint !== undefined) return
  const { database } = inputs.verification
  await phase('Try the database', async () => {
    const endpoint = await endpointOf(database, scene)
    const answer = await query({ text: accessQuery, parameters: {} }, endpoint, scene)
    if (answer.as === 'failed') throw databaseRefused(answer.why, database, scene)
    world.log.line(`Database ${database} of ${endpoint.origin} can be queried.`)
  })
}

/**
 * Whether sandboxes of the former image still answer for a while after a switch is documented nowhere, so a flaw found
 * right after one counts only once it was found so many times, so many milliseconds apart.
 */
const trials = 3
const betweenTrials = 60_000

/**
 * Tries the active image by a query that imports each package of the requirements, and compares versions.
 * @returns what is not as it should be; undefined where all is well, and where nobody asked.
 * @throws {Failure} when the image cannot be tried, which says nothing of it.
 */
export async function verify(scene: Scene): Promise<Failure | undefined> {
  const { inputs, record, world, phase, signal } = scene
  if (inputs.verification === undefined) return undefined
  const { database } = inputs.verification
  return phase('Verify', async () => {
    const endpoint = await endpointOf(database, scene)
    for (let trial = 1, told = ''; ; trial++) {
      const flaw = await tryPackages(endpoint, scene)
      if (flaw === undefined || !record.activated || trial === trials) {
        record.verified = flaw === undefined
        return (record.flaw = flaw)
      }
      world.log.line(
        'Not all is as asked for yet. Sandboxes of the former image may be answering still, so trying again.',
      )
      if (flaw.message !== told) world.log.line((told = flaw.message), 'quiet')
      await world.clock.sleep(betweenTrials, signal)
    }
  })
}

async function tryPackages(endpoint: Endpoint, scene: Scene): Promise<Failure | undefined> {
  const { inputs, record, world, desired } = scene
  const target = targetOf(inputs.foundation)
  const wanted = wantedOn(desired.requirements, target)
  const asked = { text: verificationQuery, parameters: namesParameter([...wanted.keys()]) }
  const answer = await query(asked, endpoint, scene)
  if (answer.as === 'failed') return verificationStuck(answer.why, scene.target)
  const found = (record.verification = verified(wanted, target.pythonVersion, answer.rows))
  const bad = found.filter(({ problem }) => problem !== '')
  if (bad.length > 0) return verificationFailed(bad, desired.requirements, scene.target)
  world.log.line(`Queries run on it, with ${counted(found.length - 1, 'package')} as asked for.`, 'good')
  return undefined
}

/** Opens the cluster's data endpoint; once a run, for each opening is an exchange of tokens. */
async function endpointOf(database: string, scene: Scene): Promise<Endpoint> {
  return (scene.trial.endpoint ??= await openEndpoint(scene.record.cluster?.uri, database, scene))
}
