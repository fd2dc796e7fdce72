// What the identity may do on the cluster, and in one of its databases.
param cluster string
param database string
param role string
param principalId string
param clientId string

resource kusto 'Microsoft.Kusto/clusters@2024-04-13' existing = {
  name: cluster
}

resource images 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kusto
  name: guid(kusto.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: role
  }
}

resource data 'Microsoft.Kusto/clusters/databases@2024-04-13' existing = {
  parent: kusto
  name: empty(database) ? 'none' : database
}

resource viewer 'Microsoft.Kusto/clusters/databases/principalAssignments@2024-04-13' = if (!empty(database)) {
  parent: data
  name: guid(kusto.id, database, principalId)
  properties: {
    principalId: clientId
    principalType: 'App'
    role: 'Viewer'
    tenantId: tenant().tenantId
  }
}
