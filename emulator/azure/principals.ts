import type { Chance } from '../chance.js'

/** What an application trusts: issuer, subject and audience of an ID token, each compared with its case. */
export type FederatedCredential = { issuer: string; subject: string; audience: string }

/** Someone who signs in to Azure: here, an application with its federated credentials and its rights. */
export type Principal = {
  readonly clientId: string
  readonly objectId: string
  readonly federatedCredentials: FederatedCredential[]
  /** Whether the application has a service principal in the tenant: `az ad app create` alone makes none. */
  hasServicePrincipal: boolean
  /** Granted actions; `Microsoft.Kusto/locations/operationresults/read` is the one that lets operations be read. */
  readonly actions: Set<string>
}

/** The actions a principal needs for its own builds, as the custom role of the documentation grants them. */
export const leastPrivilege: readonly string[] = [
  'Microsoft.Kusto/Clusters/read',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/read',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/write',
  'Microsoft.Kusto/Clusters/SandboxCustomImages/delete',
  'Microsoft.Kusto/Clusters/AddLanguageExtensions/action',
  'Microsoft.Kusto/locations/operationresults/read',
]

/** An application with the least rights that it needs, and with the credentials given. */
export function createPrincipal(
  clientId: string,
  { newId }: Chance,
  ...federatedCredentials: FederatedCredential[]
): Principal {
  return {
    clientId,
    objectId: newId(),
    federatedCredentials,
    hasServicePrincipal: true,
    actions: new Set(leastPrivilege),
  }
}

/** Whether the principal may do this; actions have no case. */
export function mayDo(principal: Principal, action: string): boolean {
  return [...principal.actions].some(granted => granted.toLowerCase() === action.toLowerCase())
}

/** An Entra tenant with its applications. */
export type Tenant = {
  readonly id: string
  readonly name: string
  readonly domains: readonly string[]
  readonly principals: Principal[]
}
