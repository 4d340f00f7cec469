# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-ml"
    address_space = ["10.32.0.0/16"]
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
    # aml-compute
    "snet-compute" = {
      address_prefixes  = ["10.32.0.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-ml-sealed-snet-compute"
      route_table       = "rt-ml-sealed-snet-compute"
      service_endpoints = ["Microsoft.Storage"]
      nat_gateway       = false
      way_out           = "none"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.32.2.0/26"]
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
    "nsg-ml-sealed-snet-compute" = {
      create = true
    }
  }

  security_rules = {
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-compute/in" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.32.0.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/in" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
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
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.entra/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.entra"
      priority                     = 305
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.language-server"
      priority                     = 310
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.NorthEurope"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    "aml.out.storage/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.storage"
      priority                     = 316
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "Storage.NorthEurope"
      destination_address_prefixes = null
      description                  = "aml.out.storage: the Microsoft-owned accounts that run the compute, and your own accounts where they are public"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.32.2.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.32.2.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.32.0.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    "plan.deny-private/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    "plan.deny-past/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "DenyPastFirewallOutbound"
      priority                     = 3996
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "Storage"
      destination_address_prefixes = null
      description                  = "names pass through the firewall only: what its routes do not see stays with the rules above"
    }
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    "plan.names-tcp/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.32.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-compute/out" = {
      nsg                          = "nsg-ml-sealed-snet-compute"
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
    "rt-ml-sealed-snet-compute" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "plan.default/snet-compute" = {
      route_table            = "rt-ml-sealed-snet-compute"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
  }
}
