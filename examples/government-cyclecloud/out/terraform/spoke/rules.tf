# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-hpc"
    address_space = ["10.24.0.0/16"]
    on_premises   = ["10.100.0.0/14"]
    dns_servers   = []

    peered = [
      {
        name     = "hub"
        prefixes = ["10.0.0.0/22"]
      },
    ]
  }

  subnets = {
    # cyclecloud-server
    "snet-cyclecloud" = {
      address_prefixes  = ["10.24.0.0/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-gov-snet-cyclecloud"
      route_table       = "rt-hpc-gov-snet-cyclecloud"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # scheduler
    "snet-scheduler" = {
      address_prefixes  = ["10.24.0.32/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-gov-snet-scheduler"
      route_table       = "rt-hpc-gov-snet-scheduler"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # cluster-nodes
    "snet-nodes" = {
      address_prefixes  = ["10.24.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-gov-snet-nodes"
      route_table       = "rt-hpc-gov-snet-nodes"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.24.4.0/27"]
      pod_prefixes      = []
      nsg               = null
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
  }

  # `create` false: it belongs to others, and only rules are added.
  network_security_groups = {
    "nsg-hpc-gov-snet-cyclecloud" = {
      create = true
    }
    "nsg-hpc-gov-snet-nodes" = {
      create = true
    }
    "nsg-hpc-gov-snet-scheduler" = {
      create = true
    }
  }

  security_rules = {
    # cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.web/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.server.web-in"
      priority                     = 120
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.100.4.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.server.web: web interface and API of a server from the Marketplace image"
    }
    # cyclecloud.bastion.server-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.bastion.server-ssh/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.bastion.server-ssh-in"
      priority                     = 124
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.0.2.0/26"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.bastion.server-ssh: administration of the server over SSH by way of Azure Bastion"
    }
    # cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.nodes.server-in"
      priority                     = 125
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.scheduler.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.scheduler.server-in"
      priority                     = 126
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "DenyAllInbound"
      priority                     = 4096
      direction                    = "Inbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.entra/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "AllowActiveDirectory"
      priority                     = 101
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.entra: tokens for the managed identity and sign-in with Microsoft Entra ID"
    }
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.monitor/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "AllowAzureMonitor"
      priority                     = 102
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMonitor"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.monitor: node metrics, which version 8 reads from Azure Monitor, and telemetry"
    }
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.resource-manager/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "AllowAzureRM"
      priority                     = 103
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureResourceManager"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.resource-manager: creation, control and removal of the cluster's machines"
    }
    # cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.storage-private/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.server.storage-private"
      priority                     = 105
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.4.0/27"]
      description                  = "cyclecloud.server.storage-private: the locker through its private endpoint"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.server.nodes-ssh"
      priority                     = 132
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.scheduler-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "cyclecloud.server.scheduler-ssh"
      priority                     = 133
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # of the plan itself
    "plan.block/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "BlockOutbound"
      priority                     = 4000
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "Internet"
      destination_address_prefixes = null
      description                  = "documented (running-in-locked-down-network); nothing depends on it, the last deny closes the rest"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-gov-snet-cyclecloud"
      name                         = "DenyAllOutbound"
      priority                     = 4096
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.scheduler.nodes-ssh-in"
      priority                     = 134
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.slurm.nodes-in"
      priority                     = 141
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.step-out-pinned/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.slurm.step-out-pinned-in"
      priority                     = 147
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["59000-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.slurm.step-out-pinned: srun and MPI launchers to their steps on the nodes"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "DenyAllInbound"
      priority                     = 4096
      direction                    = "Inbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
    # cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.nodes.server"
      priority                     = 125
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.slurm.controller"
      priority                     = 140
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.slurm.accounting"
      priority                     = 142
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.step-return-pinned/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.slurm.step-return-pinned"
      priority                     = 146
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["59000-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.step-return-pinned: job steps back to the srun that started them"
    }
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler"
      priority                     = 168
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes"
    }
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler-v3"
      priority                     = 169
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts"
    }
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3-udp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler-v3-udp"
      priority                     = 170
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP"
    }
    # cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.nodes.storage-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "cyclecloud.nodes.storage-private"
      priority                     = 188
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.4.0/27"]
      description                  = "cyclecloud.nodes.storage-private: the locker through its private endpoint"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.deny-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.names-tcp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hpc-gov-snet-nodes"
      name                         = "DenyAllOutbound"
      priority                     = 4096
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.server.scheduler-ssh-in"
      priority                     = 133
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.users.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.users.scheduler-ssh-in"
      priority                     = 137
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.100.0.0/16"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.users.scheduler-ssh: login and job submission"
    }
    # cyclecloud.bastion.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.bastion.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.bastion.scheduler-ssh-in"
      priority                     = 139
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.0.2.0/26"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.bastion.scheduler-ssh: login and job submission by way of Azure Bastion"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.slurm.controller-in"
      priority                     = 140
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.slurm.accounting-in"
      priority                     = 142
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.step-return-pinned/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.slurm.step-return-pinned-in"
      priority                     = 146
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["59000-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.slurm.step-return-pinned: job steps back to the srun that started them"
    }
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-in"
      priority                     = 168
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes"
    }
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-v3-in"
      priority                     = 169
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts"
    }
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3-udp/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-v3-udp-in"
      priority                     = 170
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "base.inside.scheduler-in"
      priority                     = 501
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "DenyAllInbound"
      priority                     = 4096
      direction                    = "Inbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.scheduler.server/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.scheduler.server"
      priority                     = 126
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.scheduler.nodes-ssh"
      priority                     = 134
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.slurm.nodes"
      priority                     = 141
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out-pinned (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.step-out-pinned/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.slurm.step-out-pinned"
      priority                     = 147
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["59000-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.2.0/23"]
      description                  = "cyclecloud.slurm.step-out-pinned: srun and MPI launchers to their steps on the nodes"
    }
    # cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.scheduler.storage-private/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "cyclecloud.scheduler.storage-private"
      priority                     = 189
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.4.0/27"]
      description                  = "cyclecloud.scheduler.storage-private: the locker through its private endpoint"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "base.inside.scheduler"
      priority                     = 501
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.24.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.deny-private/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.names-tcp/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.24.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-gov-snet-scheduler"
      name                         = "DenyAllOutbound"
      priority                     = 4096
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "*"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "whatever no rule above asks for is closed, under either reading of VirtualNetwork"
    }
  }

  # `create` false: it belongs to others, and only routes are added.
  route_tables = {
    "rt-hpc-gov-snet-cyclecloud" = {
      create = true
    }
    "rt-hpc-gov-snet-nodes" = {
      create = true
    }
    "rt-hpc-gov-snet-scheduler" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "plan.default/snet-cyclecloud" = {
      route_table            = "rt-hpc-gov-snet-cyclecloud"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.default/snet-nodes" = {
      route_table            = "rt-hpc-gov-snet-nodes"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.default/snet-scheduler" = {
      route_table            = "rt-hpc-gov-snet-scheduler"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
  }
}
