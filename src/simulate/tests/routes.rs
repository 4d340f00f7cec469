//! Routes as Microsoft's pages describe them, case by case.

use super::build::*;
use crate::model::*;
use crate::simulate::{Hop, Reading, Simulator};

/// The page's worked example ("Routing example"), for each of its destinations.
#[test]
fn the_routing_example_comes_out_as_documented() {
    let mut network = Network {
        address_space: prefixes("10.0.0.0/16"),
        peered: prefixes("10.1.0.0/16,10.2.0.0/16"),
        on_premises: prefixes("10.10.0.0/16"),
        subnets: vec![subnet("subnet1", "10.0.0.0/24"), subnet("subnet2", "10.0.1.0/24")],
        ..Network::default()
    };
    network.subnets[0].service_endpoints.push("Storage".into());
    let network = with_routes(
        network,
        0,
        &[
            "10.0.0.0/16 10.0.100.4",
            "10.0.0.0/24 VirtualNetwork",
            "10.1.0.0/16 None",
            "10.2.0.0/16 None",
            "10.10.0.0/16 10.0.100.4",
            "0.0.0.0/0 10.0.100.4",
        ],
    );
    for (address, expected) in [
        ("10.0.0.5", Hop::VirtualNetwork),
        ("10.0.1.5", appliance("10.0.100.4")),
        ("10.1.0.4", Hop::None),
        ("10.10.1.1", appliance("10.0.100.4")),
        ("20.0.0.1", Hop::ServiceEndpoint),
        ("8.8.8.8", appliance("10.0.100.4")),
        ("10.77.0.1", appliance("10.0.100.4")), // 0.0.0.0/0 removed the route that drops 10.0.0.0/8
    ] {
        assert_eq!(hop(&network, "subnet1", address).0, expected, "{address}");
    }
    for (address, expected) in [
        ("10.0.0.5", Hop::VirtualNetwork),
        ("10.1.0.4", Hop::Peering),
        ("10.10.1.1", Hop::Gateway),
        ("20.0.0.1", Hop::Internet),
        ("8.8.8.8", Hop::Internet),
        ("10.77.0.1", Hop::None),
        ("172.16.0.1", Hop::None),
        ("2600::1", Hop::Internet),
    ] {
        assert_eq!(hop(&network, "subnet2", address).0, expected, "{address}");
    }
}

/// Reserved space that the virtual network takes in is not dropped.
#[test]
fn address_space_removes_the_reserved_route() {
    let mut network = spoke();
    network.address_space = prefixes("10.0.0.0/7");
    assert_eq!(hop(&network, "a", "10.77.0.1").0, Hop::VirtualNetwork);
    assert_eq!(hop(&network, "a", "192.168.0.1").0, Hop::None);
}

/// User-defined beats gateway beats system on one prefix; no gateway route beats the virtual network, however long.
#[test]
fn ties_go_to_the_user_then_the_gateway() {
    let mut network = spoke();
    network.on_premises = prefixes("10.100.0.0/16,10.20.1.0/24,0.0.0.0/0,10.0.0.0/8");
    assert_eq!(hop(&network, "a", "10.20.1.4").0, Hop::VirtualNetwork);
    assert_eq!(hop(&network, "a", "10.0.0.4").0, Hop::Peering);
    assert_eq!(hop(&network, "a", "8.8.8.8").0, Hop::Gateway);
    assert_eq!(hop(&network, "a", "10.77.0.1").0, Hop::Gateway);
    let mut network = with_routes(network, 0, &["10.100.0.0/16 10.0.1.4", "10.20.0.0/16 10.0.1.4"]);
    assert_eq!(hop(&network, "a", "10.100.0.1").0, appliance(FW));
    assert_eq!(hop(&network, "a", "10.20.1.4").0, appliance(FW));
    network.route_tables.get_mut("rt-0").unwrap().gateway_routes = false;
    assert_eq!(hop(&network, "a", "8.8.8.8").0, Hop::Internet);
}

/// On one prefix: explicit, then regional tag, then tag, then regional cloud, then cloud. Longer prefixes come first.
#[test]
fn tag_routes_tie_as_documented() {
    let table = tags(&[
        ("AzureCloud", "20.0.0.0/24"),
        ("AzureCloud.westeurope", "20.0.0.0/24"),
        ("Storage", "20.0.0.0/24,20.0.2.0/24"),
        ("Storage.WestEurope", "20.0.0.0/24"),
    ]);
    let order = [
        "20.0.0.0/24 10.0.1.1",
        "Storage.WestEurope 10.0.1.2",
        "Storage 10.0.1.3",
        "AzureCloud.westeurope 10.0.1.4",
        "AzureCloud 10.0.1.5",
        "20.0.0.0/16 10.0.1.6",
    ];
    for first in 0..order.len() {
        let mut routes = order[first..].to_vec();
        routes.reverse(); // the order of the file does not matter
        let network = with_routes(spoke(), 0, &routes);
        let simulator = Simulator::new(&network, &table, Reading::Narrow);
        let legs = simulator.next_hops("a").unwrap();
        let leg = legs.iter().find(|leg| leg.destination.contains(ip("20.0.0.1"))).unwrap();
        assert_eq!(leg.route, order[first]);
    }
}

/// A route for an unknown tag leaves every public destination in doubt but those that have a route of their own.
#[test]
fn an_unknown_tag_route_is_assumed() {
    let routes = ["Unheard Internet", "20.0.0.0/8 None", "20.1.1.1/32 None", "30.0.0.0/8 Internet"];
    let network = with_routes(spoke(), 0, &routes);
    let reason = "service tag `Unheard` of route `Unheard Internet` is not known";
    assert_eq!(assumed(&ends(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443"))), reason);
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.1.1.1", "tcp 443")), Disposition::Dropped);
    assert_eq!(ends(&network, &flow("10.20.0.4", "30.0.0.1", "tcp 443")), Disposition::Delivered);
    assert_eq!(ends(&network, &flow("10.20.0.4", "10.20.1.4", "tcp 443")), Disposition::Delivered);
    assert_eq!(outbound(&network, "a").assumed, [reason]);
}

/// Routes of others, or a table that was not shown, make arrival an assumption and leave a shown drop a drop.
#[test]
fn routes_of_others_are_assumed() {
    let mut network = with_routes(spoke(), 0, &["20.1.0.0/16 None"]);
    network.route_tables.get_mut("rt-0").unwrap().others_routes = true;
    let reason = "routes of others in route table `rt-0` were not shown";
    assert_eq!(assumed(&ends(&network, &flow("10.20.0.4", "20.2.0.1", "tcp 443"))), reason);
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.1.0.1", "tcp 443")), Disposition::Dropped);
    assert_eq!(
        assumed(&ends(&network, &flow("10.20.1.4", "10.20.0.4", "tcp 22"))),
        reason,
        "the reply may be rerouted"
    );
    assert_eq!(outbound(&network, "a").assumed, [reason]);
    network.route_tables.clear();
    let end = ends(&network, &flow("10.20.0.4", "20.2.0.1", "tcp 443"));
    assert_eq!(assumed(&end), "route table `rt-0` was not shown");
}

/// A service endpoint leads past a 0.0.0.0/0 to the firewall, in its subnet only.
#[test]
fn a_service_endpoint_bypasses_the_firewall() {
    let mut network = behind_firewall(Vec::new());
    network.subnets[0].service_endpoints.push("Storage".into());
    let storage = end(&network, &flow("10.20.0.4", "20.0.0.1", "tcp 443"));
    assert_eq!(storage, (Disposition::Delivered, "routes of a: system: service endpoint Storage".into()));
    assert_eq!(ends(&network, &flow("10.20.0.4", "20.5.0.1", "tcp 443")), Disposition::Denied);
    assert_eq!(hop(&network, "b", "20.0.0.1").0, Hop::Internet);
}

/// A private endpoint's /32 beats every shorter route, in every subnet, and its subnet's NSG applies if it has one.
#[test]
fn a_private_endpoint_has_its_own_route() {
    let mut network = with_routes(spoke(), 1, &["10.20.0.0/24 10.0.1.4", "0.0.0.0/0 10.0.1.4"]);
    network.subnets[0].private_endpoints.push(ip("10.20.0.9"));
    assert_eq!(hop(&network, "b", "10.20.0.9"), (Hop::PrivateEndpoint, "system: private endpoint".into()));
    assert_eq!(hop(&network, "b", "10.20.0.8").0, appliance(FW));
    assert_eq!(ends(&network, &flow("10.20.1.4", "10.20.0.9", "tcp 443")), Disposition::Delivered);
    network.nsgs.insert("nsg-a".into(), nsg(&["No 100 in deny any: * > *"]));
    assert_eq!(ends(&network, &flow("10.20.1.4", "10.20.0.9", "tcp 443")), Disposition::Denied);
}

/// Next hop Internet needs a way out; one that was not shown is assumed for a flow and open for the open set.
#[test]
fn internet_needs_a_way_out() {
    let mut network = spoke();
    let to = flow("10.20.0.4", "8.8.8.8", "tcp 443");
    for (way_out, expected) in [
        (WayOut::None, Disposition::NoEgressPath),
        (WayOut::PublicAddress, Disposition::Delivered),
        (WayOut::DefaultOutbound, Disposition::Delivered),
        (WayOut::Unknown, Disposition::Assumed("the way out of `a` was not shown".into())),
    ] {
        network.subnets[0].way_out = way_out;
        assert_eq!(ends(&network, &to), expected, "{way_out:?}");
        let open = outbound(&network, "a").regions.iter().any(|region| region.destination.contains(ip("8.8.8.8")));
        assert_eq!(open, way_out != WayOut::None, "{way_out:?}");
    }
}

/// A flow between places that were not shown is nobody's to judge; a packet has one family; some space is nowhere.
#[test]
fn strange_flows_are_not_guessed() {
    let network = spoke();
    assert_eq!(assumed(&ends(&network, &flow("10.0.0.1", "8.8.8.8", "any"))), "neither end is in a shown subnet");
    assert!(trace_as(&network, Reading::Narrow, &flow("10.20.0.4", "2600::1", "any")).is_empty());
    assert_eq!(ends(&network, &flow("10.20.0.4", "224.0.0.1", "any")), Disposition::Dropped);
    // The default rules call it Internet and allow it, but the Internet does not route it.
    let network = with_routes(network, 0, &["10.77.0.0/16 Internet"]);
    assert_eq!(ends(&network, &flow("10.20.0.4", "10.77.0.1", "any")), Disposition::Dropped);
}
