/** Holds the image that a run is about: where it is, or will be. */
export type Target = {
  readonly cloud: Cloud
  readonly subscription: string
  readonly resourceGroup: string
  readonly cluster: string
  readonly image: string
  readonly apiVersion: string
}

/** Returns the resource id of the target's cluster, as a request spells it. */
export function clusterId(target: Target): string {
  const segment = encodeURIComponent
  return `/subscriptions/${segment(target.subscription)}/resourceGroups/${segment(target.resourceGroup)}/providers/Microsoft.Kusto/clusters/${segment(target.cluster)}`
}

/** Returns the resource id of the target's image, as a request spells it. */
export function imageId(target: Target): string {
  return `${clusterId(target)}/sandboxCustomImages/${encodeURIComponent(target.image)}`
}

/** Returns the URL of a resource of the target's cloud. */
export function resourceUrl(target: Target, id: string): string {
  return `${target.cloud.resourceManager}${id}?api-version=${target.apiVersion}`
}

/** Returns the page of the target's cluster in the portal. */
export function portalUrl(target: Target): string {
  return `${target.cloud.portal}/#resource${clusterId(target)}/overview`
}

/**
 * Returns the origin of a URI, if it is the data endpoint of this cluster: one of its cloud, whose first label is the
 * cluster's name. Elsewhere under the same domain are the clusters of others, which would learn the token, and say
 * what they like.
 */
export function dataOrigin(uri: string | undefined, { cluster, cloud }: Target): string | undefined {
  if (uri === undefined || !URL.canParse(uri)) return undefined
  const { protocol, port, hostname, origin } = new URL(uri)
  const isOwn = hostname.startsWith(`${cluster.toLowerCase()}.`) && hostname.endsWith(`.${cloud.kustoDomain}`)
  return protocol === 'https:' && port === '' && isOwn ? origin : undefined
}

/** Holds one of Azure's clouds: where its services are, and for whom its tokens are meant. */
export type Cloud = {
  readonly name: 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud'
  /** Origin of Azure Resource Manager. */
  readonly resourceManager: string
  /** Origin of Entra. */
  readonly authority: string
  /** Audience that Entra of this cloud expects in an assertion, unless the federated credential says otherwise. */
  readonly audience: string
  /** Domain of the data endpoints of its clusters. */
  readonly kustoDomain: string
  /** Origin of the portal. */
  readonly portal: string
}

/**
 * Holds the clouds there are. Hosts: `az cloud list`; for China the one whose endpoints Azure's library knows without
 * asking. Audiences: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
export const clouds: readonly Cloud[] = [
  {
    name: 'AzureCloud',
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    audience: 'api://AzureADTokenExchange',
    kustoDomain: 'kusto.windows.net',
    portal: 'https://portal.azure.com',
  },
  {
    name: 'AzureUSGovernment',
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    kustoDomain: 'kusto.usgovcloudapi.net',
    portal: 'https://portal.azure.us',
  },
  {
    name: 'AzureChinaCloud',
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
    kustoDomain: 'kusto.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
  },
]
