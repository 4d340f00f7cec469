# Written by netcordon for ml-guest. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-shared"
    address_space = ["10.60.0.0/16"]
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
    # aml-compute
    "snet-compute" = {
      address_prefixes  = ["10.60.0.0/24"]
      pod_prefixes      = []
      nsg               = "nsg-shared"
      route_table       = "rt-shared"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "unknown"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.60.1.0/26"]
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
    "nsg-shared" = {
      create = false
    }
  }

  security_rules = {
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/extend:nsg-shared/in" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-base.inside.aml-compute-in"
      priority                     = 1403
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.0.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.entra/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.entra"
      priority                     = 1205
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.tunnel"
      priority                     = 1209
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.language-server"
      priority                     = 1210
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.batch"
      priority                     = 1212
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.WestEurope"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.private-endpoints"
      priority                     = 1221
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.1.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-aml.out.private-endpoints-smb"
      priority                     = 1222
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.1.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-base.inside.aml-compute"
      priority                     = 1403
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.60.0.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
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
    "plan.names-tcp/extend:nsg-shared/out" = {
      nsg                          = "nsg-shared"
      name                         = "ml-guest-names-tcp"
      priority                     = 1998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.60.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/3", "96.0.0.0/6", "100.0.0.0/10", "100.128.0.0/9", "101.0.0.0/8", "102.0.0.0/7", "104.0.0.0/5", "112.0.0.0/4", "128.0.0.0/3", "160.0.0.0/5", "168.0.0.0/6", "172.0.0.0/12", "172.32.0.0/11", "172.64.0.0/10", "172.128.0.0/9", "173.0.0.0/8", "174.0.0.0/7", "176.0.0.0/4", "192.0.0.0/9", "192.128.0.0/11", "192.160.0.0/13", "192.169.0.0/16", "192.170.0.0/15", "192.172.0.0/14", "192.176.0.0/12", "192.192.0.0/10", "193.0.0.0/8", "194.0.0.0/7", "196.0.0.0/6", "200.0.0.0/5", "208.0.0.0/4", "224.0.0.0/3"]
      description                  = "host names without a service tag: the firewall holds the names"
    }
  }

  # `create` false: it belongs to others, and only routes are added.
  route_tables = {
    "rt-shared" = {
      create = false
    }
  }

  routes = {
  }
}
