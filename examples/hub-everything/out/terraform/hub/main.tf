# Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-hub-all"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    rule {
      name                  = "cyclecloud.server.entra-snet-cyclecloud"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/27"]
      destination_addresses = ["AzureActiveDirectory"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "cyclecloud.server.monitor-snet-cyclecloud"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/27"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "cyclecloud.server.resource-manager-snet-cyclecloud"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/27"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-cyclecloud"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.0/27"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-snet-scheduler"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.32/27"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-resource-manager-snet-scheduler"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.32/27"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-scheduler"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.0.32/27"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-snet-nodes"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.2.0/23"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-resource-manager-snet-nodes"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.2.0/23"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-nodes"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.2.0/23"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureActiveDirectory"]
      destination_fqdns     = []
      destination_ports     = ["80", "443"]
    }

    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    rule {
      name                  = "aml.out.service-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.tunnel-snet-compute"
      protocols             = ["UDP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["5831"]
    }

    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.language-server-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["18881"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.batch-snet-compute"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["BatchNodeManagement"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "aml.out.resource-manager-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["Storage.WestEurope"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["MicrosoftContainerRegistry"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    rule {
      name                  = "aml.out.registry-data-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureFrontDoor.FirstParty"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "aml.out.monitor-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    rule {
      name                  = "aml.out.studio-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["AzureFrontDoor.Frontend"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.4.0/23"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    # base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "aks.out.monitoring-snet-aks"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.8.0/22"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-aks"
      protocols             = ["TCP"]
      source_addresses      = ["10.50.8.0/22"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    rule {
      name                  = "cyclecloud.server.telemetry-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["watson.telemetry.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
    rule {
      name                  = "cyclecloud.server.prices-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["ratecard.azure-api.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    rule {
      name                  = "base.defender-events-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["*.endpoint.security.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-ingestion-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["*.ingest.monitor.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }
    }

    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    rule {
      name                  = "company.out.artefacts-snet-cyclecloud"
      source_addresses      = ["10.50.0.0/27"]
      destination_fqdns     = ["artefacts.example.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    rule {
      name                  = "base.defender-events-snet-scheduler"
      source_addresses      = ["10.50.0.32/27"]
      destination_fqdns     = ["*.endpoint.security.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-ingestion-snet-scheduler"
      source_addresses      = ["10.50.0.32/27"]
      destination_fqdns     = ["*.ingest.monitor.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-scheduler"
      source_addresses      = ["10.50.0.32/27"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }
    }

    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    rule {
      name                  = "company.out.artefacts-snet-scheduler"
      source_addresses      = ["10.50.0.32/27"]
      destination_fqdns     = ["artefacts.example.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    rule {
      name                  = "base.defender-events-snet-nodes"
      source_addresses      = ["10.50.2.0/23"]
      destination_fqdns     = ["*.endpoint.security.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-ingestion-snet-nodes"
      source_addresses      = ["10.50.2.0/23"]
      destination_fqdns     = ["*.ingest.monitor.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-nodes"
      source_addresses      = ["10.50.2.0/23"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }
    }

    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    rule {
      name                  = "company.out.artefacts-snet-nodes"
      source_addresses      = ["10.50.2.0/23"]
      destination_fqdns     = ["artefacts.example.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.graph-legacy-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
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
      source_addresses      = ["10.50.4.0/23"]
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
      source_addresses      = ["10.50.4.0/23"]
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
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["aka.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.conda-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["anaconda.com", "*.anaconda.com", "*.anaconda.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pypi-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["pypi.org", "*.pythonhosted.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pytorch-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["pytorch.org", "*.pytorch.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.tensorflow-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["*.tensorflow.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    rule {
      name                  = "base.defender-events-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["*.endpoint.security.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-ingestion-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["*.ingest.monitor.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }
    }

    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    rule {
      name                  = "company.out.artefacts-snet-compute"
      source_addresses      = ["10.50.4.0/23"]
      destination_fqdns     = ["artefacts.example.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.api-server-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["*.hcp.westeurope.azmk8s.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.registry-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.registry-data-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["*.data.mcr.microsoft.com", "mcr-0001.mcr-msedge.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    # base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "aks.out.resource-manager-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["management.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    rule {
      name                  = "aks.out.entra-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["login.microsoftonline.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.packages-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["packages.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.binaries-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["packages.aks.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.binaries-legacy-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["acs-mirror.azureedge.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    rule {
      name                  = "aks.out.registry-backend-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["mcrprod.azurecr.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "aks.out.ubuntu-snapshot-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["snapshot.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
    rule {
      name                  = "aks.out.policy-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["data.policy.core.windows.net", "store.policy.core.windows.net", "dc.services.visualstudio.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
    rule {
      name                  = "aks.out.defender-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["*.ods.opinsights.azure.com", "*.oms.opinsights.azure.com", "*.cloud.defender.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
    # base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
    rule {
      name                  = "base.defender-events-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["*.endpoint.security.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
    rule {
      name                  = "base.monitor-agent-ingestion-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["*.ingest.monitor.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }
    }

    # company.out.artefacts (service catalogue, artefact store, 2026-10-01)
    rule {
      name                  = "company.out.artefacts-snet-aks"
      source_addresses      = ["10.50.8.0/22"]
      destination_fqdns     = ["artefacts.example.com"]
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
    dns_proxy       = true
  }
}
