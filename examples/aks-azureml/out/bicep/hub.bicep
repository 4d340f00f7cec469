// Written by netcordon for aks-ml. Change answers.yaml and generate again rather than edit this file.
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
  name: 'rcg-aks-ml'
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
          // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
          {
            ruleType: 'NetworkRule'
            name: 'base.updates.red-hat-snet-nodes'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/22']
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
          // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.registry-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.registry-data-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.data.mcr.microsoft.com', 'mcr-0001.mcr-msedge.net']
          }
          // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.resource-manager-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.entra-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.packages-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.binaries-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.binaries-legacy-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.registry-backend-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
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
            name: 'aks.out.ubuntu-snapshot-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['snapshot.ubuntu.com']
          }
          // aks.out.gpu (aks-egress, GPU enabled AKS clusters required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.gpu-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['nvidia.github.io', 'us.download.nvidia.com', 'download.docker.com']
          }
          // aks.out.key-vault (aks-egress, AKS addons and integrations, CSI Secret Store, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.key-vault-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['kv-ml-prod.vault.azure.net']
          }
          // aks.out.extensions (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.extensions-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['westeurope.dp.kubernetesconfiguration.azure.com']
          }
          // aks.out.extension-images (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.extension-images-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['arcmktplaceprod.azurecr.io', 'arcmktplaceprod.centralindia.data.azurecr.io', 'arcmktplaceprod.japaneast.data.azurecr.io', 'arcmktplaceprod.westus2.data.azurecr.io', 'arcmktplaceprod.westeurope.data.azurecr.io', 'arcmktplaceprod.eastus.data.azurecr.io']
          }
          // aks.out.extension-usage (aks-egress, Cluster extensions, Required FQDN / application rules, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.out.extension-usage-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.ingestion.msftcloudes.com', '*.microsoftmetrics.com', 'marketplaceapi.microsoft.com']
          }
          // aks.azureml.logs (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.logs-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.kusto.windows.net', '*.table.core.windows.net', '*.queue.core.windows.net']
          }
          // aks.azureml.registry (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.registry-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['crmlprod.azurecr.io', 'crmlprod.westeurope.data.azurecr.io']
          }
          // aks.azureml.storage (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.storage-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['stmlprod.blob.core.windows.net']
          }
          // aks.azureml.workspace (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.workspace-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['22222222-3333-4444-5555-666666666666.workspace.westeurope.api.azureml.ms']
          }
          // aks.azureml.service (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.service-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['westeurope.experiments.azureml.net', 'westeurope.api.azureml.ms']
          }
          // aks.azureml.python (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.python-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['pypi.org']
          }
          // aks.azureml.ubuntu (aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aks.azureml.ubuntu-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['archive.ubuntu.com', 'security.ubuntu.com', 'ppa.launchpad.net']
          }
          // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
          {
            ruleType: 'ApplicationRule'
            name: 'base.updates.ubuntu-snet-nodes'
            sourceAddresses: ['10.60.0.0/22']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
            ]
            targetFqdns: ['security.ubuntu.com', 'azure.archive.ubuntu.com', 'changelogs.ubuntu.com']
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
