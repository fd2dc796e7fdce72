/** One of Microsoft's clouds, as far as hosts and audiences go. */
export type Cloud = {
  readonly name: CloudName
  readonly armHost: string
  readonly authorityHosts: readonly string[]
  /** Audience that Entra expects of GitHub's ID token, by default. */
  readonly exchangeAudience: string
}

export type CloudName = 'AzureCloud' | 'AzureUSGovernment' | 'AzureChinaCloud'

export const clouds: readonly Cloud[] = [
  {
    name: 'AzureCloud',
    armHost: 'management.azure.com',
    authorityHosts: ['login.microsoftonline.com'],
    exchangeAudience: 'api://AzureADTokenExchange',
  },
  {
    name: 'AzureUSGovernment',
    armHost: 'management.usgovcloudapi.net',
    authorityHosts: ['login.microsoftonline.us'],
    exchangeAudience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    name: 'AzureChinaCloud',
    armHost: 'management.chinacloudapi.cn',
    authorityHosts: ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
    exchangeAudience: 'api://AzureADTokenExchangeChina',
  },
]

/** The cloud of that name. */
export function cloudNamed(name: CloudName): Cloud {
  const cloud = clouds.find(each => each.name === name)
  if (cloud === undefined) throw new Error(`no cloud is named ${name}`)
  return cloud
}
