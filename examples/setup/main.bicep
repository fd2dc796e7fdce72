// An identity that runs of a repository's main branch sign in as, and the roles that it needs.
targetScope = 'subscription'

@description('Resource group of the identity, which exists already.')
param identityGroup string

@description('Resource group of the cluster.')
param clusterGroup string

@description('Name of the cluster.')
param cluster string

@description('Owner and name of the repository.')
param repository string

@description('What the subject of the runs says after the repository.')
param subject string = 'ref:refs/heads/main'

@description('Database in which the image is tried; empty: in none.')
param database string = ''

module identity 'identity.bicep' = {
  name: 'sandbox-image-identity'
  scope: resourceGroup(identityGroup)
  params: {
    name: 'kusto-sandbox-image'
    subject: 'repo:${repository}:${subject}'
  }
}

resource builder 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'Kusto sandbox image builder')
  properties: {
    roleName: 'Kusto sandbox image builder'
    description: 'Builds sandbox custom images of a Kusto cluster, has queries run on them, and deletes them.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: [
          'Microsoft.Kusto/Clusters/read'
          'Microsoft.Kusto/Clusters/SandboxCustomImages/read'
          'Microsoft.Kusto/Clusters/SandboxCustomImages/write'
          'Microsoft.Kusto/Clusters/SandboxCustomImages/delete'
          'Microsoft.Kusto/Clusters/AddLanguageExtensions/action'
        ]
      }
    ]
  }
}

resource reader 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'Kusto operation reader')
  properties: {
    roleName: 'Kusto operation reader'
    description: 'Reads the results of Kusto operations, which live in the subscription.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: ['Microsoft.Kusto/locations/operationresults/read']
      }
    ]
  }
}

resource operations 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, 'kusto-sandbox-image', 'Kusto operation reader')
  properties: {
    principalId: identity.outputs.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: reader.id
  }
}

module onCluster 'cluster.bicep' = {
  name: 'sandbox-image-cluster'
  scope: resourceGroup(clusterGroup)
  params: {
    cluster: cluster
    database: database
    role: builder.id
    principalId: identity.outputs.principalId
    clientId: identity.outputs.clientId
  }
}

output clientId string = identity.outputs.clientId
output tenantId string = tenant().tenantId
