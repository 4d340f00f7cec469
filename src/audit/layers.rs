//! Layers that work against each other: NSG and firewall, broad rules and lists of names, routes and the firewall.

use super::judged::{HeldRule, Judged, firewall_subject};
use super::{Finding, Fix, Kind, Resource, Severity, Subject, counted};
use crate::model::{
    Access, AddressSet, ApplicationRule, NetworkRule, NextHop, PortSet, Protocol, RouteDestination, Services,
};
use crate::simulate::{Hop, Readings};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

pub(super) fn findings(judged: &Judged) -> Vec<Finding> {
    let readings = Readings::new(judged.input.network, &judged.table);
    let mut found = denied_before_the_firewall(judged, &readings);
    found.extend(lists_made_useless(judged));
    found.extend(past_the_firewall(judged, &readings));
    found.extend(to_another_appliance(judged, &readings));
    found
}

/// Routes that lead public addresses to an appliance that is not the one of the answers and that nobody showed: nothing can
/// be said about what passes there.
fn to_another_appliance(judged: &Judged, readings: &Readings) -> Vec<Finding> {
    let network = judged.input.network;
    let Some(meant) = judged.input.intent.next_hop() else { return Vec::new() };
    let mut known: BTreeSet<IpAddr> = network.firewalls.iter().filter_map(|f| f.private_address).collect();
    known.extend(network.appliances.iter().map(|appliance| appliance.address));
    known.insert(meant.into());
    let mut found = Vec::new();
    for subnet in judged.input.intent.subnets.iter().filter(|subnet| !subnet.roles.is_empty()) {
        let mut led = BTreeMap::<(&str, IpAddr), AddressSet>::new();
        for leg in readings.next_hops(&subnet.name).unwrap_or_default() {
            if let Hop::Appliance(at) = leg.hop
                && !known.contains(&at)
            {
                let all = led.entry((&leg.route, at)).or_default();
                *all = all.union(&leg.destination.intersection(&AddressSet::public_v4()));
            }
        }
        let own = network.subnets.iter().find(|own| own.name == subnet.name);
        for ((route, at), far) in led.into_iter().filter(|(_, far)| !far.is_empty()) {
            let subject = Subject {
                resource: Resource::RouteTable,
                name: own.and_then(|own| own.route_table.clone()).unwrap_or_default(),
                rule: route.into(),
                subnet: subnet.name.clone(),
                ..Subject::default()
            };
            let sentence = format!(
                "route `{route}` leads what `{}` sends to {} to `{at}`, and the firewall of the answers is at `{meant}`",
                subnet.name,
                counted(&far)
            );
            let finding =
                Finding::new(Kind::Contradiction, Severity::Warning, subject, &format!("{at} {meant}"), sentence);
            found.push(finding.detail("what passes there is not known: it was not shown").fix(Fix::Words(format!(
                "let the next hop of route `{route}` be `{meant}`, or say in `egress.private_ip` of the answers that the firewall is at `{at}`"
            ))));
        }
    }
    found
}

/// The ports on which an application rule looks at names.
pub(super) fn ports(rule: &ApplicationRule) -> Services {
    let ports = rule.protocols.iter().map(|protocol| (protocol.port, protocol.port));
    Services::new(Protocol::Tcp, &PortSet::from_ranges(ports))
}

/// The subnets of the intent whose routes lead to a firewall, with what they lead there.
fn routed<'a>(judged: &'a Judged, readings: &'a Readings) -> impl Iterator<Item = (&'a str, AddressSet)> + 'a {
    let firewalls: Vec<_> = judged.input.network.firewalls.iter().filter_map(|f| f.private_address).collect();
    judged.input.intent.subnets.iter().filter_map(move |subnet| {
        let legs = readings.next_hops(&subnet.name)?.iter();
        let held = legs.filter(|leg| matches!(leg.hop, Hop::Appliance(at) if firewalls.contains(&at)));
        let held = held.fold(AddressSet::default(), |sum, leg| sum.union(&leg.destination));
        (!held.is_empty()).then_some((subnet.name.as_str(), held))
    })
}

/// Firewall rules that let a subnet reach what its NSG denies altogether.
fn denied_before_the_firewall(judged: &Judged, readings: &Readings) -> Vec<Finding> {
    let network = judged.input.network;
    let mut found = Vec::new();
    for (name, held_there) in routed(judged, readings) {
        let Some(subnet) = network.subnets.iter().find(|subnet| subnet.name == name) else { continue };
        let Some(nsg) = subnet.nsg.as_ref().filter(|nsg| network.nsgs.get(*nsg).is_some_and(|nsg| !nsg.others_rules))
        else {
            continue;
        };
        let own = AddressSet::from_prefixes(&subnet.prefixes);
        let simulators = readings.about(&[&own]);
        let past: Vec<_> = simulators.iter().map(|simulator| simulator.past_nsgs(name)).collect();
        if past.iter().any(|open| open.undecided || !open.assumed.is_empty()) {
            continue;
        }
        for held in judged.held.iter().filter(|held| held.access == Access::Allow) {
            if !judged.shows_group(held.group) && !judged.shows_nsg(nsg) {
                continue;
            }
            let Some(source) = judged.known(held.rule.source()).map(|source| source.intersection(&own)) else {
                continue;
            };
            let (destination, services, what) = match &held.rule {
                HeldRule::Network(NetworkRule { destinations, names, services, .. }) => {
                    let known = destinations
                        .iter()
                        .try_fold(AddressSet::default(), |sum, endpoint| Some(sum.union(&judged.known(endpoint)?)));
                    let Some(known) = known else { continue };
                    let known = if names.is_empty() { known } else { AddressSet::public_v4() };
                    let what = match (known_part(destinations, judged), names.as_slice()) {
                        (set, []) if set == AddressSet::all() => "any address".into(),
                        (set, []) => counted(&set),
                        (_, names) => format!("`{}`", names.join("`, `")),
                    };
                    (known, services.clone(), what)
                }
                HeldRule::Application(rule) => {
                    let what = rule.names.iter().chain(&rule.fqdn_tags).take(2).map(|name| format!("`{name}`"));
                    (AddressSet::public_v4(), ports(rule), what.collect::<Vec<_>>().join(", "))
                }
            };
            let destination = destination.intersection(&held_there);
            if source.is_empty() || destination.is_empty() || services.is_empty() {
                continue;
            }
            let passes = past.iter().flat_map(|open| &open.regions).any(|region| {
                region.source.intersects(&source)
                    && region.destination.intersects(&destination)
                    && region.services.intersects(&services)
            });
            if passes {
                continue;
            }
            let mut subject = firewall_subject(&held.path);
            subject.subnet = name.into();
            let sentence = format!(
                "the firewall lets `{name}` reach {what} on {services} (rule `{}`), but NSG `{nsg}` denies all of it on the way there",
                held.path
            );
            let finding = Finding::new(Kind::Contradiction, Severity::Warning, subject, nsg, sentence);
            found.push(finding.fix(Fix::Words(format!(
                "decide in one place: allow it in NSG `{nsg}`, or take rule `{}` out of the firewall's policy",
                held.path
            ))));
        }
    }
    found
}

fn known_part(destinations: &[crate::model::Endpoint], judged: &Judged) -> AddressSet {
    let known = destinations.iter().filter_map(|endpoint| judged.known(endpoint));
    known.fold(AddressSet::default(), |sum, set| sum.union(&set))
}

/// Network rules that let more through by address than is required, on the ports of a list of names: the type of a rule
/// beats its priority, so the list is never asked (learn.microsoft.com/azure/firewall/rule-processing).
fn lists_made_useless(judged: &Judged) -> Vec<Finding> {
    let all = &judged.held;
    let open: BTreeSet<&str> = judged.proof.unwanted.iter().map(|one| one.by.as_str()).collect();
    let mut found = Vec::new();
    for rule in all.iter().filter(|held| held.access == Access::Allow && open.contains(held.path.as_str())) {
        let HeldRule::Network(network) = &rule.rule else { continue };
        let unwanted = judged.proof.unwanted.iter().filter(|one| one.by == rule.path && one.names.is_empty());
        let far = unwanted.fold(AddressSet::default(), |sum, one| sum.union(&one.far));
        let far = far.intersection(&AddressSet::public_v4());
        let Some(source) = judged.known(&network.source).filter(|_| !far.is_empty()) else { continue };
        let beside: Vec<&str> = all
            .iter()
            .filter(|other| {
                matches!(&other.rule, HeldRule::Application(list) if {
                    other.access == Access::Allow
                        && ports(list).intersects(&network.services)
                        && judged.known(&list.source).is_some_and(|own| own.intersects(&source))
                })
            })
            .map(|other| other.path.as_str())
            .collect();
        if beside.is_empty() || !judged.shows_group(rule.group) {
            continue;
        }
        let sentence = format!(
            "firewall rule `{}` opens {} by address before the list of host names is read, so the list does not restrict what is there",
            rule.path,
            counted(&far)
        );
        let finding = Finding::new(
            Kind::Contradiction,
            Severity::Warning,
            firewall_subject(&rule.path),
            &format!("{:?} {:?} {:?}", network.source, network.services, network.destinations),
            sentence,
        );
        let shown = if beside.len() > 4 {
            format!("{} and {} more", beside[..4].join(", "), beside.len() - 4)
        } else {
            beside.join(", ")
        };
        found.push(
            finding
                .detail(format!("network rules come before application rules, whatever their priorities: {shown}"))
                .fix(Fix::Words(format!(
                    "take rule `{}` out of the firewall's policy, or narrow it to what no name covers",
                    rule.path
                ))),
        );
    }
    found
}

/// Routes that lead past the firewall what the plan would not.
fn past_the_firewall(judged: &Judged, readings: &Readings) -> Vec<Finding> {
    let (network, planned) = (judged.input.network, judged.input.planned);
    let mut found = Vec::new();
    for (name, _) in routed(judged, readings) {
        let Some(subnet) = network.subnets.iter().find(|subnet| subnet.name == name) else { continue };
        let meant = planned.subnets.iter().find(|other| other.name == name);
        let Some(table_name) = &subnet.route_table else { continue };
        let Some(table) = network.route_tables.get(table_name).filter(|_| judged.shows_table(table_name)) else {
            continue;
        };
        let meant_routes = meant
            .and_then(|subnet| planned.route_tables.get(subnet.route_table.as_ref()?))
            .map(|table| table.routes.as_slice())
            .unwrap_or_default();
        for route in table.routes.iter().filter(|route| route.next_hop == NextHop::Internet) {
            let legs = readings.next_hops(name).unwrap_or_default().iter();
            let taken = legs.filter(|leg| leg.route == route.name && leg.hop == Hop::Internet);
            let taken = taken.fold(AddressSet::default(), |sum, leg| sum.union(&leg.destination));
            let taken = taken.intersection(&AddressSet::public_v4());
            let set = |destination: &RouteDestination| match destination {
                RouteDestination::Prefix(prefix) => AddressSet::from_prefixes([prefix]),
                RouteDestination::Tag(tag) => judged.table.get(tag).cloned().unwrap_or_default(),
            };
            let wanted = meant_routes.iter().filter(|other| other.next_hop == NextHop::Internet);
            let wanted = wanted.fold(AddressSet::default(), |sum, other| sum.union(&set(&other.destination)));
            let beyond = taken.difference(&wanted);
            if beyond.is_empty() {
                continue;
            }
            let destination = match &route.destination {
                RouteDestination::Prefix(prefix) => prefix.to_string(),
                RouteDestination::Tag(tag) => tag.clone(),
            };
            let subject = Subject {
                resource: Resource::RouteTable,
                name: table_name.clone(),
                rule: route.name.clone(),
                subnet: name.into(),
                ..Subject::default()
            };
            let sentence = format!(
                "route `{}` sends what `{name}` sends to `{destination}` straight to the Internet, past the firewall: {}",
                route.name,
                counted(&beyond)
            );
            let mut finding = Finding::new(Kind::Contradiction, Severity::Warning, subject, &destination, sentence);
            let filters = |rule: &HeldRule| matches!(rule, HeldRule::Network(rule) if known_part(&rule.destinations, judged).intersects(&beyond));
            let voided: Vec<String> = judged
                .held
                .iter()
                .filter(|held| !matches!(&held.rule, HeldRule::Network(rule) if rule.destinations.contains(&crate::model::Endpoint::Any)))
                .filter(|held| filters(&held.rule))
                .map(|held| held.path.clone())
                .collect();
            if !voided.is_empty() {
                finding = finding.detail(format!(
                    "the firewall has rules for the same addresses, which never see this traffic: {}",
                    voided.join(", ")
                ));
            }
            found.push(finding.fix(Fix::RemoveRoute { table: table_name.clone(), route: route.name.clone() }));
        }
        for tag in &subnet.service_endpoints {
            let planned =
                meant.is_some_and(|subnet| subnet.service_endpoints.iter().any(|own| own.eq_ignore_ascii_case(tag)));
            if planned {
                continue;
            }
            let sentence =
                format!("the service endpoint for `{tag}` takes what `{name}` sends there past the firewall");
            let finding = Finding::new(Kind::Contradiction, Severity::Note, Subject::subnet(name), tag, sentence);
            found.push(finding.fix(Fix::Words(format!(
                "take the service endpoint off `{name}`, or restrict it with a service endpoint policy"
            ))));
        }
    }
    found
}
