//! What the admin should know: one row for each thing that answers, pages or Azure leave open.

mod azureml;

use super::{Context, Notes};
use crate::catalog::{Group, Role};
use crate::intent::{Attach, Egress};
use crate::model::{AddressSet, FirewallTier, WayOut};

/// A row: whether it applies, what is so, what follows, and the requirement it is about.
pub(super) type Row = (bool, &'static str, &'static str, &'static str);

pub(super) fn add(context: &Context, notes: &mut Notes) {
    let intent = context.intent;
    let on = |feature: &str| intent.features.contains(feature);
    let egress_is = |way: WayOut| matches!(intent.egress, Egress::Nsg(found) if found == way);
    let extends_nsg = intent.subnets.iter().any(|subnet| matches!(subnet.nsg, Attach::Extend(_)));
    let extends_routes = intent.subnets.iter().any(|subnet| matches!(subnet.routes, Attach::Extend(_)));
    let adopts = |attach: &Attach| matches!(attach, Attach::Adopt(_));
    let routed = intent.next_hop().is_some();
    let appliance = intent.appliance().is_some();
    let proxy = intent.proxy().is_some();
    let everywhere =
        |prefixes: &Vec<ipnet::IpNet>| AddressSet::public_v4().is_subset(&AddressSet::from_prefixes(prefixes));
    let several = |one: Role, other: Role| {
        intent.subnets.iter().filter(|s| s.roles.contains(&one) || s.roles.contains(&other)).count() > 1
    };
    let rows: Vec<Row> = vec![
        (
            egress_is(WayOut::DefaultOutbound),
            "the way out is Azure's default outbound access",
            "its address changes without notice, and networks made since 2026-03-31 do not have it: check that these subnets still do; a NAT gateway or firewall is a way out that stays",
            "",
        ),
        (
            egress_is(WayOut::None),
            "nothing gives these subnets a way to the Internet",
            "every requirement outside the virtual network, its service endpoints and private endpoints has no egress path",
            "",
        ),
        (
            intent.return_proxy_public == Some(false),
            "the return proxy has no public address, and Microsoft's pages contradict each other on it",
            "network-security and plan-enterprise-secured-deployment (2026-08) say such a node fails; return-proxy (2025-07) says it works between peered networks; try it before you depend on it, or let nodes talk to the server directly on 9443",
            "proxy.server.tunnel",
        ),
        (
            intent.return_proxy_public == Some(true),
            "the return proxy has a public address",
            "the named NSG replaces the one that CycleCloud would make; keep 22 closed to the Internet unless the server itself comes from there",
            "",
        ),
        (
            on("cyclecloud") && !on("cyclecloud.node-packages"),
            "cluster nodes have no Internet",
            "supported, but cluster types may need a custom image or changed projects: Slurm 4 fetches its packages from packages.microsoft.com and PyPI unless the image has them",
            "",
        ),
        (
            on("cyclecloud") && !on("cyclecloud.github"),
            "GitHub stays closed: cluster projects must be staged on the server beforehand",
            "node creation fails in the staging phase for any project that is missing there",
            "cyclecloud.server.github",
        ),
        (
            on("cyclecloud") && !on("cyclecloud.server-packages"),
            "packages.microsoft.com stays closed from the CycleCloud server",
            "the server cannot be installed or upgraded from packages; the Marketplace image avoids it at install time",
            "cyclecloud.server.packages",
        ),
        (
            on("cyclecloud.locker-service-endpoint") && on("cyclecloud"),
            "the locker is reached over a service endpoint",
            "its routes are more specific than any default route: a firewall never sees this traffic, and the tag Storage lets it reach every storage account, also of other tenants; a private endpoint or a service endpoint policy narrows it",
            "cyclecloud.server.storage",
        ),
        (
            on("cyclecloud") && several(Role::ClusterNodes, Role::Scheduler),
            "scheduler and nodes live in several subnets",
            "CycleCloud resolves names inside one subnet only: list the subnets in cyclecloud.hosts.standalone_dns.subnets, or use a private DNS zone",
            "",
        ),
        (
            on("cyclecloud") && !intent.groups.contains_key(&Group::Admins),
            "nobody is said to administer: the web interface is open to no one",
            "name where administrators come from in `admins`",
            "cyclecloud.server.web",
        ),
        (
            on("cyclecloud-vm") && on("return-proxy"),
            "nodes may talk to the server directly and through the return proxy",
            "9443 stays open to the nodes, which a cluster behind the proxy does not need",
            "cyclecloud.nodes.server",
        ),
        (
            intent.return_proxy_public == Some(true) && routed,
            "the return proxy's public address stands behind a route to the firewall",
            "replies to what comes in by that address leave through the firewall and are dropped; let the server reach the proxy by its private address",
            "proxy.server.tunnel",
        ),
        (
            on("cyclecloud") && intent.complete.cyclecloud.scheduler.as_deref() == Some("other"),
            "the ports of another scheduler are not known",
            "between scheduler and nodes in different subnets nothing is open for it: add its ports as requirements of your own",
            "",
        ),
        (
            on("aml.private-endpoints") && on("aml")
                || on("aks.private-endpoints")
                || on("cyclecloud.locker-private-endpoint") && on("cyclecloud"),
            "private endpoints work by name",
            "link the privatelink zones to this network, or forward them from your own DNS servers to 168.63.129.16; a private endpoint does not close the public side of an account, which is a setting of its own",
            "",
        ),
        (
            appliance || proxy || matches!(intent.firewall(), Some(f) if f.tier == FirewallTier::Premium),
            "TLS inspection must leave some names alone",
            "WebSocket of compute instances, ALPN of AKS and the agents of machines do not survive it: the preflight of the runbook lists the hosts",
            "",
        ),
        (
            extends_nsg,
            "an NSG of others is extended: only our allows are added, no deny",
            "what else is open, and whether a deny of theirs comes first, is theirs to say: their rules were not shown",
            "",
        ),
        (
            extends_routes,
            "a route table of others is extended: no default route is added",
            "Azure refuses two routes of one prefix, and one would redirect their other subnets: check that the table leads 0.0.0.0/0 to the firewall; a more specific route of theirs still wins",
            "",
        ),
        (
            intent.subnets.iter().any(|s| adopts(&s.nsg) || adopts(&s.routes)),
            "an NSG or route table that is there already becomes ours",
            "ARM and Bicep replace its rules and routes by these; Terraform and the Azure CLI leave what else is in it, which may open more or stop what is allowed here: the runbook lists it and takes it out",
            "",
        ),
        (
            !intent.enforce,
            "the plan's own denies are not written yet (`enforce: false`)",
            "until they are, an NSG lets through whatever its default rules allow: everything out, and in what the tag VirtualNetwork covers; what is said of open and closed holds once they are there",
            "",
        ),
        (
            matches!(intent.firewall(), Some(f) if f.tier == FirewallTier::Basic),
            "the firewall is of the Basic tier",
            "no DNS proxy and no host names in network rules: what needs a name on another port than 80 and 443, and has no service tag, cannot be held",
            "",
        ),
        (
            intent.firewall().is_some(),
            "the firewall's other rule collection groups and its base policy were not shown",
            "an earlier deny of theirs blocks what is allowed here; an earlier network allow opens more than is asked for here",
            "",
        ),
        (
            appliance,
            "nobody can read from here what the appliance lets through",
            "the proof takes for granted that it holds the lists of this plan and nothing wider: load them before routes lead to it",
            "",
        ),
        (
            proxy,
            "nobody can read from here what the proxy lets through",
            "the proof takes for granted that it holds the list of this plan and nothing wider: load it before the NSGs are on",
            "",
        ),
        (
            proxy,
            "machines do not find the proxy by themselves",
            "a program that was not told its address has no way out, and one that was not told what to reach without it asks it for the network's own machines",
            "",
        ),
        (
            proxy && on("aks"),
            "AKS gets its proxy when the cluster is made or updated (`--http-proxy-config`)",
            "an update makes every node anew; user and password, Windows node pools and a proxy for each node pool are not supported (http-proxy, AKS)",
            "",
        ),
        (
            intent.groups.get(&Group::Admins).is_some_and(everywhere)
                || intent.groups.get(&Group::Users).is_some_and(everywhere),
            "administrators or users come from every public address",
            "web interfaces and SSH are offered to the whole Internet",
            "",
        ),
        (
            true,
            "an NSG change does not end connections that are already open",
            "restart or reconnect what must not go on",
            "",
        ),
    ];
    write(rows, notes);
    super::cyclecloud::warnings(context, notes);
    gaps(context, notes);
    azureml::add(context, notes);
    for subnet in &intent.subnets {
        let only_endpoints = subnet.roles.iter().all(|role| *role == Role::PrivateEndpoints);
        match (&subnet.nsg, only_endpoints) {
            (Attach::None, false) => {
                let what = format!("subnet `{}` has no NSG", subnet.name);
                notes.warn("", what, "nothing filters its traffic at the subnet");
            }
            (Attach::Create | Attach::Adopt(_), false) if subnet.roles.contains(&Role::PrivateEndpoints) => {
                let what = format!("subnet `{}` holds machines and private endpoints", subnet.name);
                notes.warn(
                    "",
                    what,
                    "what is opened to the endpoints is opened to the machines as well, on the same ports",
                );
            }
            (Attach::Create | Attach::Adopt(_) | Attach::Extend(_), _)
                if subnet.roles.contains(&Role::PrivateEndpoints) =>
            {
                let what = format!("subnet `{}` holds private endpoints", subnet.name);
                notes.warn("", what, "Azure ignores NSG rules for them unless the subnet's privateEndpointNetworkPolicies says otherwise");
            }
            _ => {}
        }
    }
    let mut assume = |applies: bool, text: &str| {
        if applies {
            notes.assumptions.push(text.into());
        }
    };
    assume(!intent.network.create, "the virtual network and its subnets exist as the answers say");
    assume(!intent.network.peered.is_empty(), "peerings exist in both directions and carry forwarded traffic");
    assume(
        intent.firewall().is_some(),
        "the firewall exists at the given address, and no group or base policy of others denies what is allowed here",
    );
    assume(
        appliance,
        "the appliance exists at the given address, forwards packets, translates addresses and holds the lists of this plan",
    );
    assume(proxy, "the proxy exists at the given address and port and holds the list of this plan");
    assume(
        matches!(intent.egress, Egress::NatGateway(_)),
        "the NAT gateway exists and is on the subnets that the runbook names",
    );
    assume(egress_is(WayOut::DefaultOutbound), "the subnets still have Azure's default outbound access");
    assume(extends_nsg, "no rule of others in an extended NSG denies what is allowed here");
    assume(
        intent.subnets.iter().any(|s| s.nsg == Attach::None && s.roles.contains(&Role::PrivateEndpoints)),
        "nothing filters traffic to private endpoints",
    );
    assume(true, "names resolve: Azure DNS, the platform address 168.63.129.16 and the metadata service need no rule");
    for (path, value) in &intent.assumed {
        notes.defaults.push(format!("`{path}` was not answered: {value}"));
    }
}

/// The rows that apply.
pub(super) fn write(rows: Vec<Row>, notes: &mut Notes) {
    for (_, what, consequence, requirement) in rows.into_iter().filter(|row| row.0) {
        notes.warn(requirement, what, consequence);
    }
}

/// What no page says about this cloud, for each requirement that the answers turn on.
fn gaps(context: &Context, notes: &mut Notes) {
    let intent = context.intent;
    for row in context.catalog.requirements().iter().filter(|row| row.holds(&intent.features)) {
        let Some(gap) = row.gaps.get(&intent.cloud) else { continue };
        let consequence = match row.to_in(intent.cloud) {
            None => format!("nothing is opened for it: {}", row.why),
            Some(_) => format!("what is documented is opened, and nothing is guessed: {}", row.why),
        };
        notes.warn(&row.id, format!("{}: {gap}", intent.cloud), consequence);
    }
}
