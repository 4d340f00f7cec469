//! Azure Firewall rules: tags and exact names in network rules, names with wildcards in application rules.

use super::coverage::{self, Reach, covered};
use super::routes::past;
use super::{Context, Notes, PlannedFirewall, PlannedFirewallRule, PlannedRouteTable, PlannedSubnet, written_out};
use crate::catalog::Role;
use crate::model::{
    AddressSet, ApplicationProtocol, ApplicationRule, Endpoint, FirewallTier, NetworkRule, PortSet, Protocol, Services,
};
use crate::required::{Party, RequiredFlow, Service, addresses, name_covers};
use ipnet::IpNet;
use std::collections::BTreeSet;

/// How the firewall holds a flow that crosses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A network rule with a service tag.
    Tag(String, &'static str),
    /// A network rule with fixed addresses.
    Prefixes(Vec<IpNet>),
    /// A network rule with the addresses behind a service tag that the firewall does not take.
    WrittenOut(String, Vec<IpNet>),
    /// A network rule with exact names.
    Names(Vec<String>),
    /// An application rule.
    Application(Vec<String>),
    /// It does not cross the firewall: the reason.
    Past(&'static str),
    /// Nothing can hold it: the reason.
    Nothing(String),
}

/// The way the firewall holds a flow. Never both a tag and names for one destination: the network rule is read first
/// and would void the list of names (rule-processing).
pub(super) fn held(context: &Context, flow: &RequiredFlow) -> Held {
    let Some(firewall) = context.intent.firewall() else { return Held::Past("there is no firewall") };
    let foreign = matches!(flow.protocol, Protocol::Esp | Protocol::Ah);
    let service = match &flow.to {
        Party::Subnet { .. } => return Held::Past("it stays inside the virtual network"),
        Party::Prefixes { prefixes, .. } => {
            let inside = AddressSet::from_prefixes(prefixes).is_subset(&context.intent.network.own_space());
            return if inside || flow.to.label() == crate::catalog::Group::AksPods.name() {
                Held::Past("routes of the network and its peers are more specific than the default route")
            } else if foreign {
                Held::Nothing("network rules know TCP, UDP, ICMP and any protocol, not ESP and AH".into())
            } else {
                Held::Prefixes(prefixes.clone())
            };
        }
        Party::Service(_) if foreign => {
            return Held::Nothing("network rules know TCP, UDP, ICMP and any protocol, not ESP and AH".into());
        }
        Party::Service(service) => service,
    };
    let by_tag = tag(context, service);
    let by_name = names(service, &flow.services(), firewall.dns_proxy, firewall.tier);
    match (by_tag, by_name) {
        (_, Ok(held)) if firewall.by_name => held,
        (Some((tag, note)), Err(_)) if firewall.by_name && !service.names.is_empty() => {
            let note = if note.is_empty() { "its port or protocol cannot be told by name" } else { note };
            Held::Tag(tag, note)
        }
        (Some((tag, note)), _) => Held::Tag(tag, note),
        (None, Ok(held)) => held,
        // Names stay true by themselves, addresses do not: they come last.
        (None, Err(reason)) => addresses_of(context, service).unwrap_or(Held::Nothing(reason)),
    }
}

/// The addresses of the service's tag, which no rule of the firewall may name: in China, Storage, Batch and others.
fn addresses_of(context: &Context, service: &Service) -> Option<Held> {
    let tag = service.tag.as_ref()?;
    let prefixes = written_out::prefixes(context, tag);
    (!prefixes.is_empty()).then(|| Held::WrittenOut(tag.clone(), prefixes))
}

/// The tag for a network rule: regional where the firewall takes it, else global.
fn tag(context: &Context, service: &Service) -> Option<(String, &'static str)> {
    let usable = |tag: &String| context.tags.find(tag).is_some_and(|info| info.firewall);
    if let Some(tag) = service.tag.clone().filter(usable) {
        return Some((tag, ""));
    }
    let wide = service.wide_tag.clone().filter(usable)?;
    Some((wide, "the regional tag cannot be used in Azure Firewall; the NSG keeps to the region"))
}

/// Names as an application rule (HTTP and HTTPS on TCP 80 and 443), else as a network rule (exact names, DNS proxy).
fn names(service: &Service, services: &Services, dns_proxy: bool, tier: FirewallTier) -> Result<Held, String> {
    if service.names.is_empty() {
        return Err("no host name is known for it, and its service tag cannot be used in Azure Firewall".into());
    }
    let list = service.names.join(", ");
    let web = PortSet::from_ranges([(80, 80), (443, 443)]);
    if services.udp_ports().is_empty() && !services.has_portless() && services.tcp_ports().is_subset(&web) {
        return Ok(Held::Application(service.names.clone()));
    }
    if let Some(wildcard) = service.names.iter().find(|name| name.contains('*')) {
        return Err(format!(
            "{services} to `{wildcard}`: application rules take HTTP and HTTPS only, and network rules no wildcards"
        ));
    }
    if tier == FirewallTier::Basic {
        return Err(format!("{services} to {list}: the Basic tier has no host names in network rules"));
    }
    if !dns_proxy {
        return Err(format!("{services} to {list}: host names in network rules need the firewall's DNS proxy"));
    }
    Ok(Held::Names(service.names.clone()))
}

/// Our rule collection group, by required flow and subnet.
pub(super) fn plan(
    context: &Context,
    subnets: &[PlannedSubnet],
    tables: &[PlannedRouteTable],
    notes: &mut Notes,
) -> Option<PlannedFirewall> {
    let firewall = context.intent.firewall()?;
    let mut network = Vec::new();
    let mut application = Vec::new();
    for subnet in subnets.iter().filter(|subnet| subnet.roles.iter().any(|role| *role != Role::PrivateEndpoints)) {
        let past = past(context, tables, &[&subnet.name]).into_iter();
        let past: Vec<_> = past.map(|(endpoint, why)| (coverage::addresses(&endpoint, context.table), why)).collect();
        let (mut net, mut net_reach) = (Vec::new(), Vec::new());
        let (mut app, mut app_reach) = (Vec::new(), Vec::new());
        for flow in context.flows {
            if !matches!(&flow.from, Party::Subnet { name, .. } if *name == subnet.name) {
                continue;
            }
            let id = &flow.requirement;
            let destination = addresses(&flow.to, context.table).only_v4();
            let bypass = past.iter().find(|(set, _)| !destination.is_empty() && destination.is_subset(set));
            let how = match bypass {
                Some((_, reason)) if matches!(flow.to, Party::Service(_)) => Held::Past(reason),
                _ => held(context, flow),
            };
            let source = Endpoint::Prefixes(vec![subnet.prefix]);
            let key = format!("{id}/{}", subnet.name);
            let name = format!("{id}-{}", subnet.name);
            let reach = |destination: AddressSet, names: Vec<String>| Reach {
                source: AddressSet::from_prefixes(&[subnet.prefix]),
                destination,
                services: flow.services(),
                names,
                inbound: false,
            };
            let network_rule = |destinations: Vec<Endpoint>, names: Vec<String>| PlannedFirewallRule {
                key: key.clone(),
                rule: NetworkRule {
                    name: name.clone(),
                    source: source.clone(),
                    services: flow.services(),
                    destinations,
                    names,
                },
                because: vec![id.clone()],
            };
            match how {
                Held::Past(reason) => {
                    if matches!(flow.to, Party::Service(_)) {
                        notes.decide(id, &subnet.name, format!("firewall: passed by, as {reason}"));
                    }
                }
                Held::Nothing(_) => {}
                Held::Tag(tag, note) => {
                    let why = if note.is_empty() { String::new() } else { format!(", as {note}") };
                    notes.decide(id, &subnet.name, format!("firewall: network rule with service tag {tag}{why}"));
                    let set = context.table.get(&tag).cloned().unwrap_or_default();
                    net_reach.push(reach(set.only_v4(), Vec::new()));
                    net.push(network_rule(vec![Endpoint::Tag(tag)], Vec::new()));
                }
                Held::Prefixes(prefixes) => {
                    notes.decide(id, &subnet.name, "firewall: network rule with fixed addresses");
                    net_reach.push(reach(AddressSet::from_prefixes(&prefixes), Vec::new()));
                    net.push(network_rule(vec![Endpoint::Prefixes(prefixes)], Vec::new()));
                }
                Held::WrittenOut(tag, prefixes) => {
                    let dated = written_out::dated(context, &tag, prefixes.len());
                    notes.decide(id, &subnet.name, format!("firewall: network rule with addresses, {dated}"));
                    written_out::warn(context, &tag, "Azure Firewall", prefixes.len(), id, notes);
                    net_reach.push(reach(AddressSet::from_prefixes(&prefixes), Vec::new()));
                    net.push(network_rule(vec![Endpoint::Prefixes(prefixes)], Vec::new()));
                }
                Held::Names(names) => {
                    notes.decide(
                        id,
                        &subnet.name,
                        "firewall: network rule with exact host names, resolved by its DNS proxy",
                    );
                    net_reach.push(reach(AddressSet::all_v4(), names.clone()));
                    net.push(network_rule(Vec::new(), names));
                }
                Held::Application(names) => {
                    notes.decide(id, &subnet.name, "firewall: application rule with host names");
                    let protocols = flow
                        .ports
                        .iter()
                        .flat_map(|(first, last)| first..=last)
                        .map(|port| ApplicationProtocol { https: port != 80, port })
                        .collect();
                    app_reach.push(reach(AddressSet::all_v4(), names.clone()));
                    let rule = ApplicationRule { name, source, protocols, names, fqdn_tags: Vec::new() };
                    app.push(PlannedFirewallRule { key, rule, because: vec![id.clone()] });
                }
            }
        }
        let mut app = uncovered(app, &app_reach, &subnet.name, notes);
        let net = uncovered(net, &net_reach, &subnet.name, notes);
        network.extend(net.into_iter().filter(|rule| !told_by_name(context, rule, &mut app, &subnet.name, notes)));
        application.extend(app);
    }
    if !network.iter().all(|rule: &PlannedFirewallRule<NetworkRule>| rule.rule.names.is_empty()) {
        notes.warn(
            "",
            "host names stand in network rules of the firewall",
            "machines must ask the firewall for names (DNS server of the virtual network), or the firewall and they see different addresses",
        );
    }
    Some(PlannedFirewall {
        private_address: firewall.private_address,
        tier: firewall.tier,
        dns_proxy: firewall.dns_proxy,
        policy: firewall.policy.clone(),
        group: firewall.group.clone(),
        priority: firewall.priority,
        network,
        application,
    })
}

/// Whether application rules let through every host name of what a tag rule serves: then the tag would only widen them,
/// and as a network rule void them. Two services may share their names and not their tags.
fn told_by_name(
    context: &Context,
    rule: &PlannedFirewallRule<NetworkRule>,
    application: &mut [PlannedFirewallRule<ApplicationRule>],
    subnet: &str,
    notes: &mut Notes,
) -> bool {
    let mut holders = BTreeSet::new();
    let served = |flow: &&RequiredFlow| rule.because.contains(&flow.requirement) && flow.from.label() == subnet;
    for flow in context.flows.iter().filter(served) {
        let Party::Service(service) = &flow.to else { return false };
        if service.names.is_empty() {
            return false;
        }
        for name in &service.names {
            let holds = |rule: &PlannedFirewallRule<ApplicationRule>| {
                let ports =
                    PortSet::from_ranges(rule.rule.protocols.iter().map(|protocol| (protocol.port, protocol.port)));
                flow.services().is_subset(&Services::new(Protocol::Tcp, &ports))
                    && rule.rule.names.iter().any(|wide| name_covers(wide, name))
            };
            match application.iter().position(holds) {
                Some(index) => holders.insert(index),
                None => return false,
            };
        }
    }
    for index in holders {
        let holder = &mut application[index];
        for id in &rule.because {
            notes.covered(id, subnet, "firewall", &format!("`{}`, whose host names are the same", holder.key));
            if !holder.because.contains(id) {
                holder.because.push(id.clone());
            }
        }
    }
    true
}

/// The rules that no other covers; the others' requirements are cited by the covering rule.
fn uncovered<T>(
    rules: Vec<PlannedFirewallRule<T>>,
    reach: &[Reach],
    subnet: &str,
    notes: &mut Notes,
) -> Vec<PlannedFirewallRule<T>> {
    let by = covered(reach);
    let mut rules: Vec<Option<PlannedFirewallRule<T>>> = rules.into_iter().map(Some).collect();
    for (index, cover) in by.iter().enumerate() {
        let Some(cover) = cover else { continue };
        let Some(dropped) = rules[index].take() else { continue };
        if let Some(kept) = &mut rules[*cover] {
            for id in dropped.because {
                notes.covered(&id, subnet, "firewall", &format!("`{}`", kept.key));
                if !kept.because.contains(&id) {
                    kept.because.push(id);
                }
            }
        }
    }
    rules.into_iter().flatten().collect()
}
