# Written by netcordon for ml-all. Change answers.yaml and generate again rather than edit this file.
#
# Literals only: this is what was planned, and what netcordon reads back to prove it. Above each entry stand the
# requirements that want it, each with the pages, sections and dates that say so.

locals {
  # The network that the rules were planned for.
  network = {
    name          = "vnet-ml"
    address_space = ["10.33.0.0/16"]
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
    "snet-private" = {
      address_prefixes  = ["10.33.0.0/23"]
      pod_prefixes      = []
      nsg               = "nsg-ml-all-snet-private"
      route_table       = "rt-ml-all-snet-private"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "none"
    }
    # aml-compute
    "snet-public" = {
      address_prefixes  = ["10.33.2.0/24"]
      pod_prefixes      = []
      nsg               = "nsg-ml-all-snet-public"
      route_table       = "rt-ml-all-snet-public"
      service_endpoints = []
      nat_gateway       = false
      way_out           = "public-address"
    }
    # private-endpoints
    "snet-endpoints" = {
      address_prefixes  = ["10.33.4.0/26"]
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
    "nsg-ml-all-snet-private" = {
      create = true
    }
    "nsg-ml-all-snet-public" = {
      create = true
    }
  }

  security_rules = {
    # aml.in.custom-applications (aml-private-link-ports, Important, 2022-09-13)
    # aml.in.vscode (aml-firewall, Scenario: Visual Studio Code, ports, 2026-03-19)
    "aml.in.custom-applications/snet-private/in" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.in.custom-applications-in"
      priority                     = 303
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.100.0.0/16"]
      destination_port_range       = null
      destination_port_ranges      = ["8704-8993"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.0.0/23"]
      description                  = "aml.in.custom-applications: custom applications on compute instances, which must be published on these ports"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-private/in" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.0.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # of the plan itself
    "plan.deny-all/snet-private/in" = {
      nsg                          = "nsg-ml-all-snet-private"
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
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.entra"
      priority                     = 305
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.language-server"
      priority                     = 310
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.rstudio/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.rstudio"
      priority                     = 311
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["8787"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.rstudio: RStudio sessions on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.WestUS2"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.smb-public/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.smb-public"
      priority                     = 319
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = "Storage.WestUS2"
      destination_address_prefixes = null
      description                  = "aml.out.smb-public: mounts of the workspace's file share, and the platform's check of the NSG"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.4.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.4.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    "aml.out.endpoints-elsewhere/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.endpoints-elsewhere"
      priority                     = 327
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.0/26", "10.200.0.0/26"]
      description                  = "aml.out.endpoints-elsewhere: private endpoints of workspace, storage, registry and key vault in another network"
    }
    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    "aml.out.endpoints-elsewhere-smb/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "aml.out.endpoints-elsewhere-smb"
      priority                     = 328
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.0/26", "10.200.0.0/26"]
      description                  = "aml.out.endpoints-elsewhere-smb: mounts of the workspace's file share through a private endpoint in another network"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.0.0/23"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
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
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.deny-private/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
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
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.names-tcp/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.0.0/23"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-private/out" = {
      nsg                          = "nsg-ml-all-snet-private"
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
      nsg                          = "nsg-ml-all-snet-public"
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
      destination_address_prefixes = ["10.33.2.0/24"]
      description                  = "aml.in.management: the service creates, updates and deletes compute that has a public address"
    }
    # aml.in.attached-ssh (aml-training-vnet, Virtual machine or HDInsight cluster, 2024-04-08)
    "aml.in.attached-ssh/snet-public/in" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.in.attached-ssh-in"
      priority                     = 301
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = "AzureMachineLearning"
      source_address_prefixes      = null
      destination_port_range       = null
      destination_port_ranges      = ["22"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.2.200/32"]
      description                  = "aml.in.attached-ssh: the service signs in by SSH to a virtual machine or HDInsight cluster that is attached to the workspace"
    }
    # aml.in.custom-applications (aml-private-link-ports, Important, 2022-09-13)
    # aml.in.vscode (aml-firewall, Scenario: Visual Studio Code, ports, 2026-03-19)
    "aml.in.custom-applications/snet-public/in" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.in.custom-applications-in"
      priority                     = 303
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.100.0.0/16"]
      destination_port_range       = null
      destination_port_ranges      = ["8704-8993"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.2.0/24"]
      description                  = "aml.in.custom-applications: custom applications on compute instances, which must be published on these ports"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-public/in" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "base.inside.aml-compute-in"
      priority                     = 503
      direction                    = "Inbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.2.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # base.probes.aml-compute (nsg-overview, Default security rules, 2025-07-15; aml-training-vnet, Compute instance/cluster or serverless compute with public IP, 2024-04-08)
    "base.probes.aml-compute/snet-public/in" = {
      nsg                          = "nsg-ml-all-snet-public"
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
      destination_address_prefixes = ["10.33.2.0/24"]
      description                  = "base.probes.aml-compute: health probes of the load balancer in front of compute with a public address"
    }
    # of the plan itself
    "plan.deny-all/snet-public/in" = {
      nsg                          = "nsg-ml-all-snet-public"
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
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.entra"
      priority                     = 305
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["80", "443"]
      destination_address_prefix   = "AzureActiveDirectory"
      destination_address_prefixes = null
      description                  = "aml.out.entra: sign-in and tokens from Microsoft Entra ID"
    }
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    "aml.out.service/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.service"
      priority                     = 307
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.service: workspace API, model management, notebooks and compute instances"
    }
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    "aml.out.tunnel/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.tunnel"
      priority                     = 309
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["5831"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters"
    }
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    "aml.out.language-server/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.language-server"
      priority                     = 310
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["18881"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.language-server: code completion of notebooks on compute instances"
    }
    # aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.rstudio/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.rstudio"
      priority                     = 311
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["8787"]
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "aml.out.rstudio: RStudio sessions on compute instances"
    }
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.batch/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.batch"
      priority                     = 312
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "BatchNodeManagement.WestUS2"
      destination_address_prefixes = null
      description                  = "aml.out.batch: node management of compute clusters and instances, which run on Azure Batch"
    }
    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.smb-public/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.smb-public"
      priority                     = 319
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = "Storage.WestUS2"
      destination_address_prefixes = null
      description                  = "aml.out.smb-public: mounts of the workspace's file share, and the platform's check of the NSG"
    }
    # aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    "aml.out.private-endpoints/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.private-endpoints"
      priority                     = 321
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.4.0/26"]
      description                  = "aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints"
    }
    # aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
    "aml.out.private-endpoints-smb/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.private-endpoints-smb"
      priority                     = 322
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.4.0/26"]
      description                  = "aml.out.private-endpoints-smb: mounts of the workspace's file share through its private endpoint"
    }
    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    "aml.out.endpoints-elsewhere/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.endpoints-elsewhere"
      priority                     = 327
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.0/26", "10.200.0.0/26"]
      description                  = "aml.out.endpoints-elsewhere: private endpoints of workspace, storage, registry and key vault in another network"
    }
    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    "aml.out.endpoints-elsewhere-smb/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "aml.out.endpoints-elsewhere-smb"
      priority                     = 328
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["445"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.2.0/26", "10.200.0.0/26"]
      description                  = "aml.out.endpoints-elsewhere-smb: mounts of the workspace's file share through a private endpoint in another network"
    }
    # base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
    "base.inside.aml-compute/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "base.inside.aml-compute"
      priority                     = 503
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.33.2.0/24"]
      description                  = "base.inside.aml-compute: MPI and NCCL between the nodes of a training job"
    }
    # base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
    "base.dns.udp/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "base.dns.udp"
      priority                     = 512
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Udp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.udp: name resolution by DNS servers of your own"
    }
    # base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
    "base.dns.tcp/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "base.dns.tcp"
      priority                     = 513
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["53"]
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.1.4/32"]
      description                  = "base.dns.tcp: long answers from DNS servers of your own"
    }
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.deny-private/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "DenyPrivateOutbound"
      priority                     = 3995
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = null
      destination_address_prefixes = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
      description                  = "names pass to public addresses only: private space and our own stay closed"
    }
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.deny-past/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "DenyPastFirewallOutbound"
      priority                     = 3996
      direction                    = "Outbound"
      access                       = "Deny"
      protocol                     = "*"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = "*"
      destination_port_ranges      = null
      destination_address_prefix   = "AzureMachineLearning"
      destination_address_prefixes = null
      description                  = "names pass through the firewall only: what its routes do not see stays with the rules above"
    }
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.names-tcp/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
      name                         = "AllowNamesTcpOutbound"
      priority                     = 3998
      direction                    = "Outbound"
      access                       = "Allow"
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = null
      source_address_prefixes      = ["10.33.2.0/24"]
      destination_port_range       = null
      destination_port_ranges      = ["443"]
      destination_address_prefix   = "*"
      destination_address_prefixes = null
      description                  = "host names without a service tag: the firewall holds the names"
    }
    # of the plan itself
    "plan.deny-all/snet-public/out" = {
      nsg                          = "nsg-ml-all-snet-public"
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
    "rt-ml-all-snet-private" = {
      create = true
    }
    "rt-ml-all-snet-public" = {
      create = true
    }
  }

  routes = {
    # everything without a more specific route goes through the firewall
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.default/snet-private" = {
      route_table            = "rt-ml-all-snet-private"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # everything without a more specific route goes through the firewall
    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    "plan.default/snet-public" = {
      route_table            = "rt-ml-all-snet-public"
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.0.1.4"
    }
    # replies to management traffic leave by the compute's public address, as they came; the tag keeps itself current
    # aml.in.management (aml-firewall, Basic configuration, inbound traffic, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # aml.in.attached-ssh (aml-training-vnet, Virtual machine or HDInsight cluster, 2024-04-08)
    "plan.azureml/snet-public" = {
      route_table            = "rt-ml-all-snet-public"
      name                   = "azureml"
      address_prefix         = "AzureMachineLearning"
      next_hop_type          = "Internet"
      next_hop_in_ip_address = null
    }
  }
}
