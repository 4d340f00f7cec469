// Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
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
  name: 'rcg-hpc-gov'
  properties: {
    priority: 500
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'application'
        priority: 300
        action: {
          type: 'Allow'
        }
        rules: [
          // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.server.entra-snet-cyclecloud'
            sourceAddresses: ['10.24.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['login.microsoftonline.us']
          }
          // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.server.monitor-snet-cyclecloud'
            sourceAddresses: ['10.24.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['dc.applicationinsights.us']
          }
          // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.server.resource-manager-snet-cyclecloud'
            sourceAddresses: ['10.24.0.0/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['management.usgovcloudapi.net']
          }
          // cyclecloud.scheduler.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.scheduler.packages-snet-scheduler'
            sourceAddresses: ['10.24.0.32/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['packages.microsoft.com']
          }
          // cyclecloud.scheduler.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.scheduler.pypi-snet-scheduler'
            sourceAddresses: ['10.24.0.32/27']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['pypi.org', 'files.pythonhosted.org']
          }
          // cyclecloud.nodes.packages (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-slurm, install.sh and repository files, 2026-07-15)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.nodes.packages-snet-nodes'
            sourceAddresses: ['10.24.2.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['packages.microsoft.com']
          }
          // cyclecloud.nodes.pypi (cyclecloud-slurm, install.sh and repository files, 2026-07-15)
          {
            ruleType: 'ApplicationRule'
            name: 'cyclecloud.nodes.pypi-snet-nodes'
            sourceAddresses: ['10.24.2.0/23']
            protocols: [
              {
                protocolType: 'Https'
                port: 443
              }
            ]
            targetFqdns: ['pypi.org', 'files.pythonhosted.org']
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
    dnsProxy: false
  }
}
