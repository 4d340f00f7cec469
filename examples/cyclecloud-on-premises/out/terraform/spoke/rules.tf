# Written by netcordon for hpc-office. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-hpc"
    address_space = ["10.22.0.0/16"]
    on_premises   = ["10.100.0.0/14"]
    dns_servers   = ["10.100.8.4", "10.100.8.5"]

    peered = [
    ]
  }

  subnets = {
    # scheduler
    "snet-scheduler" = {
      address_prefixes  = ["10.22.0.32/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-office-snet-scheduler"
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # cluster-nodes
    "snet-nodes" = {
      address_prefixes  = ["10.22.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-office-snet-nodes"
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.22.4.0/27"]
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
    "nsg-hpc-office-snet-nodes" = {
      create = true
    }
    "nsg-hpc-office-snet-scheduler" = {
      create = true
    }
  }

  security_rules = {
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.100.20.10/32"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.scheduler.nodes-ssh-in"
      priority                     = 134
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.slurm.nodes-in"
      priority                     = 141
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.slurm.step-out-in"
      priority                     = 145
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
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
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.nodes.server"
      priority                     = 125
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.20.10/32"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.slurm.controller"
      priority                     = 140
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.slurm.accounting"
      priority                     = 142
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.slurm.step-return"
      priority                     = 144
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler"
      priority                     = 168
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes"
    }
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler-v3"
      priority                     = 169
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts"
    }
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3-udp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.nfs.scheduler-v3-udp"
      priority                     = 170
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP"
    }
    # cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.nodes.storage-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "cyclecloud.nodes.storage-private"
      priority                     = 188
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.4.0/27"]
      description                  = "cyclecloud.nodes.storage-private: the locker through its private endpoint"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.8.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.8.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hpc-office-snet-nodes"
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
    # cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.users.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
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
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.users.scheduler-ssh: login and job submission"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.slurm.controller-in"
      priority                     = 140
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.slurm.accounting-in"
      priority                     = 142
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.slurm.step-return-in"
      priority                     = 144
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-in"
      priority                     = 168
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes"
    }
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-v3-in"
      priority                     = 169
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts"
    }
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nfs.scheduler-v3-udp/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.nfs.scheduler-v3-udp-in"
      priority                     = 170
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "base.inside.scheduler-in"
      priority                     = 501
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
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
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.scheduler.server"
      priority                     = 126
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.20.10/32"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.scheduler.nodes-ssh"
      priority                     = 134
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.slurm.nodes"
      priority                     = 141
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.slurm.step-out"
      priority                     = 145
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.scheduler.storage-private/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "cyclecloud.scheduler.storage-private"
      priority                     = 189
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.4.0/27"]
      description                  = "cyclecloud.scheduler.storage-private: the locker through its private endpoint"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "base.inside.scheduler"
      priority                     = 501
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.22.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.8.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.22.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.8.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-office-snet-scheduler"
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
}
