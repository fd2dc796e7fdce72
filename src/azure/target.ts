import type { Cloud } from './cloud.js'

/** The image that a run is about: where it is, or will be. */
export type Target = {
  readonly cloud: Cloud
  readonly subscription: string
  readonly resourceGroup: string
  readonly cluster: string
  readonly image: string
  readonly apiVersion: string
}

/** Resource id of the target's cluster, as a request spells it. */
export function clusterId(target: Target): string {
  const segment = encodeURIComponent
  return `/subscriptions/${segment(target.subscription)}/resourceGroups/${segment(target.resourceGroup)}/providers/Microsoft.Kusto/clusters/${segment(target.cluster)}`
}

/** Resource id of the target's image, as a request spells it. */
export function imageId(target: Target): string {
  return `${clusterId(target)}/sandboxCustomImages/${encodeURIComponent(target.image)}`
}

/** URL of a resource of the target's cloud. */
export function resourceUrl(target: Target, id: string): string {
  return `${target.cloud.resourceManager}${id}?api-version=${target.apiVersion}`
}

/** Page of the target's cluster in the portal. */
export function portalUrl(target: Target): string {
  return `${target.cloud.portal}/#resource${clusterId(target)}/overview`
}

/**
 * Origin of a URI, if it is the data endpoint of this cluster: one of its cloud, whose first label is the cluster's name.
 * Elsewhere under the same domain are the clusters of others, which would learn the token, and say what they like.
 */
export function dataOrigin(uri: string | undefined, { cluster, cloud }: Target): string | undefined {
  if (uri === undefined || !URL.canParse(uri)) return undefined
  const { protocol, port, hostname, origin } = new URL(uri)
  const isOwn = hostname.startsWith(`${cluster.toLowerCase()}.`) && hostname.endsWith(`.${cloud.kustoDomain}`)
  return protocol === 'https:' && port === '' && isOwn ? origin : undefined
}
