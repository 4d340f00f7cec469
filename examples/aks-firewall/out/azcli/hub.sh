#!/usr/bin/env bash
# Written by netcordon for aks-prod. Change answers.yaml and generate again rather than edit this file.
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
    "tier": "Standard"
  }
}
NETWORK

policy=''
name='rcg-aks-prod'
api_version='2024-05-01'

# network aks.out.monitoring-snet-nodes: aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
# network base.updates.red-hat-snet-nodes: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# application aks.out.registry-snet-nodes: aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.registry-data-snet-nodes: aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.resource-manager-snet-nodes: aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.entra-snet-nodes: aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
# application aks.out.packages-snet-nodes: aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.binaries-snet-nodes: aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.binaries-legacy-snet-nodes: aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.registry-backend-snet-nodes: aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
# application aks.out.ubuntu-snapshot-snet-nodes: aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application base.updates.ubuntu-snet-nodes: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
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
              "AzureMonitor"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aks.out.monitoring-snet-nodes",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ]
          },
          {
            "destinationAddresses": [
              "20.24.186.80/32",
              "20.225.226.182/32",
              "20.248.180.252/32",
              "52.136.197.163/32",
              "52.142.4.99/32"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "base.updates.red-hat-snet-nodes",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.40.0.0/22"
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
            "name": "aks.out.registry-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "mcr.microsoft.com"
            ]
          },
          {
            "name": "aks.out.registry-data-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com",
              "mcr-0001.mcr-msedge.net"
            ]
          },
          {
            "name": "aks.out.resource-manager-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "name": "aks.out.entra-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "name": "aks.out.packages-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "name": "aks.out.binaries-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "packages.aks.azure.com"
            ]
          },
          {
            "name": "aks.out.binaries-legacy-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "acs-mirror.azureedge.net"
            ]
          },
          {
            "name": "aks.out.registry-backend-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "mcrprod.azurecr.io"
            ]
          },
          {
            "name": "aks.out.ubuntu-snapshot-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "snapshot.ubuntu.com"
            ]
          },
          {
            "name": "base.updates.ubuntu-snet-nodes",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.40.0.0/22"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
