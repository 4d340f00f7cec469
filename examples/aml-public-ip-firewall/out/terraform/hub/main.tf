# Written by netcordon for ml-public. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-ml-public"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureActiveDirectory"]
      destination_fqdns     = []
      destination_ports     = ["80", "443"]
    }

    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    rule {
      name                  = "aml.out.service-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.tunnel-snet-compute"
      protocols             = ["UDP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["5831"]
    }

    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.language-server-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["18881"]
    }

    # aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.rstudio-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["8787"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.batch-snet-compute"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["BatchNodeManagement"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["Storage.WestEurope"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["MicrosoftContainerRegistry"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    rule {
      name                  = "aml.out.registry-data-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureFrontDoor.FirstParty"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.monitor-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    rule {
      name                  = "aml.out.studio-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.31.0.0/23"]
      destination_addresses = ["AzureFrontDoor.Frontend"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.graph-legacy-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["graph.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.graph-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["graph.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.notebook-content-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["*.aznbcontent.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.short-links-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["aka.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    rule {
      name                  = "aml.rstudio.image-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["ghcr.io", "pkg-containers.githubusercontent.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    rule {
      name                  = "aml.rstudio.cran-snet-compute"
      source_addresses      = ["10.31.0.0/23"]
      destination_fqdns     = ["cloud.r-project.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }
  }
}

output "firewall" {
  description = "The firewall that the rules were planned for; nothing here declares it."
  value = {
    private_address = "10.0.1.4"
    tier            = "Standard"
    dns_proxy       = false
  }
}
