import { retryDelay } from '../azure/poll-interval.js'
import { type Endpoint, type Query, type QueryResponse, runQuery } from '../azure/query-client.js'
import { formatDuration } from '../format.js'
import { databaseRefused, foreignEndpoint, queryUnanswered } from '../failures/verification-failures.js'
import { dataOrigin } from '../model/target.js'
import { isPluginDisabled } from '../verification/import-query.js'
import type { VerifyContext } from './context.js'
import { givesUpAt, lineEachMinute } from './progress.js'
import { signInTo } from './sign-in.js'

/** Signs in to the data endpoint of the cluster. @throws {Failure} when the cluster names one that is not its own. */
export async function openEndpoint(
  uri: string | undefined,
  database: string,
  context: VerifyContext,
): Promise<Endpoint> {
  const { inputs, runtime, signal } = context
  const origin = dataOrigin(uri, context.target)
  if (origin === undefined) throw foreignEndpoint(uri, context)
  return { origin, credential: await signInTo(origin, inputs, runtime, signal), database }
}

const words = {
  busy: 'The cluster is not ready for the query yet. Waiting',
  nothing: 'The cluster did not answer the query. Trying again',
}

const unanswered = { as: 'failed', why: 'no answer in time' } as const

/** So many queries in a row may show nothing before the run gives up. */
const mostMisses = 6

/** Says what came of a query that was sent until there was an answer. */
export type QueryOutcome = Extract<QueryResponse, { as: 'rows' | 'failed' }>

/**
 * Asks until there is an answer; waits as long as sandboxes take to start, or as the cluster has too much to do.
 * @param timeoutMs milliseconds after which a query counts as failed that the cluster does not answer.
 * @throws {Failure} when the caller may not, and when several tries in a row showed nothing.
 */
export async function queryWithRetry(
  query: Query,
  endpoint: Endpoint,
  context: VerifyContext,
  timeoutMs = Infinity,
): Promise<QueryOutcome> {
  const { runtime, azure, signal } = context
  const started = runtime.clock.now()
  const logOnChange = lineEachMinute(runtime)
  for (let missed = 0, waited = 0; ;) {
    const answer = await runQuery(query, endpoint, runtime, signal)
    delete context.state.waitingFor
    if (answer.as === 'rows' || answer.as === 'failed') return answer
    if (answer.as === 'refused') {
      // A policy that forbids python() says nothing of the database.
      if (isPluginDisabled(answer.why)) return { as: 'failed', why: answer.why }
      // From a network that may not reach the cluster, a 403 is no missing role.
      const isPrivate = context.state.cluster?.resource?.isPrivate === true && answer.because === 'no-role'
      throw databaseRefused(isPrivate ? { ...answer, because: 'network' } : answer, endpoint.database, context)
    }
    if (answer.as === 'nothing' && ++missed === mostMisses) {
      if (timeoutMs < Infinity) return unanswered
      throw queryUnanswered(mostMisses, answer.why, context)
    }
    if (answer.as === 'busy') missed = 0
    const now = runtime.clock.now()
    if (now - started >= timeoutMs) return unanswered
    const until = givesUpAt(azure.deadline, runtime.clock)
    const isNew = logOnChange(
      `${words[answer.as]}; ${until}.`,
      `${formatDuration(now - started)}: still waiting; ${until}`,
    )
    if (isNew) runtime.log.line(answer.why, 'quiet')
    context.state.waitingFor = { for: 'query', why: answer.why }
    const pause = retryDelay(Math.min(waited++, 4), answer.retryAfter, azure.random())
    await azure.clock.sleep(Math.min(pause, started + timeoutMs - now), signal)
  }
}
