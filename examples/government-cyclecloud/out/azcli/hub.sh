#!/usr/bin/env bash
# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
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
    "tier": "Premium"
  }
}
NETWORK

policy=''
name='rcg-hpc-gov'
api_version='2024-05-01'

# application cyclecloud.server.entra-snet-cyclecloud: cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# application cyclecloud.server.monitor-snet-cyclecloud: cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# application cyclecloud.server.resource-manager-snet-cyclecloud: cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# application cyclecloud.scheduler.packages-snet-scheduler: cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
# application cyclecloud.scheduler.pypi-snet-scheduler: cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
# application cyclecloud.nodes.packages-snet-nodes: cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
# application cyclecloud.nodes.pypi-snet-nodes: cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
put <<'GROUP'
{
  "properties": {
    "priority": 500,
    "ruleCollections": [
      {
        "action": {
          "type": "Allow"
        },
        "name": "application",
        "priority": 300,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "name": "cyclecloud.server.entra-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.0.0/27"
            ],
            "targetFqdns": [
              "login.microsoftonline.us"
            ]
          },
          {
            "name": "cyclecloud.server.monitor-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.0.0/27"
            ],
            "targetFqdns": [
              "dc.applicationinsights.us"
            ]
          },
          {
            "name": "cyclecloud.server.resource-manager-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.0.0/27"
            ],
            "targetFqdns": [
              "management.usgovcloudapi.net"
            ]
          },
          {
            "name": "cyclecloud.scheduler.packages-snet-scheduler",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.0.32/27"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "name": "cyclecloud.scheduler.pypi-snet-scheduler",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.0.32/27"
            ],
            "targetFqdns": [
              "pypi.org",
              "files.pythonhosted.org"
            ]
          },
          {
            "name": "cyclecloud.nodes.packages-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.2.0/23"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "name": "cyclecloud.nodes.pypi-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.24.2.0/23"
            ],
            "targetFqdns": [
              "pypi.org",
              "files.pythonhosted.org"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
