import { clusterFrom, readinessOf } from '../cluster/cluster.js'
import type { Cluster } from '../cluster/cluster.js'
import { standingOf } from '../image/provisioning-state.js'
import type { Answer } from './arm.js'
import type { Subject } from './follow.js'
import type { Means } from './means.js'
import { readingCluster, refusal } from './refusal.js'
import { glanceAt, lookUntilSeen } from './sight.js'
import type { Sight } from './sight.js'
import { clusterId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/**
 * Looks at the cluster until something is seen of it.
 * @throws {Failure} when the service refuses, when there is no such cluster, or when several tries in a row showed nothing.
 */
export async function lookAtCluster(target: Target, means: Means): Promise<Cluster> {
  const cluster = await lookUntilSeen(() => glanceAtCluster(target, means), readingCluster(target), means)
  if (cluster === undefined) throw new Error('a missing cluster is a refusal')
  return cluster
}

/** Looks at the cluster once. @throws {Failure} when the service refuses, or when there is no such cluster. */
export async function glanceAtCluster(target: Target, means: Means): Promise<Sight<Cluster>> {
  const errand = readingCluster(target)
  const looked = {
    url: resourceUrl(target, clusterId(target)),
    errand,
    read: clusterFrom,
    missing: (answer: Answer) => Promise.reject(refusal(errand, answer, target)),
  }
  return glanceAt(looked, target, means)
}

/**
 * The cluster as whoever waits for a change of it sees it.
 * @param matches whether it is what is waited for, once nobody is changing it.
 */
export function clusterSubject(target: Target, means: Means, matches: (cluster: Cluster) => boolean): Subject<Cluster> {
  return {
    glance: () => glanceAtCluster(target, means),
    view: cluster => {
      if (cluster === undefined) return { standing: 'gone', matches: false }
      const busy = readinessOf(cluster).as === 'busy'
      return { standing: busy ? 'in-progress' : standingOf(cluster.provisioningState), matches: matches(cluster) }
    },
    state: cluster => {
      const readiness = readinessOf(cluster)
      return readiness.as === 'ready' ? cluster.provisioningState : readiness.state
    },
    // A switch takes many minutes, and nothing but the cluster may tell that it has begun at all.
    believed: 20,
  }
}
