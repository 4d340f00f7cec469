//! Every setting to change so that a blocked flow passes.

use crate::model::{
    Access, AddressSet, CollectionRules, Direction, Disposition, Endpoint, Firewall, Flow, Network, NetworkRule,
    PortSet, Protocol, RuleCollection, RuleCollectionGroup, SecurityRule, Services, Step, TagTable, WayOut,
};
use crate::simulate::{READINGS, Readings};

/// Every setting to change so that the flow passes: each block is lifted in a copy of the network, until none is left,
/// so that nobody mends one only to meet the next. Each with the step that blocks.
pub(super) fn changes(
    network: &Network,
    families: &[Flow],
    table: &TagTable,
    readings: &Readings,
) -> Vec<(String, Step)> {
    const MOST: usize = 8;
    let mut network = network.clone();
    let mut changes: Vec<(String, Step)> = Vec::new();
    let mut block = first_block(readings, families);
    while let Some((family, step, disposition)) = block
        && changes.len() < MOST
    {
        let Some(change) = lift(&mut network, &family, &step, &disposition) else {
            let change = match disposition {
                Disposition::Dropped => format!(
                    "{} ({}): Azure drops what goes to private space without a route; say in `network.peered` or `network.on_premises` where {} is",
                    step.at, step.rule, family.destination
                ),
                _ => format!("{}: {} blocks it", step.at, step.rule),
            };
            changes.push((change, step));
            return changes;
        };
        if changes.iter().any(|(known, _)| *known == change) {
            return changes;
        }
        changes.push((change, step));
        block = first_block(&Readings::new(&network, table), families);
    }
    changes
}

fn first_block(readings: &Readings, families: &[Flow]) -> Option<(Flow, Step, Disposition)> {
    for reading in 0..READINGS.len() {
        for family in families {
            let Some(simulator) = readings.about(&[&family.source, &family.destination]).get(reading) else {
                continue;
            };
            for part in simulator.trace(family).parts {
                let stuck =
                    matches!(part.disposition, Disposition::Denied | Disposition::NoEgressPath | Disposition::Dropped);
                if let Some(step) = part.steps.last().filter(|_| stuck) {
                    return Some((part.flow.clone(), step.clone(), part.disposition.clone()));
                }
            }
        }
    }
    None
}

/// Lifts one block in the network and says in words what was changed; `None` if no setting of ours lifts it.
fn lift(network: &mut Network, family: &Flow, step: &Step, disposition: &Disposition) -> Option<String> {
    let target = family.name.clone().unwrap_or_else(|| family.destination.to_string());
    let sentence = |place: &str| {
        format!(
            "{place} (now decided by `{}`): allow {} from {} to {target}",
            step.rule, family.services, family.source
        )
    };
    if *disposition == Disposition::NoEgressPath {
        for subnet in &mut network.subnets {
            if AddressSet::from_prefixes(&subnet.prefixes).intersects(&family.source) {
                subnet.way_out = WayOut::NatGateway;
                return Some(format!(
                    "subnet `{}`: give it a way to the Internet (NAT gateway, firewall or public addresses)",
                    subnet.name
                ));
            }
        }
        return None;
    }
    if *disposition == Disposition::Dropped {
        return None;
    }
    let words: Vec<&str> = step.at.split(' ').collect();
    match words.as_slice() {
        ["NSG", name, direction, ..] => {
            let nsg = network.nsgs.get_mut(*name)?;
            let direction = if *direction == "inbound" { Direction::Inbound } else { Direction::Outbound };
            for protocol in [Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Esp, Protocol::Ah, Protocol::Any] {
                let ports = match protocol {
                    Protocol::Tcp => family.services.tcp_ports().clone(),
                    Protocol::Udp => family.services.udp_ports().clone(),
                    _ => PortSet::all(),
                };
                let services = Services::new(protocol, &ports);
                if services.is_subset(&family.services) && !services.is_empty() {
                    nsg.rules.insert(0, allow(protocol, ports, direction, family));
                }
            }
            Some(sentence(&step.at))
        }
        ["firewall", ..] => {
            let firewall = network.firewalls.first_mut()?;
            let mut change = sentence(&step.at);
            if is_denied(firewall, &step.rule) {
                change.push_str("; that rule denies it: narrow it, or let the allow be processed before it");
            }
            let rule = NetworkRule {
                name: "lifted".into(),
                source: prefixes(&family.source),
                services: family.services.clone(),
                destinations: vec![prefixes(&family.destination)],
                names: Vec::new(),
            };
            let collection = RuleCollection {
                name: "lifted".into(),
                priority: 0,
                access: Access::Allow,
                rules: CollectionRules::Network(vec![rule]),
            };
            let group =
                RuleCollectionGroup { name: "lifted".into(), priority: 0, parent: true, collections: vec![collection] };
            firewall.groups.insert(0, group);
            Some(change)
        }
        _ => None,
    }
}

/// Whether the rule at a path of the firewall is one that denies.
fn is_denied(firewall: &Firewall, path: &str) -> bool {
    firewall.groups.iter().any(|group| {
        group.collections.iter().any(|collection| {
            collection.access == Access::Deny && path.starts_with(&format!("{}/{}/", group.name, collection.name))
        })
    })
}

fn prefixes(set: &AddressSet) -> Endpoint {
    Endpoint::Prefixes(set.to_prefixes())
}

fn allow(protocol: Protocol, ports: PortSet, direction: Direction, family: &Flow) -> SecurityRule {
    SecurityRule {
        name: "lifted".into(),
        direction,
        priority: 0,
        access: Access::Allow,
        protocol,
        source: prefixes(&family.source),
        source_ports: PortSet::all(),
        destination: prefixes(&family.destination),
        destination_ports: ports,
        description: String::new(),
    }
}
