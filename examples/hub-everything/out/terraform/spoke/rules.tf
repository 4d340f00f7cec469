# Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-research"
    address_space = ["10.50.0.0/16"]
    on_premises   = ["10.100.0.0/14"]
    dns_servers   = ["10.0.2.4", "10.0.2.5"]

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
      address_prefixes  = ["10.50.0.0/27"]
      pod_prefixes      = []
      nsg               = "nsg-hub-all-snet-cyclecloud"
      route_table       = "rt-hub-all-snet-cyclecloud"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # scheduler
    "snet-scheduler" = {
      address_prefixes  = ["10.50.0.32/27"]
      pod_prefixes      = []
      nsg               = "nsg-hub-all-snet-scheduler"
      route_table       = "rt-hub-all-snet-scheduler"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # cluster-nodes
    "snet-nodes" = {
      address_prefixes  = ["10.50.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hub-all-snet-nodes"
      route_table       = "rt-hub-all-snet-nodes"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # aml-compute
    "snet-compute" = {
      address_prefixes  = ["10.50.4.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hub-all-snet-compute"
      route_table       = "rt-hub-all-snet-compute"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # aks-nodes
    "snet-aks" = {
      address_prefixes  = ["10.50.8.0/22"]
      pod_prefixes      = ["10.244.0.0/16"]
      nsg               = "nsg-hub-all-snet-aks"
      route_table       = "rt-hub-all-snet-aks"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.50.12.0/26"]
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
    "nsg-hub-all-snet-aks" = {
      create = true
    }
    "nsg-hub-all-snet-compute" = {
      create = true
    }
    "nsg-hub-all-snet-cyclecloud" = {
      create = true
    }
    "nsg-hub-all-snet-nodes" = {
      create = true
    }
    "nsg-hub-all-snet-scheduler" = {
      create = true
    }
  }

  security_rules = {
    # aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.from-nodes/snet-aks/in" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "aks.pods.from-nodes-in"
      priority                     = 450
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-aks/in" = {
      nsg                          = "nsg-hub-all-snet-aks"
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
    "base.inside.aks-nodes/snet-aks/in" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.inside.aks-nodes-in"
      priority                     = 504
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.8.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
    "base.probes.aks-nodes/snet-aks/in" = {
      nsg                          = "nsg-hub-all-snet-aks"
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
      destination_address_prefixes = ["10.50.8.0/22"]
      description                  = "base.probes.aks-nodes: health probes of the cluster's load balancers"
    }
    # of the plan itself
    "plan.deny-all/snet-aks/in" = {
      nsg                          = "nsg-hub-all-snet-aks"
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
    "aks.pods.from-nodes/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "aks.pods.from-nodes"
      priority                     = 450
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
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
    "base.inside.aks-nodes/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.inside.aks-nodes"
      priority                     = 504
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.8.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "base.directory.tcp/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.directory.tcp"
      priority                     = 516
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "135", "389", "445", "464", "636", "3268-3269", "9389", "49152-65535"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own"
    }
    # base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.directory.udp/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "base.directory.udp"
      priority                     = 517
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "123", "138", "389", "464", "636"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own"
    }
    # aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.deny-private/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.names-tcp/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-aks/out" = {
      nsg                          = "nsg-hub-all-snet-aks"
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
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-compute/in" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.4.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/in" = {
      nsg                          = "nsg-hub-all-snet-compute"
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
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "aml.out.language-server"
      priority                     = 310
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.WestEurope"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.12.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.12.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.4.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "base.directory.tcp/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.directory.tcp"
      priority                     = 516
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "135", "389", "445", "464", "636", "3268-3269", "9389", "49152-65535"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own"
    }
    # base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.directory.udp/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "base.directory.udp"
      priority                     = 517
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "123", "138", "389", "464", "636"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own"
    }
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.deny-private/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.names-tcp/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/out" = {
      nsg                          = "nsg-hub-all-snet-compute"
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
    # cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.web/snet-cyclecloud/in" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
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
      destination_address_prefixes = ["10.50.0.0/27"]
      description                  = "cyclecloud.server.web: web interface and API of a server from the Marketplace image"
    }
    # cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "cyclecloud.nodes.server-in"
      priority                     = 125
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.scheduler.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "cyclecloud.scheduler.server-in"
      priority                     = 126
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/in" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
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
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "cyclecloud.server.storage-private"
      priority                     = 105
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.12.0/26"]
      description                  = "cyclecloud.server.storage-private: the locker through its private endpoint"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "cyclecloud.server.nodes-ssh"
      priority                     = 132
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.scheduler-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "cyclecloud.server.scheduler-ssh"
      priority                     = 133
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "base.directory.tcp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "base.directory.tcp"
      priority                     = 516
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "135", "389", "445", "464", "636", "3268-3269", "9389", "49152-65535"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own"
    }
    # base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.directory.udp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "base.directory.udp"
      priority                     = 517
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "123", "138", "389", "464", "636"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.deny-private/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.names-tcp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.block/snet-cyclecloud/out" = {
      nsg                          = "nsg-hub-all-snet-cyclecloud"
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
      nsg                          = "nsg-hub-all-snet-cyclecloud"
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
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-nodes/in" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.scheduler.nodes-ssh-in"
      priority                     = 134
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-nodes/in" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.slurm.nodes-in"
      priority                     = 141
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-nodes/in" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.slurm.step-out-in"
      priority                     = 145
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/in" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hub-all-snet-nodes"
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
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.nodes.server"
      priority                     = 125
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.slurm.controller"
      priority                     = 140
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.slurm.accounting"
      priority                     = 142
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.slurm.step-return"
      priority                     = 144
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # cyclecloud.nodes.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.nodes.nfs/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.nodes.nfs"
      priority                     = 173
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.nodes.nfs: shared file systems on NFS servers"
    }
    # cyclecloud.nodes.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.nodes.nfs-v3/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.nodes.nfs-v3"
      priority                     = 176
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.nodes.nfs-v3: mount, lock and status services of NFS version 3"
    }
    # cyclecloud.nodes.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.nodes.nfs-v3-udp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.nodes.nfs-v3-udp"
      priority                     = 179
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "2049", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.nodes.nfs-v3-udp: NFS version 3 and its services over UDP"
    }
    # cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.nodes.storage-private/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "cyclecloud.nodes.storage-private"
      priority                     = 188
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.12.0/26"]
      description                  = "cyclecloud.nodes.storage-private: the locker through its private endpoint"
    }
    # base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.cluster-nodes/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "base.directory.tcp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.directory.tcp"
      priority                     = 516
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "135", "389", "445", "464", "636", "3268-3269", "9389", "49152-65535"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own"
    }
    # base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.directory.udp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "base.directory.udp"
      priority                     = 517
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "123", "138", "389", "464", "636"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own"
    }
    # company.out.licences (service catalogue, licence servers, 2026-10-01)
    "company.out.licences/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "company.out.licences"
      priority                     = 600
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["27000-27009"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.100.20.0/28"]
      description                  = "company.out.licences: licence servers of the simulation codes"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.deny-private/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.names-tcp/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hub-all-snet-nodes"
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
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.server.scheduler-ssh-in"
      priority                     = 133
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH"
    }
    # cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.users.scheduler-ssh/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
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
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.users.scheduler-ssh: login and job submission"
    }
    # cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.controller/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.slurm.controller-in"
      priority                     = 140
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6817"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld"
    }
    # cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.slurm.accounting/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.slurm.accounting-in"
      priority                     = 142
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["6819"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd"
    }
    # cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-return/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.slurm.step-return-in"
      priority                     = 144
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "cyclecloud.slurm.step-return: job steps back to the srun that started them"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.inside.scheduler-in"
      priority                     = 501
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/in" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
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
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.server"
      priority                     = 126
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.0/27"]
      description                  = "cyclecloud.scheduler.server: node status and the autoscaler's calls"
    }
    # cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
    "cyclecloud.scheduler.nodes-ssh/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.nodes-ssh"
      priority                     = 134
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH"
    }
    # cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.slurm.nodes/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.slurm.nodes"
      priority                     = 141
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["6818"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes"
    }
    # cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
    "cyclecloud.slurm.step-out/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.slurm.step-out"
      priority                     = 145
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["32768-61000"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.2.0/23"]
      description                  = "cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes"
    }
    # cyclecloud.scheduler.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "cyclecloud.scheduler.nfs/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs"
      priority                     = 174
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["2049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.scheduler.nfs: shared file systems on NFS servers"
    }
    # cyclecloud.scheduler.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.scheduler.nfs-v3/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs-v3"
      priority                     = 177
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.scheduler.nfs-v3: mount, lock and status services of NFS version 3"
    }
    # cyclecloud.scheduler.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "cyclecloud.scheduler.nfs-v3-udp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.nfs-v3-udp"
      priority                     = 180
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["111", "635", "2049", "4045-4046", "4049"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.3.0/27"]
      description                  = "cyclecloud.scheduler.nfs-v3-udp: NFS version 3 and its services over UDP"
    }
    # cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.scheduler.storage-private/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "cyclecloud.scheduler.storage-private"
      priority                     = 189
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.12.0/26"]
      description                  = "cyclecloud.scheduler.storage-private: the locker through its private endpoint"
    }
    # base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
    "base.inside.scheduler/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.inside.scheduler"
      priority                     = 501
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.50.0.32/27"]
      description                  = "base.inside.scheduler: head, login and standby schedulers among themselves"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32", "10.0.2.4/31"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
    "base.directory.tcp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.directory.tcp"
      priority                     = 516
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "135", "389", "445", "464", "636", "3268-3269", "9389", "49152-65535"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own"
    }
    # base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.directory.udp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "base.directory.udp"
      priority                     = 517
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["53", "88", "123", "138", "389", "464", "636"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.4/31"]
      description                  = "base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.deny-private/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.names-tcp/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.50.0.32/27"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-scheduler/out" = {
      nsg                          = "nsg-hub-all-snet-scheduler"
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
    "rt-hub-all-snet-aks" = {
      create = true
    }
    "rt-hub-all-snet-compute" = {
      create = true
    }
    "rt-hub-all-snet-cyclecloud" = {
      create = true
    }
    "rt-hub-all-snet-nodes" = {
      create = true
    }
    "rt-hub-all-snet-scheduler" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.default/snet-aks" = {
      route_table            = "rt-hub-all-snet-aks"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.default/snet-compute" = {
      route_table            = "rt-hub-all-snet-compute"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.default/snet-cyclecloud" = {
      route_table            = "rt-hub-all-snet-cyclecloud"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.default/snet-nodes" = {
      route_table            = "rt-hub-all-snet-nodes"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    "plan.default/snet-scheduler" = {
      route_table            = "rt-hub-all-snet-scheduler"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
  }
}
