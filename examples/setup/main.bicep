// A managed identity for runs of a repository's main branch, and the roles that it needs.
targetScope = 'subscription'

@description('Existing resource group for the identity.')
param identityGroup string

@description('Resource group of the cluster.')
param clusterGroup string

@description('Name of the cluster.')
param cluster string

@description('Subject of the ID tokens to trust, such as repo:contoso/forecasting:ref:refs/heads/main. Newer repositories have IDs in it.')
param subject string

@description('Name of the identity. Give production and test one each.')
param identityName string = 'kusto-sandbox-image'

@description('Name of the federated credential. Give each subject one.')
param credentialName string = 'main'

@description('Database that verify runs its query in, or empty.')
param database string = ''

module identity 'identity.bicep' = {
  name: 'identity-${identityName}'
  scope: resourceGroup(identityGroup)
  params: {
    name: identityName
    credential: credentialName
    subject: subject
  }
}

resource builder 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, 'Kusto sandbox image builder')
  properties: {
    // A tenant has each name once.
    roleName: 'Kusto sandbox image builder ${subscription().subscriptionId}'
    description: 'Builds, activates and deletes sandbox custom images of a Kusto cluster.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: [
          'Microsoft.Kusto/Clusters/read'
          'Microsoft.Kusto/Clusters/SandboxCustomImages/read'
          'Microsoft.Kusto/Clusters/SandboxCustomImages/write'
          'Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action'
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
    roleName: 'Kusto operation reader ${subscription().subscriptionId}'
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
  name: guid(subscription().id, identityGroup, identityName, 'Kusto operation reader')
  properties: {
    principalId: identity.outputs.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: reader.id
  }
}

module onCluster 'cluster.bicep' = {
  name: 'cluster-${identityName}'
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
