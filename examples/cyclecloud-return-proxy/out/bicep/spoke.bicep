// Written by netcordon for hpc-proxy. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

@description('Resource id of the NAT gateway, which exists already.')
param natGatewayId string

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-proxy-snet-cyclecloud'
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
          destinationAddressPrefixes: ['10.21.0.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.web: web interface and API of a server from the Marketplace image'
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
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'AllowActiveDirectory'
        properties: {
          priority: 101
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureActiveDirectory'
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.entra: tokens for the managed identity and sign-in with Microsoft Entra ID'
        }
      }
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'AllowAzureMonitor'
        properties: {
          priority: 102
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMonitor'
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.monitor: node metrics, which version 8 reads from Azure Monitor, and telemetry'
        }
      }
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'AllowAzureRM'
        properties: {
          priority: 103
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureResourceManager'
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.resource-manager: creation, control and removal of the cluster\'s machines'
        }
      }
      // cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.server.storage-private'
        properties: {
          priority: 105
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.4.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.storage-private: the locker through its private endpoint'
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
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // proxy.server.tunnel (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-return-proxy, Enable Return Proxy, 2025-07-01)
      {
        name: 'proxy.server.tunnel'
        properties: {
          priority: 230
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRanges: ['22']
          description: 'proxy.server.tunnel: the SSH tunnel that the server opens to the proxy'
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

resource nsg2 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-proxy-snet-nodes'
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
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // proxy.out.nfs-scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'proxy.out.nfs-scheduler-in'
        properties: {
          priority: 250
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
          destinationPortRanges: ['2049']
          description: 'proxy.out.nfs-scheduler: file systems that the scheduler exports to its nodes'
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
          sourceAddressPrefixes: ['10.21.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
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
      // cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.nodes.storage-private'
        properties: {
          priority: 188
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.4.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.nodes.storage-private: the locker through its private endpoint'
        }
      }
      // proxy.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      // proxy.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'proxy.nodes.server'
        properties: {
          priority: 232
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRanges: ['37140']
          description: 'proxy.nodes.server: node status and autoscaling calls, forwarded to the server'
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
          sourceAddressPrefixes: ['10.21.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
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
  name: 'nsg-hpc-proxy-snet-proxy'
  location: location
  properties: {
    securityRules: [
      // proxy.server.tunnel (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-return-proxy, Enable Return Proxy, 2025-07-01)
      {
        name: 'proxy.server.tunnel-in'
        properties: {
          priority: 230
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRanges: ['22']
          description: 'proxy.server.tunnel: the SSH tunnel that the server opens to the proxy'
        }
      }
      // proxy.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      // proxy.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'proxy.nodes.server-in'
        properties: {
          priority: 232
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRanges: ['37140']
          description: 'proxy.nodes.server: node status and autoscaling calls, forwarded to the server'
        }
      }
      // base.inside.return-proxy (nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.return-proxy-in'
        properties: {
          priority: 502
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.21.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.return-proxy: the proxy and nodes that share its subnet'
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
      // proxy.out.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'proxy.out.storage-private'
        properties: {
          priority: 241
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.4.0/27']
          destinationPortRanges: ['443']
          description: 'proxy.out.storage-private: the locker through its private endpoint'
        }
      }
      // proxy.out.nfs-scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'proxy.out.nfs-scheduler'
        properties: {
          priority: 250
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.21.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.2.0/23']
          destinationPortRanges: ['2049']
          description: 'proxy.out.nfs-scheduler: file systems that the scheduler exports to its nodes'
        }
      }
      // base.inside.return-proxy (nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.return-proxy'
        properties: {
          priority: 502
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.21.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.21.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.return-proxy: the proxy and nodes that share its subnet'
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

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hpc'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.21.0.0/16']
    }
    subnets: [
      // cyclecloud-server
      {
        name: 'snet-cyclecloud'
        properties: {
          addressPrefix: '10.21.0.0/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg1.id
          }
          natGateway: {
            id: natGatewayId
          }
        }
      }
      // return-proxy
      {
        name: 'snet-proxy'
        properties: {
          addressPrefix: '10.21.0.32/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg3.id
          }
          natGateway: {
            id: natGatewayId
          }
        }
      }
      // cluster-nodes, scheduler
      {
        name: 'snet-nodes'
        properties: {
          addressPrefix: '10.21.2.0/23'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg2.id
          }
          natGateway: {
            id: natGatewayId
          }
        }
      }
      // private-endpoints
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: '10.21.4.0/27'
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-hpc'
    ownership: 'create'
  }
  addressSpace: ['10.21.0.0/16']
  peered: [
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-cyclecloud'
      prefix: '10.21.0.0/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxy-snet-cyclecloud'
      serviceEndpoints: []
      wayOut: 'nat-gateway'
    }
    {
      name: 'snet-proxy'
      prefix: '10.21.0.32/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxy-snet-proxy'
      serviceEndpoints: []
      wayOut: 'nat-gateway'
    }
    {
      name: 'snet-nodes'
      prefix: '10.21.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxy-snet-nodes'
      serviceEndpoints: []
      wayOut: 'nat-gateway'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.21.4.0/27'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hpc-proxy-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-proxy-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-proxy-snet-proxy'
      ownership: 'create'
    }
  ]
  routeTables: [
  ]
}
