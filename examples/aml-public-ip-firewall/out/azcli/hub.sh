#!/usr/bin/env bash
# Written by netcordon for ml-public. Change answers.yaml and generate again rather than edit this file.
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
    "dnsProxy": false,
    "name": "firewall policy",
    "privateAddress": "10.0.1.4",
    "tier": "Standard"
  }
}
NETWORK

policy=''
name='rcg-ml-public'
api_version='2024-05-01'

# network aml.out.entra-snet-compute: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.service-snet-compute: aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# network aml.out.tunnel-snet-compute: aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# network aml.out.language-server-snet-compute: aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.rstudio-snet-compute: aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.batch-snet-compute: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.resource-manager-snet-compute: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.storage-snet-compute: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# network aml.out.registry-snet-compute: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.registry-data-snet-compute: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# network aml.out.monitor-snet-compute: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# network aml.out.studio-snet-compute: aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# application aml.out.graph-legacy-snet-compute: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-snet-compute: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-compute: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.short-links-snet-compute: aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.rstudio.image-snet-compute: aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
# application aml.rstudio.cran-snet-compute: aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
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
              "AzureActiveDirectory"
            ],
            "destinationPorts": [
              "80",
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.entra-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureMachineLearning"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.service-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
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
              "10.31.0.0/23"
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
              "10.31.0.0/23"
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
            "name": "aml.out.rstudio-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
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
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureResourceManager"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.resource-manager-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "Storage.WestEurope"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.storage-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "MicrosoftContainerRegistry"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.registry-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureFrontDoor.FirstParty"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.registry-data-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureMonitor"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.monitor-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ]
          },
          {
            "destinationAddresses": [
              "AzureFrontDoor.Frontend"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.studio-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.31.0.0/23"
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
            "name": "aml.out.graph-legacy-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.31.0.0/23"
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
              "10.31.0.0/23"
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
              "10.31.0.0/23"
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
              "10.31.0.0/23"
            ],
            "targetFqdns": [
              "aka.ms"
            ]
          },
          {
            "name": "aml.rstudio.image-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ],
            "targetFqdns": [
              "ghcr.io",
              "pkg-containers.githubusercontent.com"
            ]
          },
          {
            "name": "aml.rstudio.cran-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.31.0.0/23"
            ],
            "targetFqdns": [
              "cloud.r-project.org"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
