// Written by netcordon for hpc-proxied. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

@description('Tags on what is declared here.')
param tags object

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-proxied-snet-cyclecloud'
  location: location
  tags: tags
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
          destinationAddressPrefixes: ['10.23.0.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.web: web interface and API of a server from the Marketplace image'
        }
      }
      // cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.nodes.server-in'
        properties: {
          priority: 125
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
        }
      }
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.scheduler.server-in'
        properties: {
          priority: 126
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.scheduler.server: node status and the autoscaler\'s calls'
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
      // cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.server.storage-private'
        properties: {
          priority: 105
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.4.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.storage-private: the locker through its private endpoint'
        }
      }
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh'
        properties: {
          priority: 132
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.scheduler-ssh'
        properties: {
          priority: 133
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH'
        }
      }
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'AllowProxyOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.12.0.5/32']
          destinationPortRanges: ['3128']
          description: 'HTTP and HTTPS by host name: the proxy holds the names'
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
  name: 'nsg-hpc-proxied-snet-nodes'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh-in'
        properties: {
          priority: 132
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.scheduler.nodes-ssh-in'
        properties: {
          priority: 134
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
        }
      }
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.nodes-in'
        properties: {
          priority: 141
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-out-in'
        properties: {
          priority: 145
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes-in'
        properties: {
          priority: 500
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
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
      {
        name: 'cyclecloud.nodes.server'
        properties: {
          priority: 125
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
        }
      }
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.controller'
        properties: {
          priority: 140
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['6817']
          description: 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
        }
      }
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.accounting'
        properties: {
          priority: 142
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-return'
        properties: {
          priority: 144
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
        }
      }
      // cyclecloud.nodes.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nodes.nfs'
        properties: {
          priority: 173
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.nodes.nfs: shared file systems on NFS servers'
        }
      }
      // cyclecloud.nodes.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.nodes.nfs-v3'
        properties: {
          priority: 176
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['111', '635', '4045-4046', '4049']
          description: 'cyclecloud.nodes.nfs-v3: mount, lock and status services of NFS version 3'
        }
      }
      // cyclecloud.nodes.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.nodes.nfs-v3-udp'
        properties: {
          priority: 179
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['111', '635', '2049', '4045-4046', '4049']
          description: 'cyclecloud.nodes.nfs-v3-udp: NFS version 3 and its services over UDP'
        }
      }
      // cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.nodes.storage-private'
        properties: {
          priority: 188
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.4.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.nodes.storage-private: the locker through its private endpoint'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes'
        properties: {
          priority: 500
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
        }
      }
      // cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'AllowProxyOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.12.0.5/32']
          destinationPortRanges: ['3128']
          description: 'HTTP and HTTPS by host name: the proxy holds the names'
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
  name: 'nsg-hpc-proxied-snet-scheduler'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.scheduler-ssh-in'
        properties: {
          priority: 133
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH'
        }
      }
      // cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.users.scheduler-ssh-in'
        properties: {
          priority: 137
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.100.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.users.scheduler-ssh: login and job submission'
        }
      }
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.controller-in'
        properties: {
          priority: 140
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['6817']
          description: 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
        }
      }
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.accounting-in'
        properties: {
          priority: 142
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-return-in'
        properties: {
          priority: 144
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
        }
      }
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.scheduler-in'
        properties: {
          priority: 501
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
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
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.scheduler.server'
        properties: {
          priority: 126
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.scheduler.server: node status and the autoscaler\'s calls'
        }
      }
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.scheduler.nodes-ssh'
        properties: {
          priority: 134
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
        }
      }
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.nodes'
        properties: {
          priority: 141
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-out'
        properties: {
          priority: 145
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.2.0/23']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
        }
      }
      // cyclecloud.scheduler.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.scheduler.nfs'
        properties: {
          priority: 174
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.scheduler.nfs: shared file systems on NFS servers'
        }
      }
      // cyclecloud.scheduler.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.scheduler.nfs-v3'
        properties: {
          priority: 177
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['111', '635', '4045-4046', '4049']
          description: 'cyclecloud.scheduler.nfs-v3: mount, lock and status services of NFS version 3'
        }
      }
      // cyclecloud.scheduler.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.scheduler.nfs-v3-udp'
        properties: {
          priority: 180
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.31.0/28']
          destinationPortRanges: ['111', '635', '2049', '4045-4046', '4049']
          description: 'cyclecloud.scheduler.nfs-v3-udp: NFS version 3 and its services over UDP'
        }
      }
      // cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.scheduler.storage-private'
        properties: {
          priority: 189
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.4.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.scheduler.storage-private: the locker through its private endpoint'
        }
      }
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.scheduler'
        properties: {
          priority: 501
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.23.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
        }
      }
      // cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'AllowProxyOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.23.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.12.0.5/32']
          destinationPortRanges: ['3128']
          description: 'HTTP and HTTPS by host name: the proxy holds the names'
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
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.23.0.0/16']
    }
    subnets: [
      // cyclecloud-server
      {
        name: 'snet-cyclecloud'
        properties: {
          addressPrefix: '10.23.0.0/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg1.id
          }
        }
      }
      // scheduler
      {
        name: 'snet-scheduler'
        properties: {
          addressPrefix: '10.23.0.32/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg3.id
          }
        }
      }
      // cluster-nodes
      {
        name: 'snet-nodes'
        properties: {
          addressPrefix: '10.23.2.0/23'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg2.id
          }
        }
      }
      // private-endpoints
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: '10.23.4.0/27'
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
  addressSpace: ['10.23.0.0/16']
  peered: [
    {
      name: 'hub'
      prefixes: ['10.12.0.0/22']
    }
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-cyclecloud'
      prefix: '10.23.0.0/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxied-snet-cyclecloud'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-scheduler'
      prefix: '10.23.0.32/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxied-snet-scheduler'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-nodes'
      prefix: '10.23.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-proxied-snet-nodes'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.23.4.0/27'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hpc-proxied-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-proxied-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-proxied-snet-scheduler'
      ownership: 'create'
    }
  ]
  routeTables: [
  ]
}
