// Written by netcordon for aks-ml. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-aks-ml-snet-nodes'
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
          sourceAddressPrefixes: ['10.60.0.0/22']
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
          sourceAddressPrefixes: ['10.60.0.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.0.0/22']
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
          destinationAddressPrefixes: ['10.60.0.0/22']
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
          sourceAddressPrefixes: ['10.60.0.0/22']
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
          sourceAddressPrefixes: ['10.60.0.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.60.0.0/22']
          destinationPortRange: '*'
          description: 'base.inside.aks-nodes: nodes among themselves, and a private cluster\'s endpoint among them'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.60.0.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.60.0.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // aks.azureml.logs (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.python (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.registry (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.service (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.storage (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.ubuntu (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.workspace (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.extension-images (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extension-usage (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extensions (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.gpu (aks-egress, GPU enabled AKS clusters required FQDN / application rules, 2026-06-18)
      // aks.out.key-vault (aks-egress, AKS addons and integrations, CSI Secret Store, 2026-06-18)
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
          sourceAddressPrefixes: ['10.60.0.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aks.azureml.logs (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.python (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.registry (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.service (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.storage (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.ubuntu (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.workspace (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.extension-images (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extension-usage (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extensions (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.gpu (aks-egress, GPU enabled AKS clusters required FQDN / application rules, 2026-06-18)
      // aks.out.key-vault (aks-egress, AKS addons and integrations, CSI Secret Store, 2026-06-18)
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
          sourceAddressPrefixes: ['10.60.0.0/22']
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

resource routeTable1 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-aks-ml-snet-nodes'
  location: location
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aks.azureml.logs (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.python (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.registry (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.service (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.storage (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.ubuntu (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.azureml.workspace (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.extension-images (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extension-usage (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.extensions (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
      // aks.out.gpu (aks-egress, GPU enabled AKS clusters required FQDN / application rules, 2026-06-18)
      // aks.out.key-vault (aks-egress, AKS addons and integrations, CSI Secret Store, 2026-06-18)
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

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-aks-ml'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.60.0.0/16']
    }
    subnets: [
      // aks-nodes
      {
        name: 'snet-nodes'
        properties: {
          addressPrefix: '10.60.0.0/22'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg1.id
          }
          routeTable: {
            id: routeTable1.id
          }
        }
      }
    ]
  }
}

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-aks-ml'
    ownership: 'create'
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
      name: 'snet-nodes'
      prefix: '10.60.0.0/22'
      pods: ['10.244.0.0/16']
      networkSecurityGroup: 'nsg-aks-ml-snet-nodes'
      routeTable: 'rt-aks-ml-snet-nodes'
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-aks-ml-snet-nodes'
      ownership: 'create'
    }
  ]
  routeTables: [
    {
      name: 'rt-aks-ml-snet-nodes'
      ownership: 'create'
    }
  ]
}
