//! Appliances of another make and explicit proxies: judged by their lists, and only assumed to hold them.

use super::build::*;
use crate::model::*;
use crate::simulate::{Reading, Simulator};
use std::collections::BTreeMap;

const PROXY: &str = "10.0.1.5";

/// Lists of an appliance: `name allow * 443: *.x.org` and `name allow * udp 123: 20.0.0.0/8`.
fn lists(network: &[&str], application: &[&str]) -> Appliance {
    let network = match network_collection(1, network).rules {
        CollectionRules::Network(rules) => rules,
        CollectionRules::Application(_) | CollectionRules::Nat(_) => Vec::new(),
    };
    let application = match application_collection(1, application).rules {
        CollectionRules::Application(rules) => rules,
        CollectionRules::Network(_) | CollectionRules::Nat(_) => Vec::new(),
    };
    Appliance { address: ip(FW), proxy: None, network, application }
}

/// Subnet `a` with an NSG of these rules, no way out, and a proxy in the hub that is to hold the list.
fn behind_proxy(rules: &[&str], list: &[&str], direct: &[&str]) -> Network {
    let mut network = with_rules(rules);
    network.subnets[0].way_out = WayOut::None;
    let direct = BTreeMap::from([("a".to_string(), direct.iter().map(ToString::to_string).collect())]);
    let proxy = Some(ExplicitProxy { port: 3128, direct });
    network.appliances.push(Appliance { address: ip(PROXY), proxy, ..lists(&[], list) });
    network
}

const ALLOW: [&str; 2] = ["AllowProxy 100 out allow tcp 3128: * > 10.0.1.5", "DenyAll 4096 out deny any: * > *"];

#[test]
fn what_an_appliance_lets_through_is_assumed_and_the_rest_denied() {
    let mut network = behind_firewall(Vec::new());
    network.firewalls.clear();
    network.appliances.push(lists(&["time allow * udp 123: 20.0.0.0/8"], &["web allow * 443: *.x.org"]));
    let unread = "nobody can read the rules of appliance 10.0.1.4 from here: assumed that it holds its lists";
    for flow in [to_name("10.20.0.4", "a.x.org", "tcp 443"), flow("10.20.0.4", "20.1.0.0/16", "udp 123")] {
        assert_eq!(assumed(&ends(&network, &flow)), unread);
    }
    for flow in [
        to_name("10.20.0.4", "x.org", "tcp 443"),
        to_name("10.20.0.4", "a.x.org", "tcp 80"),
        flow("10.20.0.4", "20.1.0.0/16", "udp 124"),
        flow("10.20.0.4", "21.0.0.1", "udp 123"),
    ] {
        assert_eq!(ends(&network, &flow), Disposition::Denied, "{flow:?}");
    }
    let open = outbound(&network, "a");
    assert!(open.assumed.contains(&unread.to_string()), "{:?}", open.assumed);
    assert!(open.regions.iter().any(|region| region.names.as_deref() == Some(&["*.x.org".to_string()])));
}

#[test]
fn a_proxy_is_asked_for_http_and_https_by_name_and_for_nothing_else() {
    let network = behind_proxy(&ALLOW, &["web allow * 80,443: *.x.org"], &[]);
    let unread = "nobody can read the rules of proxy 10.0.1.5:3128 from here: assumed that it holds its lists";
    let (disposition, last) = end(&network, &to_name("10.20.0.4", "a.x.org", "tcp 80,443"));
    assert_eq!(assumed(&disposition), unread);
    assert_eq!(last, "proxy 10.0.1.5:3128: lists/web");
    // Not on its list; another port; another protocol; no name: the last three go directly, where the NSG denies.
    assert_eq!(ends(&network, &to_name("10.20.0.4", "y.org", "tcp 443")), Disposition::Denied);
    for flow in [
        to_name("10.20.0.4", "a.x.org", "tcp 8443"),
        to_name("10.20.0.4", "a.x.org", "udp 443"),
        flow("10.20.0.4", "20.0.0.1", "tcp 443"),
    ] {
        assert_eq!(end(&network, &flow), (Disposition::Denied, "NSG nsg-a outbound: DenyAll".into()), "{flow:?}");
    }
    // Without the NSG's allow the request never gets there.
    let closed = behind_proxy(&ALLOW[1..], &["web allow * 80,443: *.x.org"], &[]);
    assert_eq!(ends(&closed, &to_name("10.20.0.4", "a.x.org", "tcp 443")), Disposition::Denied);
}

#[test]
fn names_that_machines_reach_without_the_proxy_go_directly() {
    let rules = ["AllowProxy 100 out allow tcp 3128: * > 10.0.1.5", "AllowStorage 110 out allow tcp 443: * > Storage"];
    let mut network = behind_proxy(&[rules[0], rules[1], ALLOW[1]], &["web allow * 443: *.x.org"], &["*.s.org"]);
    network.subnets[0].service_endpoints = vec!["Storage".into()];
    let storage = |name: &str| Flow { destination: set("20.0.0.0/16"), ..to_name("10.20.0.4", name, "tcp 443") };
    assert_eq!(ends(&network, &storage("one.s.org")), Disposition::Delivered);
    // Another name is asked of the proxy, wherever it lies; another subnet asks it for this one too.
    assert_eq!(ends(&network, &storage("one.y.org")), Disposition::Denied);
    network.appliances[0].proxy.as_mut().unwrap().direct.clear();
    assert_eq!(ends(&network, &storage("one.s.org")), Disposition::Denied);
}

#[test]
fn packets_are_neither_lost_nor_doubled_on_their_way_to_a_proxy() {
    let network = behind_proxy(&ALLOW, &["web allow 10.20.0.0/25 443: *.x.org"], &[]);
    let flow = to_name("10.20.0.0/22", "a.x.org", "any");
    let parts = trace_as(&network, Reading::Wide, &flow);
    let mut seen = 0;
    for part in &parts {
        let web = part.flow.services.intersection(&services("tcp 443"));
        assert!(!part.flow.services.is_empty());
        seen += if web.is_empty() { 0 } else { part.flow.source.count_v4() };
    }
    assert_eq!(seen, 1024, "{parts:#?}");
    let union = parts.iter().fold(Services::default(), |sum, part| sum.union(&part.flow.services));
    assert_eq!(union, Services::all());
}

#[test]
fn what_the_proxy_opens_is_open_to_those_who_reach_its_port() {
    let network = behind_proxy(&ALLOW, &["web allow * 443: *.x.org"], &[]);
    let open = outbound(&network, "a");
    let names: Vec<_> = open.regions.iter().filter(|region| region.names.is_some()).collect();
    assert_eq!(names.len(), 1, "{:#?}", open.regions);
    assert_eq!(names[0].names.as_deref(), Some(&["*.x.org".to_string()][..]));
    assert_eq!(names[0].by, "lists/web");
    assert_eq!(names[0].services, services("tcp 443"));
    let closed = behind_proxy(&ALLOW[1..], &["web allow * 443: *.x.org"], &[]);
    assert!(outbound(&closed, "a").regions.is_empty());
}

#[test]
fn a_request_takes_the_place_of_what_the_proxy_is_asked_for() {
    let network = behind_proxy(&ALLOW, &[], &["*.s.org"]);
    let tags = known();
    let simulator = Simulator::new(&network, &tags, Reading::Narrow);
    let (asked, address, port) = simulator.request("a", "x.org").unwrap();
    assert_eq!((asked, address, port), (&services("tcp 80,443"), &set(PROXY), &services("tcp 3128")));
    assert!(simulator.request("a", "one.s.org").is_none());
    assert!(simulator.request("b", "one.s.org").is_some());
}
