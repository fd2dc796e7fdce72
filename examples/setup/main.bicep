// A managed identity for runs of a repository's main branch, and the roles that it needs.
targetScope = 'subscription'

@description('Existing resource group for the identity.')
param identityGroup string

@description('Resource group of the cluster.')
param clusterGroup string

@description('Name of the cluster.')
param cluster string

@description('Owner and name of the repository, as in the subject: newer repositories have IDs in it.')
param repository string

@description('The part of the subject after the repository.')
param subject string = 'ref:refs/heads/main'

@description('Database that verify runs its query in, or empty.')
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
    description: 'Builds, activates and deletes sandbox custom images of a Kusto cluster.'
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
    description: 'Reads the results of Kusto operations.'
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
