//! Random networks on few addresses and ports: the simulator agrees with the oracle on every single packet.

use super::build::{endpoint, ip, prefixes, route, set, tags};
use super::oracle::{Kind, Oracle, Packet, single, uncertain_rules, within};
use crate::model::*;
use crate::simulate::{Hop, Matches, Open, READINGS, Reading, Simulator};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::net::IpAddr;

/// One or two addresses of every kind of place there is.
const ADDRESSES: [&str; 16] = [
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.9",
    "10.0.0.10",
    "10.0.0.17",
    "10.0.0.25", // subnets a, a, b, b, c, the firewall's
    "10.0.1.1",
    "10.0.1.2",
    "10.9.0.1",
    "10.7.0.1", // peer, peer, on-premises, nobody's
    "20.0.0.1",
    "20.0.0.6",
    "20.0.0.9",
    "20.0.1.1", // public: Storage, Storage and its region, AzureCloud, none
    "168.63.129.16",
    "169.254.169.254",
];
const KINDS: [Kind; 5] = [Kind::Tcp(22), Kind::Tcp(443), Kind::Tcp(80), Kind::Udp(53), Kind::Icmp];
const SIDES: [&str; 17] = [
    "*",
    "*",
    "10.0.0.0/29",
    "10.0.0.8/29",
    "10.0.0.0/28",
    "10.0.0.2",
    "10.0.0.9,20.0.0.1",
    "10.0.0.0/8",
    "10.9.0.0/24",
    "20.0.0.0/29",
    "20.0.0.0/8",
    "0.0.0.0/0",
    "VirtualNetwork",
    "Internet",
    "AzureLoadBalancer",
    "Storage",
    "AzureCloud",
];
const ALLOWS: [&str; 7] = ["any", "any 443", "tcp", "tcp 22,443", "tcp 80", "udp 53", "icmp"];
const ROUTES: [&str; 16] = [
    "0.0.0.0/0 10.0.0.25",
    "0.0.0.0/0 10.0.0.25",
    "0.0.0.0/0 Internet",
    "0.0.0.0/0 10.0.0.77",
    "10.0.0.0/24 10.0.0.25",
    "10.0.0.0/28 10.0.0.25",
    "10.0.0.8/29 VirtualNetwork",
    "10.0.0.9/32 10.0.0.25",
    "10.0.1.0/24 None",
    "10.0.0.0/8 None",
    "10.9.0.0/16 Gateway",
    "Storage Internet",
    "Storage.Here None",
    "AzureCloud 10.0.0.25",
    "AzureCloud.here Internet",
    "20.0.0.0/29 Internet",
];
const NAMES: [&str; 4] = ["a.x.org", "b.x.org", "x.org", "c.b.x.org"];
const PATTERNS: [&str; 5] = ["*.x.org", "x.org", "a.x.org", "*.b.x.org", "b.x.org"];

fn table_of_tags() -> TagTable {
    tags(&[
        ("Storage", "20.0.0.0/29"),
        ("Storage.Here", "20.0.0.4/30"),
        ("AzureCloud", "20.0.0.0/28"),
        ("AzureCloud.here", "20.0.0.0/29"),
    ])
}

fn some_rule(uncertain: bool) -> impl Strategy<Value = SecurityRule> {
    let sides = move || {
        let unknown = if uncertain { 1 } else { 0 };
        prop_oneof![8 => select(&SIDES[..]), unknown => Just("Unheard"), unknown => Just("asg-one")].prop_map(endpoint)
    };
    let ports = prop_oneof![9 => Just(PortSet::all()), 1 => Just(PortSet::from_range(500, 600))];
    (any::<bool>(), any::<bool>(), select(&ALLOWS[..]), sides(), sides(), ports).prop_map(
        move |(inbound, allow, services, source, destination, source_ports)| {
            let (protocol, destination_ports) = parse_allow(services).unwrap();
            SecurityRule {
                name: String::new(),
                direction: if inbound { Direction::Inbound } else { Direction::Outbound },
                priority: 0,
                access: if allow { Access::Allow } else { Access::Deny },
                protocol,
                source,
                source_ports: if uncertain { source_ports } else { PortSet::all() },
                destination,
                destination_ports,
                description: String::new(),
            }
        },
    )
}

fn some_nsg(uncertain: bool) -> impl Strategy<Value = Nsg> {
    vec(some_rule(uncertain), 0..7).prop_map(|mut rules| {
        for (index, rule) in rules.iter_mut().enumerate() {
            rule.priority = 100 + index as u16;
            rule.name = format!("rule{index}");
        }
        Nsg { rules, others_rules: false }
    })
}

fn some_table() -> impl Strategy<Value = RouteTable> {
    (vec(select(&ROUTES[..]), 0..5), any::<bool>()).prop_map(|(routes, gateway_routes)| {
        let mut routes: Vec<Route> = routes.into_iter().map(route).collect();
        routes.sort_by(|a, b| a.destination.cmp(&b.destination));
        routes.dedup_by(|a, b| a.destination == b.destination); // Azure refuses two routes for one prefix
        RouteTable { routes, gateway_routes, others_routes: false }
    })
}

fn some_collection() -> impl Strategy<Value = RuleCollection> {
    let source = || select(vec!["*", "10.0.0.0/29", "10.0.0.8/29", "10.0.0.0/28"]).prop_map(endpoint);
    let to = select(vec!["*", "20.0.0.0/29", "10.0.0.0/24", "Storage", "AzureCloud"]).prop_map(endpoint);
    let network = (source(), select(&ALLOWS[..]), vec(to, 0..2), option::weighted(0.3, select(&NAMES[..])));
    let network = network.prop_map(|(source, services, destinations, name)| NetworkRule {
        name: "n".into(),
        source,
        services: super::build::services(services),
        destinations,
        names: name.map(String::from).into_iter().collect(),
    });
    let application = (source(), vec(select(vec![80u16, 443]), 1..3), vec(select(&PATTERNS[..]), 1..3));
    let application = application.prop_map(|(source, ports, names)| ApplicationRule {
        name: "a".into(),
        source,
        protocols: ports.into_iter().map(|port| ApplicationProtocol { https: port == 443, port }).collect(),
        names: names.into_iter().map(String::from).collect(),
        fqdn_tags: Vec::new(),
        ..ApplicationRule::default()
    });
    let rules = prop_oneof![
        vec(network, 1..3).prop_map(CollectionRules::Network),
        vec(application, 1..3).prop_map(CollectionRules::Application),
    ];
    (100u32..110, any::<bool>(), rules).prop_map(|(priority, allow, rules)| RuleCollection {
        name: "c".into(),
        priority,
        access: if allow { Access::Allow } else { Access::Deny },
        rules,
    })
}

fn some_firewall() -> impl Strategy<Value = Firewall> {
    let group = (100u32..105, any::<bool>(), vec(some_collection(), 0..3));
    let group = group.prop_map(|(priority, parent, collections)| RuleCollectionGroup {
        name: "g".into(),
        priority,
        parent,
        collections,
    });
    (vec(group, 0..3), any::<bool>()).prop_map(|(groups, dns_proxy)| Firewall {
        name: "fw".into(),
        private_address: Some(ip("10.0.0.25")),
        tier: FirewallTier::Standard,
        dns_proxy,
        groups,
        others_groups: false,
        private_ranges: None,
    })
}

fn some_network(uncertain: bool) -> impl Strategy<Value = Network> {
    let subnet = || {
        let way_out = select(vec![WayOut::None, WayOut::NatGateway]);
        (option::of(0..2usize), option::of(0..2usize), any::<bool>(), way_out)
    };
    let subnets = (subnet(), subnet(), subnet());
    let nsgs = (some_nsg(uncertain), some_nsg(uncertain));
    let tables = (some_table(), some_table());
    let on_premises = select(vec!["10.9.0.0/16", "10.0.0.0/30,10.9.0.0/16,20.0.0.4/30", "0.0.0.0/0"]);
    (nsgs, tables, some_firewall(), subnets, option::of(0..2usize), on_premises).prop_map(
        |(nsgs, tables, firewall, subnets, card, on_premises)| {
            let mut network = Network {
                address_space: prefixes("10.0.0.0/24"),
                peered: prefixes("10.0.1.0/24"),
                on_premises: prefixes(on_premises),
                firewalls: vec![firewall],
                ..Network::default()
            };
            network.nsgs = [("nsg0".into(), nsgs.0), ("nsg1".into(), nsgs.1)].into();
            network.route_tables = [("rt0".into(), tables.0), ("rt1".into(), tables.1)].into();
            let subnets =
                [("a", "10.0.0.0/29", subnets.0), ("b", "10.0.0.8/29", subnets.1), ("c", "10.0.0.16/30", subnets.2)];
            for (name, prefix, (nsg, table, endpoint, way_out)) in subnets {
                network.subnets.push(Subnet {
                    name: name.into(),
                    prefixes: prefixes(prefix),
                    nsg: nsg.map(|index| format!("nsg{index}")),
                    route_table: table.map(|index| format!("rt{index}")),
                    service_endpoints: if endpoint { vec!["Storage".into()] } else { Vec::new() },
                    way_out,
                    private_endpoints: Vec::new(),
                    private_endpoint_policies: None,
                });
            }
            network.subnets[1].private_endpoints.push(ip("10.0.0.10"));
            network.interfaces = card
                .map(|index| Interface { name: "nic".into(), address: ip("10.0.0.2"), nsg: format!("nsg{index}") })
                .into_iter()
                .collect();
            network
        },
    )
}

fn addresses() -> impl Iterator<Item = IpAddr> {
    ADDRESSES.iter().map(|text| ip(text))
}

/// The trace of everything to everything says of each packet what the oracle says, in exactly one part.
fn agree_on_traces(network: &Network, reading: Reading, name: Option<&str>) -> Result<(), TestCaseError> {
    let tags = table_of_tags();
    let simulator = Simulator::new(network, &tags, reading);
    let everything: AddressSet = ADDRESSES.iter().map(|text| parse_prefix(text).unwrap()).collect();
    let flow = Flow {
        source: everything.clone(),
        destination: everything,
        name: name.map(String::from),
        services: Services::all(),
    };
    let trace = simulator.trace(&flow);
    prop_assert!(!trace.undecided);
    let worlds = 1 << uncertain_rules(network).count();
    for source in addresses() {
        for destination in addresses() {
            for kind in KINDS {
                let packet = Packet { source, destination, kind, name };
                let mut parts = trace.parts.iter().filter(|part| {
                    let flow = &part.flow;
                    flow.source.contains(source)
                        && flow.destination.contains(destination)
                        && single(kind).is_subset(&flow.services)
                });
                let part = parts.next();
                prop_assert!(part.is_some(), "{packet:?} is in no part");
                prop_assert!(parts.next().is_none(), "{packet:?} is in two parts");
                let part = part.unwrap();
                let worlds = (0..worlds).flat_map(|world| [false, true].map(|denied_name| (world, denied_name)));
                let outcomes = worlds.map(|(world, denied_name)| {
                    Oracle { network, tags: &tags, reading, world, denied_name }.arrives(packet)
                });
                let mut outcomes: Vec<Option<bool>> = outcomes.collect();
                outcomes.dedup();
                let expected = if let [outcome] = outcomes[..] { outcome } else { None };
                let shown = match &part.disposition {
                    Disposition::Delivered => Some(true),
                    Disposition::Assumed(_) => None,
                    _ => Some(false),
                };
                prop_assert_eq!(shown, expected, "{:?}: {:?}", packet, part);
            }
        }
    }
    Ok(())
}

fn is_open(open: &Open, packet: Packet<'_>) -> bool {
    let covers = |names: &Option<Vec<String>>| match (names, packet.name) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(names), Some(name)) => names.iter().any(|own| match own.strip_prefix('*') {
            Some(suffix) => name.ends_with(suffix),
            None => own == name,
        }),
    };
    open.regions.iter().any(|region| {
        region.source.contains(packet.source)
            && region.destination.contains(packet.destination)
            && single(packet.kind).is_subset(&region.services)
            && covers(&region.names)
    })
}

/// Whether a name is denied somewhere, so that names in the open set may be more than is open.
fn denies_names(network: &Network) -> bool {
    let groups = network.firewalls.iter().flat_map(|firewall| &firewall.groups);
    groups.flat_map(|group| &group.collections).any(|collection| {
        let named = match &collection.rules {
            CollectionRules::Network(rules) => rules.iter().any(|rule| !rule.names.is_empty()),
            CollectionRules::Application(_) | CollectionRules::Nat(_) => true,
        };
        named && collection.access == Access::Deny
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Parts are disjoint and complete, and each says what becomes of every packet in it.
    #[test]
    fn traces_agree_with_the_oracle(
        network in some_network(true).prop_filter("not too many worlds", |network| uncertain_rules(network).count() <= 4),
        reading in select(READINGS.to_vec()),
        name in option::of(select(&NAMES[..])),
    ) {
        agree_on_traces(&network, reading, name)?;
    }

    /// Without unknowns the open sets are exactly what passes; names may be more than is open only where one is denied.
    #[test]
    fn open_sets_agree_with_the_oracle(
        network in some_network(false),
        reading in select(READINGS.to_vec()),
        name in option::of(select(&NAMES[..])),
    ) {
        let tags = table_of_tags();
        let simulator = Simulator::new(&network, &tags, reading);
        let oracle = Oracle { network: &network, tags: &tags, reading, world: 0, denied_name: false };
        for subnet in &network.subnets {
            let outbound = simulator.open_outbound(&subnet.name);
            let inbound = simulator.open_inbound(&subnet.name);
            for (source, destination) in addresses().flat_map(|a| addresses().map(move |b| (a, b))) {
                for kind in KINDS {
                    let packet = Packet { source, destination, kind, name };
                    let enters = within(&subnet.prefixes, destination) && oracle.enters(subnet, packet);
                    prop_assert_eq!(is_open(&inbound, packet), enters, "{:?} into {}", packet, subnet.name);
                    let platform = within(&prefixes("168.63.129.16,169.254.169.254"), destination);
                    let private = within(&prefixes("10.0.0.0/8"), destination);
                    let leaves = within(&subnet.prefixes, source) && !platform && oracle.leaves(subnet, packet);
                    let leaves = leaves && match oracle.hop(subnet, destination) {
                        Err(()) | Ok(NextHop::VirtualNetwork | NextHop::Gateway) => true,
                        Ok(NextHop::None) => false,
                        Ok(NextHop::Internet) => subnet.way_out != WayOut::None && !private,
                        Ok(NextHop::Appliance(address)) => {
                            address == ip("10.0.0.25") && oracle.firewall(&network.firewalls[0], packet).0
                        }
                    };
                    let open = is_open(&outbound, packet);
                    prop_assert!(open || !leaves, "{:?} leaves {} and is not open", packet, subnet.name);
                    let exact = name.is_none() || !denies_names(&network);
                    prop_assert!(leaves || !open || !exact, "{:?} is open from {} and does not leave", packet, subnet.name);
                }
            }
        }
    }

    /// What was looked at tells the same: no rule before the one that decided matches for certain, and that one may.
    #[test]
    fn looks_agree_with_the_trace(
        network in some_network(true),
        reading in select(READINGS.to_vec()),
        name in option::of(select(&NAMES[..])),
    ) {
        let tags = table_of_tags();
        let simulator = Simulator::new(&network, &tags, reading);
        let everything: AddressSet = ADDRESSES.iter().map(|text| parse_prefix(text).unwrap()).collect();
        let (source, destination) = (everything.clone(), everything);
        let flow = Flow { source, destination, name: name.map(String::from), services: Services::all() };
        for part in simulator.trace(&flow).parts {
            for look in simulator.looks(&part) {
                let decider: Vec<_> = look.rules.iter().filter(|rule| rule.decides).collect();
                let at = &look.step.at;
                if at.starts_with("routes of") || at.starts_with("return route of") {
                    prop_assert!(matches!(decider[..], [rule] if rule.matches() == Matches::Yes), "{look:?}");
                    continue;
                }
                if let [rule] = decider[..] {
                    prop_assert!(look.rules.last() == Some(rule) && rule.matches() != Matches::No, "{look:?}");
                } else {
                    let nsg = at.starts_with("NSG") && look.step.rule != "platform traffic is exempt";
                    prop_assert!(!nsg && decider.is_empty(), "{look:?}");
                }
                for rule in look.rules.iter().filter(|rule| !rule.decides) {
                    prop_assert!(matches!(rule.matches(), Matches::No | Matches::NotKnown(_)), "{rule:?} in {look:?}");
                }
            }
        }
    }

    /// Legs do not overlap, cover every address, and lead where the oracle says.
    #[test]
    fn legs_are_a_partition(network in some_network(false)) {
        let tags = table_of_tags();
        let simulator = Simulator::new(&network, &tags, Reading::Narrow);
        let oracle = Oracle { network: &network, tags: &tags, reading: Reading::Narrow, world: 0, denied_name: false };
        for subnet in &network.subnets {
            let legs = simulator.next_hops(&subnet.name).unwrap();
            let mut all = AddressSet::default();
            for leg in legs {
                prop_assert!(!all.intersects(&leg.destination), "{leg:?} overlaps");
                all = all.union(&leg.destination);
            }
            prop_assert_eq!(all, set("*"));
            for address in addresses() {
                let leg = legs.iter().find(|leg| leg.destination.contains(address)).unwrap();
                let shown = match leg.hop {
                    Hop::ServiceEndpoint => Err(()),
                    Hop::VirtualNetwork | Hop::Peering | Hop::PrivateEndpoint => Ok(NextHop::VirtualNetwork),
                    Hop::Gateway => Ok(NextHop::Gateway),
                    Hop::Internet => Ok(NextHop::Internet),
                    Hop::Appliance(at) => Ok(NextHop::Appliance(at)),
                    Hop::None => Ok(NextHop::None),
                    Hop::Unknown(_) => panic!("{leg:?}"),
                };
                prop_assert_eq!(shown, oracle.hop(subnet, address), "{} from {}", address, subnet.name);
            }
        }
    }
}
