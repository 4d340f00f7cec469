#!/usr/bin/env bash
# Written by netcordon for ml-all. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: hub.sh [--dry-run]

What the owner of the firewall does: writes one rule collection group of our own into a firewall policy. Nothing else
in the policy is touched. Run it again as often as you like. It needs the Azure CLI, signed in, without extensions.

  --dry-run      prints the request, and sends nothing
USAGE
}

dry_run=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

# Sends the group that it reads, whole, and waits until Azure is done with it.
put() {
  local url state=''
  policy=${policy:-${FIREWALL_POLICY_ID:-}}
  [ "$policy" ] || stop 'the answers do not say: set FIREWALL_POLICY_ID to the resource id of the firewall policy'
  url="$policy/ruleCollectionGroups/$name?api-version=$api_version"
  if [ "$dry_run" ]; then
    printf 'az rest --method put --url %q --body @-\n' "$url"
    cat
    return
  fi
  command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
  az rest --method put --url "$url" --body @- --output none
  for _ in {1..180}; do
    state=$(az rest --method get --url "$url" --query properties.provisioningState --output tsv)
    case $state in
      Succeeded) return ;;
      Failed | Canceled) break ;;
    esac
    sleep 5
  done
  stop "the rule collection group is not there as asked: its state is ${state:-unknown}"
}

# The firewall that the rules were planned for; nothing here makes it.
: <<'NETWORK'
{
  "firewall": {
    "dnsProxy": true,
    "name": "firewall policy",
    "privateAddress": "10.0.1.4",
    "tier": "Premium"
  }
}
NETWORK

policy=''
name='rcg-ml-all'
api_version='2024-05-01'

# network aml.out.tunnel-snet-private: aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# network aml.out.language-server-snet-private: aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.rstudio-snet-private: aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.batch-snet-private: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.smb-public-snet-private: aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
# network aml.out.endpoints-elsewhere-snet-private: aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
# network aml.out.endpoints-elsewhere-smb-snet-private: aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
# network aml.out.batch-snet-public: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.smb-public-snet-public: aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
# network aml.out.endpoints-elsewhere-snet-public: aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
# network aml.out.endpoints-elsewhere-smb-snet-public: aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
# application aml.out.entra-snet-private: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# application aml.out.service-snet-private: aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# application aml.out.resource-manager-snet-private: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.storage-snet-private: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# application aml.out.registry-snet-private: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.registry-data-snet-private: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# application aml.out.monitor-snet-private: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# application aml.out.studio-snet-private: aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# application aml.out.keyvault-snet-private: aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# application aml.out.container-registry-snet-private: aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
# application aml.out.graph-legacy-snet-private: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-snet-private: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-private: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.short-links-snet-private: aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.python.conda-snet-private: aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pypi-snet-private: aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pytorch-snet-private: aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.tensorflow-snet-private: aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.rstudio.image-snet-private: aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
# application aml.rstudio.cran-snet-private: aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
# application aml.rstudio.license-snet-private: aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
# application aml.vscode.server-snet-private: aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.extensions-snet-private: aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.download-snet-private: aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.web-snet-private: aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.desktop-snet-private: aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.out.entra-snet-public: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# application aml.out.resource-manager-snet-public: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.storage-snet-public: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# application aml.out.registry-snet-public: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.registry-data-snet-public: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# application aml.out.monitor-snet-public: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# application aml.out.studio-snet-public: aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# application aml.out.keyvault-snet-public: aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# application aml.out.container-registry-snet-public: aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
# application aml.out.graph-legacy-snet-public: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-snet-public: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-public: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.short-links-snet-public: aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.python.conda-snet-public: aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pypi-snet-public: aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pytorch-snet-public: aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.tensorflow-snet-public: aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.rstudio.image-snet-public: aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
# application aml.rstudio.cran-snet-public: aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
# application aml.rstudio.license-snet-public: aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
# application aml.vscode.server-snet-public: aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.extensions-snet-public: aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.download-snet-public: aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.web-snet-public: aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.desktop-snet-public: aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
put <<'GROUP'
{
  "properties": {
    "priority": 500,
    "ruleCollections": [
      {
        "action": {
          "type": "Allow"
        },
        "name": "network",
        "priority": 200,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "destinationAddresses": [
              "AzureMachineLearning"
            ],
            "destinationPorts": [
              "5831"
            ],
            "ipProtocols": [
              "UDP"
            ],
            "name": "aml.out.tunnel-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureMachineLearning"
            ],
            "destinationPorts": [
              "18881"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.language-server-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureMachineLearning"
            ],
            "destinationPorts": [
              "8787"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.rstudio-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "BatchNodeManagement"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP",
              "UDP"
            ],
            "name": "aml.out.batch-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationFqdns": [
              "stmlall.file.core.windows.net"
            ],
            "destinationPorts": [
              "445"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.smb-public-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "10.200.0.0/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.endpoints-elsewhere-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "10.200.0.0/26"
            ],
            "destinationPorts": [
              "445"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.endpoints-elsewhere-smb-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "BatchNodeManagement"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP",
              "UDP"
            ],
            "name": "aml.out.batch-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ]
          },
          {
            "destinationFqdns": [
              "stmlall.file.core.windows.net"
            ],
            "destinationPorts": [
              "445"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.smb-public-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "10.200.0.0/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.endpoints-elsewhere-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "10.200.0.0/26"
            ],
            "destinationPorts": [
              "445"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.endpoints-elsewhere-smb-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ]
          }
        ]
      },
      {
        "action": {
          "type": "Allow"
        },
        "name": "application",
        "priority": 300,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "name": "aml.out.entra-snet-private",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              },
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "name": "aml.out.service-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.azureml.ms",
              "*.azureml.net",
              "*.modelmanagement.azureml.net",
              "*.notebooks.azure.net",
              "*.instances.azureml.net",
              "*.instances.azureml.ms",
              "*.instances.ml.azure.ms"
            ]
          },
          {
            "name": "aml.out.resource-manager-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "name": "aml.out.storage-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.blob.core.windows.net",
              "*.table.core.windows.net",
              "*.queue.core.windows.net"
            ]
          },
          {
            "name": "aml.out.registry-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.registry-data-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.monitor-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "dc.applicationinsights.azure.com",
              "dc.applicationinsights.microsoft.com",
              "dc.services.visualstudio.com",
              "*.in.applicationinsights.azure.com"
            ]
          },
          {
            "name": "aml.out.studio-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "ml.azure.com",
              "automlresources-prod.azureedge.net",
              "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"
            ]
          },
          {
            "name": "aml.out.keyvault-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.vault.azure.net"
            ]
          },
          {
            "name": "aml.out.container-registry-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "crmlall.azurecr.io",
              "crmlall.westus2.data.azurecr.io"
            ]
          },
          {
            "name": "aml.out.graph-legacy-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "graph.windows.net"
            ]
          },
          {
            "name": "aml.out.graph-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "graph.microsoft.com"
            ]
          },
          {
            "name": "aml.out.notebook-content-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.aznbcontent.net"
            ]
          },
          {
            "name": "aml.out.short-links-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "aka.ms"
            ]
          },
          {
            "name": "aml.python.conda-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "anaconda.com",
              "*.anaconda.com",
              "*.anaconda.org"
            ]
          },
          {
            "name": "aml.python.pypi-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "pypi.org",
              "*.pythonhosted.org"
            ]
          },
          {
            "name": "aml.python.pytorch-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "pytorch.org",
              "*.pytorch.org"
            ]
          },
          {
            "name": "aml.python.tensorflow-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.tensorflow.org"
            ]
          },
          {
            "name": "aml.rstudio.image-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "ghcr.io",
              "pkg-containers.githubusercontent.com"
            ]
          },
          {
            "name": "aml.rstudio.cran-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "cloud.r-project.org"
            ]
          },
          {
            "name": "aml.rstudio.license-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "www.wyday.com"
            ]
          },
          {
            "name": "aml.vscode.server-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "update.code.visualstudio.com",
              "*.vo.msecnd.net"
            ]
          },
          {
            "name": "aml.vscode.extensions-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "marketplace.visualstudio.com",
              "vscode.blob.core.windows.net",
              "*.gallerycdn.vsassets.io"
            ]
          },
          {
            "name": "aml.vscode.download-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "vscode.download.prss.microsoft.com"
            ]
          },
          {
            "name": "aml.vscode.web-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "*.vscode.dev",
              "*.vscode-unpkg.net",
              "*.vscode-cdn.net",
              "*.vscodeexperiments.azureedge.net",
              "default.exp-tas.com"
            ]
          },
          {
            "name": "aml.vscode.desktop-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.0.0/23"
            ],
            "targetFqdns": [
              "code.visualstudio.com"
            ]
          },
          {
            "name": "aml.out.entra-snet-public",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              },
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "name": "aml.out.resource-manager-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "name": "aml.out.storage-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.blob.core.windows.net",
              "*.table.core.windows.net",
              "*.queue.core.windows.net"
            ]
          },
          {
            "name": "aml.out.registry-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.registry-data-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.monitor-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "dc.applicationinsights.azure.com",
              "dc.applicationinsights.microsoft.com",
              "dc.services.visualstudio.com",
              "*.in.applicationinsights.azure.com"
            ]
          },
          {
            "name": "aml.out.studio-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "ml.azure.com",
              "automlresources-prod.azureedge.net",
              "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"
            ]
          },
          {
            "name": "aml.out.keyvault-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.vault.azure.net"
            ]
          },
          {
            "name": "aml.out.container-registry-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "crmlall.azurecr.io",
              "crmlall.westus2.data.azurecr.io"
            ]
          },
          {
            "name": "aml.out.graph-legacy-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "graph.windows.net"
            ]
          },
          {
            "name": "aml.out.graph-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "graph.microsoft.com"
            ]
          },
          {
            "name": "aml.out.notebook-content-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.aznbcontent.net"
            ]
          },
          {
            "name": "aml.out.short-links-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "aka.ms"
            ]
          },
          {
            "name": "aml.python.conda-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "anaconda.com",
              "*.anaconda.com",
              "*.anaconda.org"
            ]
          },
          {
            "name": "aml.python.pypi-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "pypi.org",
              "*.pythonhosted.org"
            ]
          },
          {
            "name": "aml.python.pytorch-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "pytorch.org",
              "*.pytorch.org"
            ]
          },
          {
            "name": "aml.python.tensorflow-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.tensorflow.org"
            ]
          },
          {
            "name": "aml.rstudio.image-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "ghcr.io",
              "pkg-containers.githubusercontent.com"
            ]
          },
          {
            "name": "aml.rstudio.cran-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "cloud.r-project.org"
            ]
          },
          {
            "name": "aml.rstudio.license-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "www.wyday.com"
            ]
          },
          {
            "name": "aml.vscode.server-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "update.code.visualstudio.com",
              "*.vo.msecnd.net"
            ]
          },
          {
            "name": "aml.vscode.extensions-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "marketplace.visualstudio.com",
              "vscode.blob.core.windows.net",
              "*.gallerycdn.vsassets.io"
            ]
          },
          {
            "name": "aml.vscode.download-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "vscode.download.prss.microsoft.com"
            ]
          },
          {
            "name": "aml.vscode.web-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "*.vscode.dev",
              "*.vscode-unpkg.net",
              "*.vscode-cdn.net",
              "*.vscodeexperiments.azureedge.net",
              "default.exp-tas.com"
            ]
          },
          {
            "name": "aml.vscode.desktop-snet-public",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.33.2.0/24"
            ],
            "targetFqdns": [
              "code.visualstudio.com"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
