# Written by netcordon for ml-both. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-ml"
    address_space = ["10.34.0.0/16"]
    on_premises   = []
    dns_servers   = []

    peered = [
    ]
  }

  subnets = {
    # aml-compute
    "snet-public" = {
      address_prefixes  = ["10.34.0.0/24"]
      pod_prefixes      = []
      nsg               = "nsg-ml-both-snet-public"
      route_table       = null
      service_endpoints = []
      nat_gateway       = true
      way_out           = "public-address"
    }
    # aml-compute
    "snet-private" = {
      address_prefixes  = ["10.34.1.0/24"]
      pod_prefixes      = []
      nsg               = "nsg-ml-both-snet-private"
      route_table       = null
      service_endpoints = []
      nat_gateway       = true
      way_out           = "nat-gateway"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.34.2.0/26"]
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
    "nsg-ml-both-snet-private" = {
      create = true
    }
    "nsg-ml-both-snet-public" = {
      create = true
    }
  }

  security_rules = {
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-private/in" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.1.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-private/in" = {
      nsg                          = "nsg-ml-both-snet-private"
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
    "aml.out.entra/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.entra"
      priority                     = 305
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    "aml.out.service/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.service"
      priority                     = 307
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.service: workspace API, model management, notebooks and compute instances"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.EastUS2"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    "aml.out.resource-manager/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.resource-manager"
      priority                     = 314
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureResourceManager"
      destination_address_prefixes = null
      description                  = "aml.out.resource-manager: creation and management of Azure resources from workspace and compute"
    }
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    "aml.out.storage/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.storage"
      priority                     = 316
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "Storage.EastUS2"
      destination_address_prefixes = null
      description                  = "aml.out.storage: the Microsoft-owned accounts that run the compute, and your own accounts where they are public"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.2.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.2.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    "aml.out.registry/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.registry"
      priority                     = 325
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "MicrosoftContainerRegistry"
      destination_address_prefixes = null
      description                  = "aml.out.registry: Microsoft's container images for training and inference"
    }
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    "aml.out.registry-data/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.registry-data"
      priority                     = 326
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureFrontDoor.FirstParty"
      destination_address_prefixes = null
      description                  = "aml.out.registry-data: the layers of Microsoft's container images"
    }
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    "aml.out.monitor/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.monitor"
      priority                     = 329
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMonitor"
      destination_address_prefixes = null
      description                  = "aml.out.monitor: logs and metrics, which Microsoft Support also reads"
    }
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    "aml.out.studio/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "aml.out.studio"
      priority                     = 331
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureFrontDoor.Frontend"
      destination_address_prefixes = null
      description                  = "aml.out.studio: the entry of Machine Learning studio, and images and environments of AutoML"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.1.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.1.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-private/out" = {
      nsg                          = "nsg-ml-both-snet-private"
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
    # aml.in.management (aml-firewall, Basic configuration, inbound traffic, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    "aml.in.management/snet-public/in" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.in.management-in"
      priority                     = 300
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = "AzureMachineLearning"
      source_address_prefixes      = null
      destination_port_range       = null
      destination_port_ranges      = ["44224"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.0.0/24"]
      description                  = "aml.in.management: the service creates, updates and deletes compute that has a public address"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-public/in" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.0.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # base.probes.aml-compute (nsg-overview, Default security rules, 2025-07-15; aml-training-vnet, Compute instance/cluster or serverless compute with public IP, 2024-04-08)
    "base.probes.aml-compute/snet-public/in" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "base.probes.aml-compute-in"
      priority                     = 509
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = "AzureLoadBalancer"
      source_address_prefixes      = null
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.0.0/24"]
      description                  = "base.probes.aml-compute: health probes of the load balancer in front of compute with a public address"
    }
    # of the plan itself
    "plan.deny-all/snet-public/in" = {
      nsg                          = "nsg-ml-both-snet-public"
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
    "aml.out.entra/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.entra"
      priority                     = 305
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    "aml.out.service/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.service"
      priority                     = 307
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.service: workspace API, model management, notebooks and compute instances"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.EastUS2"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    "aml.out.resource-manager/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.resource-manager"
      priority                     = 314
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureResourceManager"
      destination_address_prefixes = null
      description                  = "aml.out.resource-manager: creation and management of Azure resources from workspace and compute"
    }
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    "aml.out.storage/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.storage"
      priority                     = 316
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "Storage.EastUS2"
      destination_address_prefixes = null
      description                  = "aml.out.storage: the Microsoft-owned accounts that run the compute, and your own accounts where they are public"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.2.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.2.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    "aml.out.registry/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.registry"
      priority                     = 325
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "MicrosoftContainerRegistry"
      destination_address_prefixes = null
      description                  = "aml.out.registry: Microsoft's container images for training and inference"
    }
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    "aml.out.registry-data/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.registry-data"
      priority                     = 326
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureFrontDoor.FirstParty"
      destination_address_prefixes = null
      description                  = "aml.out.registry-data: the layers of Microsoft's container images"
    }
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    "aml.out.monitor/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.monitor"
      priority                     = 329
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMonitor"
      destination_address_prefixes = null
      description                  = "aml.out.monitor: logs and metrics, which Microsoft Support also reads"
    }
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    "aml.out.studio/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "aml.out.studio"
      priority                     = 331
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureFrontDoor.Frontend"
      destination_address_prefixes = null
      description                  = "aml.out.studio: the entry of Machine Learning studio, and images and environments of AutoML"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.34.0.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.34.0.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-public/out" = {
      nsg                          = "nsg-ml-both-snet-public"
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
