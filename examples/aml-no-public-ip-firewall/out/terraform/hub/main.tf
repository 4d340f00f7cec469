# Written by netcordon for ml-prod. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-ml-prod"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.tunnel-snet-compute"
      protocols             = ["UDP"]
      source_addresses      = ["10.30.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["5831"]
    }

    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.language-server-snet-compute"
      protocols             = ["TCP"]
      source_addresses      = ["10.30.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["18881"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.batch-snet-compute"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.30.0.0/23"]
      destination_addresses = ["BatchNodeManagement"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["login.microsoftonline.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Http"
        port = 80
      }

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    rule {
      name                  = "aml.out.service-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["*.azureml.ms", "*.azureml.net", "*.modelmanagement.azureml.net", "*.notebooks.azure.net", "*.instances.azureml.net", "*.instances.azureml.ms", "*.instances.ml.azure.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["management.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["*.blob.core.windows.net", "*.table.core.windows.net", "*.queue.core.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    rule {
      name                  = "aml.out.registry-data-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["*.data.mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.monitor-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["dc.applicationinsights.azure.com", "dc.applicationinsights.microsoft.com", "dc.services.visualstudio.com", "*.in.applicationinsights.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    rule {
      name                  = "aml.out.studio-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["ml.azure.com", "automlresources-prod.azureedge.net", "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.graph-legacy-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
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
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["*.tensorflow.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.server-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["update.code.visualstudio.com", "*.vo.msecnd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.extensions-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["marketplace.visualstudio.com", "vscode.blob.core.windows.net", "*.gallerycdn.vsassets.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.download-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["vscode.download.prss.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.web-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["*.vscode.dev", "*.vscode-unpkg.net", "*.vscode-cdn.net", "*.vscodeexperiments.azureedge.net", "default.exp-tas.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.desktop-snet-compute"
      source_addresses      = ["10.30.0.0/23"]
      destination_fqdns     = ["code.visualstudio.com"]
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
    dns_proxy       = true
  }
}
