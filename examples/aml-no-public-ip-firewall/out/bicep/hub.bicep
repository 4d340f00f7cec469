// Written by netcordon for ml-prod. Change answers.yaml and generate again rather than edit this file.
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
  name: 'rcg-ml-prod'
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
          // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.tunnel-snet-compute'
            ipProtocols: ['UDP']
            sourceAddresses: ['10.30.0.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['5831']
          }
          // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.language-server-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.30.0.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['18881']
          }
          // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.batch-snet-compute'
            ipProtocols: ['TCP', 'UDP']
            sourceAddresses: ['10.30.0.0/23']
            destinationAddresses: ['BatchNodeManagement']
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
          // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.entra-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Http'
                port: 80
              }
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['login.microsoftonline.com']
          }
          // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.service-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.azureml.ms', '*.azureml.net', '*.modelmanagement.azureml.net', '*.notebooks.azure.net', '*.instances.azureml.net', '*.instances.azureml.ms', '*.instances.ml.azure.ms']
          }
          // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.resource-manager-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['management.azure.com']
          }
          // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.storage-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.blob.core.windows.net', '*.table.core.windows.net', '*.queue.core.windows.net']
          }
          // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.registry-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['mcr.microsoft.com']
          }
          // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.registry-data-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.data.mcr.microsoft.com']
          }
          // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.monitor-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['dc.applicationinsights.azure.com', 'dc.applicationinsights.microsoft.com', 'dc.services.visualstudio.com', '*.in.applicationinsights.azure.com']
          }
          // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.studio-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ml.azure.com', 'automlresources-prod.azureedge.net', 'automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net']
          }
          // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-legacy-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
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
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.tensorflow.org']
          }
          // aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.server-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['update.code.visualstudio.com', '*.vo.msecnd.net']
          }
          // aml.vscode.extensions (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.extensions-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['marketplace.visualstudio.com', 'vscode.blob.core.windows.net', '*.gallerycdn.vsassets.io']
          }
          // aml.vscode.download (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.download-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['vscode.download.prss.microsoft.com']
          }
          // aml.vscode.web (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.web-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.vscode.dev', '*.vscode-unpkg.net', '*.vscode-cdn.net', '*.vscodeexperiments.azureedge.net', 'default.exp-tas.com']
          }
          // aml.vscode.desktop (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.desktop-snet-compute'
            sourceAddresses: ['10.30.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['code.visualstudio.com']
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
    tier: 'Premium'
    dnsProxy: true
  }
}
