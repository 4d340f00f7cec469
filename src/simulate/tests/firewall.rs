//! Azure Firewall and the way back through it, as Microsoft's pages describe them, case by case.

use super::build::*;
use crate::model::*;
use crate::simulate::Reading;

/// An appliance that was not shown, and a firewall whose address is not known, decide nothing.
#[test]
fn an_unknown_appliance_is_assumed() {
    let mut network = behind_firewall(Vec::new());
    network.firewalls[0].private_address = None;
    let reason = "appliance at 10.0.1.4 was not shown";
    assert_eq!(assumed(&ends(&network, &flow("10.20.0.4", "8.8.8.8", "tcp 443"))), reason);
    let open = outbound(&network, "a");
    assert_eq!(open.assumed, [reason]);
    assert!(!open.regions.iter().any(|region| region.destination.contains(ip("8.8.8.8"))));
}

/// The page's table of processing order: parent before child, group, collection, rule; but every network rule before
/// every application rule.
#[test]
fn the_firewall_processes_in_the_documented_order() {
    let net = |priority, number: u32| {
        let mut rules = network_collection(priority, &["n allow * tcp 443: 20.0.0.0/8"]);
        rules.name = format!("net{number}");
        rules
    };
    let app = |priority, number: u32| {
        let mut rules = application_collection(priority, &["a allow * 443: *.x.org"]);
        rules.name = format!("app{number}");
        rules
    };
    let mut groups = vec![
        group("child2", 650, false, vec![net(1100, 4), app(2000, 3)]),
        group("child1", 300, false, vec![app(900, 2), net(700, 3)]),
        group("base2", 300, true, vec![app(1200, 1), net(1300, 2)]),
        group("base1", 200, true, vec![net(800, 1)]),
    ];
    for decider in [
        "base1/net1/n",
        "base2/net2/n",
        "child1/net3/n",
        "child2/net4/n",
        "base2/app1/a",
        "child1/app2/a",
        "child2/app3/a",
    ] {
        let network = behind_firewall(groups.clone());
        let parts = trace_as(&network, Reading::Narrow, &to_name("10.20.0.4", "a.x.org", "tcp 443"));
        let steps: Vec<&str> = parts[0].steps.iter().map(|step| step.rule.as_str()).collect();
        assert!(steps.contains(&decider), "{steps:?} without {decider}");
        // The next in order decides once this one is gone.
        for group in &mut groups {
            let name = group.name.clone();
            group.collections.retain(|collection| !decider.starts_with(&format!("{name}/{}/", collection.name)));
        }
    }
    assert_eq!(ends(&behind_firewall(groups), &to_name("10.20.0.4", "a.x.org", "tcp 443")), Disposition::Denied);
}

/// Within a group the lower number wins, and within a collection the rule that stands first.
#[test]
fn collections_go_by_priority_and_rules_by_place() {
    let late = network_collection(200, &["late allow * tcp 443: 20.0.0.0/8"]);
    let early = network_collection(100, &["early deny * tcp 443: 20.0.0.0/8", "second deny * tcp 443: 20.0.0.0/8"]);
    let names = application_collection(100, &["no deny * 80: *.x.org", "second deny * 80: *.x.org"]);
    let later = application_collection(200, &["late allow * 80: *.x.org"]);
    let network = behind_firewall(vec![group("g", 100, false, vec![later, late, early, names])]);
    let by_address = end(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443"));
    assert_eq!(by_address, (Disposition::Denied, "firewall fw: g/net100/early".into()));
    let by_name = end(&network, &to_name("10.20.0.4", "a.x.org", "tcp 80"));
    assert_eq!(by_name, (Disposition::Denied, "firewall fw: g/app100/no".into()));
    assert!(outbound(&network, "a").regions.iter().all(|region| !region.by.starts_with("g/")));
}

/// A network deny beats an application allow, and a network allow beats an application deny, whatever the numbers.
#[test]
fn rule_type_beats_priority() {
    let both = |net: &str, app: &str| {
        let app = group("early", 100, false, vec![application_collection(100, &[app])]);
        behind_firewall(vec![app, group("late", 900, false, vec![network_collection(900, &[net])])])
    };
    let to = to_name("10.20.0.4", "a.x.org", "tcp 443");
    let denied = both("n deny * tcp 443: *", "a allow * 443: *.x.org");
    assert_eq!(end(&denied, &to), (Disposition::Denied, "firewall fw: late/net900/n".into()));
    assert_eq!(outbound(&denied, "a").regions.iter().filter(|region| region.names.is_some()).count(), 0);
    assert_eq!(ends(&both("n allow * tcp 443: *", "a deny * 443: *.x.org"), &to), Disposition::Delivered);
}

/// Application rules need a name, TCP and a listed port; a flow by address is denied with the reason.
#[test]
fn application_rules_are_for_names_on_their_ports() {
    let rules = application_collection(100, &["web allow 10.20.0.0/24 443: *.x.org,y.org"]);
    let mut network = behind_firewall(vec![group("g", 100, false, vec![rules])]);
    let to = |network: &Network, name, on| ends(network, &to_name("10.20.0.4", name, on));
    assert_eq!(to(&network, "a.x.org", "tcp 443"), Disposition::Delivered);
    assert_eq!(to(&network, "*.a.x.org", "tcp 443"), Disposition::Delivered);
    assert_eq!(to(&network, "y.org", "tcp 443"), Disposition::Delivered);
    assert_eq!(to(&network, "x.org", "tcp 443"), Disposition::Denied);
    assert_eq!(to(&network, "*.y.org", "tcp 443"), Disposition::Denied);
    assert_eq!(to(&network, "a.x.org", "tcp 80"), Disposition::Denied);
    assert_eq!(to(&network, "a.x.org", "udp 443"), Disposition::Denied);
    let (by_address, step) = end(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443"));
    assert_eq!(by_address, Disposition::Denied);
    assert_eq!(step, "firewall fw: no rule of the shown groups; application rules match host names, not addresses");
    let open = outbound(&network, "a");
    let named: Vec<_> = open.regions.iter().filter(|region| region.names.is_some()).collect();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].names, Some(vec!["*.x.org".into(), "y.org".into()]));
    assert_eq!((named[0].by.as_str(), &named[0].services), ("g/app100/web", &Services::tcp(443)));
    assert!(open.assumed.is_empty());

    network.firewalls[0].others_groups = true;
    let others = "rule collection groups of others on firewall `fw` were not shown";
    let shown = (Disposition::Delivered, format!("firewall fw: {others}"));
    assert_eq!(end(&network, &to_name("10.20.0.4", "a.x.org", "tcp 443")), shown);
    assert_eq!(to(&network, "b.org", "tcp 443"), Disposition::Denied);
    assert_eq!(outbound(&network, "a").assumed, [others]);
}

/// FQDN tags decide nothing that can be known offline.
#[test]
fn fqdn_tags_are_assumed() {
    let rules = application_collection(200, &["tag allow * 443: tag:AzureBackup", "own allow * 443: a.x.org"]);
    let network = behind_firewall(vec![group("g", 100, false, vec![rules])]);
    let reason = "names of FQDN tag `AzureBackup` are managed by Microsoft";
    assert_eq!(assumed(&ends(&network, &to_name("10.20.0.4", "b.x.org", "tcp 443"))), reason);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "a.x.org", "tcp 443")), Disposition::Delivered);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "b.x.org", "tcp 80")), Disposition::Denied);
    assert_eq!(outbound(&network, "a").assumed, [reason]);
}

/// A deny of one name leaves a wildcard flow over it in doubt, and takes the name itself out.
#[test]
fn a_denied_name_is_cut_out_of_a_wildcard() {
    let deny = application_collection(100, &["no deny * 443: a.x.org"]);
    let allow = application_collection(200, &["yes allow * 443: *.x.org,a.x.org"]);
    let network = behind_firewall(vec![group("g", 100, false, vec![deny, allow])]);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "a.x.org", "tcp 443")), Disposition::Denied);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "b.x.org", "tcp 443")), Disposition::Delivered);
    assert!(assumed(&ends(&network, &to_name("10.20.0.4", "*.x.org", "tcp 443"))).contains("g/app100/no"));
    let names: Vec<_> = outbound(&network, "a").regions.into_iter().filter_map(|region| region.names).collect();
    assert_eq!(names, [["*.x.org"]]);
}

/// Whether a flow by address meets a network deny by name cannot be told.
#[test]
fn a_network_deny_by_name_leaves_addresses_in_doubt() {
    let deny = network_collection(100, &["no deny * tcp 443: a.x.org"]);
    let allow = network_collection(200, &["yes allow * tcp: 20.0.0.0/8"]);
    let network = behind_firewall(vec![group("g", 100, false, vec![deny, allow])]);
    let to = |on| ends(&network, &flow("10.20.0.4", "20.0.0.1", on));
    assert_eq!(assumed(&to("tcp 443")), "rule `g/net100/no` denies by name");
    assert_eq!(to("tcp 80"), Disposition::Delivered);
}

/// Names in network rules match exactly, on any port, if the firewall answers DNS and is not Basic; otherwise a step says
/// why not.
#[test]
fn names_in_network_rules_need_the_dns_proxy() {
    let rules = network_collection(100, &["ntp allow * udp 123: time.x.org"]);
    let mut network = behind_firewall(vec![group("g", 100, false, vec![rules])]);
    let to = to_name("10.20.0.4", "time.x.org", "udp 123");
    assert_eq!(ends(&network, &to), Disposition::Delivered);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "other.x.org", "udp 123")), Disposition::Denied);
    let open = outbound(&network, "a");
    assert_eq!(open.regions.iter().filter_map(|region| region.names.clone()).collect::<Vec<_>>(), [["time.x.org"]]);
    network.firewalls[0].dns_proxy = false;
    let step = "firewall fw: no rule of the shown groups; names in network rules need the DNS proxy";
    assert_eq!(end(&network, &to), (Disposition::Denied, step.into()));
    network.firewalls[0].dns_proxy = true;
    network.firewalls[0].tier = FirewallTier::Basic;
    assert_eq!(ends(&network, &to), Disposition::Denied);
    assert!(outbound(&network, "a").regions.iter().all(|region| region.names.is_none()));
}

/// East-west through the firewall: network rules keep the source, so the reply must come back the same way; application
/// rules replace it, so the destination's NSG sees the firewall and the reply needs no route.
#[test]
fn the_source_behind_a_firewall_depends_on_the_rule_type() {
    let rules =
        vec![network_collection(100, &["n allow * tcp 22: *"]), application_collection(200, &["a allow * 443: x.org"])];
    let mut network = behind_firewall(vec![group("g", 100, false, rules)]);
    network = with_routes(network, 0, &["10.20.1.0/24 10.0.1.4"]);
    network.subnets[1].nsg = Some("nsg-b".into());
    let from_a = nsg(&["FromA 100 in allow tcp: 10.20.0.0/24 > *", "No 200 in deny any: * > *"]);
    network.nsgs.insert("nsg-b".into(), from_a);
    let ssh = flow("10.20.0.4", "10.20.1.4", "tcp 22");
    let web = Flow { name: Some("x.org".into()), ..flow("10.20.0.4", "10.20.1.4", "tcp 443") };
    let back = (Disposition::Denied, "return route of b: system: virtual network".into());
    assert_eq!(end(&network, &ssh), back);
    assert_eq!(end(&network, &web), (Disposition::Denied, "NSG nsg-b inbound: No".into()));

    let mut network = with_routes(network, 1, &["10.20.0.0/24 10.0.1.4"]);
    assert_eq!(ends(&network, &ssh), Disposition::Delivered);
    let from_firewall = nsg(&["FromFw 100 in allow tcp: 10.0.1.4 > *", "No 200 in deny any: * > *"]);
    network.nsgs.insert("nsg-b".into(), from_firewall);
    let parts = trace_as(&network, Reading::Narrow, &web);
    assert_eq!((parts.len(), &parts[0].disposition), (1, &Disposition::Delivered));
    assert_eq!(parts[0].flow, web, "a part keeps the flow's own source");
    assert_eq!(ends(&network, &ssh), Disposition::Denied);
    // One way direct, the other through the firewall: no session there.
    network.subnets[0].route_table = None;
    network.subnets[1].nsg = None;
    assert_eq!(end(&network, &ssh), (Disposition::Denied, "return route of b: 10.20.0.0/24 10.0.1.4".into()));
}

/// From the Internet straight into a subnet whose default route is the firewall, the reply is lost; a route back to those
/// sources repairs it.
#[test]
fn inbound_from_the_internet_needs_a_way_back() {
    let mut network = behind_firewall(Vec::new());
    let from = flow("20.5.0.1", "10.20.0.4", "tcp 44224");
    assert_eq!(end(&network, &from), (Disposition::Denied, "return route of a: 0.0.0.0/0 10.0.1.4".into()));
    // On-premises sources come in some way that was not shown.
    assert_eq!(ends(&network, &flow("10.100.0.1", "10.20.0.4", "tcp 22")), Disposition::Delivered);
    network = with_routes(network, 0, &["0.0.0.0/0 10.0.1.4", "AzureMachineLearning Internet"]);
    assert_eq!(ends(&network, &from), Disposition::Delivered);
    assert_eq!(ends(&network, &flow("20.6.0.1", "10.20.0.4", "tcp 44224")), Disposition::Denied);
    network = with_routes(network, 0, &["0.0.0.0/0 Gateway"]);
    assert_eq!(end(&network, &from), (Disposition::Denied, "return route of a: 0.0.0.0/0 Gateway".into()));
}

/// What a flow does not show, or the vendor manages, is assumed: neither let through nor stopped for certain. What the
/// rule cannot match at all is stopped.
#[test]
fn what_cannot_be_judged_is_assumed() {
    type Change = fn(&mut ApplicationRule);
    let cases: [(Change, &str, &str, &str); 4] = [
        (|rule| rule.urls = vec!["https://a.x.org/login*".into()], "a.x.org", "tcp 443", "by URL"),
        (|rule| rule.web_categories = vec!["Gambling".into()], "b.x.org", "tcp 443", "`Gambling`"),
        (
            |rule| {
                rule.sql_ports = vec![1433];
                rule.names = vec!["*.x.org".into()];
            },
            "c.x.org",
            "tcp 1433",
            "SQL servers",
        ),
        (|rule| rule.source = Endpoint::Groups(vec!["ipg".into()]), "named.org", "tcp 443", "`ipg`"),
    ];
    for (change, name, on, reason) in cases {
        for access in [Access::Allow, Access::Deny] {
            let mut judged = application_collection(100, &["a allow * 443: named.org"]);
            let CollectionRules::Application(rules) = &mut judged.rules else { unreachable!() };
            change(&mut rules[0]);
            judged.access = access;
            let all = application_collection(200, &["all allow * 443,1433: *"]);
            // An allow is in doubt where nothing else allows, a deny where something does.
            let rest = if access == Access::Allow { vec![judged] } else { vec![judged, all] };
            let network = behind_firewall(vec![group("g", 100, false, rest)]);
            assert!(assumed(&ends(&network, &to_name("10.20.0.4", name, on))).contains(reason), "{name} {access:?}");
        }
    }
    let mut judged = application_collection(100, &["a allow * 443: named.org"]);
    let CollectionRules::Application(rules) = &mut judged.rules else { unreachable!() };
    rules[0].urls = vec!["a.x.org/login*".into()];
    let network = behind_firewall(vec![group("g", 100, false, vec![judged])]);
    assert_eq!(ends(&network, &to_name("10.20.0.4", "other.org", "tcp 443")), Disposition::Denied);
}

/// Where a NAT rule leads is not judged: what it matches is assumed, whatever the rules after it say.
#[test]
fn what_nat_matches_is_assumed() {
    let CollectionRules::Network(rules) = network_collection(100, &["dnat allow * tcp 443: 20.1.0.1"]).rules else {
        unreachable!()
    };
    let nat = RuleCollection { rules: CollectionRules::Nat(rules), ..network_collection(100, &[]) };
    let allow = network_collection(200, &["n allow * tcp 443: 20.0.0.0/8"]);
    for others in [vec![], vec![allow]] {
        let allowed = !others.is_empty();
        let network = behind_firewall(vec![group("g", 100, false, [vec![nat.clone()], others].concat())]);
        let end = ends(&network, &flow("10.20.0.4", "20.1.0.1", "tcp 443"));
        assert!(assumed(&end).contains("replaces the destination"), "{end:?}");
        let beside = if allowed { Disposition::Delivered } else { Disposition::Denied };
        assert_eq!(ends(&network, &flow("10.20.0.4", "20.1.0.2", "tcp 443")), beside);
    }
}

/// The NSG of the destination sees the source that the firewall's private ranges keep.
#[test]
fn private_ranges_decide_whose_address_arrives() {
    let net = network_collection(100, &["n allow * tcp 443: 10.20.1.0/24"]);
    let mut network = behind_firewall(vec![group("g", 100, false, vec![net])]);
    network = with_routes(network, 0, &["10.20.1.0/24 10.0.1.4"]);
    network = with_routes(network, 1, &["10.20.0.0/24 10.0.1.4"]);
    network.subnets[1].nsg = Some("nsg-b".into());
    network
        .nsgs
        .insert("nsg-b".into(), nsg(&["Own 100 in allow tcp 443: 10.20.0.0/24 > *", "None 200 in deny any: * > *"]));
    let packet = flow("10.20.0.4", "10.20.1.4", "tcp 443");
    assert_eq!(ends(&network, &packet), Disposition::Delivered);
    network.firewalls[0].private_ranges = Some(prefixes("192.168.0.0/16"));
    assert_eq!(ends(&network, &packet), Disposition::Denied);
}
