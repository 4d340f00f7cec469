// Written by netcordon for ml-all. Change answers.yaml and generate again rather than edit this file.
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
  name: 'rcg-ml-all'
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
            name: 'aml.out.tunnel-snet-private'
            ipProtocols: ['UDP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['5831']
          }
          // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.language-server-snet-private'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['18881']
          }
          // aml.out.rstudio (aml-internet-access, Situational, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.rstudio-snet-private'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['8787']
          }
          // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.batch-snet-private'
            ipProtocols: ['TCP', 'UDP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['BatchNodeManagement']
            destinationPorts: ['443']
          }
          // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.smb-public-snet-private'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.0.0/23']
            destinationFqdns: ['stmlall.file.core.windows.net']
            destinationPorts: ['445']
          }
          // aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.endpoints-elsewhere-snet-private'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['10.200.0.0/26']
            destinationPorts: ['443']
          }
          // aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.endpoints-elsewhere-smb-snet-private'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.0.0/23']
            destinationAddresses: ['10.200.0.0/26']
            destinationPorts: ['445']
          }
          // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.batch-snet-public'
            ipProtocols: ['TCP', 'UDP']
            sourceAddresses: ['10.33.2.0/24']
            destinationAddresses: ['BatchNodeManagement']
            destinationPorts: ['443']
          }
          // aml.out.smb-public (aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19; aml-training-vnet, Limitations, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.smb-public-snet-public'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.2.0/24']
            destinationFqdns: ['stmlall.file.core.windows.net']
            destinationPorts: ['445']
          }
          // aml.out.endpoints-elsewhere (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute cluster in a different VNet/region from workspace, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.endpoints-elsewhere-snet-public'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.2.0/24']
            destinationAddresses: ['10.200.0.0/26']
            destinationPorts: ['443']
          }
          // aml.out.endpoints-elsewhere-smb (aml-training-vnet, Limitations, 2024-04-08; aml-firewall, Scenario: Firewall between Azure Machine Learning and Azure Storage endpoints, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.endpoints-elsewhere-smb-snet-public'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.33.2.0/24']
            destinationAddresses: ['10.200.0.0/26']
            destinationPorts: ['445']
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
            name: 'aml.out.entra-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.service-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.resource-manager-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.storage-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.registry-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.registry-data-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.monitor-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.studio-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ml.azure.com', 'automlresources-prod.azureedge.net', 'automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net']
          }
          // aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.keyvault-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.vault.azure.net']
          }
          // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.container-registry-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['crmlall.azurecr.io', 'crmlall.westus2.data.azurecr.io']
          }
          // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-legacy-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.graph-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.notebook-content-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.out.short-links-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.python.conda-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.python.pypi-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.python.pytorch-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.python.tensorflow-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.tensorflow.org']
          }
          // aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.image-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ghcr.io', 'pkg-containers.githubusercontent.com']
          }
          // aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.cran-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['cloud.r-project.org']
          }
          // aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.license-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['www.wyday.com']
          }
          // aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.server-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.vscode.extensions-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.vscode.download-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.vscode.web-snet-private'
            sourceAddresses: ['10.33.0.0/23']
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
            name: 'aml.vscode.desktop-snet-private'
            sourceAddresses: ['10.33.0.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['code.visualstudio.com']
          }
          // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.entra-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
          // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.resource-manager-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.storage-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.registry-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.registry-data-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.monitor-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.studio-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ml.azure.com', 'automlresources-prod.azureedge.net', 'automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net']
          }
          // aml.out.keyvault (aml-firewall, Scenario: Workspace created with the hbi_workspace flag enabled, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.keyvault-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.vault.azure.net']
          }
          // aml.out.container-registry (aml-inferencing-vnet, Limit outbound connectivity from the virtual network, 2025-06-13; aml-firewall, Scenario: Use Kubernetes compute, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.container-registry-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['crmlall.azurecr.io', 'crmlall.westus2.data.azurecr.io']
          }
          // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-legacy-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.graph-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.notebook-content-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.out.short-links-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.python.conda-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.python.pypi-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.python.pytorch-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.python.tensorflow-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['*.tensorflow.org']
          }
          // aml.rstudio.image (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19; aml-private-link-ports, Important, 2022-09-13)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.image-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['ghcr.io', 'pkg-containers.githubusercontent.com']
          }
          // aml.rstudio.cran (aml-firewall, Scenario: Install RStudio on compute instance, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.cran-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['cloud.r-project.org']
          }
          // aml.rstudio.license (aml-private-link-ports, Important, 2022-09-13)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.rstudio.license-snet-public'
            sourceAddresses: ['10.33.2.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['www.wyday.com']
          }
          // aml.vscode.server (aml-firewall, Scenario: Visual Studio Code, hosts, 2026-03-19)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.vscode.server-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.vscode.extensions-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.vscode.download-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.vscode.web-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
            name: 'aml.vscode.desktop-snet-public'
            sourceAddresses: ['10.33.2.0/24']
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
