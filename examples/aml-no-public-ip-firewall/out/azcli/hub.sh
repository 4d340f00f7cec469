#!/usr/bin/env bash
# Written by netcordon for ml-prod. Change answers.yaml and generate again rather than edit this file.
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
name='rcg-ml-prod'
api_version='2024-05-01'

# network aml.out.tunnel-snet-compute: aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# network aml.out.language-server-snet-compute: aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.batch-snet-compute: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# application aml.out.entra-snet-compute: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# application aml.out.service-snet-compute: aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# application aml.out.resource-manager-snet-compute: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.storage-snet-compute: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# application aml.out.registry-snet-compute: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.registry-data-snet-compute: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# application aml.out.monitor-snet-compute: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# application aml.out.studio-snet-compute: aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# application aml.out.graph-legacy-snet-compute: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-snet-compute: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-compute: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.short-links-snet-compute: aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.python.conda-snet-compute: aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pypi-snet-compute: aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pytorch-snet-compute: aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.tensorflow-snet-compute: aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.vscode.server-snet-compute: aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.extensions-snet-compute: aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.download-snet-compute: aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.web-snet-compute: aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
# application aml.vscode.desktop-snet-compute: aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
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
            "name": "aml.out.tunnel-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
            "name": "aml.out.language-server-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
            "name": "aml.out.batch-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
            "name": "aml.out.entra-snet-compute",
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
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "name": "aml.out.service-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
            "name": "aml.out.resource-manager-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "name": "aml.out.storage-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "*.blob.core.windows.net",
              "*.table.core.windows.net",
              "*.queue.core.windows.net"
            ]
          },
          {
            "name": "aml.out.registry-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.registry-data-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com"
            ]
          },
          {
            "name": "aml.out.monitor-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "dc.applicationinsights.azure.com",
              "dc.applicationinsights.microsoft.com",
              "dc.services.visualstudio.com",
              "*.in.applicationinsights.azure.com"
            ]
          },
          {
            "name": "aml.out.studio-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "ml.azure.com",
              "automlresources-prod.azureedge.net",
              "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"
            ]
          },
          {
            "name": "aml.out.graph-legacy-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "graph.windows.net"
            ]
          },
          {
            "name": "aml.out.graph-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "graph.microsoft.com"
            ]
          },
          {
            "name": "aml.out.notebook-content-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "*.aznbcontent.net"
            ]
          },
          {
            "name": "aml.out.short-links-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "aka.ms"
            ]
          },
          {
            "name": "aml.python.conda-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "anaconda.com",
              "*.anaconda.com",
              "*.anaconda.org"
            ]
          },
          {
            "name": "aml.python.pypi-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "pypi.org",
              "*.pythonhosted.org"
            ]
          },
          {
            "name": "aml.python.pytorch-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "pytorch.org",
              "*.pytorch.org"
            ]
          },
          {
            "name": "aml.python.tensorflow-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "*.tensorflow.org"
            ]
          },
          {
            "name": "aml.vscode.server-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "update.code.visualstudio.com",
              "*.vo.msecnd.net"
            ]
          },
          {
            "name": "aml.vscode.extensions-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "marketplace.visualstudio.com",
              "vscode.blob.core.windows.net",
              "*.gallerycdn.vsassets.io"
            ]
          },
          {
            "name": "aml.vscode.download-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
            ],
            "targetFqdns": [
              "vscode.download.prss.microsoft.com"
            ]
          },
          {
            "name": "aml.vscode.web-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
            "name": "aml.vscode.desktop-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.30.0.0/23"
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
