/** Describes one of Microsoft's clouds, as far as hosts and audiences go. */
export type Cloud = {
  readonly name: CloudName
  readonly armHost: string
  readonly authorityHosts: readonly string[]
  /** Domain of the data endpoints of its clusters. */
  readonly dataDomain: string
  /** Audience that Entra expects of GitHub's ID token, by default. */
  readonly exchangeAudience: string
}

export type CloudName = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud'

export const clouds: readonly Cloud[] = [
  {
    name: 'AzureCloud',
    armHost: 'management.azure.com',
    authorityHosts: ['login.microsoftonline.com'],
    dataDomain: 'kusto.windows.net',
    exchangeAudience: 'api://AzureADTokenExchange',
  },
  {
    name: 'AzureUSGovernment',
    armHost: 'management.usgovcloudapi.net',
    authorityHosts: ['login.microsoftonline.us'],
    dataDomain: 'kusto.usgovcloudapi.net',
    exchangeAudience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    name: 'AzureChinaCloud',
    armHost: 'management.chinacloudapi.cn',
    authorityHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    dataDomain: 'kusto.chinacloudapi.cn',
    exchangeAudience: 'api://AzureADTokenExchangeChina',
  },
]

/** Returns the cloud of that name. */
export function cloudNamed(name: CloudName): Cloud {
  const cloud = clouds.find(each => each.name === name)
  if (cloud === undefined) throw new Error(`no cloud is named ${name}`)
  return cloud
}
