// Written by netcordon for hpc-third-party. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-third-party-snet-aks'
  location: location
  properties: {
    securityRules: [
      // aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.from-nodes-in'
        properties: {
          priority: 450
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.from-nodes: nodes to pods, for services and probes'
        }
      }
      // aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.between-in'
        properties: {
          priority: 451
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.244.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.between: pods to pods and services, cluster DNS included'
        }
      }
      // base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'base.inside.aks-nodes-in'
        properties: {
          priority: 504
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.8.0/22']
          destinationPortRange: '*'
          description: 'base.inside.aks-nodes: nodes among themselves, and a private cluster\'s endpoint among them'
        }
      }
      // base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
      {
        name: 'base.probes.aks-nodes-in'
        properties: {
          priority: 508
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.8.0/22']
          destinationPortRange: '*'
          description: 'base.probes.aks-nodes: health probes of the cluster\'s load balancers'
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
      // aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.from-nodes'
        properties: {
          priority: 450
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.from-nodes: nodes to pods, for services and probes'
        }
      }
      // aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.between'
        properties: {
          priority: 451
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.244.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.between: pods to pods and services, cluster DNS included'
        }
      }
      // base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'base.inside.aks-nodes'
        properties: {
          priority: 504
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.8.0/22']
          destinationPortRange: '*'
          description: 'base.inside.aks-nodes: nodes among themselves, and a private cluster\'s endpoint among them'
        }
      }
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
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
  name: 'nsg-hpc-third-party-snet-compute'
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
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.4.0/23']
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
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      {
        name: 'aml.out.tunnel'
        properties: {
          priority: 309
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.60.4.0/23']
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
          sourceAddressPrefixes: ['10.60.4.0/23']
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
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'BatchNodeManagement.WestEurope'
          destinationPortRanges: ['443']
          description: 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
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
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.12.0/26']
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
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.12.0/26']
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
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.4.0/23']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
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
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
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
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
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

resource nsg3 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-third-party-snet-cyclecloud'
  location: location
  properties: {
    securityRules: [
      // cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.web-in'
        properties: {
          priority: 120
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.100.4.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.0.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.web: web interface and API of a server from the Marketplace image'
        }
      }
      // cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.nodes.server-in'
        properties: {
          priority: 125
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
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
      // cyclecloud.server.storage (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'AllowAzureStorage'
        properties: {
          priority: 100
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage'
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.storage: the locker, the blob container that holds projects and cluster files'
        }
      }
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh'
        properties: {
          priority: 132
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'DenyPastFirewallOutbound'
        properties: {
          priority: 3996
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage'
          destinationPortRange: '*'
          description: 'names pass through the firewall only: what its routes do not see stays with the rules above'
        }
      }
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'BlockOutbound'
        properties: {
          priority: 4000
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '*'
          description: 'documented (running-in-locked-down-network); nothing depends on it, the last deny closes the rest'
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

resource nsg4 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-third-party-snet-nodes'
  location: location
  properties: {
    securityRules: [
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh-in'
        properties: {
          priority: 132
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      // cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes-in'
        properties: {
          priority: 500
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
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
      // cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.nodes.server'
        properties: {
          priority: 125
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
        }
      }
      // cyclecloud.nodes.storage (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Launching Azure CycleCloud clusters in a locked down network, 2025-07-01)
      // cyclecloud.scheduler.storage (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Launching Azure CycleCloud clusters in a locked down network, 2025-07-01)
      {
        name: 'cyclecloud.nodes.storage'
        properties: {
          priority: 185
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage.WestEurope'
          destinationPortRanges: ['443']
          description: 'cyclecloud.nodes.storage: the node agent and the projects, which come from the locker'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      // cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes'
        properties: {
          priority: 500
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
        }
      }
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      {
        name: 'base.updates.red-hat'
        properties: {
          priority: 540
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
          destinationPortRanges: ['443']
          description: 'base.updates.red-hat: updates of Red Hat Enterprise Linux with pay-as-you-go images'
        }
      }
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'DenyPastFirewallOutbound'
        properties: {
          priority: 3996
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'Storage'
          destinationPortRange: '*'
          description: 'names pass through the firewall only: what its routes do not see stays with the rules above'
        }
      }
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80']
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
  name: 'rt-hpc-third-party-snet-aks'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
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
  name: 'rt-hpc-third-party-snet-compute'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
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
      // aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
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

resource routeTable3 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hpc-third-party-snet-cyclecloud'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
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

resource routeTable4 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hpc-third-party-snet-nodes'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
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

// The virtual network and its subnets exist already and stay as they are: declaring them here would undo their other
// settings. The runbook has the commands that put NSGs and route tables on them.

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-hpc'
    ownership: 'existing'
  }
  addressSpace: ['10.60.0.0/16']
  peered: [
    {
      name: 'hub'
      prefixes: ['10.0.0.0/22']
    }
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-cyclecloud'
      prefix: '10.60.0.0/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-third-party-snet-cyclecloud'
      routeTable: 'rt-hpc-third-party-snet-cyclecloud'
      serviceEndpoints: ['Microsoft.Storage']
      wayOut: 'none'
    }
    {
      name: 'snet-nodes'
      prefix: '10.60.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-third-party-snet-nodes'
      routeTable: 'rt-hpc-third-party-snet-nodes'
      serviceEndpoints: ['Microsoft.Storage']
      wayOut: 'none'
    }
    {
      name: 'snet-compute'
      prefix: '10.60.4.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-third-party-snet-compute'
      routeTable: 'rt-hpc-third-party-snet-compute'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-aks'
      prefix: '10.60.8.0/22'
      pods: ['10.244.0.0/16']
      networkSecurityGroup: 'nsg-hpc-third-party-snet-aks'
      routeTable: 'rt-hpc-third-party-snet-aks'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.60.12.0/26'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hpc-third-party-snet-aks'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-third-party-snet-compute'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-third-party-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-third-party-snet-nodes'
      ownership: 'create'
    }
  ]
  routeTables: [
    {
      name: 'rt-hpc-third-party-snet-aks'
      ownership: 'create'
    }
    {
      name: 'rt-hpc-third-party-snet-compute'
      ownership: 'create'
    }
    {
      name: 'rt-hpc-third-party-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'rt-hpc-third-party-snet-nodes'
      ownership: 'create'
    }
  ]
}
