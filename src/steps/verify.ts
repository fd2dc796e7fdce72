import type { Endpoint } from '../azure/query-client.js'
import { isActive } from '../model/cluster.js'
import {
  databaseRefused,
  pythonDisabled,
  queriesFailed,
  switchedMeanwhile,
  verificationFailed,
  verificationStuck,
} from '../failures/verification-failures.js'
import type { Failure } from '../failure.js'
import { pluralize } from '../format.js'
import { pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { replacedBySwitch } from '../run-facts.js'
import { isPluginDisabled, accessQuery, namesParameter, verificationQuery } from '../verification/import-query.js'
import { type Expected, sameAnswer, trialStatus, type VerificationTrial } from '../verification/trials.js'
import { judgeError, judgeRows, type QueryTrial } from '../verification/judge-query.js'
import { comparePackagesFound, type VerifiedPackage, wantedOn } from '../verification/compare-packages.js'
import { isStillActive, waitForCluster } from './cluster-ready.js'
import type { VerifyContext } from './context.js'
import { openEndpoint, queryWithRetry } from './run-query.js'

/**
 * Sees that the database may be queried and python() may run, where the image is to be tried there; once a run. What the
 * image that is active now answers is kept, once that is certain, to distinguish it from what the new one will.
 * @throws {Failure} when it may not be, or cannot be.
 */
export async function tryDatabase(context: VerifyContext): Promise<void> {
  const { inputs, trial, phase, runtime } = context
  if (inputs.verification === undefined) return
  const { database } = inputs.verification
  const isAccessKnown = trial.endpoint !== undefined
  if (isAccessKnown && !needsBaseline(context)) return
  await phase('Check access to the database', async () => {
    const endpoint = await endpointOf(database, context)
    if (!isAccessKnown) {
      const answer = await queryWithRetry({ text: accessQuery, parameters: {} }, endpoint, context)
      if (answer.as === 'failed')
        throw databaseRefused({ as: 'refused', because: 'no-role', why: answer.why }, database, context)
      runtime.log.line(`The application may query database ${database} of ${endpoint.origin}.`)
    }
    await tryPlugin(endpoint, context)
  })
}

/** How long the image that is active before is waited for: it only has to show that python() may run. Milliseconds. */
const baselineLimit = 3 * 60_000

/** Sees that python() may run, where it is enabled at all. @throws {Failure} when the engine says that it may not. */
async function tryPlugin(endpoint: Endpoint, context: VerifyContext): Promise<void> {
  const { state, trial } = context
  const active = state.cluster?.resource?.python
  // Without an image the plugin is off, and the switch turns it on.
  if (active === undefined) return
  const answer = await queryWithRetry(packagesQuery(context), endpoint, context, baselineLimit)
  if (answer.as === 'failed' && isPluginDisabled(answer.why)) throw pythonDisabled(answer.why, context)
  // An image that is broken otherwise is what the new one may be to mend.
  if (answer.as === 'rows' && isSettled(context))
    trial.baseline = { image: active.name, packages: packagesIn(answer.rows, context) }
}

/** Whether what answers can only be the image that is active: sandboxes of one before it may answer for a while. */
function isSettled({ state, runtime }: VerifyContext): boolean {
  const { unchangedSince } = state
  return unchangedSince !== undefined && runtime.clock.now() >= unchangedSince + previousSandboxLimit
}

function needsBaseline(context: VerifyContext): boolean {
  const active = context.state.cluster?.resource?.python?.name
  return active !== undefined && active !== context.trial.baseline?.image && isSettled(context)
}

/**
 * Sandboxes of the former image may answer for a while after a switch, which is documented nowhere. What is found right
 * after one counts once it was found so many times in a row, so many milliseconds apart; what the former image cannot
 * have answered counts at once.
 */
const betweenTrials = 60_000

/** How long after a switch sandboxes of the former image are reckoned with. Milliseconds. */
const previousSandboxLimit = 2 * betweenTrials

/**
 * Tries the active image by a query that imports each package of the requirements, and compares versions.
 * @returns what is not as it should be; undefined where all is well, and where nobody asked.
 * @throws {Failure} when the image cannot be tried, or is not active any more, which says nothing of it.
 */
export async function verify(context: VerifyContext): Promise<Failure | undefined> {
  const { inputs, state, runtime, phase, target } = context
  const { verification } = inputs
  if (verification === undefined) return undefined
  let trial: VerificationTrial
  let isDisturbed = false
  // What has answered is what is active, as long as that is still so, and nobody was changing it.
  do {
    trial = await phase('Verify', () => tryUntilSettled(verification.database, isDisturbed, context))
    const ready = await waitForCluster(context)
    const isReplaced = ready !== undefined && !isActive(target.image, ready.cluster.resource)
    if (isReplaced && (await isStillActive(context)) === false) {
      delete state.verification
      throw switchedMeanwhile(target, state)
    }
    isDisturbed = ready?.whileBusy !== undefined
  } while (isDisturbed)
  state.verification = { ...trial, isSettled: true }
  if (trial.failure === undefined) {
    runtime.log.line(
      `Queries run on image ${target.image}, and ${pluralize(trial.packages.length - 1, 'package')} match${trial.packages.length === 2 ? 'es' : ''} the requirements.${passedNote(trial)}`,
      'good',
    )
  }
  return trial.failure
}

function passedNote({ queries }: VerificationTrial): string {
  return queries.length === 0
    ? ''
    : ` ${pluralize(queries.length, 'query', 'queries')} pass${queries.length === 1 ? 'es' : ''}.`
}

/** @param isDisturbed whether the cluster was changed while it was tried. @returns the trial that counts. */
async function tryUntilSettled(
  database: string,
  isDisturbed: boolean,
  context: VerifyContext,
): Promise<VerificationTrial> {
  const { state, runtime, signal } = context
  const endpoint = await endpointOf(database, context)
  const trials: VerificationTrial[] = []
  for (;;) {
    const trial = await tryPackages(endpoint, context)
    const former = trials.at(-1)
    trials.push(trial)
    state.verification = { ...trial, isSettled: false }
    if (trialStatus(trials, isDisturbed ? { isFresh: true, baseline: undefined } : expected(context)) === 'settled')
      return trial
    if (former === undefined || !sameAnswer(trial, former)) {
      runtime.log.line('Sandboxes of the previous image may still be answering; trying again in a minute.')
      if (trial.failure !== undefined) runtime.log.line(trial.failure.message, 'quiet')
    }
    await runtime.clock.sleep(betweenTrials, signal)
  }
}

/** What is known of which image may answer: the former one, if this run, or one before it, may just have switched. */
function expected({ inputs, state, trial }: VerifyContext): Expected {
  // Someone may have switched the cluster right before this run, and Azure does not show when that was.
  if (inputs.mode === 'verify') return { isFresh: true, baseline: undefined }
  const replaced = replacedBySwitch(state)
  const isOfReplaced = trial.baseline !== undefined && trial.baseline.image === replaced?.image?.name
  return { isFresh: replaced !== undefined, baseline: isOfReplaced ? trial.baseline?.packages : undefined }
}

async function tryPackages(endpoint: Endpoint, context: VerifyContext): Promise<VerificationTrial> {
  const { desired, target } = context
  const answer = await queryWithRetry(packagesQuery(context), endpoint, context)
  if (answer.as === 'failed') {
    if (isPluginDisabled(answer.why)) throw pythonDisabled(answer.why, context)
    return { packages: [], queries: [], failure: verificationStuck(answer.why, target) }
  }
  const packages = packagesIn(answer.rows, context)
  const bad = packages.filter(({ problem }) => problem !== '')
  if (bad.length > 0) return { packages, queries: [], failure: verificationFailed(bad, desired.requirements, target) }
  const queries = await tryQueries(endpoint, context)
  const failed = queries.filter(({ problem }) => problem !== '')
  return { packages, queries, failure: failed.length === 0 ? undefined : queriesFailed(failed, queries.length, target) }
}

/** Asks the queries that the image must pass, one after the other. */
async function tryQueries(endpoint: Endpoint, context: VerifyContext): Promise<readonly QueryTrial[]> {
  const trials: QueryTrial[] = []
  for (const { file, text } of context.queries) {
    const answer = await queryWithRetry({ text, parameters: {}, isReadOnly: true }, endpoint, context)
    const trial = answer.as === 'rows' ? judgeRows(file, answer.rows) : judgeError(file, answer.why, answer.line)
    context.runtime.log.line(
      `${file}: ${trial.problem === '' ? 'passes' : trial.problem}`,
      trial.problem === '' ? 'plain' : 'bad',
    )
    trials.push(trial)
  }
  return trials
}

function packagesQuery({ inputs, desired }: VerifyContext): Parameters<typeof queryWithRetry>[0] {
  const wanted = wantedOn(desired.requirements, pythonTargetOf(inputs.foundation))
  return { text: verificationQuery, parameters: namesParameter([...wanted.keys()]) }
}

function packagesIn(
  rows: Parameters<typeof comparePackagesFound>[2],
  { inputs, desired }: VerifyContext,
): readonly VerifiedPackage[] {
  const target = pythonTargetOf(inputs.foundation)
  return comparePackagesFound(wantedOn(desired.requirements, target), target.pythonVersion, rows)
}

/** Opens the cluster's data endpoint; once a run, for each opening is an exchange of tokens. */
async function endpointOf(database: string, context: VerifyContext): Promise<Endpoint> {
  const { trial, state } = context
  return (trial.endpoint ??= await openEndpoint(state.cluster?.resource?.uri, database, context))
}
