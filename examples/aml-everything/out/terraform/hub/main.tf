# Written by netcordon for ml-all. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-ml-all"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.tunnel-snet-private"
      protocols             = ["UDP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["5831"]
    }

    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.language-server-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["18881"]
    }

    # aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.rstudio-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["8787"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.batch-snet-private"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["BatchNodeManagement"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    rule {
      name                  = "aml.out.smb-public-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = []
      destination_fqdns     = ["stmlall.file.core.windows.net"]
      destination_ports     = ["445"]
    }

    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    rule {
      name                  = "aml.out.endpoints-elsewhere-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["10.200.0.0/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    rule {
      name                  = "aml.out.endpoints-elsewhere-smb-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.0.0/23"]
      destination_addresses = ["10.200.0.0/26"]
      destination_fqdns     = []
      destination_ports     = ["445"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    rule {
      name                  = "aml.out.batch-snet-public"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.33.2.0/24"]
      destination_addresses = ["BatchNodeManagement"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    rule {
      name                  = "aml.out.smb-public-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.2.0/24"]
      destination_addresses = []
      destination_fqdns     = ["stmlall.file.core.windows.net"]
      destination_ports     = ["445"]
    }

    # aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
    rule {
      name                  = "aml.out.endpoints-elsewhere-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.2.0/24"]
      destination_addresses = ["10.200.0.0/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
    rule {
      name                  = "aml.out.endpoints-elsewhere-smb-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.33.2.0/24"]
      destination_addresses = ["10.200.0.0/26"]
      destination_fqdns     = []
      destination_ports     = ["445"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-private"
      source_addresses      = ["10.33.0.0/23"]
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
      name                  = "aml.out.service-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.azureml.ms", "*.azureml.net", "*.modelmanagement.azureml.net", "*.notebooks.azure.net", "*.instances.azureml.net", "*.instances.azureml.ms", "*.instances.ml.azure.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["management.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.blob.core.windows.net", "*.table.core.windows.net", "*.queue.core.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    rule {
      name                  = "aml.out.registry-data-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.data.mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.monitor-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["dc.applicationinsights.azure.com", "dc.applicationinsights.microsoft.com", "dc.services.visualstudio.com", "*.in.applicationinsights.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    rule {
      name                  = "aml.out.studio-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["ml.azure.com", "automlresources-prod.azureedge.net", "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.keyvault-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.vault.azure.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    rule {
      name                  = "aml.out.container-registry-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["crmlall.azurecr.io", "crmlall.westus2.data.azurecr.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.graph-legacy-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["graph.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.graph-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["graph.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.notebook-content-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.aznbcontent.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.short-links-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["aka.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.conda-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["anaconda.com", "*.anaconda.com", "*.anaconda.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pypi-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["pypi.org", "*.pythonhosted.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pytorch-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["pytorch.org", "*.pytorch.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.tensorflow-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.tensorflow.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    rule {
      name                  = "aml.rstudio.image-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["ghcr.io", "pkg-containers.githubusercontent.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    rule {
      name                  = "aml.rstudio.cran-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["cloud.r-project.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    rule {
      name                  = "aml.rstudio.license-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["www.wyday.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.server-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["update.code.visualstudio.com", "*.vo.msecnd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.extensions-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["marketplace.visualstudio.com", "vscode.blob.core.windows.net", "*.gallerycdn.vsassets.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.download-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["vscode.download.prss.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.web-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["*.vscode.dev", "*.vscode-unpkg.net", "*.vscode-cdn.net", "*.vscodeexperiments.azureedge.net", "default.exp-tas.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.desktop-snet-private"
      source_addresses      = ["10.33.0.0/23"]
      destination_fqdns     = ["code.visualstudio.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-public"
      source_addresses      = ["10.33.2.0/24"]
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

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["management.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.blob.core.windows.net", "*.table.core.windows.net", "*.queue.core.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
    rule {
      name                  = "aml.out.registry-data-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.data.mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.monitor-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["dc.applicationinsights.azure.com", "dc.applicationinsights.microsoft.com", "dc.services.visualstudio.com", "*.in.applicationinsights.azure.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
    rule {
      name                  = "aml.out.studio-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["ml.azure.com", "automlresources-prod.azureedge.net", "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    rule {
      name                  = "aml.out.keyvault-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.vault.azure.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    rule {
      name                  = "aml.out.container-registry-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["crmlall.azurecr.io", "crmlall.westus2.data.azurecr.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.graph-legacy-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["graph.windows.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.graph-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["graph.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.notebook-content-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.aznbcontent.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.short-links-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["aka.ms"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.conda-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["anaconda.com", "*.anaconda.com", "*.anaconda.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pypi-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["pypi.org", "*.pythonhosted.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.pytorch-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["pytorch.org", "*.pytorch.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
    rule {
      name                  = "aml.python.tensorflow-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.tensorflow.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
    rule {
      name                  = "aml.rstudio.image-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["ghcr.io", "pkg-containers.githubusercontent.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
    rule {
      name                  = "aml.rstudio.cran-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["cloud.r-project.org"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
    rule {
      name                  = "aml.rstudio.license-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["www.wyday.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.server-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["update.code.visualstudio.com", "*.vo.msecnd.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.extensions-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["marketplace.visualstudio.com", "vscode.blob.core.windows.net", "*.gallerycdn.vsassets.io"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.download-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["vscode.download.prss.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.web-snet-public"
      source_addresses      = ["10.33.2.0/24"]
      destination_fqdns     = ["*.vscode.dev", "*.vscode-unpkg.net", "*.vscode-cdn.net", "*.vscodeexperiments.azureedge.net", "default.exp-tas.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
    rule {
      name                  = "aml.vscode.desktop-snet-public"
      source_addresses      = ["10.33.2.0/24"]
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
