#!/usr/bin/env bash
# Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
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

policy='/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub'
name='rcg-hub-all'
api_version='2024-05-01'

# network cyclecloud.server.entra-snet-cyclecloud: cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# network cyclecloud.server.monitor-snet-cyclecloud: cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# network cyclecloud.server.monitor-snet-cyclecloud: base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network cyclecloud.server.resource-manager-snet-cyclecloud: cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
# network cyclecloud.server.resource-manager-snet-cyclecloud: base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.updates.red-hat-snet-cyclecloud: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# network base.monitor-agent-snet-scheduler: base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.monitor-agent-resource-manager-snet-scheduler: base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.updates.red-hat-snet-scheduler: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# network base.monitor-agent-snet-nodes: base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.monitor-agent-resource-manager-snet-nodes: base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.updates.red-hat-snet-nodes: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# network aml.out.entra-snet-compute: aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.service-snet-compute: aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# network aml.out.tunnel-snet-compute: aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# network aml.out.language-server-snet-compute: aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# network aml.out.batch-snet-compute: aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# network aml.out.resource-manager-snet-compute: aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.resource-manager-snet-compute: base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network aml.out.storage-snet-compute: aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
# network aml.out.registry-snet-compute: aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# network aml.out.registry-data-snet-compute: aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# network aml.out.monitor-snet-compute: aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
# network aml.out.monitor-snet-compute: base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network aml.out.studio-snet-compute: aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# network base.updates.red-hat-snet-compute: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# network aks.out.monitoring-snet-aks: aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
# network aks.out.monitoring-snet-aks: base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# network base.updates.red-hat-snet-aks: base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# application cyclecloud.server.telemetry-snet-cyclecloud: cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
# application cyclecloud.server.prices-snet-cyclecloud: cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
# application base.defender-events-snet-cyclecloud: base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
# application base.defender-events-snet-cyclecloud: base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
# application base.monitor-agent-ingestion-snet-cyclecloud: base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application base.updates.ubuntu-snet-cyclecloud: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application company.out.artefacts-snet-cyclecloud: company.out.artefacts (service catalogue, artefact store, 2026-10-01)
# application base.defender-events-snet-scheduler: base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
# application base.defender-events-snet-scheduler: base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
# application base.monitor-agent-ingestion-snet-scheduler: base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application base.updates.ubuntu-snet-scheduler: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application company.out.artefacts-snet-scheduler: company.out.artefacts (service catalogue, artefact store, 2026-10-01)
# application base.defender-events-snet-nodes: base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
# application base.defender-events-snet-nodes: base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
# application base.monitor-agent-ingestion-snet-nodes: base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application base.updates.ubuntu-snet-nodes: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application company.out.artefacts-snet-nodes: company.out.artefacts (service catalogue, artefact store, 2026-10-01)
# application aml.out.graph-legacy-snet-compute: aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# application aml.out.graph-snet-compute: aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.notebook-content-snet-compute: aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.out.short-links-snet-compute: aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# application aml.python.conda-snet-compute: aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pypi-snet-compute: aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.pytorch-snet-compute: aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application aml.python.tensorflow-snet-compute: aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
# application base.defender-events-snet-compute: base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
# application base.defender-events-snet-compute: base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
# application base.monitor-agent-ingestion-snet-compute: base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application base.updates.ubuntu-snet-compute: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application company.out.artefacts-snet-compute: company.out.artefacts (service catalogue, artefact store, 2026-10-01)
# application aks.out.api-server-snet-aks: aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.registry-snet-aks: aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.registry-data-snet-aks: aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.resource-manager-snet-aks: aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.resource-manager-snet-aks: base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application aks.out.entra-snet-aks: aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
# application aks.out.packages-snet-aks: aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.binaries-snet-aks: aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.binaries-legacy-snet-aks: aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# application aks.out.registry-backend-snet-aks: aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
# application aks.out.ubuntu-snapshot-snet-aks: aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application aks.out.policy-snet-aks: aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
# application aks.out.defender-snet-aks: aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
# application base.defender-events-snet-aks: base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
# application base.defender-events-snet-aks: base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
# application base.monitor-agent-ingestion-snet-aks: base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
# application base.updates.ubuntu-snet-aks: base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# application company.out.artefacts-snet-aks: company.out.artefacts (service catalogue, artefact store, 2026-10-01)
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
              "443"
            ],
            "ipProtocols": [
              "TCP"
            ],
            "name": "cyclecloud.server.entra-snet-cyclecloud",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.0/27"
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
            "name": "cyclecloud.server.monitor-snet-cyclecloud",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.0/27"
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
            "name": "cyclecloud.server.resource-manager-snet-cyclecloud",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.0/27"
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
            "name": "base.updates.red-hat-snet-cyclecloud",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.0/27"
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
            "name": "base.monitor-agent-snet-scheduler",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.32/27"
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
            "name": "base.monitor-agent-resource-manager-snet-scheduler",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.32/27"
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
            "name": "base.updates.red-hat-snet-scheduler",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.0.32/27"
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
            "name": "base.monitor-agent-snet-nodes",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.2.0/23"
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
            "name": "base.monitor-agent-resource-manager-snet-nodes",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.2.0/23"
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
              "10.50.2.0/23"
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
            "name": "aml.out.entra-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
            "name": "base.updates.red-hat-snet-compute",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.4.0/23"
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
            "name": "aks.out.monitoring-snet-aks",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.8.0/22"
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
            "name": "base.updates.red-hat-snet-aks",
            "ruleType": "NetworkRule",
            "sourceAddresses": [
              "10.50.8.0/22"
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
            "name": "cyclecloud.server.telemetry-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "watson.telemetry.microsoft.com"
            ]
          },
          {
            "name": "cyclecloud.server.prices-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "ratecard.azure-api.net"
            ]
          },
          {
            "name": "base.defender-events-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "*.endpoint.security.microsoft.com"
            ]
          },
          {
            "name": "base.monitor-agent-ingestion-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "*.ingest.monitor.azure.com"
            ]
          },
          {
            "name": "base.updates.ubuntu-snet-cyclecloud",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "name": "company.out.artefacts-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "artefacts.example.com"
            ]
          },
          {
            "name": "base.defender-events-snet-scheduler",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.32/27"
            ],
            "targetFqdns": [
              "*.endpoint.security.microsoft.com"
            ]
          },
          {
            "name": "base.monitor-agent-ingestion-snet-scheduler",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.32/27"
            ],
            "targetFqdns": [
              "*.ingest.monitor.azure.com"
            ]
          },
          {
            "name": "base.updates.ubuntu-snet-scheduler",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.32/27"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "name": "company.out.artefacts-snet-scheduler",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.32/27"
            ],
            "targetFqdns": [
              "artefacts.example.com"
            ]
          },
          {
            "name": "base.defender-events-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.2.0/23"
            ],
            "targetFqdns": [
              "*.endpoint.security.microsoft.com"
            ]
          },
          {
            "name": "base.monitor-agent-ingestion-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.2.0/23"
            ],
            "targetFqdns": [
              "*.ingest.monitor.azure.com"
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
              "10.50.2.0/23"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "name": "company.out.artefacts-snet-nodes",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.2.0/23"
            ],
            "targetFqdns": [
              "artefacts.example.com"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
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
              "10.50.4.0/23"
            ],
            "targetFqdns": [
              "*.tensorflow.org"
            ]
          },
          {
            "name": "base.defender-events-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.4.0/23"
            ],
            "targetFqdns": [
              "*.endpoint.security.microsoft.com"
            ]
          },
          {
            "name": "base.monitor-agent-ingestion-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.4.0/23"
            ],
            "targetFqdns": [
              "*.ingest.monitor.azure.com"
            ]
          },
          {
            "name": "base.updates.ubuntu-snet-compute",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.4.0/23"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "name": "company.out.artefacts-snet-compute",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.4.0/23"
            ],
            "targetFqdns": [
              "artefacts.example.com"
            ]
          },
          {
            "name": "aks.out.api-server-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "*.hcp.westeurope.azmk8s.io"
            ]
          },
          {
            "name": "aks.out.registry-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "mcr.microsoft.com"
            ]
          },
          {
            "name": "aks.out.registry-data-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "*.data.mcr.microsoft.com",
              "mcr-0001.mcr-msedge.net"
            ]
          },
          {
            "name": "aks.out.resource-manager-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "management.azure.com"
            ]
          },
          {
            "name": "aks.out.entra-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "login.microsoftonline.com"
            ]
          },
          {
            "name": "aks.out.packages-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "packages.microsoft.com"
            ]
          },
          {
            "name": "aks.out.binaries-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "packages.aks.azure.com"
            ]
          },
          {
            "name": "aks.out.binaries-legacy-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "acs-mirror.azureedge.net"
            ]
          },
          {
            "name": "aks.out.registry-backend-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "mcrprod.azurecr.io"
            ]
          },
          {
            "name": "aks.out.ubuntu-snapshot-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "snapshot.ubuntu.com"
            ]
          },
          {
            "name": "aks.out.policy-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "data.policy.core.windows.net",
              "store.policy.core.windows.net",
              "dc.services.visualstudio.com"
            ]
          },
          {
            "name": "aks.out.defender-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "*.ods.opinsights.azure.com",
              "*.oms.opinsights.azure.com",
              "*.cloud.defender.microsoft.com"
            ]
          },
          {
            "name": "base.defender-events-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "*.endpoint.security.microsoft.com"
            ]
          },
          {
            "name": "base.monitor-agent-ingestion-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "*.ingest.monitor.azure.com"
            ]
          },
          {
            "name": "base.updates.ubuntu-snet-aks",
            "protocols": [
              {
                "port": 80,
                "protocolType": "Http"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "security.ubuntu.com",
              "azure.archive.ubuntu.com",
              "changelogs.ubuntu.com"
            ]
          },
          {
            "name": "company.out.artefacts-snet-aks",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.8.0/22"
            ],
            "targetFqdns": [
              "artefacts.example.com"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
