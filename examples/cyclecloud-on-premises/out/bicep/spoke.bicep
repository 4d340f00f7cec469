// Written by netcordon for hpc-office. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

@description('Tags on what is declared here.')
param tags object

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hpc-office-snet-nodes'
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
          sourceAddressPrefixes: ['10.100.20.10/32']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.20.10/32']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.4.0/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.8.4/31']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.8.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
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
  name: 'nsg-hpc-office-snet-scheduler'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.users.scheduler-ssh-in'
        properties: {
          priority: 137
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.100.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.20.10/32']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.2.0/23']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.4.0/27']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.22.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.8.4/31']
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
          sourceAddressPrefixes: ['10.22.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.8.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
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

// The virtual network and its subnets exist already and stay as they are: declaring them here would undo their other
// settings. The runbook has the commands that put NSGs and route tables on them.

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-hpc'
    ownership: 'existing'
  }
  addressSpace: ['10.22.0.0/16']
  peered: [
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-scheduler'
      prefix: '10.22.0.32/27'
      pods: []
      networkSecurityGroup: 'nsg-hpc-office-snet-scheduler'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-nodes'
      prefix: '10.22.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hpc-office-snet-nodes'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.22.4.0/27'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hpc-office-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'nsg-hpc-office-snet-scheduler'
      ownership: 'create'
    }
  ]
  routeTables: [
  ]
}
