//! What the files of a CycleCloud cluster need to know beside the network, and what its admin should know.

use super::{Context, Notes};
use crate::catalog::{Group, Role};
use crate::intent::Intent;
use crate::model::AddressSet;
use crate::required::{RequiredFlow, elsewhere};
use ipnet::IpNet;

/// A CycleCloud cluster and its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCyclecloud {
    /// Whether server and nodes are of version 7.
    pub version_7: bool,
    /// The scheduler, as the answers call it.
    pub scheduler: String,
    /// Whether nodes call the server directly.
    pub direct: bool,
    /// The server, if it stands in another network.
    pub server_elsewhere: Option<ServerElsewhere>,
    /// The locker's storage account, if given.
    pub locker: Option<String>,
    /// Whether the locker is reached by a private endpoint.
    pub locker_private: bool,
    /// Where nodes get their packages: `image`, `mirror`, `project` or `internet`.
    pub node_packages: String,
    /// Package mirrors.
    pub package_mirrors: Vec<IpNet>,
    /// NFS servers outside the cluster.
    pub nfs_servers: Vec<IpNet>,
    /// Whether GitHub stays open to the server.
    pub github: bool,
    /// Whether the monitoring project runs on the nodes.
    pub monitoring: bool,
}

/// A server in another network: what that network's own firewall has to let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerElsewhere {
    /// Its addresses.
    pub addresses: Vec<IpNet>,
    /// Whether one of them is on premises; else its network is peered.
    pub on_premises: bool,
    /// Everything that starts or ends at the server.
    pub flows: Vec<RequiredFlow>,
}

/// The cluster, if one is planned.
pub(super) fn plan(context: &Context) -> Option<PlannedCyclecloud> {
    let intent = context.intent;
    let on = |feature: &str| intent.features.contains(feature);
    if !on("cyclecloud") {
        return None;
    }
    let answers = &intent.complete.cyclecloud;
    let group = |group: Group| intent.groups.get(&group).cloned().unwrap_or_default();
    let addresses = group(Group::CyclecloudServerAddresses);
    Some(PlannedCyclecloud {
        version_7: on("cyclecloud.7"),
        scheduler: answers.scheduler.clone().unwrap_or_default(),
        direct: on("cyclecloud-vm"),
        server_elsewhere: (!addresses.is_empty()).then(|| ServerElsewhere {
            on_premises: is_on_premises(intent, &addresses),
            flows: elsewhere(Role::CyclecloudServer, context.catalog, intent, context.tags),
            addresses,
        }),
        locker: answers.locker.clone(),
        locker_private: on("cyclecloud.locker-private-endpoint"),
        node_packages: answers.node_packages.clone().unwrap_or_default(),
        package_mirrors: group(Group::PackageMirrors),
        nfs_servers: group(Group::NfsServers),
        github: on("cyclecloud.github"),
        monitoring: on("cyclecloud.monitoring"),
    })
}

fn is_on_premises(intent: &Intent, addresses: &[IpNet]) -> bool {
    AddressSet::from_prefixes(addresses).intersects(&AddressSet::from_prefixes(&intent.network.on_premises))
}

/// A row for each thing that answers, pages or Azure leave open.
pub(super) fn warnings(context: &Context, notes: &mut Notes) {
    let intent = context.intent;
    let on = |feature: &str| intent.features.contains(feature);
    if !on("cyclecloud") {
        return;
    }
    let scheduler = intent.complete.cyclecloud.scheduler.as_deref().unwrap_or_default();
    let server = intent.groups.get(&Group::CyclecloudServerAddresses);
    let on_premises = server.is_some_and(|addresses| is_on_premises(intent, addresses));
    let rows: Vec<super::warnings::Row> = vec![
        (
            scheduler == "htcondor",
            "no page of Microsoft and no file of Azure/cyclecloud-htcondor names a port of HTCondor",
            "between scheduler and nodes in different subnets nothing is open for it: add the ports of your configuration as requirements of your own",
            "",
        ),
        (
            scheduler == "hpc-pack",
            "the ports between head node and compute nodes of HPC Pack are not documented by its project",
            "between head node and nodes in different subnets nothing is open for them; its template also reads secrets from a Key Vault, which is not planned: add both as requirements of your own",
            "cyclecloud.hpc-pack.clients",
        ),
        (
            scheduler == "hpc-pack" && !on("windows"),
            "HPC Pack runs on Windows, and `machines.windows` is not set",
            "activation of Windows is not planned",
            "",
        ),
        (
            on("cyclecloud.slurm") && on("cyclecloud.srun-pinned"),
            "only 59000-61000 is open for srun",
            "slurm.conf must say SrunPortRange=59000-61000: the shipped file has no such line",
            "cyclecloud.slurm.step-return-pinned",
        ),
        (
            server.is_some(),
            "the CycleCloud server stands in another network",
            "its own way out is not planned here: cyclecloud/corporate-firewall.csv lists what the firewall before it has to let through",
            "",
        ),
        (
            on_premises && on("cyclecloud.locker-service-endpoint"),
            "a service endpoint does not help a server on premises",
            "it reaches the locker over its public address, which the storage account has to admit; a private endpoint with DNS forwarding keeps that inside",
            "cyclecloud.server.storage",
        ),
        (
            on("cyclecloud.locker-private-endpoint") && (server.is_some() || !intent.network.peered.is_empty()),
            "peered networks and networks on premises resolve the locker for themselves",
            "link the private DNS zone to every peered network that asks for the locker, and forward it from DNS servers on premises",
            "",
        ),
        (
            !intent.network.peered.is_empty(),
            "peerings carry the cluster's traffic",
            "a peering needs both halves; where a firewall or appliance of the hub routes, both need allowForwardedTraffic, which the CycleCloud Workspace for Slurm leaves off",
            "",
        ),
        (
            intent.groups.contains_key(&Group::Bastion),
            "Azure Bastion lets people in and replaces nothing else",
            "nodes still need 9443 to the server, or a return proxy; it has a public address, which a policy against public addresses refuses, unless it is private-only in its Premium tier",
            "cyclecloud.bastion.server-ssh",
        ),
        (
            intent.groups.contains_key(&Group::LustreServers),
            "the subnet of Lustre servers is not planned",
            "Azure Managed Lustre needs everything inside its subnet and AzureCloud outside it",
            "cyclecloud.nodes.lustre",
        ),
        (
            intent.cloud != crate::catalog::Cloud::AzureCloud,
            "no CycleCloud page lists the hosts of this cloud",
            "the rules name this cloud's own Resource Manager, Entra ID, Application Insights and storage; watch what is denied when server and first node start",
            "",
        ),
    ];
    super::warnings::write(rows, notes);
}
