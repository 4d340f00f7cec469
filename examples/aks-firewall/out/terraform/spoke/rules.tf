# Written by netcordon for aks-prod. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-aks"
    address_space = ["10.40.0.0/16"]
    on_premises   = []
    dns_servers   = []

    peered = [
      {
        name     = "hub"
        prefixes = ["10.0.0.0/22"]
      },
    ]
  }

  subnets = {
    # aks-nodes
    "snet-nodes" = {
      address_prefixes  = ["10.40.0.0/22"]
      pod_prefixes      = ["10.244.0.0/16"]
      nsg               = "nsg-aks-prod-snet-nodes"
      route_table       = "rt-aks-prod-snet-nodes"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
  }

  # `create` false: it belongs to others, and only rules are added.
  network_security_groups = {
    "nsg-aks-prod-snet-nodes" = {
      create = true
    }
  }

  security_rules = {
    # aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.from-nodes/snet-nodes/in" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "aks.pods.from-nodes-in"
      priority                     = 450
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-nodes/in" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "aks.pods.between-in"
      priority                     = 451
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.244.0.0/16"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.between: pods to pods and services, cluster DNS included"
    }
    # base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "base.inside.aks-nodes/snet-nodes/in" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "base.inside.aks-nodes-in"
      priority                     = 504
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.40.0.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
    "base.probes.aks-nodes/snet-nodes/in" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "base.probes.aks-nodes-in"
      priority                     = 508
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "AzureLoadBalancer"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.40.0.0/22"]
      description                  = "base.probes.aks-nodes: health probes of the cluster's load balancers"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
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
    # aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.from-nodes/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "aks.pods.from-nodes"
      priority                     = 450
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "aks.pods.between"
      priority                     = 451
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.244.0.0/16"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.between: pods to pods and services, cluster DNS included"
    }
    # base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "base.inside.aks-nodes/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "base.inside.aks-nodes"
      priority                     = 504
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.40.0.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.deny-private/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.names-tcp/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.40.0.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-aks-prod-snet-nodes"
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
    "rt-aks-prod-snet-nodes" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.default/snet-nodes" = {
      route_table            = "rt-aks-prod-snet-nodes"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
  }
}
