param location string = resourceGroup().location
param tags object
param natGatewayId string

var owner = 'hpc'

resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-aml'
  location: location
  tags: {
    owner: owner
  }
  properties: {
    securityRules: [
      {
        name: 'AllowSsh'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '10.20.0.0/24'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}

resource batch 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg
  name: 'AllowBatch'
  properties: {
    priority: 110
    direction: 'Inbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefix: 'BatchNodeManagement.WestEurope'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRanges: ['29876', '29877']
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'vnet-hpc'
}

output id string = '${nsg.id}${vnet.id}'
output more object = {
  tags: tags
  natGateway: natGatewayId
}
