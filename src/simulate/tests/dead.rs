//! Rules that never match: by hand, and against every single packet of a small space.

use super::build::*;
use super::oracle::{Kind, Oracle, carries};
use crate::model::*;
use crate::simulate::dead::within_budget;
use crate::simulate::{Matching, READINGS, firewall_matching, nsg_matching, routes_winning};
use proptest::prelude::*;
use std::net::IpAddr;

/// What becomes of each rule of `nsg-a`: `alive`, `undecided`, or the rules that cover it.
fn judged(network: &Network) -> Vec<String> {
    nsg_matching(network, &known())["nsg-a"].iter().map(text).collect()
}

fn text(matching: &Matching) -> String {
    match matching {
        Matching::Some => "alive".into(),
        Matching::Undecided => "undecided".into(),
        Matching::Never(by) => by.join(" "),
    }
}

#[test]
fn a_union_of_earlier_rules_covers_a_later_one() {
    let network = with_rules(&[
        "A 100 out allow tcp 1-1000: 10.20.0.0/24 > 20.0.0.0/9",
        "B 110 out deny any: 10.20.0.0/16 > 20.128.0.0/9",
        "C 120 out allow tcp 443: 10.20.0.0/25 > 20.0.0.0/8",
        "D 130 out allow tcp 443: 10.20.0.0/25 > 20.0.0.0/7",
        "E 140 out allow udp 443: 10.20.0.0/25 > 20.0.0.0/8",
        "F 150 in allow tcp 443: 10.20.0.0/25 > 20.0.0.0/8",
    ]);
    assert_eq!(judged(&network), ["alive", "alive", "A B", "alive", "alive", "alive"]);
}

#[test]
fn one_rule_that_covers_all_is_named_alone() {
    let network = with_rules(&[
        "Half 100 out allow tcp: * > 20.0.0.0/9",
        "DenyAll 200 out deny any: * > *",
        "Late 300 out allow tcp 443: * > Storage",
        "Other 300 in allow tcp 443: Storage > *",
    ]);
    assert_eq!(judged(&network), ["alive", "alive", "Half", "alive"]);
    let network = with_rules(&["DenyAll 200 out deny any: * > *", "Late 300 out allow tcp 443: * > Storage"]);
    assert_eq!(judged(&network), ["alive", "DenyAll"]);
}

/// `Any` with ports is TCP and UDP, so it leaves ICMP to a later rule; source ports leave the others.
#[test]
fn what_a_rule_with_ports_leaves_keeps_a_later_one_alive() {
    let mut network = with_rules(&[
        "Ports 100 out deny any 0-65535: * > *",
        "Icmp 110 out allow icmp: * > *",
        "All 120 out allow any: * > *",
        "From 130 out allow tcp 443: * > *",
    ]);
    assert_eq!(judged(&network), ["alive", "Ports", "Ports", "Ports"]);
    let rules = &mut network.nsgs.get_mut("nsg-a").unwrap().rules;
    rules[0].destination_ports = PortSet::from_range(1, 65535);
    assert_eq!(judged(&network), ["alive", "alive", "alive", "Ports"]);
    let rules = &mut network.nsgs.get_mut("nsg-a").unwrap().rules;
    rules[0].source_ports = PortSet::from_range(1024, 65535);
    rules.remove(2);
    assert_eq!(judged(&network), ["alive", "alive", "alive"]);
    let rules = &mut network.nsgs.get_mut("nsg-a").unwrap().rules;
    rules[2].source_ports = PortSet::from_range(2000, 3000);
    assert_eq!(judged(&network), ["alive", "alive", "Ports"]);
}

#[test]
fn a_rule_between_families_matches_nothing() {
    let network = with_rules(&["Mixed 100 out allow tcp 443: 10.20.0.0/24 > 2001:db8::/32"]);
    assert_eq!(judged(&network), [""]);
}

/// A tag that nobody knows may be anything: it covers nothing and is covered by all, or by itself.
#[test]
fn unknown_tags_and_groups_are_never_guessed() {
    let network = with_rules(&[
        "One 100 out allow tcp 443: * > Unheard",
        "Two 110 out allow tcp 443: asg-a > Unheard",
        "Three 120 out deny tcp: asg-a > 20.0.0.0/8",
        "Four 130 out allow tcp 443: * > 20.0.0.0/8",
        "Five 140 out allow tcp 443: asg-a > 20.0.0.0/16",
        "Six 150 out allow tcp 443: asg-b > Other",
        "Seven 160 out deny tcp: * > *",
        "Eight 170 out allow tcp 80: asg-b > Other",
    ]);
    assert_eq!(judged(&network), ["alive", "One", "alive", "alive", "Four", "alive", "alive", "Seven"]);
}

/// Behind a default route `VirtualNetwork` may be everything, and `Internet` nothing: only what both readings bury is dead.
#[test]
fn a_rule_is_dead_only_under_both_readings_and_on_every_subnet() {
    let rules = [
        "Own 100 out allow any: VirtualNetwork > VirtualNetwork",
        "Out 110 out deny any: * > Internet",
        "Web 120 out allow tcp 443: 10.20.0.0/24 > 20.0.0.0/16",
        "Peer 130 out allow tcp 443: 10.20.0.0/24 > 10.0.0.0/24",
    ];
    let network = with_routes(with_rules(&rules), 0, &["0.0.0.0/0 10.0.1.4"]);
    // Narrow: by `Out`. Wide: by `Own`.
    assert_eq!(judged(&network), ["alive", "alive", "Out Own", "Own"]);
    let mut other = network.clone();
    other.nsgs.get_mut("nsg-a").unwrap().rules.remove(0);
    assert_eq!(judged(&other), ["alive", "alive", "alive"]);
    let mut nowhere = network;
    nowhere.subnets.clear();
    nowhere.address_space.clear();
    // Without address space nobody knows what the tags are.
    assert_eq!(judged(&nowhere), ["alive", "alive", "alive", "alive"]);
}

#[test]
fn the_work_budget_ends_in_undecided() {
    let rules: Vec<String> =
        (0..40).map(|n| format!("R{n} {} out allow tcp {}: 10.20.{n}.0/24 > 20.{n}.0.0/16", 100 + n, n + 1)).collect();
    let mut rules: Vec<&str> = rules.iter().map(String::as_str).collect();
    rules.push("Last 4000 out allow any: * > *");
    let network = with_rules(&rules);
    let found = within_budget(&network.nsgs["nsg-a"].rules, &network, &known(), 60);
    assert_eq!(found.last(), Some(&Matching::Undecided));
    assert_eq!(judged(&network).last().unwrap(), "alive");
}

fn of_firewall(groups: Vec<RuleCollectionGroup>) -> Vec<String> {
    let found = firewall_matching(&firewall(FW, groups), &known());
    found.iter().map(|(path, matching)| format!("{path}: {}", text(matching))).collect()
}

/// The type beats the priority, and the parent comes first.
#[test]
fn firewall_rules_are_judged_in_the_order_of_processing() {
    let found = of_firewall(vec![
        group(
            "child",
            100,
            false,
            vec![
                application_collection(
                    100,
                    &["names allow 10.20.0.0/24 443: *.x.org,y.org", "plain allow 10.20.0.0/24 80: z.org"],
                ),
                network_collection(200, &["cloud allow * tcp 443: *", "late allow 10.20.0.0/25 tcp 443: AzureCloud"]),
            ],
        ),
        group("parent", 900, true, vec![network_collection(900, &["first deny 10.20.0.0/26 tcp: AzureCloud"])]),
    ]);
    assert_eq!(
        found,
        [
            "parent/net900/first: alive",
            "child/net200/cloud: alive",
            "child/net200/late: child/net200/cloud",
            "child/app100/names: child/net200/cloud",
            "child/app100/plain: alive",
        ]
    );
}

#[test]
fn a_rule_for_names_is_dead_if_each_of_its_names_is() {
    let found = of_firewall(vec![group(
        "g",
        100,
        false,
        vec![
            application_collection(
                100,
                &[
                    "wide allow 10.20.0.0/25 443: *.x.org",
                    "half allow 10.20.0.128/25 443: *.x.org",
                    "inner allow 10.20.0.0/24 443: a.x.org,*.b.x.org",
                    "apex allow 10.20.0.0/24 443: x.org,a.x.org",
                    "plain allow 10.20.0.0/24 80,443: a.x.org",
                    "tag allow 10.20.0.0/24 443: tag:WindowsUpdate",
                    "tag-again allow 10.20.0.0/25 443: tag:WindowsUpdate",
                ],
            ),
            network_collection(200, &["ntp allow 10.20.0.0/24 udp 123: time.x.org"]),
            network_collection(300, &["again allow 10.20.0.0/25 udp 123: time.x.org"]),
        ],
    )]);
    assert_eq!(
        found,
        [
            "g/net200/ntp: alive",
            "g/net300/again: g/net200/ntp",
            "g/app100/wide: alive",
            "g/app100/half: alive",
            "g/app100/inner: g/app100/wide g/app100/half",
            "g/app100/apex: alive",
            "g/app100/plain: alive",
            "g/app100/tag: alive",
            "g/app100/tag-again: g/app100/tag",
        ]
    );
}

#[test]
fn routes_that_longer_ones_replace_never_win() {
    let routes = ["20.0.0.0/16 Internet", "20.0.0.0/17 10.0.1.4", "20.0.128.0/17 10.0.1.4", "0.0.0.0/0 10.0.1.4"];
    let network = with_routes(spoke(), 0, &routes);
    assert_eq!(routes_winning(&network, &known())["rt-0"], [false, true, true, true]);
    // For a prefix of a tag, a route for the prefix itself wins.
    let network = with_routes(spoke(), 0, &["AzureMachineLearning Internet", "20.5.0.0/24 10.0.1.4"]);
    assert_eq!(routes_winning(&network, &known())["rt-0"], [false, true]);
    let network = with_routes(spoke(), 0, &["Unheard Internet", "0.0.0.0/0 10.0.1.4"]);
    assert_eq!(routes_winning(&network, &known())["rt-0"], [true, true]);
}

// A small space: every address, port and source port that a rule can tell from others is in it.
const ADDRESSES: [&str; 14] = [
    "10.20.0.1",
    "10.20.0.2",
    "10.20.0.3",
    "10.20.0.9",
    "10.0.0.1",
    "10.100.0.1",
    "20.0.0.1",
    "20.0.4.1",
    "20.1.0.1",
    "1.1.1.1",
    "168.63.129.16",
    "2001:db8::1",
    "2001:db8::2",
    "2002::1",
];
const SOURCE_PORTS: [u16; 2] = [1000, 2000];

fn some_endpoint() -> impl Strategy<Value = Endpoint> {
    prop_oneof![
        2 => Just("*"),
        2 => Just("10.20.0.1"), 1 => Just("10.20.0.2/31"), 1 => Just("10.20.0.0/24"), 1 => Just("20.0.0.0/8"), 1 => Just("20.0.4.0/24"),
        1 => Just("2001:db8::1"), 1 => Just("2001:db8::/32"), 1 => Just("10.20.0.1,10.20.0.3"),
        1 => Just("VirtualNetwork"), 1 => Just("Internet"), 1 => Just("Storage"), 1 => Just("Storage.WestEurope"),
    ]
    .prop_map(|text| if text.starts_with("2001") { Endpoint::Prefixes(prefixes(text)) } else { endpoint(text) })
}

fn some_ports() -> impl Strategy<Value = PortSet> {
    prop_oneof![
        3 => Just(PortSet::all()),
        1 => Just(PortSet::from_range(22, 22)),
        1 => Just(PortSet::from_range(22, 443)),
        1 => Just(PortSet::from_ranges([(0, 22), (443, 443)])),
        1 => Just(PortSet::from_range(23, 65535)),
    ]
}

fn some_rule() -> impl Strategy<Value = SecurityRule> {
    let protocol = prop_oneof![2 => Just(Protocol::Any), 2 => Just(Protocol::Tcp), 1 => Just(Protocol::Udp), 1 => Just(Protocol::Icmp)];
    let source_ports = prop_oneof![
        4 => Just(PortSet::all()),
        1 => Just(PortSet::from_range(0, 1500)),
        1 => Just(PortSet::from_range(1501, 65535))
    ];
    (some_endpoint(), some_endpoint(), protocol, some_ports(), source_ports, any::<bool>()).prop_map(
        |(source, destination, protocol, destination_ports, source_ports, allow)| SecurityRule {
            name: String::new(),
            direction: Direction::Inbound,
            priority: 0,
            access: if allow { Access::Allow } else { Access::Deny },
            protocol,
            source,
            source_ports,
            destination,
            destination_ports,
            description: String::new(),
        },
    )
}

/// The NSG on two subnets, one of them with routes: `VirtualNetwork` differs between them, and between the readings.
fn with_some_rules(rules: Vec<SecurityRule>, routed: bool) -> Network {
    let mut network = with_rules(&[]);
    network.address_space = prefixes("10.20.0.2/31");
    network.subnets[0].prefixes = prefixes("10.20.0.2");
    network.subnets[1].prefixes = prefixes("10.20.0.3");
    network.subnets[1].nsg = Some("nsg-a".into());
    if routed {
        network = with_routes(network, 1, &["20.0.0.0/16 10.0.1.4"]);
    }
    let named = rules.into_iter().enumerate().map(|(index, rule)| SecurityRule {
        name: format!("R{index}"),
        priority: 100 + index as u16,
        ..rule
    });
    network.nsgs.insert("nsg-a".into(), Nsg { rules: named.collect(), others_rules: false });
    network
}

/// The rules that some packet matches first, on some subnet under some reading; every packet is tried.
fn alive(network: &Network, tags: &TagTable) -> Vec<bool> {
    let rules = &network.nsgs["nsg-a"].rules;
    let mut alive = vec![false; rules.len()];
    let kinds = [1u16, 22, 100, 443, 1000].map(|port| [Kind::Tcp(port), Kind::Udp(port)]).concat();
    let addresses = ADDRESSES.map(|text| text.parse::<IpAddr>().unwrap());
    for reading in READINGS {
        let oracle = Oracle { network, tags, reading, world: 0, denied_name: false };
        for subnet in &network.subnets {
            for (source, destination) in addresses.iter().flat_map(|a| addresses.iter().map(move |b| (*a, *b))) {
                if source.is_ipv4() != destination.is_ipv4() {
                    continue;
                }
                for kind in kinds.iter().copied().chain([Kind::Icmp]) {
                    for source_port in SOURCE_PORTS {
                        let matches = |rule: &SecurityRule| {
                            // Whether a rule with source ports matches a protocol without any is not known.
                            let ports = match kind {
                                Kind::Icmp => rule.source_ports.is_all(),
                                _ => rule.source_ports.contains(source_port),
                            };
                            ports
                                && carries(rule.protocol, &rule.destination_ports, kind)
                                && oracle.side(subnet, &rule.source, source).unwrap()
                                && oracle.side(subnet, &rule.destination, destination).unwrap()
                        };
                        if let Some(first) = rules.iter().position(matches) {
                            alive[first] = true;
                        }
                    }
                }
            }
        }
    }
    alive
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn the_analysis_agrees_with_every_packet(rules in proptest::collection::vec(some_rule(), 1..10), routed in any::<bool>()) {
        let network = with_some_rules(rules, routed);
        let found = &nsg_matching(&network, &known())["nsg-a"];
        for ((rule, matching), alive) in network.nsgs["nsg-a"].rules.iter().zip(found).zip(alive(&network, &known())) {
            match matching {
                Matching::Undecided => prop_assert!(false, "undecided"),
                Matching::Never(by) => {
                    prop_assert!(!alive, "{rule:?} matches, and is said to be covered by {by:?}");
                }
                // ICMP with source ports is the one thing that the packets do not tell.
                Matching::Some => {
                    let told = rule.source_ports.is_all() || !rule.services().has_portless();
                    prop_assert!(alive || !told, "{rule:?} matches nothing, and nobody said so");
                }
            }
        }
    }
}
