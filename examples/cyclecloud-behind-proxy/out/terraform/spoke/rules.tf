# Written by netcordon for hpc-proxied. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-hpc"
    address_space = ["10.23.0.0/16"]
    on_premises   = ["10.100.0.0/14"]
    dns_servers   = []

    peered = [
      {
        name     = "hub"
        prefixes = ["10.12.0.0/22"]
      },
    ]
  }

  subnets = {
    # cyclecloud-server
    "snet-cyclecloud" = {
      address_prefixes  = ["10.23.0.0/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxied-snet-cyclecloud"
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # scheduler
    "snet-scheduler" = {
      address_prefixes  = ["10.23.0.32/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxied-snet-scheduler"
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # cluster-nodes
    "snet-nodes" = {
      address_prefixes  = ["10.23.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxied-snet-nodes"
      route_table       = null
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.23.4.0/27"]
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
    "nsg-hpc-proxied-snet-cyclecloud" = {
      create = true
    }
    "nsg-hpc-proxied-snet-nodes" = {
      create = true
    }
    "nsg-hpc-proxied-snet-scheduler" = {
      create = true
    }
  }

  security_rules = {
    # cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.web/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
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
      destination_address_prefixes = ["10.23.0.0/27"]
      description                  = "cyclecloud.server.web: web interface and API of a server from the Marketplace image"
    }
    # cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "cyclecloud.nodes.server-in"
      priority                     = 125
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.scheduler.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "cyclecloud.scheduler.server-in"
      priority                     = 126
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
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
    # cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.storage-private/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "cyclecloud.server.storage-private"
      priority                     = 105
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.4.0/27"]
      description                  = "cyclecloud.server.storage-private: the locker through its private endpoint"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "cyclecloud.server.nodes-ssh"
      priority                     = 132
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.scheduler-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "cyclecloud.server.scheduler-ssh"
      priority                     = 133
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.proxy/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
      name                         = "AllowProxyOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["3128"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.12.0.5/32"]
      description                  = "HTTP and HTTPS by host name: the proxy holds the names"
    }
    # of the plan itself
    "plan.block/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-proxied-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.scheduler.nodes-ssh-in"
      priority                     = 134
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.slurm.nodes-in"
      priority                     = 141
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.slurm.step-out-in"
      priority                     = 145
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
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
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.nodes.server"
      priority                     = 125
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.slurm.controller"
      priority                     = 140
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.slurm.accounting"
      priority                     = 142
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.slurm.step-return"
      priority                     = 144
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # cyclecloud.nodes.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nodes.nfs/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.nodes.nfs"
      priority                     = 173
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.nodes.nfs: shared file systems on NFS servers"
    }
    # cyclecloud.nodes.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.nodes.nfs-v3/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.nodes.nfs-v3"
      priority                     = 176
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.nodes.nfs-v3: mount, lock and status services of NFS version 3"
    }
    # cyclecloud.nodes.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.nodes.nfs-v3-udp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.nodes.nfs-v3-udp"
      priority                     = 179
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "2049", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.nodes.nfs-v3-udp: NFS version 3 and its services over UDP"
    }
    # cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.nodes.storage-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "cyclecloud.nodes.storage-private"
      priority                     = 188
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.4.0/27"]
      description                  = "cyclecloud.nodes.storage-private: the locker through its private endpoint"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.proxy/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
      name                         = "AllowProxyOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["3128"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.12.0.5/32"]
      description                  = "HTTP and HTTPS by host name: the proxy holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxied-snet-nodes"
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
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.server.scheduler-ssh-in"
      priority                     = 133
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.users.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
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
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.users.scheduler-ssh: login and job submission"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.slurm.controller-in"
      priority                     = 140
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.slurm.accounting-in"
      priority                     = 142
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.slurm.step-return-in"
      priority                     = 144
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "base.inside.scheduler-in"
      priority                     = 501
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/in" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
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
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.server"
      priority                     = 126
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.nodes-ssh"
      priority                     = 134
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.slurm.nodes"
      priority                     = 141
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.slurm.step-out"
      priority                     = 145
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # cyclecloud.scheduler.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.scheduler.nfs/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs"
      priority                     = 174
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.scheduler.nfs: shared file systems on NFS servers"
    }
    # cyclecloud.scheduler.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.scheduler.nfs-v3/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs-v3"
      priority                     = 177
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.scheduler.nfs-v3: mount, lock and status services of NFS version 3"
    }
    # cyclecloud.scheduler.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.scheduler.nfs-v3-udp/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs-v3-udp"
      priority                     = 180
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "2049", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.31.0/28"]
      description                  = "cyclecloud.scheduler.nfs-v3-udp: NFS version 3 and its services over UDP"
    }
    # cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.scheduler.storage-private/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "cyclecloud.scheduler.storage-private"
      priority                     = 189
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.4.0/27"]
      description                  = "cyclecloud.scheduler.storage-private: the locker through its private endpoint"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "base.inside.scheduler"
      priority                     = 501
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.23.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    # cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    "plan.proxy/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
      name                         = "AllowProxyOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.23.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["3128"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.12.0.5/32"]
      description                  = "HTTP and HTTPS by host name: the proxy holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/out" = {
      nsg                          = "nsg-hpc-proxied-snet-scheduler"
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
