// Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
//
// The service endpoint policy of the compute subnets: through their service endpoint they reach the storage accounts
// named here and Microsoft's own behind Azure Machine Learning, and no others. It is not on the subnets yet: README.md
// in the folder above says how it gets there. The Azure CLI cannot make it, because it does not take the alias.

@description('Region of the policy: that of the network.')
param location string = 'northeurope'

@description('Resource ids of storage accounts: the workspace\'s own, and others that compute reaches without a private endpoint.')
@minLength(1)
param storageAccountIds array = [
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.Storage/storageAccounts/stmlsealed'
]

resource policy 'Microsoft.Network/serviceEndpointPolicies@2024-05-01' = {
  name: 'sep-ml-sealed'
  location: location
  properties: {
    serviceEndpointPolicyDefinitions: [
      {
        name: 'storage-accounts'
        properties: {
          description: 'Storage accounts of our own'
          service: 'Microsoft.Storage'
          serviceResources: storageAccountIds
        }
      }
      {
        name: 'azure-machine-learning'
        properties: {
          description: 'Accounts of Microsoft behind Azure Machine Learning'
          service: 'Global'
          serviceResources: [
            '/services/Azure/MachineLearning'
          ]
        }
      }
    ]
  }
}

output policyId string = policy.id
