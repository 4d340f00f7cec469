# Written by netcordon for hpc-proxy. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-hpc"
    address_space = ["10.21.0.0/16"]
    on_premises   = ["10.100.0.0/14"]
    dns_servers   = []

    peered = [
    ]
  }

  subnets = {
    # cyclecloud-server
    "snet-cyclecloud" = {
      address_prefixes  = ["10.21.0.0/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxy-snet-cyclecloud"
      route_table       = null
      service_endpoints = []
      nat_gateway       = true
      way_out           = "nat-gateway"
    }
    # return-proxy
    "snet-proxy" = {
      address_prefixes  = ["10.21.0.32/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxy-snet-proxy"
      route_table       = null
      service_endpoints = []
      nat_gateway       = true
      way_out           = "nat-gateway"
    }
    # cluster-nodes, scheduler
    "snet-nodes" = {
      address_prefixes  = ["10.21.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-proxy-snet-nodes"
      route_table       = null
      service_endpoints = []
      nat_gateway       = true
      way_out           = "nat-gateway"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.21.4.0/27"]
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
    "nsg-hpc-proxy-snet-cyclecloud" = {
      create = true
    }
    "nsg-hpc-proxy-snet-nodes" = {
      create = true
    }
    "nsg-hpc-proxy-snet-proxy" = {
      create = true
    }
  }

  security_rules = {
    # cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.web/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
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
      destination_address_prefixes = ["10.21.0.0/27"]
      description                  = "cyclecloud.server.web: web interface and API of a server from the Marketplace image"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "AllowActiveDirectory"
      priority                     = 101
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.entra: tokens for the managed identity and sign-in with Microsoft Entra ID"
    }
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.monitor/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "AllowAzureMonitor"
      priority                     = 102
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMonitor"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.monitor: node metrics, which version 8 reads from Azure Monitor, and telemetry"
    }
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.resource-manager/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "AllowAzureRM"
      priority                     = 103
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureResourceManager"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.resource-manager: creation, control and removal of the cluster's machines"
    }
    # cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.storage-private/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "cyclecloud.server.storage-private"
      priority                     = 105
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.4.0/27"]
      description                  = "cyclecloud.server.storage-private: the locker through its private endpoint"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "cyclecloud.server.nodes-ssh"
      priority                     = 132
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # proxy.server.tunnel (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-return-proxy, Enable Return Proxy, 2025-07-01)
    "proxy.server.tunnel/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
      name                         = "proxy.server.tunnel"
      priority                     = 230
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "proxy.server.tunnel: the SSH tunnel that the server opens to the proxy"
    }
    # of the plan itself
    "plan.block/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-proxy-snet-cyclecloud"
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
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # proxy.out.nfs-scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "proxy.out.nfs-scheduler/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "proxy.out.nfs-scheduler-in"
      priority                     = 250
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "proxy.out.nfs-scheduler: file systems that the scheduler exports to its nodes"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
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
    # cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.nodes.storage-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "cyclecloud.nodes.storage-private"
      priority                     = 188
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.4.0/27"]
      description                  = "cyclecloud.nodes.storage-private: the locker through its private endpoint"
    }
    # proxy.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    # proxy.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "proxy.nodes.server/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "proxy.nodes.server"
      priority                     = 232
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["37140"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "proxy.nodes.server: node status and autoscaling calls, forwarded to the server"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    # cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hpc-proxy-snet-nodes"
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
    # proxy.server.tunnel (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-return-proxy, Enable Return Proxy, 2025-07-01)
    "proxy.server.tunnel/snet-proxy/in" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "proxy.server.tunnel-in"
      priority                     = 230
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "proxy.server.tunnel: the SSH tunnel that the server opens to the proxy"
    }
    # proxy.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    # proxy.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "proxy.nodes.server/snet-proxy/in" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "proxy.nodes.server-in"
      priority                     = 232
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["37140"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "proxy.nodes.server: node status and autoscaling calls, forwarded to the server"
    }
    # base.inside.return-proxy (nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.return-proxy/snet-proxy/in" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "base.inside.return-proxy-in"
      priority                     = 502
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "base.inside.return-proxy: the proxy and nodes that share its subnet"
    }
    # of the plan itself
    "plan.deny-all/snet-proxy/in" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
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
    # proxy.out.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "proxy.out.storage-private/snet-proxy/out" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "proxy.out.storage-private"
      priority                     = 241
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.4.0/27"]
      description                  = "proxy.out.storage-private: the locker through its private endpoint"
    }
    # proxy.out.nfs-scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "proxy.out.nfs-scheduler/snet-proxy/out" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "proxy.out.nfs-scheduler"
      priority                     = 250
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.2.0/23"]
      description                  = "proxy.out.nfs-scheduler: file systems that the scheduler exports to its nodes"
    }
    # base.inside.return-proxy (nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.return-proxy/snet-proxy/out" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
      name                         = "base.inside.return-proxy"
      priority                     = 502
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.21.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.21.0.32/27"]
      description                  = "base.inside.return-proxy: the proxy and nodes that share its subnet"
    }
    # of the plan itself
    "plan.deny-all/snet-proxy/out" = {
      nsg                          = "nsg-hpc-proxy-snet-proxy"
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
