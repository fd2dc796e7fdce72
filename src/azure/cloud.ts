/** One of Azure's clouds: where its services are, and for whom its tokens are meant. */
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
 * The clouds there are. Hosts: `az cloud list`; for China the one whose endpoints Azure's library knows without asking. Audiences:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
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
