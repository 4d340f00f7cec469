#!/usr/bin/env bash
# Written by netcordon for ml-china. Change answers.yaml and generate again rather than edit this file.
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
name='rcg-ml-china'
api_version='2024-05-01'

# network aml.out.entra-snet-private: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.service-snet-private: aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# network aml.out.tunnel-snet-private: aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# network aml.out.language-server-snet-private: aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.batch-snet-private: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.resource-manager-snet-private: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.smb-public-snet-private: aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
# network aml.out.monitor-snet-private: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# network aml.out.container-registry-snet-private: aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
# network aml.out.entra-snet-public: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.batch-snet-public: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.resource-manager-snet-public: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.smb-public-snet-public: aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
# network aml.out.monitor-snet-public: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# network aml.out.container-registry-snet-public: aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
# application aml.out.storage-snet-private: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# application aml.out.registry-snet-private: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.registry-data-snet-private: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# application aml.out.graph-legacy-snet-private: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-legacy-snet-private: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-private: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.storage-snet-public: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# application aml.out.registry-snet-public: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.registry-data-snet-public: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# application aml.out.graph-legacy-snet-public: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-legacy-snet-public: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-public: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
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
            "name": "aml.out.entra-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
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
            "name": "aml.out.service-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
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
            "name": "aml.out.tunnel-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
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
              "10.35.0.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.73.98.39/32",
              "40.73.100.179/32",
              "40.73.172.128/27",
              "52.130.1.192/27"
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
              "10.35.0.0/24"
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
            "name": "aml.out.resource-manager-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.72.198.0/24",
              "40.73.81.0/24",
              "40.73.85.16/28",
              "40.73.85.32/27",
              "52.130.97.0/24",
              "52.130.100.0/23"
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
              "10.35.0.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.72.77.32/28",
              "40.73.29.38/32",
              "40.73.73.139/32",
              "40.73.73.171/32",
              "40.73.139.16/28",
              "40.73.139.240/29",
              "40.73.171.8/29",
              "40.73.171.16/28",
              "40.162.60.176/28",
              "40.162.60.224/28",
              "40.162.75.160/28",
              "40.162.75.224/28",
              "40.162.171.80/28",
              "40.162.171.144/28",
              "40.162.175.224/27",
              "40.162.224.64/27",
              "52.130.0.68/31",
              "52.130.3.32/28",
              "52.130.4.20/31",
              "52.130.4.22/32",
              "52.130.4.24/29",
              "52.130.4.136/29",
              "52.130.4.144/30",
              "52.130.5.160/28",
              "52.130.12.240/28",
              "52.130.18.16/28",
              "52.130.18.106/31",
              "52.130.19.12/32",
              "52.130.19.16/29",
              "52.130.19.160/30",
              "52.130.19.168/29",
              "52.130.21.96/28",
              "52.130.40.0/28",
              "52.130.40.88/29",
              "52.130.76.131/32",
              "52.130.76.175/32",
              "52.130.76.185/32",
              "52.130.112.112/28",
              "52.130.112.152/29",
              "52.130.120.64/28",
              "52.130.120.168/29",
              "52.130.128.64/28",
              "52.130.128.136/29",
              "52.131.21.116/30",
              "52.131.21.120/29",
              "52.131.23.224/29",
              "52.131.27.200/29",
              "52.131.30.80/28",
              "52.131.30.136/29",
              "52.131.149.116/30",
              "52.131.149.120/29",
              "52.131.151.224/29",
              "52.131.155.200/29",
              "52.131.158.80/28",
              "52.131.158.216/29",
              "139.217.51.19/32",
              "139.217.51.160/28",
              "139.217.52.80/29",
              "139.217.97.127/32",
              "139.217.97.186/32",
              "139.217.98.112/32",
              "139.217.122.16/28",
              "139.217.126.224/27",
              "139.217.171.19/32",
              "139.217.171.160/28",
              "139.217.172.64/29",
              "139.219.248.96/27",
              "139.219.248.128/26",
              "143.64.193.64/27",
              "143.64.193.128/25",
              "143.64.207.192/28",
              "159.27.21.0/27",
              "159.27.21.166/31",
              "159.27.21.240/28",
              "159.27.195.200/29",
              "159.27.197.160/28",
              "159.27.198.16/29",
              "159.27.203.200/29",
              "159.27.205.160/28",
              "159.27.205.216/29",
              "159.27.247.0/28",
              "159.27.255.0/27",
              "163.228.39.224/27",
              "163.228.53.0/27",
              "163.228.53.202/31",
              "163.228.53.224/28",
              "163.228.59.56/29",
              "163.228.100.128/27",
              "163.228.100.192/26",
              "163.228.193.72/29",
              "163.228.217.224/27",
              "163.228.218.64/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.monitor-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.73.168.24/29",
              "40.73.169.192/26",
              "40.73.172.160/27",
              "163.228.217.0/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.container-registry-snet-private",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.0.0/24"
            ]
          },
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
            "name": "aml.out.entra-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.1.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.73.98.39/32",
              "40.73.100.179/32",
              "40.73.172.128/27",
              "52.130.1.192/27"
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
              "10.35.1.0/24"
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
            "name": "aml.out.resource-manager-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.1.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.72.198.0/24",
              "40.73.81.0/24",
              "40.73.85.16/28",
              "40.73.85.32/27",
              "52.130.97.0/24",
              "52.130.100.0/23"
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
              "10.35.1.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.72.77.32/28",
              "40.73.29.38/32",
              "40.73.73.139/32",
              "40.73.73.171/32",
              "40.73.139.16/28",
              "40.73.139.240/29",
              "40.73.171.8/29",
              "40.73.171.16/28",
              "40.162.60.176/28",
              "40.162.60.224/28",
              "40.162.75.160/28",
              "40.162.75.224/28",
              "40.162.171.80/28",
              "40.162.171.144/28",
              "40.162.175.224/27",
              "40.162.224.64/27",
              "52.130.0.68/31",
              "52.130.3.32/28",
              "52.130.4.20/31",
              "52.130.4.22/32",
              "52.130.4.24/29",
              "52.130.4.136/29",
              "52.130.4.144/30",
              "52.130.5.160/28",
              "52.130.12.240/28",
              "52.130.18.16/28",
              "52.130.18.106/31",
              "52.130.19.12/32",
              "52.130.19.16/29",
              "52.130.19.160/30",
              "52.130.19.168/29",
              "52.130.21.96/28",
              "52.130.40.0/28",
              "52.130.40.88/29",
              "52.130.76.131/32",
              "52.130.76.175/32",
              "52.130.76.185/32",
              "52.130.112.112/28",
              "52.130.112.152/29",
              "52.130.120.64/28",
              "52.130.120.168/29",
              "52.130.128.64/28",
              "52.130.128.136/29",
              "52.131.21.116/30",
              "52.131.21.120/29",
              "52.131.23.224/29",
              "52.131.27.200/29",
              "52.131.30.80/28",
              "52.131.30.136/29",
              "52.131.149.116/30",
              "52.131.149.120/29",
              "52.131.151.224/29",
              "52.131.155.200/29",
              "52.131.158.80/28",
              "52.131.158.216/29",
              "139.217.51.19/32",
              "139.217.51.160/28",
              "139.217.52.80/29",
              "139.217.97.127/32",
              "139.217.97.186/32",
              "139.217.98.112/32",
              "139.217.122.16/28",
              "139.217.126.224/27",
              "139.217.171.19/32",
              "139.217.171.160/28",
              "139.217.172.64/29",
              "139.219.248.96/27",
              "139.219.248.128/26",
              "143.64.193.64/27",
              "143.64.193.128/25",
              "143.64.207.192/28",
              "159.27.21.0/27",
              "159.27.21.166/31",
              "159.27.21.240/28",
              "159.27.195.200/29",
              "159.27.197.160/28",
              "159.27.198.16/29",
              "159.27.203.200/29",
              "159.27.205.160/28",
              "159.27.205.216/29",
              "159.27.247.0/28",
              "159.27.255.0/27",
              "163.228.39.224/27",
              "163.228.53.0/27",
              "163.228.53.202/31",
              "163.228.53.224/28",
              "163.228.59.56/29",
              "163.228.100.128/27",
              "163.228.100.192/26",
              "163.228.193.72/29",
              "163.228.217.224/27",
              "163.228.218.64/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.monitor-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.1.0/24"
            ]
          },
          {
            "destinationAddresses": [
              "40.73.168.24/29",
              "40.73.169.192/26",
              "40.73.172.160/27",
              "163.228.217.0/26"
            ],
            "destinationPorts": [
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "aml.out.container-registry-snet-public",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.35.1.0/24"
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
            "name": "aml.out.storage-snet-private",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.35.0.0/24"
            ],
            "targetFqdns": [
              "*.blob.core.chinacloudapi.cn",
              "*.table.core.chinacloudapi.cn",
              "*.queue.core.chinacloudapi.cn"
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
              "10.35.0.0/24"
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
              "10.35.0.0/24"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com"
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
              "10.35.0.0/24"
            ],
            "targetFqdns": [
              "graph.chinacloudapi.cn"
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
              "10.35.0.0/24"
            ],
            "targetFqdns": [
              "*.aznbcontent.net"
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
              "10.35.1.0/24"
            ],
            "targetFqdns": [
              "*.blob.core.chinacloudapi.cn",
              "*.table.core.chinacloudapi.cn",
              "*.queue.core.chinacloudapi.cn"
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
              "10.35.1.0/24"
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
              "10.35.1.0/24"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com"
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
              "10.35.1.0/24"
            ],
            "targetFqdns": [
              "graph.chinacloudapi.cn"
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
              "10.35.1.0/24"
            ],
            "targetFqdns": [
              "*.aznbcontent.net"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
