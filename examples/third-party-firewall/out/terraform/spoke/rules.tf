# Written by netcordon for hpc-third-party. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-hpc"
    address_space = ["10.60.0.0/16"]
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
      address_prefixes  = ["10.60.0.0/27"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-third-party-snet-cyclecloud"
      route_table       = "rt-hpc-third-party-snet-cyclecloud"
      service_endpoints = ["Microsoft.Storage"]
      nat_gateway       = false
      way_out           = "none"
    }
    # cluster-nodes, scheduler
    "snet-nodes" = {
      address_prefixes  = ["10.60.2.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-third-party-snet-nodes"
      route_table       = "rt-hpc-third-party-snet-nodes"
      service_endpoints = ["Microsoft.Storage"]
      nat_gateway       = false
      way_out           = "none"
    }
    # aml-compute
    "snet-compute" = {
      address_prefixes  = ["10.60.4.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-hpc-third-party-snet-compute"
      route_table       = "rt-hpc-third-party-snet-compute"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # aks-nodes
    "snet-aks" = {
      address_prefixes  = ["10.60.8.0/22"]
      pod_prefixes      = ["10.244.0.0/16"]
      nsg               = "nsg-hpc-third-party-snet-aks"
      route_table       = "rt-hpc-third-party-snet-aks"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.60.12.0/26"]
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
    "nsg-hpc-third-party-snet-aks" = {
      create = true
    }
    "nsg-hpc-third-party-snet-compute" = {
      create = true
    }
    "nsg-hpc-third-party-snet-cyclecloud" = {
      create = true
    }
    "nsg-hpc-third-party-snet-nodes" = {
      create = true
    }
  }

  security_rules = {
    # aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.from-nodes/snet-aks/in" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "aks.pods.from-nodes-in"
      priority                     = 450
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-aks/in" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
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
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "base.inside.aks-nodes-in"
      priority                     = 504
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.8.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
    "base.probes.aks-nodes/snet-aks/in" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
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
      destination_address_prefixes = ["10.60.8.0/22"]
      description                  = "base.probes.aks-nodes: health probes of the cluster's load balancers"
    }
    # of the plan itself
    "plan.deny-all/snet-aks/in" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
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
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "aks.pods.from-nodes"
      priority                     = 450
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.244.0.0/16"]
      description                  = "aks.pods.from-nodes: nodes to pods, for services and probes"
    }
    # aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
    "aks.pods.between/snet-aks/out" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
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
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "base.inside.aks-nodes"
      priority                     = 504
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.8.0/22"]
      description                  = "base.inside.aks-nodes: nodes among themselves, and a private cluster's endpoint among them"
    }
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.deny-private/snet-aks/out" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.names-tcp/snet-aks/out" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.8.0/22"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-aks/out" = {
      nsg                          = "nsg-hpc-third-party-snet-aks"
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
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.4.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/in" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
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
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "aml.out.language-server"
      priority                     = 310
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.WestEurope"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.12.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.12.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.4.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
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
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.deny-private/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
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
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.names-tcp/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.4.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/out" = {
      nsg                          = "nsg-hpc-third-party-snet-compute"
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
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
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
      destination_address_prefixes = ["10.60.0.0/27"]
      description                  = "cyclecloud.server.web: web interface and API of a server from the Marketplace image"
    }
    # cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "cyclecloud.nodes.server-in"
      priority                     = 125
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # of the plan itself
    "plan.deny-all/snet-cyclecloud/in" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
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
    # cyclecloud.server.storage (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    "cyclecloud.server.storage/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "AllowAzureStorage"
      priority                     = 100
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "Storage"
      destination_address_prefixes = null
      description                  = "cyclecloud.server.storage: the locker, the blob container that holds projects and cluster files"
    }
    # cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    # cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
    "cyclecloud.server.nodes-ssh/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "cyclecloud.server.nodes-ssh"
      priority                     = 132
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
    }
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.deny-private/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.deny-past/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "DenyPastFirewallOutbound"
      priority                     = 3996
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "Storage"
      destination_address_prefixes = null
      description                  = "names pass through the firewall only: what its routes do not see stays with the rules above"
    }
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.names-tcp/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.block/snet-cyclecloud/out" = {
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-third-party-snet-cyclecloud"
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
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "cyclecloud.server.nodes-ssh-in"
      priority                     = 132
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/27"]
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.2.0/23"]
      description                  = "cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH"
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
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "base.inside.cluster-nodes-in"
      priority                     = 500
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/in" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
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
    # cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
    "cyclecloud.nodes.server/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "cyclecloud.nodes.server"
      priority                     = 125
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["9443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.0.0/27"]
      description                  = "cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation"
    }
    # cyclecloud.nodes.storage (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Launching Azure CycleCloud clusters in a locked down network, 2025-07-01)
    # cyclecloud.scheduler.storage (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Launching Azure CycleCloud clusters in a locked down network, 2025-07-01)
    "cyclecloud.nodes.storage/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "cyclecloud.nodes.storage"
      priority                     = 185
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "Storage.WestEurope"
      destination_address_prefixes = null
      description                  = "cyclecloud.nodes.storage: the node agent and the projects, which come from the locker"
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
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "base.inside.cluster-nodes"
      priority                     = 500
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.2.0/23"]
      description                  = "base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes"
    }
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    "base.updates.red-hat/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "base.updates.red-hat"
      priority                     = 540
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      description                  = "base.updates.red-hat: updates of Red Hat Enterprise Linux with pay-as-you-go images"
    }
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.deny-private/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.deny-past/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "DenyPastFirewallOutbound"
      priority                     = 3996
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "Storage"
      destination_address_prefixes = null
      description                  = "names pass through the firewall only: what its routes do not see stays with the rules above"
    }
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.names-tcp/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.2.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-nodes/out" = {
      nsg                          = "nsg-hpc-third-party-snet-nodes"
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
    "rt-hpc-third-party-snet-aks" = {
      create = true
    }
    "rt-hpc-third-party-snet-compute" = {
      create = true
    }
    "rt-hpc-third-party-snet-cyclecloud" = {
      create = true
    }
    "rt-hpc-third-party-snet-nodes" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.default/snet-aks" = {
      route_table            = "rt-hpc-third-party-snet-aks"
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
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.default/snet-compute" = {
      route_table            = "rt-hpc-third-party-snet-compute"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    "plan.default/snet-cyclecloud" = {
      route_table            = "rt-hpc-third-party-snet-cyclecloud"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    "plan.default/snet-nodes" = {
      route_table            = "rt-hpc-third-party-snet-nodes"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
  }
}
