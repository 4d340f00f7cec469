//! What to change, as values: spelt as rule text, Terraform and Azure CLI where reports are made.

use super::judged::Judged;
use crate::model::{
    Access, ApplicationProtocol, ApplicationRule, Direction, Endpoint, NetworkRule, PortSet, Protocol, SecurityRule,
    web_ports,
};
use crate::required::{Party, RequiredFlow};
use std::collections::BTreeSet;

/// One step of a fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// A new rule in an NSG.
    AddRule {
        /// The NSG.
        nsg: String,
        /// The rule.
        rule: Box<SecurityRule>,
    },
    /// A rule to take out of an NSG.
    RemoveRule {
        /// The NSG.
        nsg: String,
        /// The rule, by name.
        rule: String,
    },
    /// A new network rule in the firewall's policy.
    AddNetworkRule(Box<NetworkRule>),
    /// A new application rule in the firewall's policy.
    AddApplicationRule(Box<ApplicationRule>),
    /// A route to take out of its table.
    RemoveRoute {
        /// The table.
        table: String,
        /// The route, by name.
        route: String,
    },
    /// What no single rule mends.
    Words(String),
}

/// The rule that lets a flow through an NSG, before the rule that decides now.
pub(super) fn allow(judged: &Judged, nsg: &str, direction: Direction, before: u16, flow: &RequiredFlow) -> Fix {
    let Some(shown) = judged.input.network.nsgs.get(nsg) else {
        return Fix::Words(format!("NSG `{nsg}`: allow {} to {}", flow.services(), flow.to.label()));
    };
    let mut all = judged.added.borrow_mut();
    let added = all.entry(nsg.to_string()).or_default();
    let (source, destination) = (side(judged, &flow.from), side(judged, &flow.to));
    let same = |rule: &&SecurityRule| {
        rule.direction == direction
            && rule.access == Access::Allow
            && rule.source_ports.is_all()
            && rule.services() == flow.services()
            && (&rule.source, &rule.destination) == (&source, &destination)
    };
    if let Some(rule) = shown.rules.iter().find(|rule| same(rule) && rule.priority >= before) {
        let name = &rule.name;
        return Fix::Words(format!(
            "NSG `{nsg}`: rule `{name}` allows it, and comes too late: move it before {before}"
        ));
    }
    if let Some(rule) = added.iter().find(|rule| same(rule) && rule.priority < before) {
        return Fix::AddRule { nsg: nsg.into(), rule: Box::new(rule.clone()) };
    }
    let taken = shown.rules.iter().chain(added.iter()).filter(|rule| rule.direction == direction);
    let taken: BTreeSet<u16> = taken.map(|rule| rule.priority).collect();
    let free = |priority: &u16| (100..before.min(4097)).contains(priority) && !taken.contains(priority);
    let priority = Some(flow.slot).filter(free).or_else(|| (100..before.min(4097)).rev().find(free));
    let Some(priority) = priority else {
        return Fix::Words(format!(
            "NSG `{nsg}` has no free priority before the rule that decides: move its rules apart, then allow {} from {} to {}",
            flow.services(),
            flow.from.label(),
            flow.to.label()
        ));
    };
    let mut name = flow.requirement.clone();
    if shown.rules.iter().chain(added.iter()).any(|rule| rule.name.eq_ignore_ascii_case(&name)) {
        name = format!("{name}-{priority}");
    }
    let rule = SecurityRule {
        name,
        direction,
        priority,
        access: Access::Allow,
        protocol: flow.protocol,
        source,
        source_ports: PortSet::all(),
        destination,
        destination_ports: flow.ports.clone(),
        description: String::new(),
    };
    added.push(rule.clone());
    Fix::AddRule { nsg: nsg.into(), rule: Box::new(rule) }
}

/// A party as an NSG rule spells it: names alone are any address, for the firewall to tell apart.
fn side(judged: &Judged, party: &Party) -> Endpoint {
    match party {
        Party::Subnet { prefix, .. } => Endpoint::Prefixes(vec![*prefix]),
        Party::Prefixes { prefixes, .. } => Endpoint::Prefixes(prefixes.clone()),
        Party::Service(service) => {
            let usable = |tag: &&String| judged.input.tags.find(tag).is_some_and(|info| info.nsg);
            let tag = service.tag.iter().chain(&service.wide_tag).find(usable);
            tag.map_or(Endpoint::Any, |tag| Endpoint::Tag(tag.clone()))
        }
    }
}

/// The rule that lets a flow through the firewall: by tag if one works there, else by name.
pub(super) fn through_firewall(judged: &Judged, flow: &RequiredFlow) -> Fix {
    let source = side(judged, &flow.from);
    let network = |destinations: Vec<Endpoint>, names: Vec<String>| {
        Fix::AddNetworkRule(Box::new(NetworkRule {
            name: flow.requirement.clone(),
            source: source.clone(),
            services: flow.services(),
            destinations,
            names,
        }))
    };
    let Party::Service(service) = &flow.to else {
        return network(vec![side(judged, &flow.to)], Vec::new());
    };
    let usable = |tag: &&String| judged.input.tags.find(tag).is_some_and(|info| info.firewall);
    if let Some(tag) = service.tag.iter().chain(&service.wide_tag).find(usable) {
        return network(vec![Endpoint::Tag(tag.clone())], Vec::new());
    }
    let web = flow.protocol == Protocol::Tcp && flow.ports.is_subset(&web_ports());
    if !web {
        return network(Vec::new(), service.names.clone());
    }
    let protocols = flow.ports.iter().flat_map(|(first, last)| first..=last);
    Fix::AddApplicationRule(Box::new(ApplicationRule {
        name: flow.requirement.clone(),
        source,
        protocols: protocols.map(|port| ApplicationProtocol { https: port != 80, port }).collect(),
        names: service.names.clone(),
        ..ApplicationRule::default()
    }))
}

/// The deny that an NSG should end with in this direction.
pub(super) fn last_deny(judged: &Judged, nsg: &str, direction: Direction) -> Fix {
    let shown = judged.input.network.nsgs.get(nsg);
    let taken = |priority: u16| {
        let mut rules = shown.iter().flat_map(|nsg| &nsg.rules);
        rules.any(|rule| rule.direction == direction && rule.priority == priority)
    };
    let last = shown.iter().flat_map(|nsg| &nsg.rules).filter(|rule| rule.direction == direction);
    let last = last.map(|rule| rule.priority).max().unwrap_or(0);
    let Some(priority) = (last.max(100)..=4096).rev().find(|priority| !taken(*priority)) else {
        return Fix::Words(format!("NSG `{nsg}`: free priority 4096 for a rule that denies everything else"));
    };
    let name = match direction {
        Direction::Inbound => "DenyAllInbound",
        Direction::Outbound => "DenyAllOutbound",
    };
    let rule = SecurityRule::of_everything(name, direction, priority, Access::Deny);
    Fix::AddRule { nsg: nsg.into(), rule: Box::new(rule) }
}
