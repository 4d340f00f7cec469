//! What the files of a CycleCloud cluster need to know beside the network, and what its admin should know.

use super::{Context, Notes, PlannedFirewallRule, PlannedNsg, PlannedRouteTable, PlannedRule};
use super::{PlannedSubnet, firewall, nsg};
use crate::catalog::{Group, Role};
use crate::intent::Intent;
use crate::model::{AddressSet, ApplicationRule, Endpoint};
use crate::required::{RequiredFlow, elsewhere, required};
use ipnet::IpNet;
use std::collections::BTreeSet;

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
    /// Where the package mirror is, if given: `https://packages.example.com/linux`.
    pub mirror_url: Option<String>,
    /// The explicit proxy, where one is the way out.
    pub web_proxy: Option<WebProxy>,
    /// What opens GitHub to the server for a while; none where it stays open or nothing here holds its names.
    pub opening: Option<Opening>,
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

/// The explicit proxy of server and nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebProxy {
    /// Its URL, without a user or a password: `http://10.12.0.5:3128`.
    pub url: String,
    /// Whether nodes have anything to ask it for; without, their NSGs are closed to it.
    pub nodes: bool,
    /// What machines reach without it: addresses, prefixes, host names and, with a dot in front, their ends.
    pub without: Vec<String>,
    /// What the server's Java reaches without it: host names and addresses, `*` at one end.
    pub server_without: Vec<String>,
}

/// The difference that GitHub makes, open and closed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Security rules to add or to change, with their NSG, by priority.
    pub opened: Vec<(String, PlannedRule)>,
    /// The same rules as they are while GitHub is closed; a rule that is none of these goes.
    pub closed: Vec<(String, PlannedRule)>,
    /// Application rules for a rule collection group of their own; empty where another firewall holds the names.
    pub application: Vec<PlannedFirewallRule<ApplicationRule>>,
}

/// What GitHub serves projects from.
pub(super) const GITHUB: &str = "cyclecloud.github";

/// The rules that GitHub needs beyond the plan: what another plan has that differs in nothing but this.
pub(super) fn opening(
    context: &Context,
    subnets: &[PlannedSubnet],
    tables: &[PlannedRouteTable],
    nsgs: &[PlannedNsg],
    own: &firewall::Rules,
) -> Option<Opening> {
    let intent = context.intent;
    let here = intent.subnets_with(Role::CyclecloudServer).next().is_some();
    if !intent.features.contains("cyclecloud") || intent.features.contains(GITHUB) || !here {
        return None;
    }
    intent.next_hop()?;
    let mut open = intent.clone();
    open.features.insert(GITHUB.into());
    let (flows, _) = required(context.catalog, &open, context.tags);
    let context = Context { intent: &open, flows: &flows, ..*context };
    let mut notes = Notes::default();
    let planned = nsg::plan(&context, tables, &mut notes);
    let old =
        |nsg: &str, key: &str| nsgs.iter().find(|other| other.name == nsg)?.rules.iter().find(|rule| rule.key == key);
    let (mut opened, mut closed) = (Vec::new(), Vec::new());
    for nsg in &planned {
        for rule in &nsg.rules {
            let before = old(&nsg.name, &rule.key);
            if before.is_some_and(|before| before.rule == rule.rule) {
                continue;
            }
            closed.extend(before.map(|before| (nsg.name.clone(), before.clone())));
            opened.push((nsg.name.clone(), rule.clone()));
        }
    }
    opened.sort_by_key(|(nsg, rule)| (nsg.clone(), rule.rule.direction, rule.rule.priority));
    // The owner of an appliance of another make loads lists; only in a policy of Azure can a script put a group.
    let azure = open.firewall().is_some();
    let rules = firewall::rules(&context, subnets, tables, &mut notes).1;
    let known: BTreeSet<&String> = own.1.iter().map(|rule| &rule.key).collect();
    let added = rules.into_iter().filter(|rule| azure && !known.contains(&rule.key));
    Some(Opening { opened, closed, application: added.collect() })
}

fn web_proxy(intent: &Intent, (network, application): &firewall::Rules) -> Option<WebProxy> {
    let proxy = intent.proxy()?;
    let of_node = |source: &Endpoint| match source {
        Endpoint::Prefixes(prefixes) => intent.subnets.iter().any(|subnet| {
            prefixes.contains(&subnet.prefix)
                && [Role::ClusterNodes, Role::Scheduler, Role::ReturnProxy].iter().any(|r| subnet.roles.contains(r))
        }),
        _ => true,
    };
    let mut sources = network.iter().map(|r| &r.rule.source).chain(application.iter().map(|r| &r.rule.source));
    let nodes = sources.any(of_node);
    let answers = &intent.complete.cyclecloud;
    let group = |group: Group| intent.groups.get(&group).into_iter().flatten().copied();
    let roles =
        [Role::CyclecloudServer, Role::Scheduler, Role::ClusterNodes, Role::ReturnProxy, Role::PrivateEndpoints];
    let subnets = intent.subnets.iter().filter(|subnet| roles.iter().any(|role| subnet.roles.contains(role)));
    let groups = [Group::CyclecloudServerAddresses, Group::NfsServers, Group::PackageMirrors];
    let prefixes = subnets.map(|subnet| subnet.prefix).chain(groups.into_iter().flat_map(group));
    let host = |prefix: IpNet| match prefix.prefix_len() == prefix.max_prefix_len() {
        true => prefix.addr().to_string(),
        false => prefix.to_string(),
    };
    let storage = intent.cloud.storage_suffix();
    let locker = match &answers.locker {
        Some(account) => format!("{account}.blob.{storage}"),
        None => format!(".blob.{storage}"),
    };
    let mirror = answers.mirror_url.iter().filter_map(|url| url.strip_prefix("https://")?.split('/').next());
    let mut without: Vec<String> =
        ["127.0.0.1", "localhost", "169.254.169.254", "168.63.129.16"].map(String::from).into();
    without.extend(answers.without_proxy.iter().flatten().cloned());
    without.push(locker);
    without.extend(prefixes.map(host));
    without.extend(mirror.map(String::from));
    let mut seen = BTreeSet::new();
    without.retain(|item| seen.insert(item.clone()));
    // Java knows no prefixes, and `*` at an end only; its own defaults go as soon as the property is set.
    let server_without = ["localhost", "127.*", "169.254.169.254", "168.63.129.16"].map(String::from).into_iter();
    let server_without = server_without.chain([format!("*.{storage}")]).collect();
    Some(WebProxy { url: format!("http://{}:{}", proxy.address, proxy.port), nodes, without, server_without })
}

/// The cluster, if one is planned.
pub(super) fn plan(context: &Context, rules: &firewall::Rules, opening: Option<Opening>) -> Option<PlannedCyclecloud> {
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
        mirror_url: answers.mirror_url.clone(),
        web_proxy: web_proxy(intent, rules),
        opening,
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
            on("cyclecloud.package-mirror") && intent.complete.cyclecloud.mirror_url.is_none(),
            "nothing here points nodes to the package mirror: `cyclecloud.mirror_url` was not answered",
            "unless their image knows it, nodes ask the distribution's own hosts, which are closed",
            "",
        ),
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
            intent.proxy().is_some() && intent.complete.cyclecloud.without_proxy.iter().flatten().next().is_none(),
            "no_proxy names server and nodes by the prefixes of their subnets only",
            "not every client reads prefixes there, and one that does not sends its calls for 9443 to the proxy: give the address of the server, and of a return proxy, in `cyclecloud.without_proxy`",
            "",
        ),
        (
            intent.proxy().is_some() && on("cyclecloud.7"),
            "nodes of version 7 do not run CloudInit",
            "the proxy settings of cyclecloud/cloud-init.txt do not reach them: put the two files into the image",
            "",
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
