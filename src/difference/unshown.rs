//! What a comparison cannot see: firewalls that were not shown, and rules that nobody can judge offline.

use super::Side;
use crate::model::{
    Access, CollectionRules, Endpoint, Firewall, FirewallTier, Network, NetworkRule, NextHop, Nsg, RuleCollection,
    RuleCollectionGroup, SecurityRule, Services, ports_text,
};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Puts a firewall that lets everything through where routes of either side lead to an address that neither side shows. Its
/// one rule is `appliance/10.0.1.4/was not shown`.
pub(super) fn appliances(old: &mut Network, new: &mut Network) {
    let mut unshown: BTreeSet<IpAddr> = BTreeSet::new();
    for network in [&*old, &*new] {
        let routes = network.route_tables.values().flat_map(|table| &table.routes);
        unshown.extend(routes.filter_map(|route| match route.next_hop {
            NextHop::Appliance(address) => Some(address),
            _ => None,
        }));
    }
    for network in [&*old, &*new] {
        for address in network.firewalls.iter().filter_map(|firewall| firewall.private_address) {
            unshown.remove(&address);
        }
        for appliance in &network.appliances {
            unshown.remove(&appliance.address);
        }
    }
    for network in [old, new] {
        network.firewalls.extend(unshown.iter().map(|address| open(*address)));
    }
}

fn open(address: IpAddr) -> Firewall {
    let rule = NetworkRule {
        name: "was not shown".into(),
        source: Endpoint::Any,
        services: Services::all(),
        destinations: vec![Endpoint::Any],
        names: Vec::new(),
    };
    let (name, rules) = (address.to_string(), CollectionRules::Network(vec![rule]));
    let collection = RuleCollection { name, priority: 100, access: Access::Allow, rules };
    let name = "appliance".to_string();
    let group = RuleCollectionGroup { name, priority: 100, parent: false, collections: vec![collection] };
    Firewall {
        name: format!("{address}, not shown"),
        private_address: Some(address),
        tier: FirewallTier::Standard,
        dns_proxy: false,
        groups: vec![group],
        others_groups: false,
        private_ranges: None,
    }
}

/// Rules that nobody can judge offline and that stand on one side alone, in words. Their names and their order do not count.
pub(super) fn changed_rules(old: Side<'_>, new: Side<'_>) -> BTreeSet<String> {
    let (was, is) = (unjudged(old), unjudged(new));
    let said = |rules: &BTreeSet<String>, others: &BTreeSet<String>, what: &str| {
        let rules = rules.difference(others);
        rules.map(|rule| format!("{rule} {what}, and what it matches is not known here")).collect::<Vec<_>>()
    };
    said(&is, &was, "is new").into_iter().chain(said(&was, &is, "is gone")).collect()
}

fn unjudged(side: Side<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, nsg) in &side.network.nsgs {
        found.extend(nsg_rules(nsg, side).map(|rule| format!("`{rule}` in NSG `{name}`")));
    }
    for firewall in &side.network.firewalls {
        for collection in firewall.groups.iter().flat_map(|group| &group.collections) {
            let at = |rule: String| format!("`{rule}` in firewall `{}`", firewall.name);
            let does = collection.access.name();
            match &collection.rules {
                CollectionRules::Network(rules) => {
                    for rule in rules {
                        let sides = rule.destinations.iter().chain([&rule.source]);
                        let unknown = sides.into_iter().any(|one| is_unknown(one, side));
                        if unknown || (collection.access == Access::Deny && !rule.names.is_empty()) {
                            let mut to: Vec<String> = rule.destinations.iter().map(text).collect();
                            to.extend(rule.names.iter().cloned());
                            let (from, to) = (text(&rule.source), to.join(", "));
                            found.insert(at(format!("{does} {} {from} -> {to}", rule.services)));
                        }
                    }
                }
                CollectionRules::Application(rules) => {
                    for rule in rules {
                        let vendor = [&rule.fqdn_tags, &rule.urls, &rule.web_categories];
                        let managed = vendor.iter().any(|names| !names.is_empty()) || !rule.sql_ports.is_empty();
                        if managed || is_unknown(&rule.source, side) || collection.access == Access::Deny {
                            let ports: Vec<String> = rule.protocols.iter().map(|own| own.port.to_string()).collect();
                            let sql: Vec<String> = rule.sql_ports.iter().map(|port| format!("sql {port}")).collect();
                            let names = vendor.into_iter().flatten().chain(&rule.names).cloned().collect::<Vec<_>>();
                            let ports = ports.into_iter().chain(sql).collect::<Vec<_>>().join(",");
                            found.insert(at(format!("{does} {ports} {} -> {}", text(&rule.source), names.join(", "))));
                        }
                    }
                }
                CollectionRules::Nat(rules) => {
                    found.extend(rules.iter().map(|rule| {
                        let to: Vec<String> = rule.destinations.iter().map(text).collect();
                        at(format!("translate {} {} -> {}", rule.services, text(&rule.source), to.join(", ")))
                    }));
                }
            }
        }
    }
    found
}

fn nsg_rules<'n>(nsg: &'n Nsg, side: Side<'n>) -> impl Iterator<Item = String> + 'n {
    let unknown = move |rule: &&SecurityRule| {
        is_unknown(&rule.source, side) || is_unknown(&rule.destination, side) || !rule.source_ports.is_all()
    };
    nsg.rules.iter().filter(unknown).map(|rule| {
        let does = rule.access.name();
        let from = match rule.source_ports.is_all() {
            true => text(&rule.source),
            false => format!("{} from port {}", text(&rule.source), ports_text(&rule.source_ports)),
        };
        format!("{does} {:?} {} {from} -> {}", rule.direction, rule.services(), text(&rule.destination))
    })
}

/// Whether what a side of a rule stands for cannot be known offline: members of groups, tags that are not in the table.
fn is_unknown(endpoint: &Endpoint, side: Side<'_>) -> bool {
    let built_in = ["virtualnetwork", "internet", "azureloadbalancer", "azureplatformdns", "azureplatformimds"];
    match endpoint {
        Endpoint::Any | Endpoint::Prefixes(_) => false,
        Endpoint::Tag(tag) => side.table.get(tag).is_none() && !built_in.contains(&tag.to_ascii_lowercase().as_str()),
        Endpoint::Groups(_) => true,
        Endpoint::Several(several) => several.iter().any(|one| is_unknown(one, side)),
    }
}

fn text(endpoint: &Endpoint) -> String {
    endpoint.items().join(", ")
}
