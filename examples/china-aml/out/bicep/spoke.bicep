// Written by netcordon for ml-china. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-ml-china-snet-private'
  location: location
  properties: {
    securityRules: [
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute-in'
        properties: {
          priority: 503
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.0.0/24']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      {
        name: 'aml.out.entra'
        properties: {
          priority: 305
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureActiveDirectory'
          destinationPortRanges: ['80', '443']
          description: 'aml.out.entra: sign-in and tokens from Microsoft Entra ID'
        }
      }
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      {
        name: 'aml.out.tunnel'
        properties: {
          priority: 309
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['5831']
          description: 'aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters'
        }
      }
      // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      {
        name: 'aml.out.language-server'
        properties: {
          priority: 310
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['18881']
          description: 'aml.out.language-server: code completion of notebooks on compute instances'
        }
      }
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.batch'
        properties: {
          priority: 312
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'BatchNodeManagement.ChinaEast2'
          destinationPortRanges: ['443']
          description: 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
        }
      }
      // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
      {
        name: 'aml.out.smb-public'
        properties: {
          priority: 319
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage.ChinaEast2'
          destinationPortRanges: ['445']
          description: 'aml.out.smb-public: mounts of the workspace\'s file share, and the platform\'s check of the NSG'
        }
      }
      // aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.private-endpoints'
        properties: {
          priority: 321
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.2.0/26']
          destinationPortRanges: ['443']
          description: 'aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints'
        }
      }
      // aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
      {
        name: 'aml.out.private-endpoints-smb'
        properties: {
          priority: 322
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.2.0/26']
          destinationPortRanges: ['445']
          description: 'aml.out.private-endpoints-smb: mounts of the workspace\'s file share through its private endpoint'
        }
      }
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute'
        properties: {
          priority: 503
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.0.0/24']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.0.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource nsg2 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-ml-china-snet-public'
  location: location
  properties: {
    securityRules: [
      // aml.in.management (aml-firewall, Basic configuration, inbound traffic, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      {
        name: 'aml.in.management-in'
        properties: {
          priority: 300
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'AzureMachineLearning'
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.1.0/24']
          destinationPortRanges: ['44224']
          description: 'aml.in.management: the service creates, updates and deletes compute that has a public address'
        }
      }
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute-in'
        properties: {
          priority: 503
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.1.0/24']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // base.probes.aml-compute (nsg-overview, Default security rules, 2025-07-15; aml-training-vnet, Compute instance/cluster or serverless compute with public IP, 2024-04-08)
      {
        name: 'base.probes.aml-compute-in'
        properties: {
          priority: 509
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.1.0/24']
          destinationPortRange: '*'
          description: 'base.probes.aml-compute: health probes of the load balancer in front of compute with a public address'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      {
        name: 'aml.out.entra'
        properties: {
          priority: 305
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureActiveDirectory'
          destinationPortRanges: ['80', '443']
          description: 'aml.out.entra: sign-in and tokens from Microsoft Entra ID'
        }
      }
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      {
        name: 'aml.out.service'
        properties: {
          priority: 307
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['443']
          description: 'aml.out.service: workspace API, model management, notebooks and compute instances'
        }
      }
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      {
        name: 'aml.out.tunnel'
        properties: {
          priority: 309
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['5831']
          description: 'aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters'
        }
      }
      // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      {
        name: 'aml.out.language-server'
        properties: {
          priority: 310
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['18881']
          description: 'aml.out.language-server: code completion of notebooks on compute instances'
        }
      }
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.batch'
        properties: {
          priority: 312
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'BatchNodeManagement.ChinaEast2'
          destinationPortRanges: ['443']
          description: 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
        }
      }
      // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
      {
        name: 'aml.out.smb-public'
        properties: {
          priority: 319
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage.ChinaEast2'
          destinationPortRanges: ['445']
          description: 'aml.out.smb-public: mounts of the workspace\'s file share, and the platform\'s check of the NSG'
        }
      }
      // aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.private-endpoints'
        properties: {
          priority: 321
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.2.0/26']
          destinationPortRanges: ['443']
          description: 'aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints'
        }
      }
      // aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
      {
        name: 'aml.out.private-endpoints-smb'
        properties: {
          priority: 322
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.2.0/26']
          destinationPortRanges: ['445']
          description: 'aml.out.private-endpoints-smb: mounts of the workspace\'s file share through its private endpoint'
        }
      }
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute'
        properties: {
          priority: 503
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.35.1.0/24']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'DenyPastFirewallOutbound'
        properties: {
          priority: 3996
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRange: '*'
          description: 'names pass through the firewall only: what its routes do not see stays with the rules above'
        }
      }
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.35.1.0/24']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource routeTable1 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-ml-china-snet-private'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource routeTable2 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-ml-china-snet-public'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      // replies to management traffic leave by the compute\'s public address, as they came; the tag keeps itself current
      // aml.in.management (aml-firewall, Basic configuration, inbound traffic, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      {
        name: 'azureml'
        properties: {
          addressPrefix: 'AzureMachineLearning'
          nextHopType: 'Internet'
        }
      }
    ]
  }
}

// The virtual network and its subnets exist already and stay as they are: declaring them here would undo their other
// settings. The runbook has the commands that put NSGs and route tables on them.

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-ml'
    ownership: 'existing'
  }
  addressSpace: ['10.35.0.0/16']
  peered: [
    {
      name: 'hub'
      prefixes: ['10.0.0.0/22']
    }
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-private'
      prefix: '10.35.0.0/24'
      pods: []
      networkSecurityGroup: 'nsg-ml-china-snet-private'
      routeTable: 'rt-ml-china-snet-private'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-public'
      prefix: '10.35.1.0/24'
      pods: []
      networkSecurityGroup: 'nsg-ml-china-snet-public'
      routeTable: 'rt-ml-china-snet-public'
      serviceEndpoints: []
      wayOut: 'public-address'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.35.2.0/26'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-ml-china-snet-private'
      ownership: 'create'
    }
    {
      name: 'nsg-ml-china-snet-public'
      ownership: 'create'
    }
  ]
  routeTables: [
    {
      name: 'rt-ml-china-snet-private'
      ownership: 'create'
    }
    {
      name: 'rt-ml-china-snet-public'
      ownership: 'create'
    }
  ]
}
