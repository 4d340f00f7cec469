# Written by netcordon for aks-prod. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-aks-prod"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
    rule {
      name                  = "aks.out.monitoring-snet-nodes"
      protocols             = ["TCP"]
      source_addresses      = ["10.40.0.0/22"]
      destination_addresses = ["AzureMonitor"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
    rule {
      name                  = "base.updates.red-hat-snet-nodes"
      protocols             = ["TCP"]
      source_addresses      = ["10.40.0.0/22"]
      destination_addresses = ["20.24.186.80/32", "20.225.226.182/32", "20.248.180.252/32", "52.136.197.163/32", "52.142.4.99/32"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.registry-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.registry-data-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["*.data.mcr.microsoft.com", "mcr-0001.mcr-msedge.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.resource-manager-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["management.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
    rule {
      name                  = "aks.out.entra-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["login.microsoftonline.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.packages-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["packages.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.binaries-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["packages.aks.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
    rule {
      name                  = "aks.out.binaries-legacy-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["acs-mirror.azureedge.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
    rule {
      name                  = "aks.out.registry-backend-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["mcrprod.azurecr.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "aks.out.ubuntu-snapshot-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["snapshot.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
    rule {
      name                  = "base.updates.ubuntu-snet-nodes"
      source_addresses      = ["10.40.0.0/22"]
      destination_fqdns     = ["security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
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
