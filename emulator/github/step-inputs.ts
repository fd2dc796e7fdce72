import type { World } from '../world.js'

/** The inputs that sign in to a world and name an image of its cluster, built on Python 3.10.8. */
export function stepInputs(
  { principal, tenant, cluster }: Pick<World, 'principal' | 'tenant' | 'cluster'>,
  image: string,
): Record<string, string> {
  return {
    'client-id': principal.clientId,
    'tenant-id': tenant.id,
    'subscription-id': cluster.subscriptionId,
    'resource-group': cluster.resourceGroup,
    'cluster-name': cluster.name,
    'image-name': image,
    'language-version': '3.10.8',
  }
}
