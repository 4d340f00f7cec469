// Written by netcordon for ml-guest. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

// This one belongs to others: only rules with our names are added, nothing else in it is touched.
resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' existing = {
  name: 'nsg-shared'
}

// base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
resource nsg1Rule1 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-base.inside.aml-compute-in'
  properties: {
    priority: 1403
    direction: 'Inbound'
    access: 'Allow'
    protocol: '*'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefixes: ['10.60.0.0/24']
    destinationPortRange: '*'
    description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
  }
}

// aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
resource nsg1Rule2 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.entra'
  properties: {
    priority: 1205
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefix: 'AzureActiveDirectory'
    destinationPortRanges: ['80', '443']
    description: 'aml.out.entra: sign-in and tokens from Microsoft Entra ID'
  }
  dependsOn: [nsg1Rule1]
}

// aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
resource nsg1Rule3 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.tunnel'
  properties: {
    priority: 1209
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Udp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefix: 'AzureMachineLearning'
    destinationPortRanges: ['5831']
    description: 'aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters'
  }
  dependsOn: [nsg1Rule2]
}

// aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
resource nsg1Rule4 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.language-server'
  properties: {
    priority: 1210
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefix: 'AzureMachineLearning'
    destinationPortRanges: ['18881']
    description: 'aml.out.language-server: code completion of notebooks on compute instances'
  }
  dependsOn: [nsg1Rule3]
}

// aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
resource nsg1Rule5 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.batch'
  properties: {
    priority: 1212
    direction: 'Outbound'
    access: 'Allow'
    protocol: '*'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefix: 'BatchNodeManagement.WestEurope'
    destinationPortRanges: ['443']
    description: 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
  }
  dependsOn: [nsg1Rule4]
}

// aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
resource nsg1Rule6 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.private-endpoints'
  properties: {
    priority: 1221
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefixes: ['10.60.1.0/26']
    destinationPortRanges: ['443']
    description: 'aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints'
  }
  dependsOn: [nsg1Rule5]
}

// aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
resource nsg1Rule7 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-aml.out.private-endpoints-smb'
  properties: {
    priority: 1222
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefixes: ['10.60.1.0/26']
    destinationPortRanges: ['445']
    description: 'aml.out.private-endpoints-smb: mounts of the workspace\'s file share through its private endpoint'
  }
  dependsOn: [nsg1Rule6]
}

// base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
resource nsg1Rule8 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-base.inside.aml-compute'
  properties: {
    priority: 1403
    direction: 'Outbound'
    access: 'Allow'
    protocol: '*'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefixes: ['10.60.0.0/24']
    destinationPortRange: '*'
    description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
  }
  dependsOn: [nsg1Rule7]
}

// aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
// aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
// aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
// aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
// aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
// aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
// aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
// aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
// aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
// aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
// aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
resource nsg1Rule9 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = {
  parent: nsg1
  name: 'ml-guest-names-tcp'
  properties: {
    priority: 1998
    direction: 'Outbound'
    access: 'Allow'
    protocol: 'Tcp'
    sourceAddressPrefixes: ['10.60.0.0/24']
    sourcePortRange: '*'
    destinationAddressPrefixes: ['0.0.0.0/5', '8.0.0.0/7', '11.0.0.0/8', '12.0.0.0/6', '16.0.0.0/4', '32.0.0.0/3', '64.0.0.0/3', '96.0.0.0/6', '100.0.0.0/10', '100.128.0.0/9', '101.0.0.0/8', '102.0.0.0/7', '104.0.0.0/5', '112.0.0.0/4', '128.0.0.0/3', '160.0.0.0/5', '168.0.0.0/6', '172.0.0.0/12', '172.32.0.0/11', '172.64.0.0/10', '172.128.0.0/9', '173.0.0.0/8', '174.0.0.0/7', '176.0.0.0/4', '192.0.0.0/9', '192.128.0.0/11', '192.160.0.0/13', '192.169.0.0/16', '192.170.0.0/15', '192.172.0.0/14', '192.176.0.0/12', '192.192.0.0/10', '193.0.0.0/8', '194.0.0.0/7', '196.0.0.0/6', '200.0.0.0/5', '208.0.0.0/4', '224.0.0.0/3']
    destinationPortRanges: ['443']
    description: 'host names without a service tag: the firewall holds the names'
  }
  dependsOn: [nsg1Rule8]
}

// The virtual network and its subnets exist already and stay as they are: declaring them here would undo their other
// settings. The runbook has the commands that put NSGs and route tables on them.

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-shared'
    ownership: 'existing'
  }
  addressSpace: ['10.60.0.0/16']
  peered: [
    {
      name: 'hub'
      prefixes: ['10.0.0.0/22']
    }
  ]
  onPremises: []
  subnets: [
    {
      name: 'snet-compute'
      prefix: '10.60.0.0/24'
      pods: []
      networkSecurityGroup: 'nsg-shared'
      routeTable: 'rt-shared'
      serviceEndpoints: []
      wayOut: 'unknown'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.60.1.0/26'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-shared'
      ownership: 'extend'
    }
  ]
  routeTables: [
    {
      name: 'rt-shared'
      ownership: 'extend'
    }
  ]
}
