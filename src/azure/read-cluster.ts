import { type Cluster, clusterFrom } from '../model/cluster.js'
import type { ArmResponse, AzureContext } from './arm.js'
import { type Reading, readOnce, type ReadResult, readWithRetry } from './read-resource.js'
import { armFailure } from './arm-errors.js'
import { accessTo } from './permissions.js'
import { clusterId, resourceUrl, type Target } from '../model/target.js'

/** Holds the cluster as it was read, with what is there for certain. */
export type ClusterReading = Reading<Cluster> & { readonly resource: Cluster }

/**
 * Looks at the cluster until something is seen of it.
 * @returns the cluster, and when the request left that showed it.
 * @throws {Failure} when the service refuses, when there is no such cluster, or when several tries in a row showed nothing.
 */
export async function readCluster(target: Target, azure: AzureContext): Promise<ClusterReading> {
  let sentAt = azure.clock.now()
  const read = () => {
    sentAt = azure.clock.now()
    return readClusterOnce(target, azure)
  }
  const resource = await readWithRetry(read, accessTo('readCluster', target), target, azure)
  if (resource === undefined) throw new Error('a missing cluster is a refusal')
  return { sentAt, resource }
}

/** Looks at the cluster once. @throws {Failure} when the service refuses, or when there is no such cluster. */
export async function readClusterOnce(target: Target, azure: AzureContext): Promise<ReadResult<Cluster>> {
  const access = accessTo('readCluster', target)
  const spec = {
    url: resourceUrl(target, clusterId(target)),
    access,
    read: clusterFrom,
    missing: (answer: ArmResponse) => Promise.reject(armFailure(access, answer, target)),
  }
  return readOnce(spec, target, azure)
}
