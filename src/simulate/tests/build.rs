//! Small networks in a line of text each, and short questions about them.

use crate::model::*;
use crate::simulate::{Hop, Open, Reading, Simulator};
use std::net::IpAddr;

pub(super) fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub(super) fn set(text: &str) -> AddressSet {
    match text {
        "*" => AddressSet::all(),
        _ => text.split(',').map(|part| parse_prefix(part.trim()).unwrap()).collect(),
    }
}

pub(super) fn prefixes(text: &str) -> Vec<ipnet::IpNet> {
    text.split(',').map(|part| parse_prefix(part.trim()).unwrap()).collect()
}

pub(super) fn endpoint(text: &str) -> Endpoint {
    match text {
        "*" => Endpoint::Any,
        _ if text.starts_with("asg-") => Endpoint::Groups(vec![text.into()]),
        _ if text.starts_with(|c: char| c.is_ascii_digit()) => Endpoint::Prefixes(prefixes(text)),
        _ => Endpoint::Tag(text.into()),
    }
}

pub(super) fn services(text: &str) -> Services {
    let (protocol, ports) = parse_allow(text).unwrap();
    Services::new(protocol, &ports)
}

fn access(text: &str) -> Access {
    if text == "allow" { Access::Allow } else { Access::Deny }
}

/// `Name 100 out allow tcp 443: * > Storage`
pub(super) fn rule(text: &str) -> SecurityRule {
    let (head, sides) = text.split_once(": ").unwrap();
    let (source, destination) = sides.split_once(" > ").unwrap();
    let words: Vec<&str> = head.splitn(5, ' ').collect();
    let (protocol, destination_ports) = parse_allow(words[4]).unwrap();
    SecurityRule {
        name: words[0].into(),
        direction: if words[2] == "in" { Direction::Inbound } else { Direction::Outbound },
        priority: words[1].parse().unwrap(),
        access: access(words[3]),
        protocol,
        source: endpoint(source),
        source_ports: PortSet::all(),
        destination: endpoint(destination),
        destination_ports,
        description: String::new(),
    }
}

pub(super) fn nsg(rules: &[&str]) -> Nsg {
    Nsg { rules: rules.iter().map(|text| rule(text)).collect(), others_rules: false }
}

/// `10.0.0.0/16 10.0.100.4`, `Storage Internet`; the name is the text.
pub(super) fn route(text: &str) -> Route {
    let (destination, hop) = text.split_once(' ').unwrap();
    let destination = match parse_prefix(destination) {
        Ok(prefix) => RouteDestination::Prefix(prefix),
        Err(_) => RouteDestination::Tag(destination.into()),
    };
    let next_hop = match hop {
        "Internet" => NextHop::Internet,
        "VirtualNetwork" => NextHop::VirtualNetwork,
        "Gateway" => NextHop::Gateway,
        "None" => NextHop::None,
        address => NextHop::Appliance(ip(address)),
    };
    Route { name: text.into(), destination, next_hop }
}

pub(super) fn table(routes: &[&str]) -> RouteTable {
    let routes = routes.iter().map(|text| route(text)).collect();
    RouteTable { routes, gateway_routes: true, others_routes: false }
}

pub(super) fn subnet(name: &str, prefix: &str) -> Subnet {
    Subnet { name: name.into(), prefixes: prefixes(prefix), way_out: WayOut::NatGateway, ..Subnet::default() }
}

/// `name allow 10.0.0.0/24 tcp 443: Storage,20.0.0.0/8,one.example.org`
pub(super) fn network_collection(priority: u32, rules: &[&str]) -> RuleCollection {
    let mut action = Access::Allow;
    let rules = rules.iter().map(|text| {
        let (head, destinations) = text.split_once(": ").unwrap();
        let words: Vec<&str> = head.splitn(4, ' ').collect();
        action = access(words[1]);
        let (names, addresses): (Vec<&str>, Vec<&str>) =
            destinations.split(',').partition(|text| text.contains(char::is_lowercase) && text.contains('.'));
        NetworkRule {
            name: words[0].into(),
            source: endpoint(words[2]),
            services: services(words[3]),
            destinations: addresses.into_iter().map(endpoint).collect(),
            names: names.into_iter().map(String::from).collect(),
        }
    });
    let rules = CollectionRules::Network(rules.collect());
    RuleCollection { name: format!("net{priority}"), priority, access: action, rules }
}

/// `name allow 10.0.0.0/24 443: *.example.org,example.org,tag:AzureBackup`
pub(super) fn application_collection(priority: u32, rules: &[&str]) -> RuleCollection {
    let mut action = Access::Allow;
    let rules = rules.iter().map(|text| {
        let (head, names) = text.split_once(": ").unwrap();
        let words: Vec<&str> = head.splitn(4, ' ').collect();
        action = access(words[1]);
        let (tags, names): (Vec<&str>, Vec<&str>) = names.split(',').partition(|text| text.starts_with("tag:"));
        let protocols = words[3].split(',').map(|port| port.parse().unwrap());
        ApplicationRule {
            name: words[0].into(),
            source: endpoint(words[2]),
            protocols: protocols.map(|port| ApplicationProtocol { https: port != 80, port }).collect(),
            names: names.into_iter().map(String::from).collect(),
            fqdn_tags: tags.into_iter().map(|tag| tag.trim_start_matches("tag:").into()).collect(),
            ..ApplicationRule::default()
        }
    });
    let rules = CollectionRules::Application(rules.collect());
    RuleCollection { name: format!("app{priority}"), priority, access: action, rules }
}

pub(super) fn group(name: &str, priority: u32, parent: bool, collections: Vec<RuleCollection>) -> RuleCollectionGroup {
    RuleCollectionGroup { name: name.into(), priority, parent, collections }
}

pub(super) fn firewall(address: &str, groups: Vec<RuleCollectionGroup>) -> Firewall {
    Firewall {
        name: "fw".into(),
        private_address: Some(ip(address)),
        tier: FirewallTier::Standard,
        dns_proxy: true,
        groups,
        others_groups: false,
        private_ranges: None,
    }
}

pub(super) fn flow(source: &str, destination: &str, on: &str) -> Flow {
    Flow { source: set(source), destination: set(destination), name: None, services: services(on) }
}

pub(super) fn to_name(source: &str, name: &str, on: &str) -> Flow {
    let destination = set("20.0.0.0/8");
    Flow { source: set(source), destination, name: Some(name.into()), services: services(on) }
}

pub(super) fn tags(list: &[(&str, &str)]) -> TagTable {
    let mut table = TagTable::default();
    for (name, addresses) in list {
        table.insert(name, set(addresses));
    }
    table
}

/// The firewall's address.
pub(super) const FW: &str = "10.0.1.4";

/// A spoke 10.20.0.0/16 with subnets `a` and `b`, a hub 10.0.0.0/16 as peer, and on-premises 10.100.0.0/16.
pub(super) fn spoke() -> Network {
    let mut network = Network {
        address_space: prefixes("10.20.0.0/16"),
        peered: prefixes("10.0.0.0/16"),
        on_premises: prefixes("10.100.0.0/16"),
        subnets: vec![subnet("a", "10.20.0.0/24"), subnet("b", "10.20.1.0/24")],
        ..Network::default()
    };
    network.nsgs.insert("nsg-a".into(), nsg(&[]));
    network.subnets[0].nsg = Some("nsg-a".into());
    network
}

pub(super) fn with_rules(rules: &[&str]) -> Network {
    let mut network = spoke();
    network.nsgs.insert("nsg-a".into(), nsg(rules));
    network
}

pub(super) fn with_routes(mut network: Network, subnet: usize, routes: &[&str]) -> Network {
    let name = format!("rt-{subnet}");
    network.route_tables.insert(name.clone(), table(routes));
    network.subnets[subnet].route_table = Some(name);
    network
}

/// The spoke with subnet `a` behind a firewall in the hub, and no NSG.
pub(super) fn behind_firewall(groups: Vec<RuleCollectionGroup>) -> Network {
    let mut network = with_routes(spoke(), 0, &["0.0.0.0/0 10.0.1.4"]);
    network.subnets[0].nsg = None;
    network.firewalls.push(firewall(FW, groups));
    network
}

pub(super) fn known() -> TagTable {
    tags(&[
        ("Storage", "20.0.0.0/16"),
        ("Storage.WestEurope", "20.0.4.0/24"),
        ("AzureCloud", "20.0.0.0/12"),
        ("AzureCloud.westeurope", "20.0.4.0/23"),
        ("AzureMachineLearning", "20.5.0.0/24"),
    ])
}

pub(super) fn trace_as(network: &Network, reading: Reading, flow: &Flow) -> Vec<Part> {
    let trace = Simulator::new(network, &known(), reading).trace(flow);
    assert!(!trace.undecided);
    trace.parts
}

/// The one end of a flow, under the narrow reading, and its last step as `at: rule`.
pub(super) fn end(network: &Network, flow: &Flow) -> (Disposition, String) {
    let mut parts = trace_as(network, Reading::Narrow, flow);
    assert_eq!(parts.len(), 1, "{parts:#?}");
    let part = parts.remove(0);
    let last = part.steps.last().map(|step| format!("{}: {}", step.at, step.rule));
    (part.disposition, last.unwrap_or_default())
}

pub(super) fn ends(network: &Network, flow: &Flow) -> Disposition {
    end(network, flow).0
}

pub(super) fn assumed(disposition: &Disposition) -> &str {
    match disposition {
        Disposition::Assumed(reason) => reason,
        other => panic!("{other:?} is not assumed"),
    }
}

pub(super) fn hop(network: &Network, subnet: &str, address: &str) -> (Hop, String) {
    let tags = known();
    let simulator = Simulator::new(network, &tags, Reading::Narrow);
    let legs = simulator.next_hops(subnet).unwrap();
    let leg = legs.iter().find(|leg| leg.destination.contains(ip(address))).unwrap();
    (leg.hop.clone(), leg.route.clone())
}

pub(super) fn outbound(network: &Network, subnet: &str) -> Open {
    Simulator::new(network, &known(), Reading::Narrow).open_outbound(subnet)
}

pub(super) fn appliance(text: &str) -> Hop {
    Hop::Appliance(ip(text))
}
