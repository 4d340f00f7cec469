// Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

@description('Tags on what is declared here.')
param tags object

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-gov-snet-cyclecloud'
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
          destinationAddressPrefixes: ['10.24.0.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.web: web interface and API of a server from the Marketplace image'
        }
      }
      // cyclecloud.bastion.server-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.bastion.server-ssh-in'
        properties: {
          priority: 124
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.0.2.0/26']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.0/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.bastion.server-ssh: administration of the server over SSH by way of Azure Bastion'
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.0/27']
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
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'AllowActiveDirectory'
        properties: {
          priority: 101
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.4.0/27']
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
          sourceAddressPrefixes: ['10.24.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
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
          sourceAddressPrefixes: ['10.24.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH'
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
  name: 'nsg-hpc-gov-snet-nodes'
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
          sourceAddressPrefixes: ['10.24.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.step-out-pinned-in'
        properties: {
          priority: 147
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
          destinationPortRanges: ['59000-61000']
          description: 'cyclecloud.slurm.step-out-pinned: srun and MPI launchers to their steps on the nodes'
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.step-return-pinned'
        properties: {
          priority: 146
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['59000-61000']
          description: 'cyclecloud.slurm.step-return-pinned: job steps back to the srun that started them'
        }
      }
      // cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler'
        properties: {
          priority: 168
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes'
        }
      }
      // cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler-v3'
        properties: {
          priority: 169
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['111']
          description: 'cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts'
        }
      }
      // cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler-v3-udp'
        properties: {
          priority: 170
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['111', '2049']
          description: 'cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP'
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.4.0/27']
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
        }
      }
      // cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
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

resource nsg3 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-gov-snet-scheduler'
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
          sourceAddressPrefixes: ['10.24.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
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
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.users.scheduler-ssh: login and job submission'
        }
      }
      // cyclecloud.bastion.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.bastion.scheduler-ssh-in'
        properties: {
          priority: 139
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.0.2.0/26']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.bastion.scheduler-ssh: login and job submission by way of Azure Bastion'
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
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
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.step-return-pinned-in'
        properties: {
          priority: 146
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['59000-61000']
          description: 'cyclecloud.slurm.step-return-pinned: job steps back to the srun that started them'
        }
      }
      // cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler-in'
        properties: {
          priority: 168
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes'
        }
      }
      // cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler-v3-in'
        properties: {
          priority: 169
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['111']
          description: 'cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts'
        }
      }
      // cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nfs.scheduler-v3-udp-in'
        properties: {
          priority: 170
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.24.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRanges: ['111', '2049']
          description: 'cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP'
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.0/27']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.step-out-pinned'
        properties: {
          priority: 147
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.2.0/23']
          destinationPortRanges: ['59000-61000']
          description: 'cyclecloud.slurm.step-out-pinned: srun and MPI launchers to their steps on the nodes'
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.4.0/27']
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
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.24.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
        }
      }
      // cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.24.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.24.0.32/27']
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
  name: 'rt-hpc-gov-snet-cyclecloud'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
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
  name: 'rt-hpc-gov-snet-nodes'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
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
  name: 'rt-hpc-gov-snet-scheduler'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
      // cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
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
  name: 'vnet-hpc'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.24.0.0/16']
    }
    subnets: [
      // cyclecloud-server
      {
        name: 'snet-cyclecloud'
        properties: {
          addressPrefix: '10.24.0.0/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg1.id
          }
          routeTable: {
            id: routeTable1.id
          }
        }
      }
      // scheduler
      {
        name: 'snet-scheduler'
        properties: {
          addressPrefix: '10.24.0.32/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg3.id
          }
          routeTable: {
            id: routeTable3.id
          }
        }
      }
      // cluster-nodes
      {
        name: 'snet-nodes'
        properties: {
          addressPrefix: '10.24.2.0/23'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg2.id
          }
          routeTable: {
            id: routeTable2.id
          }
        }
      }
      // private-endpoints
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: '10.24.4.0/27'
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
  addressSpace: ['10.24.0.0/16']
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
      prefix: '10.24.0.0/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-gov-snet-cyclecloud'
      routeTable: 'rt-hpc-gov-snet-cyclecloud'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-scheduler'
      prefix: '10.24.0.32/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-gov-snet-scheduler'
      routeTable: 'rt-hpc-gov-snet-scheduler'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-nodes'
      prefix: '10.24.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-gov-snet-nodes'
      routeTable: 'rt-hpc-gov-snet-nodes'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.24.4.0/27'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hpc-gov-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-gov-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-gov-snet-scheduler'
      ownership: 'create'
    }
  ]
  routeTables: [
    {
      name: 'rt-hpc-gov-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'rt-hpc-gov-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'rt-hpc-gov-snet-scheduler'
      ownership: 'create'
    }
  ]
}
