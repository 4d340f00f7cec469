# Written by netcordon for ml-china. Change answers.yaml and generate again rather than edit this file.
#
# One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
# each rule stand the requirements that want it, each with the pages, sections and dates that say so.

resource "azurerm_firewall_policy_rule_collection_group" "this" {
  name               = "rcg-ml-china"
  firewall_policy_id = var.firewall_policy_id
  priority           = 500

  network_rule_collection {
    name     = "network"
    priority = 200
    action   = "Allow"

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["AzureActiveDirectory"]
      destination_fqdns     = []
      destination_ports     = ["80", "443"]
    }

    # aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
    rule {
      name                  = "aml.out.service-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    rule {
      name                  = "aml.out.tunnel-snet-private"
      protocols             = ["UDP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["5831"]
    }

    # aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.language-server-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["AzureMachineLearning"]
      destination_fqdns     = []
      destination_ports     = ["18881"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # 4 prefixes of BatchNodeManagement.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.batch-snet-private"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["40.73.98.39/32", "40.73.100.179/32", "40.73.172.128/27", "52.130.1.192/27"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    # 6 prefixes of Storage.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.smb-public-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["40.72.198.0/24", "40.73.81.0/24", "40.73.85.16/28", "40.73.85.32/27", "52.130.97.0/24", "52.130.100.0/23"]
      destination_fqdns     = []
      destination_ports     = ["445"]
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # 92 prefixes of AzureMonitor as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.monitor-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["40.72.77.32/28", "40.73.29.38/32", "40.73.73.139/32", "40.73.73.171/32", "40.73.139.16/28", "40.73.139.240/29", "40.73.171.8/29", "40.73.171.16/28", "40.162.60.176/28", "40.162.60.224/28", "40.162.75.160/28", "40.162.75.224/28", "40.162.171.80/28", "40.162.171.144/28", "40.162.175.224/27", "40.162.224.64/27", "52.130.0.68/31", "52.130.3.32/28", "52.130.4.20/31", "52.130.4.22/32", "52.130.4.24/29", "52.130.4.136/29", "52.130.4.144/30", "52.130.5.160/28", "52.130.12.240/28", "52.130.18.16/28", "52.130.18.106/31", "52.130.19.12/32", "52.130.19.16/29", "52.130.19.160/30", "52.130.19.168/29", "52.130.21.96/28", "52.130.40.0/28", "52.130.40.88/29", "52.130.76.131/32", "52.130.76.175/32", "52.130.76.185/32", "52.130.112.112/28", "52.130.112.152/29", "52.130.120.64/28", "52.130.120.168/29", "52.130.128.64/28", "52.130.128.136/29", "52.131.21.116/30", "52.131.21.120/29", "52.131.23.224/29", "52.131.27.200/29", "52.131.30.80/28", "52.131.30.136/29", "52.131.149.116/30", "52.131.149.120/29", "52.131.151.224/29", "52.131.155.200/29", "52.131.158.80/28", "52.131.158.216/29", "139.217.51.19/32", "139.217.51.160/28", "139.217.52.80/29", "139.217.97.127/32", "139.217.97.186/32", "139.217.98.112/32", "139.217.122.16/28", "139.217.126.224/27", "139.217.171.19/32", "139.217.171.160/28", "139.217.172.64/29", "139.219.248.96/27", "139.219.248.128/26", "143.64.193.64/27", "143.64.193.128/25", "143.64.207.192/28", "159.27.21.0/27", "159.27.21.166/31", "159.27.21.240/28", "159.27.195.200/29", "159.27.197.160/28", "159.27.198.16/29", "159.27.203.200/29", "159.27.205.160/28", "159.27.205.216/29", "159.27.247.0/28", "159.27.255.0/27", "163.228.39.224/27", "163.228.53.0/27", "163.228.53.202/31", "163.228.53.224/28", "163.228.59.56/29", "163.228.100.128/27", "163.228.100.192/26", "163.228.193.72/29", "163.228.217.224/27", "163.228.218.64/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # 4 prefixes of AzureContainerRegistry.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.container-registry-snet-private"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.0.0/24"]
      destination_addresses = ["40.73.168.24/29", "40.73.169.192/26", "40.73.172.160/27", "163.228.217.0/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
    rule {
      name                  = "aml.out.entra-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["AzureActiveDirectory"]
      destination_fqdns     = []
      destination_ports     = ["80", "443"]
    }

    # aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
    # 4 prefixes of BatchNodeManagement.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.batch-snet-public"
      protocols             = ["TCP", "UDP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["40.73.98.39/32", "40.73.100.179/32", "40.73.172.128/27", "52.130.1.192/27"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.resource-manager-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["AzureResourceManager"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
    # 6 prefixes of Storage.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.smb-public-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["40.72.198.0/24", "40.73.81.0/24", "40.73.85.16/28", "40.73.85.32/27", "52.130.97.0/24", "52.130.100.0/23"]
      destination_fqdns     = []
      destination_ports     = ["445"]
    }

    # aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
    # 92 prefixes of AzureMonitor as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.monitor-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["40.72.77.32/28", "40.73.29.38/32", "40.73.73.139/32", "40.73.73.171/32", "40.73.139.16/28", "40.73.139.240/29", "40.73.171.8/29", "40.73.171.16/28", "40.162.60.176/28", "40.162.60.224/28", "40.162.75.160/28", "40.162.75.224/28", "40.162.171.80/28", "40.162.171.144/28", "40.162.175.224/27", "40.162.224.64/27", "52.130.0.68/31", "52.130.3.32/28", "52.130.4.20/31", "52.130.4.22/32", "52.130.4.24/29", "52.130.4.136/29", "52.130.4.144/30", "52.130.5.160/28", "52.130.12.240/28", "52.130.18.16/28", "52.130.18.106/31", "52.130.19.12/32", "52.130.19.16/29", "52.130.19.160/30", "52.130.19.168/29", "52.130.21.96/28", "52.130.40.0/28", "52.130.40.88/29", "52.130.76.131/32", "52.130.76.175/32", "52.130.76.185/32", "52.130.112.112/28", "52.130.112.152/29", "52.130.120.64/28", "52.130.120.168/29", "52.130.128.64/28", "52.130.128.136/29", "52.131.21.116/30", "52.131.21.120/29", "52.131.23.224/29", "52.131.27.200/29", "52.131.30.80/28", "52.131.30.136/29", "52.131.149.116/30", "52.131.149.120/29", "52.131.151.224/29", "52.131.155.200/29", "52.131.158.80/28", "52.131.158.216/29", "139.217.51.19/32", "139.217.51.160/28", "139.217.52.80/29", "139.217.97.127/32", "139.217.97.186/32", "139.217.98.112/32", "139.217.122.16/28", "139.217.126.224/27", "139.217.171.19/32", "139.217.171.160/28", "139.217.172.64/29", "139.219.248.96/27", "139.219.248.128/26", "143.64.193.64/27", "143.64.193.128/25", "143.64.207.192/28", "159.27.21.0/27", "159.27.21.166/31", "159.27.21.240/28", "159.27.195.200/29", "159.27.197.160/28", "159.27.198.16/29", "159.27.203.200/29", "159.27.205.160/28", "159.27.205.216/29", "159.27.247.0/28", "159.27.255.0/27", "163.228.39.224/27", "163.228.53.0/27", "163.228.53.202/31", "163.228.53.224/28", "163.228.59.56/29", "163.228.100.128/27", "163.228.100.192/26", "163.228.193.72/29", "163.228.217.224/27", "163.228.218.64/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }

    # aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
    # 4 prefixes of AzureContainerRegistry.ChinaEast2 as of 2026-07-20: renew them every week
    rule {
      name                  = "aml.out.container-registry-snet-public"
      protocols             = ["TCP"]
      source_addresses      = ["10.35.1.0/24"]
      destination_addresses = ["40.73.168.24/29", "40.73.169.192/26", "40.73.172.160/27", "163.228.217.0/26"]
      destination_fqdns     = []
      destination_ports     = ["443"]
    }
  }

  application_rule_collection {
    name     = "application"
    priority = 300
    action   = "Allow"

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-private"
      source_addresses      = ["10.35.0.0/24"]
      destination_fqdns     = ["*.blob.core.chinacloudapi.cn", "*.table.core.chinacloudapi.cn", "*.queue.core.chinacloudapi.cn"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-private"
      source_addresses      = ["10.35.0.0/24"]
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
      source_addresses      = ["10.35.0.0/24"]
      destination_fqdns     = ["*.data.mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.graph-legacy-snet-private"
      source_addresses      = ["10.35.0.0/24"]
      destination_fqdns     = ["graph.chinacloudapi.cn"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.notebook-content-snet-private"
      source_addresses      = ["10.35.0.0/24"]
      destination_fqdns     = ["*.aznbcontent.net"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
    rule {
      name                  = "aml.out.storage-snet-public"
      source_addresses      = ["10.35.1.0/24"]
      destination_fqdns     = ["*.blob.core.chinacloudapi.cn", "*.table.core.chinacloudapi.cn", "*.queue.core.chinacloudapi.cn"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.registry-snet-public"
      source_addresses      = ["10.35.1.0/24"]
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
      source_addresses      = ["10.35.1.0/24"]
      destination_fqdns     = ["*.data.mcr.microsoft.com"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
    # aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.graph-legacy-snet-public"
      source_addresses      = ["10.35.1.0/24"]
      destination_fqdns     = ["graph.chinacloudapi.cn"]
      destination_fqdn_tags = []

      protocols {
        type = "Https"
        port = 443
      }
    }

    # aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
    rule {
      name                  = "aml.out.notebook-content-snet-public"
      source_addresses      = ["10.35.1.0/24"]
      destination_fqdns     = ["*.aznbcontent.net"]
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
