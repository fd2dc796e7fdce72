import { excerpt } from '../azure/service-error.js'
import type { Target } from '../model/target.js'
import type { PythonImage } from '../model/cluster.js'
import { Failure, type Place } from '../failure.js'
import type { CommonInputs } from '../inputs/inputs.js'
import { pluralize, sameName } from '../format.js'
import { requestedChanges } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { onlyOneWorkflow, runsOn } from './switch-failures.js'
import { placesByName, type Requirements } from '../requirements/requirements.js'
import type { QueryRefusal } from '../azure/query-client.js'
import type { QueryTrial } from '../verification/judge-query.js'
import type { VerifiedPackage } from '../verification/compare-packages.js'

/** Of many packages that do not match, so many are named in the message; the summary has them all. */
const mostNamed = 20

/** Returns the failure of an active image in which packages do not match. @param bad which ones, at least one. */
export function verificationFailed(
  bad: readonly VerifiedPackage[],
  requirements: Requirements,
  { image, cluster }: Target,
): Failure {
  const places = placesByName(requirements)
  const rest = bad.length - mostNamed
  return new Failure({
    code: 'verification-failed',
    headline: `${pluralize(bad.length, 'package')} in image ${image} on cluster ${cluster} ${bad.length === 1 ? 'does' : 'do'} not match the requirements.`,
    details: [
      ...bad.slice(0, mostNamed).map(each => describePackage(each, places.get(each.name)?.[0])),
      ...(rest > 0 ? [`…and ${rest} more`] : []),
    ],
    remedy: `Require another version of ${bad.length === 1 ? bad[0]?.name : 'these packages'}, and run the workflow again.`,
    places: bad.flatMap(each =>
      (places.get(each.name) ?? []).map(place => ({ ...place, reason: describePackage(each) })),
    ),
  })
}

function describePackage({ name, wanted, found, problem }: VerifiedPackage, place?: Place): string {
  const installed = found === '' ? '' : `installed: ${found}, `
  return `${name} ${problem} (${installed}required: ${wanted}${place ? `, ${place.file}:${place.line}` : ''})`
}

/** Returns the failure of an active image that does not pass its queries. @param failed which ones, at least one. */
export function queriesFailed(failed: readonly QueryTrial[], count: number, { image, cluster }: Target): Failure {
  const [only] = failed
  return new Failure({
    code: 'verification-failed',
    headline: `${failed.length} of ${pluralize(count, 'query', 'queries')} ${failed.length === 1 ? 'does' : 'do'} not pass on image ${image} of cluster ${cluster}.`,
    details: failed.flatMap(({ file, line, problem, quote }) => [
      `${file}:${line} ${problem}.`,
      ...(quote.length === 0 ? [] : [{ by: 'The cluster', text: quote.join('\n') }]),
    ]),
    remedy:
      failed.length === 1 && only !== undefined
        ? only.remedy
        : 'Correct the requirements, or the queries that are annotated.',
    places: failed.map(({ file, line, problem, quote }) => ({
      file,
      line,
      reason: [`The query ${problem}.`, ...quote].join('\n'),
    })),
  })
}

/** Returns the failure to verify an image that queries do not run on. @param active what they run on. */
export function imageInactive(active: string | undefined, { image, cluster }: Target): Failure {
  const actual = active === undefined ? 'Python queries are not enabled on it.' : `Python queries run on ${active}.`
  return new Failure({
    code: 'image-inactive',
    headline: `Image ${image} is not active on cluster ${cluster}, so it cannot be verified.`,
    details: [actual],
    remedy: 'Activate the image with mode: apply and activate: true, or correct the input image-name.',
  })
}

/** Returns what is wrong with an active image on which the query that verifies it fails. */
export function verificationStuck(why: string, { image, cluster }: Target): Failure {
  return new Failure({
    code: 'verification-failed',
    headline: `The query that verifies image ${image} on cluster ${cluster} failed.`,
    details: [{ by: 'The cluster', text: why }],
    remedy:
      "Run a query with evaluate python() on the cluster by hand. The cluster's page in the portal shows whether the python() plugin is enabled and what its policies allow.",
  })
}

/** Returns the failure of a verification, after what was done about it. @param lead what production runs on now. */
export function verificationEnded(verificationFailure: Failure, lead: string, more: readonly string[] = []): Failure {
  const { code, remedy, command, places } = verificationFailure
  return new Failure({
    code,
    headline: lead,
    details: [verificationFailure.headline, ...verificationFailure.details, ...more],
    remedy,
    command,
    places,
  })
}

/** Returns the failure to switch a cluster back from an image that is faulty. */
export function rollbackFailed(
  verificationFailure: Failure,
  previous: PythonImage,
  error: Failure,
  { image, cluster }: Target,
  { cluster: reading }: RunState,
): Failure {
  const active = reading?.resource?.python?.name
  return new Failure({
    code: 'rollback-failed',
    headline:
      active === undefined || sameName(active, image)
        ? `Cluster ${cluster} now runs queries on the faulty image ${image}: switching back to ${previous.name} failed.`
        : `Cluster ${cluster} runs queries on ${active}: switching back to ${previous.name} failed.`,
    details: [verificationFailure.headline, ...verificationFailure.details, error.headline, ...error.details],
    // What Azure refuses here, it refuses in the portal, too.
    remedy: `To repair it, set Language extensions › Python to ${error.code === 'bad-request' ? 'another image' : previous.name} in the portal, or correct the requirements and run the workflow again.`,
    places: verificationFailure.places,
    ids: error.ids,
  })
}

/** Holds what is known of a run that wants to verify an image. */
type Verifying = { readonly inputs: CommonInputs; readonly target: Target; readonly state: RunState }

/** Tells what production runs on, where this run may have changed it. */
function activeImageNote(state: RunState): string {
  return requestedChanges(state).length === 0 ? 'Nothing was submitted.' : runsOn(state)
}

/** Returns the failure of an engine that does not let python() run, which says nothing of the image. */
export function pythonDisabled(why: string, { target: { cluster, image }, state }: Verifying): Failure {
  return new Failure({
    code: 'python-disabled',
    headline: `The python() plugin is disabled on cluster ${cluster}, so image ${image} could not be verified.`,
    details: [activeImageNote(state), { by: 'The cluster', text: why }],
    remedy:
      "Enable it: on the cluster's page in the portal, under Language extensions, or with the command .enable plugin python. If it is enabled, look for a sandbox policy of the cluster or the database.",
  })
}

/** Returns the failure to verify an image that is no longer active. */
export function switchedMeanwhile({ cluster, image }: Target, state: RunState): Failure {
  return new Failure({
    code: 'switch-superseded',
    headline: `Someone else switched cluster ${cluster} while image ${image} was being verified. ${runsOn(state)}`,
    remedy: onlyOneWorkflow,
  })
}

/** Returns the failure to query a database that is not there, or not for this application or this runner. */
export function databaseRefused(
  { because, why }: QueryRefusal,
  database: string,
  { inputs, target: { cluster }, state }: Verifying,
): Failure {
  const { application } = inputs
  const { clientId, tenantId } = application ?? {}
  const principal = clientId === undefined ? '<the principal of the Azure CLI>' : `aadapp=${clientId};${tenantId}`
  const command = `.add database ['${database.replace(/['\\]/g, '\\$&')}'] viewers ('${principal}')`
  const refusals = {
    network: {
      code: 'network-refused',
      headline: `Cluster ${cluster} refuses queries from this runner's network, so the image cannot be verified.`,
      remedy:
        "Use a self-hosted runner inside the cluster's network, or allow this runner's address on the cluster's Networking page in the portal. A role does not help.",
    },
    'no-database': {
      code: 'database-not-found',
      headline: `Cluster ${cluster} has no database ${database}, or this application has no role in it; the image cannot be verified.`,
      remedy: 'Check the input database. If the database exists, give the application a role in it:',
    },
    'no-role': {
      code: 'database-refused',
      headline: `The application may not query database ${database} of cluster ${cluster}, so the image cannot be verified.`,
      remedy: 'Give the application a role in the database (a role in Azure is not enough):',
    },
  } as const
  const details = [activeImageNote(state), { by: 'The cluster', text: why }]
  return new Failure({ command: because === 'network' ? '' : command, ...refusals[because], details })
}

/** Returns the failure of a cluster that was queried again and again without a usable answer. */
export function queryUnanswered(tries: number, why: string, { target, state }: Verifying): Failure {
  return new Failure({
    code: 'query-unanswered',
    headline: `The image could not be verified: cluster ${target.cluster} gave no usable answer to ${tries} queries.`,
    details: [activeImageNote(state), `The last answer: ${why}`],
    remedy:
      'Run the workflow again later: it verifies the active image again. On a self-hosted runner, check that the query endpoint can be reached.',
  })
}

/** Returns the failure of a cluster that reports a query endpoint that is not its own, so that no token may be sent there. */
export function foreignEndpoint(uri: string | undefined, { inputs, target, state }: Verifying): Failure {
  const { name, kustoDomain } = inputs.cloud
  const { cluster } = target
  return new Failure({
    code: 'data-endpoint-unknown',
    headline: `Cluster ${cluster} reports ${uri === undefined ? 'nothing' : excerpt(uri)} as its query endpoint, which is not one of its data endpoints in ${name}.`,
    details: [
      `A data endpoint of it looks like https://${cluster.toLowerCase()}.….${kustoDomain}. Nothing was sent, so the image cannot be verified.`,
      activeImageNote(state),
    ],
    remedy: 'Check the inputs environment and cluster-name. Set verify to false if the endpoint is really elsewhere.',
  })
}
