// Written by netcordon for ml-guest. Change answers.yaml and generate again rather than edit this file.
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
  name: 'rcg-ml-guest'
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
          // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.entra-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureActiveDirectory']
            destinationPorts: ['80', '443']
          }
          // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.service-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['443']
          }
          // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.tunnel-snet-compute'
            ipProtocols: ['UDP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['5831']
          }
          // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.language-server-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureMachineLearning']
            destinationPorts: ['18881']
          }
          // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.batch-snet-compute'
            ipProtocols: ['TCP', 'UDP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['BatchNodeManagement']
            destinationPorts: ['443']
          }
          // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.resource-manager-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureResourceManager']
            destinationPorts: ['443']
          }
          // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.storage-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['Storage.WestEurope']
            destinationPorts: ['443']
          }
          // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.registry-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['MicrosoftContainerRegistry']
            destinationPorts: ['443']
          }
          // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.registry-data-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureFrontDoor.FirstParty']
            destinationPorts: ['443']
          }
          // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.monitor-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureMonitor']
            destinationPorts: ['443']
          }
          // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
          {
            ruleType: 'NetworkRule'
            name: 'aml.out.studio-snet-compute'
            ipProtocols: ['TCP']
            sourceAddresses: ['10.60.0.0/24']
            destinationAddresses: ['AzureFrontDoor.Frontend']
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
          // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
          {
            ruleType: 'ApplicationRule'
            name: 'aml.out.graph-legacy-snet-compute'
            sourceAddresses: ['10.60.0.0/24']
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
            sourceAddresses: ['10.60.0.0/24']
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
            sourceAddresses: ['10.60.0.0/24']
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
            sourceAddresses: ['10.60.0.0/24']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['aka.ms']
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
    dnsProxy: false
  }
}
