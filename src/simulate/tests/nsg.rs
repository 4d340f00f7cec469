//! NSGs as Microsoft's pages describe them, case by case.

use super::build::*;
use crate::model::*;
use crate::simulate::region::Work;
use crate::simulate::{READINGS, Reading, Simulator};

/// An NSG without rules lets in the virtual network and probes, lets out everything public, and nothing else; the
/// deciding default rule has the API's name.
#[test]
fn default_rules_decide_what_no_rule_does() {
    let network = spoke();
    for (flow, delivered, rule) in [
        (flow("10.20.1.4", "10.20.0.4", "tcp 22"), true, "NSG nsg-a inbound: AllowVnetInBound"),
        (flow("10.100.0.1", "10.20.0.4", "tcp 22"), true, "NSG nsg-a inbound: AllowVnetInBound"),
        (flow("10.0.0.1", "10.20.0.4", "icmp"), true, "NSG nsg-a inbound: AllowVnetInBound"),
        (flow("8.8.8.8", "10.20.0.4", "tcp 22"), false, "NSG nsg-a inbound: DenyAllInBound"),
        (flow("10.20.0.4", "10.100.0.1", "tcp 22"), true, "gateway: what is behind the gateway was not shown"),
        (flow("10.20.0.4", "8.8.8.8", "udp 53"), true, "way out of a: NAT gateway"),
    ] {
        let expected = if delivered { Disposition::Delivered } else { Disposition::Denied };
        assert_eq!(end(&network, &flow), (expected, rule.into()), "{flow:?}");
    }
}

/// The lower number wins, whatever the order in the file, and each direction has its own numbers.
#[test]
fn the_lowest_priority_number_decides() {
    let network = with_rules(&[
        "Late 300 out allow tcp 443: * > 20.0.0.0/8",
        "Early 200 out deny any: * > 20.1.0.0/16",
        "OtherWay 100 in allow any: * > *",
    ]);
    let early = end(&network, &flow("10.20.0.4", "20.1.0.1", "tcp 443"));
    assert_eq!(early, (Disposition::Denied, "NSG nsg-a outbound: Early".into()));
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.2.0.1", "tcp 443")), Disposition::Delivered);
}

/// Replies need no rule: a connection passes although the way back is closed to new ones.
#[test]
fn nsgs_are_stateful() {
    let network = with_rules(&["DenyOut 100 out deny any: * > *"]);
    assert_eq!(ends(&network, &flow("10.20.1.4", "10.20.0.4", "tcp 22")), Disposition::Delivered);
    assert_eq!(ends(&network, &flow("10.20.0.4", "10.20.1.4", "tcp 22")), Disposition::Denied);
}

/// Traffic inside a subnet passes its NSG twice, and a deny of everything cuts it.
#[test]
fn a_subnet_filters_its_own_traffic() {
    let inside = flow("10.20.0.4", "10.20.0.5", "tcp 22");
    assert_eq!(ends(&spoke(), &inside), Disposition::Delivered);
    for rule in ["No 4096 in deny any: * > *", "No 4096 out deny any: * > *"] {
        assert_eq!(ends(&with_rules(&[rule]), &inside), Disposition::Denied, "{rule}");
    }
}

/// A flow that rules treat differently comes back in parts that are exactly the flow.
#[test]
fn a_flow_splits_where_rules_do() {
    let network = with_rules(&["Deny 100 out deny tcp 80-89: * > 20.1.0.0/16"]);
    let parts = trace_as(&network, Reading::Narrow, &flow("10.20.0.0/24", "20.0.0.0/8", "tcp 80-443"));
    let denied: Vec<_> = parts.iter().filter(|part| part.disposition == Disposition::Denied).collect();
    assert_eq!(denied.len(), 1);
    assert_eq!(denied[0].flow, flow("10.20.0.0/24", "20.1.0.0/16", "tcp 80-89"));
    let packets = |part: &Part| u128::from(part.flow.destination.count_v4()) * part.flow.services.tcp_ports().count();
    assert_eq!(parts.iter().map(packets).sum::<u128>(), (1 << 24) * 364);
}

/// DNS, IMDS and the wire server pass a deny of everything; a rule that names the platform's tag stops them; inbound
/// probes have no such privilege.
#[test]
fn the_platform_is_exempt_unless_named() {
    let network = with_rules(&["DenyAll 4096 out deny any: * > *", "DenyIn 4096 in deny any: * > *"]);
    for flow in [flow("10.20.0.4", "168.63.129.16", "any"), flow("10.20.0.4", "169.254.169.254", "tcp 80")] {
        assert_eq!(ends(&network, &flow), Disposition::Delivered);
    }
    let probe = flow("168.63.129.16", "10.20.0.4", "tcp 80");
    assert_eq!(end(&network, &probe), (Disposition::Denied, "NSG nsg-a inbound: DenyIn".into()));

    let network = with_rules(&["NoDns 100 out deny any: * > AzurePlatformDNS"]);
    assert_eq!(ends(&network, &flow("10.20.0.4", "168.63.129.16", "udp 53")), Disposition::Denied);
    assert_eq!(ends(&network, &flow("10.20.0.4", "168.63.129.16", "tcp 32526")), Disposition::Delivered);
    assert_eq!(ends(&network, &probe), Disposition::Delivered);
}

/// With 0.0.0.0/0 in the route table the two readings part: wide, everything is `VirtualNetwork` and nothing `Internet`.
#[test]
fn a_default_route_separates_the_readings() {
    let rules = ["NoInternet 100 out deny any: * > Internet", "NoNetwork 110 out deny any: * > VirtualNetwork"];
    let decider = |network: &Network, reading| {
        let parts = trace_as(network, reading, &flow("10.20.0.4", "8.8.8.8", "tcp 443"));
        parts[0].steps[0].rule.clone()
    };
    let network = with_routes(with_rules(&rules), 0, &["0.0.0.0/0 Internet"]);
    assert_eq!(decider(&network, Reading::Narrow), "NoInternet");
    assert_eq!(decider(&network, Reading::Wide), "NoNetwork");
    for reading in READINGS {
        assert_eq!(decider(&with_rules(&rules), reading), "NoInternet", "without the route, {reading:?}");
    }
}

/// The wide reading is per subnet: a tag route moves its prefixes out of `Internet`, for that subnet's rules only.
#[test]
fn a_tag_route_shrinks_internet_for_its_subnet() {
    let mut network = with_rules(&["NoInternet 100 out deny any: * > Internet"]);
    network.subnets[1].nsg = Some("nsg-a".into());
    let network = with_routes(network, 0, &["Storage Internet"]);
    for (reading, source, expected) in [
        (Reading::Narrow, "10.20.0.4", Disposition::Denied),
        (Reading::Wide, "10.20.0.4", Disposition::Delivered),
        (Reading::Wide, "10.20.1.4", Disposition::Denied),
    ] {
        let parts = trace_as(&network, reading, &flow(source, "20.0.0.1", "tcp 443"));
        assert_eq!(parts[0].disposition, expected, "{reading:?} from {source}");
    }
}

/// An unknown tag in a route leaves open, under the wide reading, what is `Internet`.
#[test]
fn an_unknown_route_tag_makes_internet_uncertain() {
    let network = with_rules(&["No 100 out deny tcp 22: * > Internet", "Yes 110 out allow any: * > *"]);
    let network = with_routes(network, 0, &["Unheard Internet"]);
    let to = |on| trace_as(&network, Reading::Wide, &flow("10.20.0.4", "20.0.0.1", on)).remove(0).disposition;
    assert_eq!(assumed(&to("tcp 22")), "service tag `Unheard` is not known");
    assert_eq!(to("tcp 443"), Disposition::Delivered);
}

/// An unknown tag or security group leaves in doubt only what would come out otherwise without it.
#[test]
fn unknown_members_are_assumed_only_where_they_matter() {
    let network = with_rules(&[
        "Sure 100 out allow tcp 443: * > 20.1.0.0/16",
        "Tag 110 out allow tcp: * > Unheard",
        "Group 120 out deny udp: * > asg-db",
        "Deny 4000 out deny tcp: * > *",
    ]);
    let to = |address, service| ends(&network, &flow("10.20.0.4", address, service));
    assert_eq!(to("20.1.0.1", "tcp 443"), Disposition::Delivered, "an earlier rule decides");
    assert_eq!(assumed(&to("20.2.0.1", "tcp 443")), "service tag `Unheard` is not known");
    assert!(assumed(&to("10.20.1.4", "udp 53")).contains("`asg-db`"));
    assert_eq!(to("20.2.0.1", "udp 53"), Disposition::Delivered, "members are inside the network");
    let open = outbound(&network, "a");
    assert_eq!(open.assumed, ["service tag `Unheard` is not known"], "a doubtful deny opens nothing");
    let tcp = open.regions.iter().filter(|region| !region.services.tcp_ports().is_empty());
    assert_eq!(tcp.map(|region| region.by.as_str()).collect::<Vec<_>>(), ["nsg-a/Sure"], "nor does a doubtful allow");
    let network = with_rules(&["Tag 110 out allow tcp: * > Unheard"]);
    let end = ends(&network, &flow("10.20.0.4", "20.2.0.1", "tcp 443"));
    assert_eq!(end, Disposition::Delivered, "allowed either way");
}

/// A rule for some source ports never proves that a flow passes, and always counts as open.
#[test]
fn source_ports_are_assumed_for_flows_and_open() {
    let mut network = with_rules(&["Some 100 out allow tcp 443: * > 20.0.0.0/8", "Deny 4000 out deny any: * > *"]);
    network.nsgs.get_mut("nsg-a").unwrap().rules[0].source_ports = PortSet::from_range(1024, 2048);
    let end = ends(&network, &flow("10.20.0.4", "20.1.0.1", "tcp 443"));
    assert_eq!(assumed(&end), "rule `Some` asks for source ports 1024-2048");
    let open = outbound(&network, "a");
    assert_eq!(open.regions.len(), 1);
    assert_eq!(open.regions[0].by, "nsg-a/Some");
    assert_eq!((&open.regions[0].destination, &open.regions[0].services), (&set("20.0.0.0/8"), &services("tcp 443")));
}

/// Beside rules of others an allow is assumed and so is what only the default rules decide; a shown deny stays a deny.
#[test]
fn rules_of_others_turn_certainty_into_assumption() {
    let mut network = with_rules(&[
        "Yes 100 out allow tcp 443: * > Storage",
        "No 110 out deny tcp 22: * > *",
        "Later 120 out deny tcp 443: * > *",
    ]);
    network.nsgs.get_mut("nsg-a").unwrap().others_rules = true;
    let reason = "rules of others in NSG `nsg-a` were not shown";
    assert_eq!(assumed(&ends(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443"))), reason);
    assert_eq!(assumed(&ends(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 80"))), reason);
    assert_eq!(assumed(&ends(&network, &flow("8.8.8.8", "10.20.0.4", "tcp 80"))), reason);
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 22")), Disposition::Denied);
    let open = outbound(&network, "a");
    assert_eq!(open.assumed, [reason]);
    assert!(open.regions.iter().any(|region| region.by == "nsg-a/Yes"), "what was shown as open counts as open");
    // An assumption does not hide that the packet is lost further on.
    let mut network = with_routes(network, 0, &["0.0.0.0/0 None"]);
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443")), Disposition::Dropped);
    // An NSG that was not shown at all is all rules of others.
    network.nsgs.clear();
    assert_eq!(assumed(&ends(&network, &flow("10.20.1.4", "10.20.0.4", "tcp 443"))), reason);
}

/// Outbound the interface's NSG comes first, inbound the subnet's, and both must allow.
#[test]
fn interface_and_subnet_both_have_a_say() {
    let mut network = with_rules(&["Subnet 100 out deny tcp 1: * > *", "SubnetIn 100 in deny tcp 3: * > *"]);
    let own = nsg(&["Card 100 out deny tcp 1-2: * > *", "CardIn 100 in deny tcp 3-4: * > *"]);
    network.nsgs.insert("nsg-n".into(), own);
    network.interfaces.push(Interface { name: "nic".into(), address: ip("10.20.0.9"), nsg: "nsg-n".into() });
    for (from, to, on, decider) in [
        ("10.20.0.9", "20.0.0.1", "tcp 1", "NSG nsg-n of interface nic outbound: Card"),
        ("10.20.0.9", "20.0.0.1", "tcp 2", "NSG nsg-n of interface nic outbound: Card"),
        ("10.20.0.8", "20.0.0.1", "tcp 1", "NSG nsg-a outbound: Subnet"),
        ("10.20.1.4", "10.20.0.9", "tcp 3", "NSG nsg-a inbound: SubnetIn"),
        ("10.20.1.4", "10.20.0.9", "tcp 4", "NSG nsg-n of interface nic inbound: CardIn"),
    ] {
        assert_eq!(end(&network, &flow(from, to, on)), (Disposition::Denied, decider.into()), "{from} {to} {on}");
    }
    assert_eq!(ends(&network, &flow("10.20.0.8", "20.0.0.1", "tcp 2")), Disposition::Delivered);
    assert_eq!(ends(&network, &flow("10.20.1.4", "10.20.0.8", "tcp 4")), Disposition::Delivered);
}

/// What is open inbound is what the NSG lets in, and a subnet without an NSG is open to all of its family.
#[test]
fn open_inbound_is_the_nsg() {
    let network = with_rules(&["Ssh 100 in allow tcp 22: 10.100.4.0/24 > *", "No 4096 in deny any: * > *"]);
    let tags = known();
    let simulator = Simulator::new(&network, &tags, Reading::Wide);
    let open = simulator.open_inbound("a");
    assert_eq!((open.regions.len(), open.regions[0].by.as_str()), (1, "nsg-a/Ssh"));
    assert_eq!((&open.regions[0].source, &open.regions[0].destination), (&set("10.100.4.0/24"), &set("10.20.0.0/24")));
    let bare = simulator.open_inbound("b");
    assert_eq!((bare.regions.len(), bare.regions[0].by.as_str()), (1, "no NSG on b"));
    assert_eq!(bare.regions[0].source, AddressSet::all_v4());
    assert!(simulator.open_inbound("nobody").undecided);
}

/// When the work runs out the answer says so, and what it does say is right.
#[test]
fn a_budget_ends_in_undecided() {
    let rules = (100..300).map(|n| format!("R{n} {n} out deny tcp {n}: * > 20.0.{}.0/24", n % 256));
    let rules: Vec<String> = rules.collect();
    let network = with_rules(&rules.iter().map(String::as_str).collect::<Vec<_>>());
    let tags = known();
    let simulator = Simulator::new(&network, &tags, Reading::Narrow);
    let everything = flow("10.20.0.0/24", "20.0.0.0/8", "any");
    assert!(!simulator.trace(&everything).undecided);
    let cut_short = simulator.trace_within(&everything, &mut Work::limited(500));
    assert!(cut_short.undecided);
    assert!(!cut_short.parts.is_empty());
    for part in &cut_short.parts {
        let again = simulator.trace(&part.flow);
        assert!(again.parts.iter().all(|whole| whole.disposition == part.disposition));
    }
}

/// Members that were shown are certain; others may be there.
#[test]
fn shown_members_of_a_group_match_for_certain() {
    let mut network = with_rules(&["Group 110 out allow tcp 5432: asg-web > *", "None 200 out deny any: * > *"]);
    network.application_groups.insert("asg-web".into(), vec![ip("10.20.0.4")]);
    let from = |source: &str| ends(&network, &flow(source, "10.20.1.4", "tcp 5432"));
    assert_eq!(from("10.20.0.4"), Disposition::Delivered);
    assert!(assumed(&from("10.20.0.5")).contains("`asg-web`"));
}

/// An NSG filters private endpoints only where the subnet says so.
#[test]
fn an_nsg_is_not_enforced_for_private_endpoints_unless_the_subnet_says_so() {
    let mut network = spoke();
    network.subnets[1].nsg = Some("nsg-b".into());
    network.nsgs.insert("nsg-b".into(), nsg(&["None 100 in deny any: * > *"]));
    network.subnets[1].private_endpoints.push(ip("10.20.1.9"));
    let to = |network: &Network, destination: &str| ends(network, &flow("10.20.0.4", destination, "tcp 443"));
    for (policies, end) in [
        (None, Disposition::Denied),
        (Some(EndpointPolicies { nsg: true, routes: false }), Disposition::Denied),
        (Some(EndpointPolicies { nsg: false, routes: false }), Disposition::Delivered),
    ] {
        network.subnets[1].private_endpoint_policies = policies;
        assert_eq!(to(&network, "10.20.1.9"), end);
        assert_eq!(to(&network, "10.20.1.8"), Disposition::Denied);
    }
}
