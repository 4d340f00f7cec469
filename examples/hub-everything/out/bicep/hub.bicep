// Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
//
// One rule collection group of our own in a policy that exists already; nothing else in the policy is touched. Above
// each rule stand the requirements that want it, each with the pages, sections and dates that say so.

@description('Name of the firewall policy that the rules are added to.')
param firewallPolicyName string

resource firewallPolicy 'Microsoft.Network/firewallPolicies@2024-05-01' existing = {
  name: firewallPolicyName
}

resource ruleCollectionGroup 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  parent: firewallPolicy
  name: 'rcg-hub-all'
  properties: {
    priority: 500
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'network'
        priority: 200
        action: {
          type: 'Allow'
        }
        rules: [
          // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          {
            ruleType: 'NetworkRule'
            name: 'cyclecloud.server.entra-snet-cyclecloud'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.0/27']
            destinationAddresses: ['AzureActiveDirectory']
            destinationPorts: ['443']
          }
          // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'cyclecloud.server.monitor-snet-cyclecloud'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.0/27']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'cyclecloud.server.resource-manager-snet-cyclecloud'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.0/27']
            destinationAddresses: ['AzureResourceManager']
            destinationPorts: ['443']
          }
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-cyclecloud'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.0/27']
            destinationAddresses: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
            destinationPorts: ['443']
          }
          // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'base.monitor-agent-snet-scheduler'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.32/27']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'base.monitor-agent-resource-manager-snet-scheduler'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.32/27']
            destinationAddresses: ['AzureResourceManager']
            destinationPorts: ['443']
          }
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-scheduler'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.0.32/27']
            destinationAddresses: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
            destinationPorts: ['443']
          }
          // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'base.monitor-agent-snet-nodes'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.2.0/23']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'base.monitor-agent-resource-manager-snet-nodes'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.2.0/23']
            destinationAddresses: ['AzureResourceManager']
            destinationPorts: ['443']
          }
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-nodes'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.2.0/23']
            destinationAddresses: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
            destinationPorts: ['443']
          }
          // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.entra-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureActiveDirectory']
            destinationPorts: ['80', '443']
          }
          // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.service-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['443']
          }
          // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.tunnel-snet-compute'
            ipProtocols: ['UDP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['5831']
          }
          // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.language-server-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['18881']
          }
          // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.batch-snet-compute'
            ipProtocols: ['TCP', 'UDP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['BatchNodeManagement']
            destinationPorts: ['443']
          }
          // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.resource-manager-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureResourceManager']
            destinationPorts: ['443']
          }
          // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.storage-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['Storage.WestEurope']
            destinationPorts: ['443']
          }
          // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.registry-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['MicrosoftContainerRegistry']
            destinationPorts: ['443']
          }
          // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.registry-data-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureFrontDoor.FirstParty']
            destinationPorts: ['443']
          }
          // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
          // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.monitor-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.studio-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['AzureFrontDoor.Frontend']
            destinationPorts: ['443']
          }
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.4.0/23']
            destinationAddresses: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
            destinationPorts: ['443']
          }
          // aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
          // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'NetworkRule'
            name: 'aks.out.monitoring-snet-aks'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.8.0/22']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-aks'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.50.8.0/22']
            destinationAddresses: ['20.24.186.80/32', '20.225.226.182/32', '20.248.180.252/32', '52.136.197.163/32', '52.142.4.99/32']
            destinationPorts: ['443']
          }
        ]
      }
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'application'
        priority: 300
        action: {
          type: 'Allow'
        }
        rules: [
          // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.server.telemetry-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['watson.telemetry.microsoft.com']
          }
          // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.server.prices-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ratecard.azure-api.net']
          }
          // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
          // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
          {
            ruleType: 'ApplicationRule'
            name: 'base.defender-events-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.endpoint.security.microsoft.com']
          }
          // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'base.monitor-agent-ingestion-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingest.monitor.azure.com']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
          }
          // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
          {
            ruleType: 'ApplicationRule'
            name: 'company.out.artefacts-snet-cyclecloud'
            sourceAddresses: ['10.50.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['artefacts.example.com']
          }
          // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
          // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
          {
            ruleType: 'ApplicationRule'
            name: 'base.defender-events-snet-scheduler'
            sourceAddresses: ['10.50.0.32/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.endpoint.security.microsoft.com']
          }
          // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'base.monitor-agent-ingestion-snet-scheduler'
            sourceAddresses: ['10.50.0.32/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingest.monitor.azure.com']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-scheduler'
            sourceAddresses: ['10.50.0.32/27']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
          }
          // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
          {
            ruleType: 'ApplicationRule'
            name: 'company.out.artefacts-snet-scheduler'
            sourceAddresses: ['10.50.0.32/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['artefacts.example.com']
          }
          // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
          // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
          {
            ruleType: 'ApplicationRule'
            name: 'base.defender-events-snet-nodes'
            sourceAddresses: ['10.50.2.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.endpoint.security.microsoft.com']
          }
          // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'base.monitor-agent-ingestion-snet-nodes'
            sourceAddresses: ['10.50.2.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingest.monitor.azure.com']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-nodes'
            sourceAddresses: ['10.50.2.0/23']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
          }
          // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
          {
            ruleType: 'ApplicationRule'
            name: 'company.out.artefacts-snet-nodes'
            sourceAddresses: ['10.50.2.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['artefacts.example.com']
          }
          // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-legacy-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['graph.windows.net']
          }
          // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['graph.microsoft.com']
          }
          // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.notebook-content-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.aznbcontent.net']
          }
          // aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.short-links-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['aka.ms']
          }
          // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.python.conda-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['anaconda.com', '*.anaconda.com', '*.anaconda.org']
          }
          // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.python.pypi-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['pypi.org', '*.pythonhosted.org']
          }
          // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.python.pytorch-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['pytorch.org', '*.pytorch.org']
          }
          // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.python.tensorflow-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.tensorflow.org']
          }
          // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
          // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
          {
            ruleType: 'ApplicationRule'
            name: 'base.defender-events-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.endpoint.security.microsoft.com']
          }
          // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'base.monitor-agent-ingestion-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingest.monitor.azure.com']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
          }
          // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
          {
            ruleType: 'ApplicationRule'
            name: 'company.out.artefacts-snet-compute'
            sourceAddresses: ['10.50.4.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['artefacts.example.com']
          }
          // aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.api-server-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.hcp.westeurope.azmk8s.io']
          }
          // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.registry-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['mcr.microsoft.com']
          }
          // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.registry-data-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.data.mcr.microsoft.com', 'mcr-0001.mcr-msedge.net']
          }
          // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.resource-manager-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['management.azure.com']
          }
          // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.entra-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['login.microsoftonline.com']
          }
          // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.packages-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['packages.microsoft.com']
          }
          // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.binaries-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['packages.aks.azure.com']
          }
          // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.binaries-legacy-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['acs-mirror.azureedge.net']
          }
          // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.registry-backend-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['mcrprod.azurecr.io']
          }
          // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.ubuntu-snapshot-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['snapshot.ubuntu.com']
          }
          // aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.policy-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['data.policy.core.windows.net', 'store.policy.core.windows.net', 'dc.services.visualstudio.com']
          }
          // aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.defender-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ods.opinsights.azure.com', '*.oms.opinsights.azure.com', '*.cloud.defender.microsoft.com']
          }
          // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
          // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
          {
            ruleType: 'ApplicationRule'
            name: 'base.defender-events-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.endpoint.security.microsoft.com']
          }
          // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
          {
            ruleType: 'ApplicationRule'
            name: 'base.monitor-agent-ingestion-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingest.monitor.azure.com']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
          }
          // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
          {
            ruleType: 'ApplicationRule'
            name: 'company.out.artefacts-snet-aks'
            sourceAddresses: ['10.50.8.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['artefacts.example.com']
          }
        ]
      }
    ]
  }
}

@description('The firewall that the rules were planned for; nothing here declares it.')
output network object = {
  firewall: {
    name: 'firewall policy'
    privateAddress: '10.0.1.4'
    tier: 'Standard'
    dnsProxy: true
  }
}
