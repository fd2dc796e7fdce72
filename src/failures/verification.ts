import { excerpt } from '../azure/service-error.js'
import type { Target } from '../azure/target.js'
import type { PythonImage } from '../model/cluster.js'
import { Failure } from '../failure.js'
import type { CommonInputs } from '../inputs/inputs.js'
import { pluralize } from '../format.js'
import { requestedChanges } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { runsOn } from './switch.js'
import { placesByName } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import type { VerifiedPackage } from '../verification/compare-packages.js'

/** Of many packages that are not as they should be, so many are told in the message; the summary has them all. */
const mostTold = 20

/**
 * What to say of an image that queries run on, and find packages that are not as they should be.
 * @param bad which, at least one.
 * @param requirements where lines name them.
 */
export function verificationFailed(
  bad: readonly VerifiedPackage[],
  requirements: Requirements,
  where: Target,
): Failure {
  const rest = bad.length - mostTold
  const places = placesByName(requirements)
  return new Failure({
    code: 'verification-failed',
    message: [
      `${pluralize(bad.length, 'package')} ${on(where)} ${bad.length === 1 ? 'is' : 'are'} not as asked for.`,
      ...bad.slice(0, mostTold).map(inWords),
      ...(rest > 0 ? [`…and ${rest} more`] : []),
    ].join('\n'),
    remedy: 'Correct the lines of the requirements file that name these packages, and run the workflow again.',
    places: bad.flatMap(each => (places.get(each.name) ?? []).map(place => ({ ...place, reason: inWords(each) }))),
  })
}

/** What to say of an image on which the query that tries it came to grief. */
export function verificationStuck(why: string, where: Target): Failure {
  return new Failure({
    code: 'verification-failed',
    message: `The query that tries the packages ${on(where)} failed.\n${why}`,
    remedy:
      'Run a query with evaluate python() on the cluster by hand. Whether the plugin is enabled, and what its policies allow, tells its page in the portal.',
  })
}

/** What to say where the engine says that python() may not run: that says nothing of the image. */
export function pythonDisabled(why: string, { target: { cluster, image }, state }: Trial): Failure {
  const then = requestedChanges(state).length === 0 ? 'Nothing was submitted.' : `${runsOn(state)}.`
  return new Failure({
    code: 'python-disabled',
    message: `The python() plugin may not run on cluster ${cluster}, so image ${image} could not be verified. ${then}\n${why}`,
    remedy:
      'Enable it: on the page of the cluster in the portal, under Language extensions, or by a management command: .enable plugin python. A sandbox policy of the cluster or the database may forbid it as well.',
  })
}

/** What to say where somebody else has switched the cluster while the image was tried. */
export function switchedMeanwhile({ cluster, image }: Target, state: RunState): Failure {
  return new Failure({
    code: 'switch-superseded',
    message: `Image ${image} could not be verified: somebody else has switched cluster ${cluster} meanwhile. ${runsOn(state)}.`,
    remedy:
      "Find out who else switches this cluster (see the cluster's activity log in the portal), let only one workflow do it, for example with a concurrency group, and run this one again.",
  })
}

function on({ image, cluster }: Target): string {
  return `on image ${image} of cluster ${cluster}`
}

function inWords({ name, wanted, found, problem }: VerifiedPackage): string {
  return `${name} ${problem} (${found === '' ? `wanted: ${wanted}` : `wanted: ${wanted}, found: ${found}`})`
}

/** What was found wanting, and more to say of it. */
export function withMore({ code, message, remedy, places }: Failure, more: string): Failure {
  return new Failure({ code, message: `${message}\n${more.trim()}`, remedy, places })
}

/** What to say where the cluster could not be switched back. @param active what is active now, in a clause. */
export function rollbackFailed(flaw: Failure, former: PythonImage, error: Failure, active: string): Failure {
  return new Failure({
    code: 'rollback-failed',
    message: `${flaw.message}\nThe cluster could not be switched back to ${former.name}: ${error.message}\n${active}.`,
    remedy: `What was found wanting stays active until the cluster is switched: back to ${former.name} in the portal, or on by a run with requirements that are corrected.`,
    places: flaw.places,
    ids: error.ids,
  })
}

/** What is known where somebody asks whether the image can be tried. */
type Trial = { readonly inputs: CommonInputs; readonly target: Target; readonly state: RunState }

/** What to say where the database may not be queried, or is not there. */
export function databaseRefused(why: string, database: string, { inputs, target, state }: Trial): Failure {
  const { application } = inputs
  const who =
    application === undefined
      ? 'the principal of the Azure CLI session'
      : `aadapp=${application.clientId};${application.tenantId}`
  return new Failure({
    code: 'database-refused',
    message: `The database ${database} of cluster ${target.cluster} cannot be queried, so the image cannot be verified.\n${why}\n${runsOn(state)}.`,
    remedy: `If there is such a database, give the application a role in it, which a role in Azure does not give: .add database ['${database.replaceAll("'", "\\'")}'] viewers ('${who}')`,
  })
}

/** What to say when the cluster was asked again and again and gave no answer that says anything. */
export function queryUnanswered(tries: number, why: string, { target, state }: Trial): Failure {
  return new Failure({
    code: 'query-unanswered',
    message: `The image could not be verified: after ${tries} tries the data endpoint of cluster ${target.cluster} still gives no useful answer. The last one: ${why}\n${runsOn(state)}.`,
    remedy:
      'Run the workflow again later: what is active is tried again. On a self-hosted runner, check that the data endpoint can be reached.',
  })
}

/** What to say where the cluster names a place for queries that is not its own, so that no token may be sent there. */
export function foreignEndpoint(uri: string | undefined, { inputs, target, state }: Trial): Failure {
  const { name, kustoDomain } = inputs.cloud
  return new Failure({
    code: 'data-endpoint-unknown',
    message: `Cluster ${target.cluster} reports ${uri === undefined ? 'nothing' : excerpt(uri)} as its query endpoint, which is not its data endpoint in ${name} (https://${target.cluster.toLowerCase()}.….${kustoDomain}), so nothing was sent there and the image cannot be verified.\n${runsOn(state)}.`,
    remedy:
      'Check the inputs environment and cluster-name; set verify to false if the cluster really has its endpoint elsewhere.',
  })
}
