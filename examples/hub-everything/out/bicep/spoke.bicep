// Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
//
// Literals only: this is what was planned, and what netcordon reads back to prove it. Above each rule stand the
// requirements that want it, each with the pages, sections and dates that say so.

@description('Region of what is declared here. The rules were planned for that of spoke.bicepparam: their service tags name it.')
param location string

@description('Tags on what is declared here.')
param tags object

resource nsg1 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hub-all-snet-aks'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.from-nodes-in'
        properties: {
          priority: 450
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.from-nodes: nodes to pods, for services and probes'
        }
      }
      // aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.between-in'
        properties: {
          priority: 451
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.244.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.between: pods to pods and services, cluster DNS included'
        }
      }
      // base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'base.inside.aks-nodes-in'
        properties: {
          priority: 504
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.8.0/22']
          destinationPortRange: '*'
          description: 'base.inside.aks-nodes: nodes among themselves, and a private cluster\'s endpoint among them'
        }
      }
      // base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
      {
        name: 'base.probes.aks-nodes-in'
        properties: {
          priority: 508
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.8.0/22']
          destinationPortRange: '*'
          description: 'base.probes.aks-nodes: health probes of the cluster\'s load balancers'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.from-nodes'
        properties: {
          priority: 450
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.from-nodes: nodes to pods, for services and probes'
        }
      }
      // aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'aks.pods.between'
        properties: {
          priority: 451
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.244.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.244.0.0/16']
          destinationPortRange: '*'
          description: 'aks.pods.between: pods to pods and services, cluster DNS included'
        }
      }
      // base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
      {
        name: 'base.inside.aks-nodes'
        properties: {
          priority: 504
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.8.0/22']
          destinationPortRange: '*'
          description: 'base.inside.aks-nodes: nodes among themselves, and a private cluster\'s endpoint among them'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'base.directory.tcp'
        properties: {
          priority: 516
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '135', '389', '445', '464', '636', '3268-3269', '9389', '49152-65535']
          description: 'base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own'
        }
      }
      // base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.directory.udp'
        properties: {
          priority: 517
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '123', '138', '389', '464', '636']
          description: 'base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own'
        }
      }
      // aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.8.0/22']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource nsg2 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hub-all-snet-compute'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute-in'
        properties: {
          priority: 503
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.4.0/23']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      {
        name: 'aml.out.tunnel'
        properties: {
          priority: 309
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['5831']
          description: 'aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters'
        }
      }
      // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      {
        name: 'aml.out.language-server'
        properties: {
          priority: 310
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'AzureMachineLearning'
          destinationPortRanges: ['18881']
          description: 'aml.out.language-server: code completion of notebooks on compute instances'
        }
      }
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.batch'
        properties: {
          priority: 312
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: 'BatchNodeManagement.WestEurope'
          destinationPortRanges: ['443']
          description: 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
        }
      }
      // aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      {
        name: 'aml.out.private-endpoints'
        properties: {
          priority: 321
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.12.0/26']
          destinationPortRanges: ['443']
          description: 'aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints'
        }
      }
      // aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
      {
        name: 'aml.out.private-endpoints-smb'
        properties: {
          priority: 322
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.12.0/26']
          destinationPortRanges: ['445']
          description: 'aml.out.private-endpoints-smb: mounts of the workspace\'s file share through its private endpoint'
        }
      }
      // base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
      {
        name: 'base.inside.aml-compute'
        properties: {
          priority: 503
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.4.0/23']
          destinationPortRange: '*'
          description: 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'base.directory.tcp'
        properties: {
          priority: 516
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '135', '389', '445', '464', '636', '3268-3269', '9389', '49152-65535']
          description: 'base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own'
        }
      }
      // base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.directory.udp'
        properties: {
          priority: 517
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '123', '138', '389', '464', '636']
          description: 'base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.4.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource nsg3 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hub-all-snet-cyclecloud'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.server.web (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.web-in'
        properties: {
          priority: 120
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.100.4.0/24']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.0/27']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.web: web interface and API of a server from the Marketplace image'
        }
      }
      // cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.nodes.server-in'
        properties: {
          priority: 125
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
        }
      }
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.scheduler.server-in'
        properties: {
          priority: 126
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.scheduler.server: node status and the autoscaler\'s calls'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // cyclecloud.server.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.server.storage-private'
        properties: {
          priority: 105
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.12.0/26']
          destinationPortRanges: ['443']
          description: 'cyclecloud.server.storage-private: the locker through its private endpoint'
        }
      }
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh'
        properties: {
          priority: 132
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.scheduler-ssh'
        properties: {
          priority: 133
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'base.directory.tcp'
        properties: {
          priority: 516
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '135', '389', '445', '464', '636', '3268-3269', '9389', '49152-65535']
          description: 'base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own'
        }
      }
      // base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.directory.udp'
        properties: {
          priority: 517
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '123', '138', '389', '464', '636']
          description: 'base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'BlockOutbound'
        properties: {
          priority: 4000
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '*'
          description: 'documented (running-in-locked-down-network); nothing depends on it, the last deny closes the rest'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource nsg4 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hub-all-snet-nodes'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.nodes-ssh-in'
        properties: {
          priority: 132
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
        }
      }
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.scheduler.nodes-ssh-in'
        properties: {
          priority: 134
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
        }
      }
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.nodes-in'
        properties: {
          priority: 141
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-out-in'
        properties: {
          priority: 145
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes-in'
        properties: {
          priority: 500
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.nodes.server'
        properties: {
          priority: 125
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
        }
      }
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.controller'
        properties: {
          priority: 140
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['6817']
          description: 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
        }
      }
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.accounting'
        properties: {
          priority: 142
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-return'
        properties: {
          priority: 144
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
        }
      }
      // cyclecloud.nodes.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.nodes.nfs'
        properties: {
          priority: 173
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.nodes.nfs: shared file systems on NFS servers'
        }
      }
      // cyclecloud.nodes.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.nodes.nfs-v3'
        properties: {
          priority: 176
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['111', '635', '4045-4046', '4049']
          description: 'cyclecloud.nodes.nfs-v3: mount, lock and status services of NFS version 3'
        }
      }
      // cyclecloud.nodes.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.nodes.nfs-v3-udp'
        properties: {
          priority: 179
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['111', '635', '2049', '4045-4046', '4049']
          description: 'cyclecloud.nodes.nfs-v3-udp: NFS version 3 and its services over UDP'
        }
      }
      // cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.nodes.storage-private'
        properties: {
          priority: 188
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.12.0/26']
          destinationPortRanges: ['443']
          description: 'cyclecloud.nodes.storage-private: the locker through its private endpoint'
        }
      }
      // base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.cluster-nodes'
        properties: {
          priority: 500
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRange: '*'
          description: 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'base.directory.tcp'
        properties: {
          priority: 516
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '135', '389', '445', '464', '636', '3268-3269', '9389', '49152-65535']
          description: 'base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own'
        }
      }
      // base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.directory.udp'
        properties: {
          priority: 517
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '123', '138', '389', '464', '636']
          description: 'base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own'
        }
      }
      // company.out.licences (service catalogue, licence servers, 2026-10-01)
      {
        name: 'company.out.licences'
        properties: {
          priority: 600
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.100.20.0/28']
          destinationPortRanges: ['27000-27009']
          description: 'company.out.licences: licence servers of the simulation codes'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource nsg5 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-hub-all-snet-scheduler'
  location: location
  tags: tags
  properties: {
    securityRules: [
      // cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.server.scheduler-ssh-in'
        properties: {
          priority: 133
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.0/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.server.scheduler-ssh: orchestration of scheduler and login nodes over SSH'
        }
      }
      // cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
      {
        name: 'cyclecloud.users.scheduler-ssh-in'
        properties: {
          priority: 137
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.100.0.0/16']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['22']
          description: 'cyclecloud.users.scheduler-ssh: login and job submission'
        }
      }
      // cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.controller-in'
        properties: {
          priority: 140
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['6817']
          description: 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
        }
      }
      // cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.slurm.accounting-in'
        properties: {
          priority: 142
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['6819']
          description: 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
        }
      }
      // cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-return-in'
        properties: {
          priority: 144
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.2.0/23']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
        }
      }
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.scheduler-in'
        properties: {
          priority: 501
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllInbound'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
      // cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
      {
        name: 'cyclecloud.scheduler.server'
        properties: {
          priority: 126
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.0/27']
          destinationPortRanges: ['9443']
          description: 'cyclecloud.scheduler.server: node status and the autoscaler\'s calls'
        }
      }
      // cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
      {
        name: 'cyclecloud.scheduler.nodes-ssh'
        properties: {
          priority: 134
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['22']
          description: 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
        }
      }
      // cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.slurm.nodes'
        properties: {
          priority: 141
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['6818']
          description: 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
        }
      }
      // cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
      {
        name: 'cyclecloud.slurm.step-out'
        properties: {
          priority: 145
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.2.0/23']
          destinationPortRanges: ['32768-61000']
          description: 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
        }
      }
      // cyclecloud.scheduler.nfs (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'cyclecloud.scheduler.nfs'
        properties: {
          priority: 174
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['2049']
          description: 'cyclecloud.scheduler.nfs: shared file systems on NFS servers'
        }
      }
      // cyclecloud.scheduler.nfs-v3 (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.scheduler.nfs-v3'
        properties: {
          priority: 177
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['111', '635', '4045-4046', '4049']
          description: 'cyclecloud.scheduler.nfs-v3: mount, lock and status services of NFS version 3'
        }
      }
      // cyclecloud.scheduler.nfs-v3-udp (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'cyclecloud.scheduler.nfs-v3-udp'
        properties: {
          priority: 180
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.3.0/27']
          destinationPortRanges: ['111', '635', '2049', '4045-4046', '4049']
          description: 'cyclecloud.scheduler.nfs-v3-udp: NFS version 3 and its services over UDP'
        }
      }
      // cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      {
        name: 'cyclecloud.scheduler.storage-private'
        properties: {
          priority: 189
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.12.0/26']
          destinationPortRanges: ['443']
          description: 'cyclecloud.scheduler.storage-private: the locker through its private endpoint'
        }
      }
      // base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
      {
        name: 'base.inside.scheduler'
        properties: {
          priority: 501
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.50.0.32/27']
          destinationPortRange: '*'
          description: 'base.inside.scheduler: head, login and standby schedulers among themselves'
        }
      }
      // base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
      {
        name: 'base.dns.udp'
        properties: {
          priority: 512
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.udp: name resolution by DNS servers of your own'
        }
      }
      // base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.dns.tcp'
        properties: {
          priority: 513
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.1.4/32', '10.0.2.4/31']
          destinationPortRanges: ['53']
          description: 'base.dns.tcp: long answers from DNS servers of your own'
        }
      }
      // base.directory.tcp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
      {
        name: 'base.directory.tcp'
        properties: {
          priority: 516
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '135', '389', '445', '464', '636', '3268-3269', '9389', '49152-65535']
          description: 'base.directory.tcp: sign-in, look-ups and domain membership with directory servers of your own'
        }
      }
      // base.directory.udp (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
      {
        name: 'base.directory.udp'
        properties: {
          priority: 517
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Udp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.2.4/31']
          destinationPortRanges: ['53', '88', '123', '138', '389', '464', '636']
          description: 'base.directory.udp: Kerberos, time and look-ups over UDP with directory servers of your own'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'DenyPrivateOutbound'
        properties: {
          priority: 3995
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefixes: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
          destinationPortRange: '*'
          description: 'names pass to public addresses only: private space and our own stay closed'
        }
      }
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'AllowNamesTcpOutbound'
        properties: {
          priority: 3998
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefixes: ['10.50.0.32/27']
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: ['80', '443']
          description: 'host names without a service tag: the firewall holds the names'
        }
      }
      // of the plan itself
      {
        name: 'DenyAllOutbound'
        properties: {
          priority: 4096
          direction: 'Outbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
          description: 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
        }
      }
    ]
  }
}

resource routeTable1 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hub-all-snet-aks'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aks.out.api-server (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.defender (aks-egress, AKS addons and integrations, Microsoft Defender for Containers, 2026-06-18)
      // aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
      // aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
      // aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.policy (aks-egress, AKS addons and integrations, Azure Policy, 2026-06-18)
      // aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
      // aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
      // aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource routeTable2 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hub-all-snet-compute'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
      // aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
      // aml.out.monitor (aml-firewall, Monitoring, metrics, and diagnostics, 2026-03-19; aml-internet-access, Situational, 2025-02-10)
      // aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
      // aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
      // aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
      // aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
      // aml.out.studio (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
      // aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
      // aml.python.conda (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pypi (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.pytorch (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // aml.python.tensorflow (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19)
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource routeTable3 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hub-all-snet-cyclecloud'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      // cyclecloud.server.entra (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.monitor (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.prices (cyclecloud-network-security, Azure service and package egress, 2026-08-10; cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      // cyclecloud.server.resource-manager (cyclecloud-locked-down, Configuring an Azure Network Security Group for the CycleCloud VM, 2025-07-01; cyclecloud-network-security, Azure service and package egress, 2026-08-10)
      // cyclecloud.server.telemetry (cyclecloud-locked-down, Install Azure CycleCloud in a locked down network, 2025-07-01)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource routeTable4 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hub-all-snet-nodes'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource routeTable5 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-hub-all-snet-scheduler'
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      // everything without a more specific route goes through the firewall
      // base.defender (defender-connectivity, Streamlined connectivity process, 2025-09-29; defender-urls-gov, General URLs, 2025-10-05)
      // base.defender-events (defender-connectivity, Streamlined connectivity process, 2025-09-29)
      // base.monitor-agent (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-ingestion (monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.monitor-agent-resource-manager (monitor-agent-network, Virtual network service tags, 2024-11-14; monitor-agent-network, Azure Firewall endpoints, 2024-11-14)
      // base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
      // base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
      // company.out.artefacts (service catalogue, artefact store, 2026-10-01)
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-research'
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: ['10.50.0.0/16']
    }
    dhcpOptions: {
      dnsServers: ['10.0.2.4', '10.0.2.5']
    }
    subnets: [
      // cyclecloud-server
      {
        name: 'snet-cyclecloud'
        properties: {
          addressPrefix: '10.50.0.0/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg3.id
          }
          routeTable: {
            id: routeTable3.id
          }
        }
      }
      // scheduler
      {
        name: 'snet-scheduler'
        properties: {
          addressPrefix: '10.50.0.32/27'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg5.id
          }
          routeTable: {
            id: routeTable5.id
          }
        }
      }
      // cluster-nodes
      {
        name: 'snet-nodes'
        properties: {
          addressPrefix: '10.50.2.0/23'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg4.id
          }
          routeTable: {
            id: routeTable4.id
          }
        }
      }
      // aml-compute
      {
        name: 'snet-compute'
        properties: {
          addressPrefix: '10.50.4.0/23'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg2.id
          }
          routeTable: {
            id: routeTable2.id
          }
        }
      }
      // aks-nodes
      {
        name: 'snet-aks'
        properties: {
          addressPrefix: '10.50.8.0/22'
          defaultOutboundAccess: false
          networkSecurityGroup: {
            id: nsg1.id
          }
          routeTable: {
            id: routeTable1.id
          }
        }
      }
      // private-endpoints
      {
        name: 'snet-endpoints'
        properties: {
          addressPrefix: '10.50.12.0/26'
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

@description('The network that the rules were planned for, with what no resource here says.')
output network object = {
  virtualNetwork: {
    name: 'vnet-research'
    ownership: 'create'
  }
  addressSpace: ['10.50.0.0/16']
  peered: [
    {
      name: 'hub'
      prefixes: ['10.0.0.0/22']
    }
  ]
  onPremises: ['10.100.0.0/14']
  subnets: [
    {
      name: 'snet-cyclecloud'
      prefix: '10.50.0.0/27'
      pods: []
      networkSecurityGroup: 'nsg-hub-all-snet-cyclecloud'
      routeTable: 'rt-hub-all-snet-cyclecloud'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-scheduler'
      prefix: '10.50.0.32/27'
      pods: []
      networkSecurityGroup: 'nsg-hub-all-snet-scheduler'
      routeTable: 'rt-hub-all-snet-scheduler'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-nodes'
      prefix: '10.50.2.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hub-all-snet-nodes'
      routeTable: 'rt-hub-all-snet-nodes'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-compute'
      prefix: '10.50.4.0/23'
      pods: []
      networkSecurityGroup: 'nsg-hub-all-snet-compute'
      routeTable: 'rt-hub-all-snet-compute'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-aks'
      prefix: '10.50.8.0/22'
      pods: ['10.244.0.0/16']
      networkSecurityGroup: 'nsg-hub-all-snet-aks'
      routeTable: 'rt-hub-all-snet-aks'
      serviceEndpoints: []
      wayOut: 'none'
    }
    {
      name: 'snet-endpoints'
      prefix: '10.50.12.0/26'
      pods: []
      serviceEndpoints: []
      wayOut: 'none'
    }
  ]
  networkSecurityGroups: [
    {
      name: 'nsg-hub-all-snet-aks'
      ownership: 'create'
    }
    {
      name: 'nsg-hub-all-snet-compute'
      ownership: 'create'
    }
    {
      name: 'nsg-hub-all-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'nsg-hub-all-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'nsg-hub-all-snet-scheduler'
      ownership: 'create'
    }
  ]
  routeTables: [
    {
      name: 'rt-hub-all-snet-aks'
      ownership: 'create'
    }
    {
      name: 'rt-hub-all-snet-compute'
      ownership: 'create'
    }
    {
      name: 'rt-hub-all-snet-cyclecloud'
      ownership: 'create'
    }
    {
      name: 'rt-hub-all-snet-nodes'
      ownership: 'create'
    }
    {
      name: 'rt-hub-all-snet-scheduler'
      ownership: 'create'
    }
  ]
}
