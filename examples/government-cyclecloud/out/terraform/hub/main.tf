# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-hpc-gov"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    rule {
      name                  = "cyclecloud.server.entra-snet-cyclecloud"
      source_addresses      = ["10.24.0.0/27"]
      destination_fqdns     = ["login.microsoftonline.us"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    rule {
      name                  = "cyclecloud.server.monitor-snet-cyclecloud"
      source_addresses      = ["10.24.0.0/27"]
      destination_fqdns     = ["dc.applicationinsights.us"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
    rule {
      name                  = "cyclecloud.server.resource-manager-snet-cyclecloud"
      source_addresses      = ["10.24.0.0/27"]
      destination_fqdns     = ["management.usgovcloudapi.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    rule {
      name                  = "cyclecloud.scheduler.packages-snet-scheduler"
      source_addresses      = ["10.24.0.32/27"]
      destination_fqdns     = ["packages.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    rule {
      name                  = "cyclecloud.scheduler.pypi-snet-scheduler"
      source_addresses      = ["10.24.0.32/27"]
      destination_fqdns     = ["pypi.org", "files.pythonhosted.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    rule {
      name                  = "cyclecloud.nodes.packages-snet-nodes"
      source_addresses      = ["10.24.2.0/23"]
      destination_fqdns     = ["packages.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
    rule {
      name                  = "cyclecloud.nodes.pypi-snet-nodes"
      source_addresses      = ["10.24.2.0/23"]
      destination_fqdns     = ["pypi.org", "files.pythonhosted.org"]
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
    tier            = "Premium"
    dns_proxy       = false
  }
}
